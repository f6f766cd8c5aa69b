"""A few rows of the training data followed through a model, node by node."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import keras
import numpy as np
import tensorflow as tf

from layerloom.activations import Activations
from layerloom.data.library import Library
from layerloom.graph.document import Graph
from layerloom.modeling.initial import initial_model
from layerloom.modeling.replay import replay
from layerloom.problem import Refusal
from layerloom.recipe import Recipe
from layerloom.training.arrays import bind
from layerloom.training.loaded import loaded
from layerloom.training.signature import Signature, signature
from layerloom.training.thinning import side_of, told


def activations_json(
    folder: Path, epoch: int | Literal["last", "best"], graph: Graph, recipe: Recipe, home: Path, rows: Sequence[int]
) -> str:
    """The Activations of a checkpoint of the run in `folder` for these rows (from 0) of the training split, as JSON.

    Raises UnknownCheckpoint; Refusal `bad-row` for a row that is not there, `not-computed` where a layer refuses.
    """
    kept = loaded(folder, epoch)
    return _seen(graph, kept.model, kept.signature, recipe, home, rows, kept.epoch)


def initial_activations_json(graph: Graph, recipe: Recipe, home: Path, budget_bytes: int, rows: Sequence[int]) -> str:
    """The same of the model that a run would start from, before its layers were adapted to the data.

    Raises Refusal as `initial_model` does too.
    """
    model = initial_model(graph, recipe.seed, budget_bytes)
    return _seen(graph, model, signature(graph, model), recipe, home, rows, None)


def _seen(
    graph: Graph,
    model: keras.Model,
    signature: Signature,
    recipe: Recipe,
    home: Path,
    rows: Sequence[int],
    epoch: int | None,
) -> str:
    inputs = _inputs(signature, recipe, home, rows)
    try:
        found = replay(graph, model, inputs)
    except Exception as error:
        message = f"These samples can not be followed through the model: {str(error)[:300]}"
        raise Refusal("not-computed", message) from error
    side = side_of(len(found) * len(rows))
    nodes = {id: told(_array(value), side) for id, value in found.items()}
    return Activations(epoch=epoch, rows=list(rows), nodes=nodes).model_dump_json()


def _inputs(signature: Signature, recipe: Recipe, home: Path, rows: Sequence[int]) -> dict[str, tf.Tensor]:
    library = Library(home)
    total = library.get(recipe.data.dataset).rows["train"]
    if stray := [row for row in rows if not 0 <= row < total]:
        raise Refusal("bad-row", f"Expected rows from 0 to {total - 1:,}, got {stray[0]:,}.")
    bound = bind(library, recipe.data, signature, "train")
    picked = {name: array[np.asarray(rows)] for name, array in bound.inputs.items()}
    return {name: _tensor(array, signature.inputs[name].dtype) for name, array in picked.items()}


def _tensor(array: Any, dtype: str) -> tf.Tensor:
    return tf.constant(array.tolist()) if dtype == "string" else tf.cast(tf.constant(array), dtype)


def _array(value: Any) -> np.ndarray[Any, Any]:
    """As NumPy has it; bfloat16, which it does not have, as float32."""
    if isinstance(value, tf.RaggedTensor):
        value = value.to_tensor()
    if isinstance(value, tf.SparseTensor):
        value = tf.sparse.to_dense(value)
    if value.dtype == tf.bfloat16:
        value = tf.cast(value, tf.float32)
    return np.asarray(value)
