"""One pass of rows through a trained model: what it said of them, its losses and metrics as Keras computes them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from layerloom.modeling import objects
from layerloom.recipe import Recipe
from layerloom.training.evaluating.chosen import Chosen
from layerloom.training.signature import Signature, bare

LEAST_BATCH = 32
LARGEST_BATCH = 256

Array = NDArray[Any]


@dataclass(frozen=True)
class Part:
    """Some rows one after another, from the `at`-th: what the model gave and each row's loss, by Output name.

    Losses are without the weights of rows, which metrics heed.
    """

    at: int
    said: dict[str, Array]
    losses: dict[str, Array]


class Pass:
    """A compiled model and the rows it is judged on; `metrics` are there after all `parts` were taken."""

    def __init__(self, model: keras.Model, signature: Signature, recipe: Recipe, chosen: Chosen) -> None:
        self.metrics: dict[str, float] = {}
        self._model = model
        self._signature = signature
        self._chosen = chosen
        # Rows that fitted into memory with their gradients fit without them.
        self._size = min(max(recipe.fit.batch_size, LEAST_BATCH), LARGEST_BATCH)
        self._losses = {name: _by_row(recipe, name) for name in signature.outputs}
        self._step = tf.function(self._judge, reduce_retracing=True)

    def parts(self) -> Iterator[Part]:
        """The rows in batches, in order."""
        self._model.reset_metrics()
        loss = keras.metrics.Mean()
        for at, x, y, weights in self._batches():
            said, losses, total = self._step(x, y, weights)
            rows = len(next(iter(y.values())))
            loss.update_state(total, sample_weight=rows)
            yield Part(at, _arrays(said), _losses(losses, rows))
        self.metrics = {name: float(value) for name, value in self._model.get_metrics_result().items()}
        self.metrics["loss"] = float(loss.result())

    def _judge(
        self, x: dict[str, Any], y: dict[str, Any], weights: tf.Tensor | None
    ) -> tuple[dict[str, Any], dict[str, Any], Any]:
        given = self._model(bare(x), training=False)
        said = given if isinstance(given, dict) else dict.fromkeys(y, given)
        total = self._model.compute_loss(x=bare(x), y=bare(y), y_pred=given, sample_weight=weights, training=False)
        self._model.compute_metrics(bare(x), bare(y), given, weights)
        return said, {name: loss(y[name], said[name]) for name, loss in self._losses.items()}, total

    def _batches(self) -> Iterator[tuple[int, dict[str, tf.Tensor], dict[str, tf.Tensor], tf.Tensor | None]]:
        bound, rows = self._chosen.bound, self._chosen.rows
        for at in range(0, len(rows), self._size):
            some = rows[at : at + self._size]
            inputs, targets, weights = bound.take(some)
            x = {name: _tensor(inputs[name], one.dtype) for name, one in self._signature.inputs.items()}
            y = {name: tf.constant(targets[name]) for name in self._signature.outputs}
            yield at, x, y, None if weights is None else tf.constant(weights)


def _by_row(recipe: Recipe, output: str) -> Callable[[Any, Any], Any]:
    """The loss of an output that keeps the rows apart."""
    loss = objects.make("losses", recipe.compile.outputs[output].loss)
    loss.reduction = "none"
    by_row: Callable[[Any, Any], Any] = loss
    return by_row


def _tensor(array: Array, dtype: str) -> tf.Tensor:
    tensor = tf.constant(array)
    return tensor if dtype == "string" else tf.cast(tensor, dtype)


def _arrays(tensors: dict[str, Any]) -> dict[str, Array]:
    """As NumPy has them, in float32: it does not know bfloat16."""
    return {name: np.asarray(tf.cast(tensor, tf.float32)) for name, tensor in tensors.items()}


def _losses(tensors: dict[str, Any], rows: int) -> dict[str, Array]:
    """One number a row; NaN where a loss looks at all rows together."""
    found = {}
    for name, array in _arrays(tensors).items():
        apart = array.ndim > 0 and len(array) == rows
        found[name] = array.reshape(rows, -1).mean(axis=1) if apart else np.full(rows, np.nan, np.float32)
    return found
