"""Steps on several devices: each takes its share of a batch, gradients and metrics are summed over all of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import keras
import tensorflow as tf

Step = Callable[[Any], Any]


def get_ready(model: keras.Model, strategy: tf.distribute.Strategy, batches: tf.data.Dataset) -> None:
    """Make everything that Keras would make within the first step, where there is no making it on several devices.

    Afterwards `fit` and `evaluate` hand over whole batches, as on one device.
    """
    with strategy.scope():
        model._symbolic_build(data_batch=batches.element_spec)
    model._distribute_strategy = None


def shared(model: keras.Model, strategy: tf.distribute.Strategy, step: Step) -> Step:
    """A step of the whole batch, of which each device takes its share: equally many rows, or one more or less."""
    count = strategy.num_replicas_in_sync

    def on_all(batch: Any) -> None:
        def on_one() -> None:
            place = tf.distribute.get_replica_context().replica_id_in_sync_group
            step(_share(batch, place, count))

        with _normalized_as_one(model):
            strategy.run(on_one)

    return on_all


def run_shared(one_step: Step, count: tf.Variable, iterator: Any) -> None:
    """Up to `count` steps; fewer at the end of the data, and none for a batch without rows.

    To be converted by AutoGraph, to loops alone: TensorFlow can not sum over devices within a condition.
    """
    for _ in tf.range(count):
        batch = iterator.get_next_as_optional()
        for _ in tf.range(tf.cast(batch.has_value(), tf.int32)):
            for _ in tf.range(tf.minimum(tf.shape(tf.nest.flatten(batch.get_value())[0])[0], 1)):
                one_step(batch.get_value())


def _share(batch: Any, place: tf.Tensor, count: int) -> Any:
    """The rows of one device, cut where they are: a device is sent no others."""

    def cut(tensor: tf.Tensor) -> tf.Tensor:
        rows = tf.shape(tensor)[0]
        return tensor[rows * place // count : rows * (place + 1) // count]

    with tf.device("CPU:0"):
        return tf.nest.map_structure(cut, batch)


@contextmanager
def _normalized_as_one(model: keras.Model) -> Iterator[None]:
    """Steps that are traced within normalize by the whole batch. What is saved says nothing of it."""
    normalizing = [one for one in model._flatten_layers() if isinstance(one, keras.layers.BatchNormalization)]
    before = [layer.synchronized for layer in normalizing]
    for layer in normalizing:
        layer.synchronized = True
    try:
        yield
    finally:
        for layer, was in zip(normalizing, before, strict=True):
            layer.synchronized = was
