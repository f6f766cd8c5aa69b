"""Columns of a dataset bound to Input and Output nodes: joined, encoded and rid of rows with empty cells."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.data.dataset import Column, DatasetInfo
from layerloom.data.library import Library
from layerloom.recipe import DataRecipe
from layerloom.training.signature import Signature, Tensor

Array = NDArray[Any]


@dataclass(frozen=True)
class Bound:
    """One split: per node name an array, rows first. `rows` are the numbers of the rows that can be used.

    `weights` says how much each row counts in the loss; None if all count the same.
    """

    inputs: dict[str, Array]
    targets: dict[str, Array]
    weights: NDArray[np.float32] | None
    rows: NDArray[np.int64]


def bind(library: Library, recipe: DataRecipe, signature: Signature, split: str) -> Bound:
    """What this split feeds to the nodes.

    The arrays hold every row of the split, `rows` names those to use: the whole ones, or all that have a target where
    empty cells are kept. Images keep the dtype of their column. Raises what `Library` raises; that the columns fit the
    nodes is the business of the check before.
    """
    info = library.get(recipe.dataset)
    wanted = {name for columns in recipe.inputs.values() for name in columns} | to_be_filled(recipe)
    arrays = library.arrays(recipe.dataset, sorted(wanted), split)
    inputs = {
        node: _joined(
            [_readable(arrays[name], info.column(name), tensor.dtype) for name in recipe.inputs[node]], tensor
        )
        for node, tensor in signature.inputs.items()
    }
    targets = {node: _target(arrays, info, recipe, node, tensor) for node, tensor in signature.outputs.items()}
    filled = [~empty_cells(arrays[name], info.column(name)) for name in to_be_filled(recipe)]
    weights = arrays[recipe.sample_weight] if recipe.sample_weight else None
    return Bound(inputs, targets, weights, np.flatnonzero(np.logical_and.reduce(filled)))


def to_be_filled(recipe: DataRecipe) -> set[str]:
    """The columns in which a row may have no empty cell. Without a target or a weight nothing can be learned of it."""
    bound = [*recipe.targets.values(), *([] if recipe.missing == "keep" else recipe.inputs.values())]
    return {name for columns in bound for name in columns} | ({recipe.sample_weight} if recipe.sample_weight else set())


def empty_cells(array: Array, column: Column) -> NDArray[np.bool_]:
    """Which cells of a column hold no usable value, as one truth value a row: empty ones and numbers not finite."""
    match column.kind:
        case "image":
            return np.zeros(len(array), bool)
        case "category":
            return np.asarray(array < 0)
        case "text" | "identifier":
            return np.asarray(array == "", dtype=bool)
        case _:
            return np.asarray(~np.isfinite(array).reshape(len(array), -1).all(axis=1))


def _readable(array: Array, column: Column, dtype: str) -> Array:
    """A category as the names of its classes if the node takes text, else its number; an empty one is no number."""
    if column.kind != "category":
        return array
    if dtype == "string":
        names = np.array([*(column.classes or []), ""], dtype=object)
        return np.asarray(names[array])
    if column.missing and dtype.startswith(("float", "bfloat")):
        return np.where(array < 0, np.float32(np.nan), array.astype(np.float32))
    return array


def _joined(arrays: list[Array], tensor: Tensor) -> Array:
    """Several columns side by side along the last axis; a lone scalar stays one if the node has shape []."""
    if len(arrays) == 1 and not tensor.shape:
        return arrays[0]
    columns = [array[:, None] if array.ndim == 1 else array for array in arrays]
    if len(columns) == 1:
        return columns[0]
    joined = np.concatenate(columns, axis=-1)
    # Class numbers beside measures: NumPy would make them float64.
    return joined.astype(np.float32) if joined.dtype == np.float64 else joined


def _target(arrays: dict[str, Array], info: DatasetInfo, recipe: DataRecipe, node: str, tensor: Tensor) -> Array:
    names = recipe.targets[node]
    column, array = info.column(names[0]), arrays[names[0]]
    if column.kind != "category" or len(names) > 1:
        return _joined([arrays[name] for name in names], tensor).astype(np.float32)
    if recipe.encoding.get(node) == "one_hot":
        return np.eye(len(column.classes or []), dtype=np.float32)[array]
    # One unit says yes or no: its target has to have its shape. Several units vote for one class number.
    return array[:, None].astype(np.float32) if tensor.shape[-1:] == [1] else np.asarray(array)
