"""Layers that learn from the data before training does: means and variances, vocabularies, bin boundaries."""

from collections.abc import Callable, Collection, Iterator

import keras
import numpy as np
import tensorflow as tf

from layerloom.events import Event, LogEvent
from layerloom.training.pipeline import TrainingData

ADAPTED = (
    keras.layers.Normalization,
    keras.layers.TextVectorization,
    keras.layers.StringLookup,
    keras.layers.IntegerLookup,
    keras.layers.Discretization,
)
GIVEN = ("mean", "vocabulary", "bin_boundaries")
"""Arguments that hold what `adapt` would find."""
LAST = (-1,)


def adapt(
    model: keras.Model, data: TrainingData, report: Callable[[Event], None], started: Collection[str] = ()
) -> None:
    """Adapt each such layer to what reaches it from the training rows, first layers first.

    Layers whose config already holds what they would learn, or that `started` from weights, are left alone.
    """
    for layer in adapted_to(model, data.in_order, started, data.keeps_empty):
        report(LogEvent(message=f"Layer '{layer.name}' was adapted to {data.training.rows:,} training rows."))


def adapted_to(
    model: keras.Model,
    batches: Callable[[], tf.data.Dataset],
    started: Collection[str] = (),
    keeps_empty: bool = False,
) -> Iterator[keras.layers.Layer]:
    """Each such layer, once it is adapted to what reaches it from these batches (x, ...).

    `keeps_empty` says that there are empty cells among it, of which nothing is to be learned.
    """
    for layer in model.layers:
        if layer.name in started:
            continue
        if isinstance(layer, ADAPTED) and not any(layer.get_config().get(name) is not None for name in GIVEN):
            _adapt(layer, _reaching(model, layer, batches()), keeps_empty)
            yield layer


def _adapt(layer: keras.layers.Layer, reaching: tf.data.Dataset, keeps_empty: bool) -> None:
    if keeps_empty and isinstance(layer, keras.layers.Normalization) and layer.axis == LAST:
        _adapt_to_known(layer, reaching)
    else:
        layer.adapt(reaching)


def _adapt_to_known(layer: keras.layers.Normalization, reaching: tf.data.Dataset) -> None:
    """Mean and variance of the numbers there are: to Keras's own `adapt` one empty cell makes them no number.

    A column of empty cells keeps what the layer has from the start, mean 0 and variance 1.
    """
    counts, sums, squares = 0, 0.0, 0.0
    for batch in reaching:
        numbers = np.asarray(batch, np.float64).reshape(-1, batch.shape[-1])
        known = np.isfinite(numbers)
        counts = counts + known.sum(axis=0)
        sums = sums + np.where(known, numbers, 0).sum(axis=0)
        squares = squares + np.where(known, numbers**2, 0).sum(axis=0)
    mean = sums / np.maximum(counts, 1)
    variance = np.where(counts > 0, np.maximum(squares / np.maximum(counts, 1) - mean**2, 0), 1)
    layer.adapt_mean.assign(mean)
    layer.adapt_variance.assign(variance)
    layer.finalize_state()


def _reaching(model: keras.Model, layer: keras.layers.Layer, batches: tf.data.Dataset) -> tf.data.Dataset:
    # `layer.input` is not defined for a layer that is called twice; its first call is as good as any.
    before = keras.Model(model.input, layer._inbound_nodes[0].input_tensors[0])
    return batches.map(lambda x, *_: before(x, training=False))
