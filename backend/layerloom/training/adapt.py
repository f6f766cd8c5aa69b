"""Layers that learn from the data before training does: means and variances, vocabularies, bin boundaries."""

from collections.abc import Callable, Collection, Iterator

import keras
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


def adapt(
    model: keras.Model, data: TrainingData, report: Callable[[Event], None], started: Collection[str] = ()
) -> None:
    """Adapt each such layer to what reaches it from the training rows, first layers first.

    Layers whose config already holds what they would learn, or that `started` from weights, are left alone.
    """
    for layer in adapted_to(model, data.in_order, started):
        report(LogEvent(message=f"Layer '{layer.name}' was adapted to {data.training.rows:,} training rows."))


def adapted_to(
    model: keras.Model, batches: Callable[[], tf.data.Dataset], started: Collection[str] = ()
) -> Iterator[keras.layers.Layer]:
    """Each such layer, once it is adapted to what reaches it from these batches (x, ...)."""
    for layer in model.layers:
        if layer.name in started:
            continue
        if isinstance(layer, ADAPTED) and not any(layer.get_config().get(name) is not None for name in GIVEN):
            layer.adapt(_reaching(model, layer, batches()))
            yield layer


def _reaching(model: keras.Model, layer: keras.layers.Layer, batches: tf.data.Dataset) -> tf.data.Dataset:
    # `layer.input` is not defined for a layer that is called twice; its first call is as good as any.
    before = keras.Model(model.input, layer._inbound_nodes[0].input_tensors[0])
    return batches.map(lambda x, *_: before(x, training=False))
