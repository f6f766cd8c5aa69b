"""A layer traced into a TensorFlow graph: what the symbolic call lets pass and training would not.

Keras sizes most layers without looking at dtypes, so whole numbers reach a convolution and fail in the first step.
Tracing makes the operations without running them: nothing is allocated. It takes milliseconds, so only layers whose
symbolic answer may not be believed are traced.
"""

from collections.abc import Callable, Sequence
from typing import Any

import keras
import tensorflow as tf

from layerloom.modeling.tensors import TensorSpec, show

_SIZED_WRONGLY = frozenset(
    {
        "AdaptiveAveragePooling1D",
        "AdaptiveAveragePooling2D",
        "AdaptiveAveragePooling3D",
        "AdaptiveMaxPooling1D",
        "AdaptiveMaxPooling2D",
        "AdaptiveMaxPooling3D",
        "CategoryEncoding",
        "EinsumDense",
        "GRUCell",
        "GroupQueryAttention",
        "HashedCrossing",
        "LSTMCell",
        "MelSpectrogram",
        "MultiHeadAttention",
        "RNN",
        "SimpleRNNCell",
        "StackedRNNCells",
    }
)
"""Classes that Keras 3.15 sizes without looking whether their input has the axes that they compute with."""

_SLOW_TO_TRACE = frozenset({"AugMix", "RandAugment"})
"""Classes that unroll every augmentation there is, many times: seconds to a minute."""


def must_trace(layer: keras.layers.Layer | None, specs: Sequence[TensorSpec]) -> bool:
    """Whether the symbolic call may not be believed: by the class, or as other than floating-point numbers come in.

    Layers that learn from data before training can not be traced before; what they take is known (refused_dtypes).
    """
    if isinstance(layer, keras.Model):
        return False
    if type(layer).__name__ in _SIZED_WRONGLY:
        return True
    if type(layer).__name__ in _SLOW_TO_TRACE or hasattr(layer, "adapt"):
        return False
    return not all(spec.dtype.startswith(("float", "bfloat")) for spec in specs)


def traced(call: Callable[[Any], Any], values: Any, sized: Sequence[TensorSpec]) -> tuple[TensorSpec, ...]:
    """What `call(values)` gives out when its operations are made: shapes as in `sized`, true dtypes.

    Raises what TensorFlow raises, and ValueError if what comes out has not the shapes of `sized`.
    """
    made = made_in_graph(call, values)
    return tuple(_agreed(spec, tensor) for spec, tensor in zip(sized, made, strict=True))


def made_in_graph(call: Callable[[Any], Any], values: Any) -> list[tf.Tensor]:
    """The symbolic TensorFlow tensors that `call(values)` gives out, in order. Raises what TensorFlow raises."""
    wanted = keras.tree.map_structure(lambda tensor: tf.TensorSpec(tensor.shape, tensor.dtype), values)
    function = tf.function(call, autograph=False).get_concrete_function(wanted)
    return list(keras.tree.flatten(function.structured_outputs))


def _agreed(spec: TensorSpec, made: tf.Tensor) -> TensorSpec:
    if not made.shape.is_compatible_with(spec.shape):
        raise ValueError(f"It gives out {show(tuple(made.shape[1:]))} where {show(spec.sample)} was expected.")
    return spec._replace(dtype=made.dtype.name)
