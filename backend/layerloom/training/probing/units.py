"""When a unit has stopped to learn: it is zero for every sample (dead), or at an end of its range (saturated).

A rectified unit that is zero for all samples passes no gradient on; one that a bounded function holds at its end passes
next to none (Glorot and Bengio 2010). A unit is one place on the channel axis; its values at all positions count.
"""

from collections.abc import Mapping

import keras
import tensorflow as tf

RECTIFIERS = frozenset({"relu", "relu6", "threshold", "hardshrink", "softshrink", "sparseplus", "hardsilu"})
BOUNDS: Mapping[str, tuple[float, float]] = {
    "sigmoid": (0.0, 1.0),
    "hardsigmoid": (0.0, 1.0),
    "sparsesigmoid": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
    "hardtanh": (-1.0, 1.0),
    "softsign": (-1.0, 1.0),
}
NEAR = 0.01
"""Of the width of the range: how near to an end counts as being there."""
NEARLY_ALL = 0.95


def activation_name(operation: keras.Operation) -> str:
    """What an operation applies last, by Keras's name in small letters without underscores.

    `relu` of a Dense with it, of a ReLU layer and of `ops.relu`.
    """
    function = getattr(operation, "activation", None)
    if not callable(function):
        function = type(operation)
    return str(getattr(function, "__name__", type(function).__name__)).lower().replace("_", "")


def dead(operation: keras.Operation, output: tf.Tensor) -> tf.Tensor | None:
    """The share of units that are zero for all samples; None for what does not rectify."""
    if activation_name(operation) not in RECTIFIERS or output.shape.rank is None or output.shape.rank < 2:
        return None
    peaks = tf.reduce_max(tf.abs(output), axis=_all_but_units(operation, output))
    return tf.reduce_mean(tf.cast(peaks == 0, tf.float32))


def saturated(operation: keras.Operation, output: tf.Tensor) -> tf.Tensor | None:
    """The share of units that are at an end of their range for nearly all samples; None for what has no range."""
    bounds = BOUNDS.get(activation_name(operation))
    if bounds is None or output.shape.rank is None or output.shape.rank < 2:
        return None
    low, high = bounds
    near = NEAR * (high - low)
    at_end = tf.cast((output <= low + near) | (output >= high - near), tf.float32)
    shares = tf.reduce_mean(at_end, axis=_all_but_units(operation, output))
    return tf.reduce_mean(tf.cast(shares >= NEARLY_ALL, tf.float32))


def _all_but_units(operation: keras.Operation, output: tf.Tensor) -> list[int]:
    rank = output.shape.rank
    first = getattr(operation, "data_format", keras.config.image_data_format()) == "channels_first"
    units = 1 if first and rank > 2 else rank - 1
    return [axis for axis in range(rank) if axis != units]
