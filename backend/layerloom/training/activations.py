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
from layerloom.training.adapt import adapted_to
from layerloom.training.feed import Rows, shuffled
from layerloom.training.loaded import loaded
from layerloom.training.pipeline import SAMPLED
from layerloom.training.signature import Signature, bare, signature
from layerloom.training.stored import opened
from layerloom.training.thinning import side_of, told

ADAPTED_ROWS = 1_024
"""How many rows layers get to see that learn from the data before a training, where nothing is trained."""


def activations_json(
    folder: Path, epoch: int | Literal["last", "best"], graph: Graph, recipe: Recipe, home: Path, rows: Sequence[int]
) -> str:
    """The Activations of a checkpoint of the run in `folder` for these rows (from 0) of the training split, as JSON.

    Raises UnknownCheckpoint; Refusal `bad-row` for a row that is not there, `not-computed` where a layer refuses.
    """
    kept = loaded(folder, epoch)
    followed = Followed(kept.model, Library(home), recipe, kept.signature)
    return followed.activations(graph, rows, kept.epoch).model_dump_json()


def initial_activations_json(graph: Graph, recipe: Recipe, home: Path, budget_bytes: int, rows: Sequence[int]) -> str:
    """The same of the model that a run would start from, but for layers that are adapted: they see fewer rows here.

    Raises Refusal as `initial_model` does too.
    """
    model = initial_model(graph, recipe.seed, budget_bytes)
    followed = Followed(model, Library(home), recipe, signature(graph, model))
    seen = followed.activations(graph, rows, None, adapted_rows=followed.adapt())
    return seen.model_dump_json()


class Followed:
    """A model, and the training rows that are led through it."""

    def __init__(self, model: keras.Model, library: Library, recipe: Recipe, signature: Signature) -> None:
        self._model = model
        self._dtypes = {name: tensor.dtype for name, tensor in signature.inputs.items()}
        self._seed = recipe.seed
        self._keeps_empty = recipe.data.missing == "keep"
        self._total = library.get(recipe.data.dataset).rows["train"]
        self._split = opened(library, recipe.data, signature, "train")

    def adapt(self) -> int:
        """Adapt layers that learn from the data to some of it; to how many rows, 0 if there are no such layers."""
        sample = shuffled(self._split.rows, self._seed, SAMPLED)[:ADAPTED_ROWS]
        batch = tf.data.Dataset.from_tensors(bare(self._inputs(sample)))
        learned = list(adapted_to(self._model, lambda: batch, keeps_empty=self._keeps_empty))
        return len(sample) if learned else 0

    def inputs(self, rows: Sequence[int]) -> dict[str, tf.Tensor]:
        """What these rows feed to each Input. Raises Refusal `bad-row`."""
        if stray := [row for row in rows if not 0 <= row < self._total]:
            raise Refusal("bad-row", f"Expected rows from 0 to {self._total - 1:,}, got {stray[0]:,}.")
        return self._inputs(np.asarray(rows))

    def activations(self, graph: Graph, rows: Sequence[int], epoch: int | None, adapted_rows: int = 0) -> Activations:
        """What each node gives out for these rows."""
        inputs = self.inputs(rows)
        try:
            found = replay(graph, self._model, inputs)
        except Exception as error:
            message = f"These samples can not be followed through the model: {str(error)[:300]}"
            raise Refusal("not-computed", message) from error
        side = side_of(len(found) * len(rows))
        nodes = {id: told(_array(value), side) for id, value in found.items()}
        return Activations(epoch=epoch, adapted_rows=adapted_rows, rows=list(rows), nodes=nodes)

    def _inputs(self, rows: Rows) -> dict[str, tf.Tensor]:
        inputs = self._split.take(np.asarray(rows, np.int64)).inputs
        return {name: _tensor(array, self._dtypes[name]) for name, array in inputs.items()}


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
