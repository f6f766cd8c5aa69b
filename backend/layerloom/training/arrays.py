"""Columns of a dataset bound to Input and Output nodes: joined, encoded and rid of rows with empty cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from layerloom.data.dataset import Column, DatasetInfo
from layerloom.data.library import Library
from layerloom.data.whole import empty_cells, needed, to_be_filled
from layerloom.recipe import DataRecipe
from layerloom.training.signature import Signature, Tensor

Array = NDArray[Any]


class Encoded(NamedTuple):
    """What nodes are fed with, per node name an array, rows first; images keep the dtype of their column.

    `weights` says how much each row counts in the loss; None if all count the same.
    """

    inputs: dict[str, Array]
    targets: dict[str, Array]
    weights: Array | None


@dataclass(frozen=True)
class Bound:
    """One split in memory, as `Encoded` has it. `rows` are the numbers of the rows that can be used."""

    inputs: dict[str, Array]
    targets: dict[str, Array]
    weights: NDArray[np.float32] | None
    rows: NDArray[np.int64]

    def take(self, rows: NDArray[np.int64]) -> Encoded:
        """Some rows of the split, by their numbers."""
        inputs = {name: array[rows] for name, array in self.inputs.items()}
        targets = {name: array[rows] for name, array in self.targets.items()}
        return Encoded(inputs, targets, None if self.weights is None else self.weights[rows])

    def target(self, name: str) -> Array:
        """What an Output node should answer, of every row of the split."""
        return self.targets[name]


def bind(library: Library, recipe: DataRecipe, signature: Signature, split: str) -> Bound:
    """What this split feeds to the nodes.

    The arrays hold every row of the split, `rows` names those to use: the whole ones, or all that have a target where
    empty cells are kept. Raises what `Library` raises; that the columns fit the nodes is the business of the check
    before.
    """
    info = library.get(recipe.dataset)
    arrays = library.arrays(recipe.dataset, needed(info, recipe), split)
    filled = [~empty_cells(arrays[name], info.column(name)) for name in to_be_filled(info, recipe)]
    return Bound(*encoded(arrays, info, recipe, signature), np.flatnonzero(np.logical_and.reduce(filled)))


def encoded(arrays: Mapping[str, Array], info: DatasetInfo, recipe: DataRecipe, signature: Signature) -> Encoded:
    """Columns by name as the nodes take them; `arrays` are some rows of each, the same ones."""
    inputs = {
        node: _joined(
            [_readable(arrays[name], info.column(name), tensor.dtype) for name in recipe.inputs[node]], tensor
        )
        for node, tensor in signature.inputs.items()
    }
    targets = {node: target(arrays, info, recipe, node, tensor) for node, tensor in signature.outputs.items()}
    return Encoded(inputs, targets, arrays[recipe.sample_weight] if recipe.sample_weight else None)


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


def target(arrays: Mapping[str, Array], info: DatasetInfo, recipe: DataRecipe, node: str, tensor: Tensor) -> Array:
    """The columns of one Output node as its loss takes them."""
    names = recipe.targets[node]
    column, array = info.column(names[0]), arrays[names[0]]
    if column.kind != "category" or len(names) > 1:
        return _joined([arrays[name] for name in names], tensor).astype(np.float32)
    if recipe.encoding.get(node) == "one_hot":
        return np.eye(len(column.classes or []), dtype=np.float32)[array]
    # One unit says yes or no: its target has to have its shape. Several units vote for one class number.
    return array[:, None].astype(np.float32) if tensor.shape[-1:] == [1] else np.asarray(array)
