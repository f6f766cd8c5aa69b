"""A layer traced into a TensorFlow graph: what the symbolic call lets pass and training would not.

Keras sizes most layers without looking at dtypes, so whole numbers reach a convolution and fail in the first step.
Tracing makes the operations without running them: nothing is allocated. It takes milliseconds, so only layers that
receive something else than floating-point numbers are traced.
"""

from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf

from layerloom.modeling.tensors import TensorSpec


def must_trace(layer: keras.layers.Layer, specs: list[TensorSpec]) -> bool:
    """Whether a dtype comes in that not every operation takes.

    Layers that learn from data before training can not be traced before; what they take is known (see refused_dtypes).
    """
    if hasattr(layer, "adapt") or any(spec.dtype == "string" for spec in specs):
        return False
    return not all(spec.dtype.startswith(("float", "bfloat")) for spec in specs)


def trace(call: Callable[..., Any], values: Any) -> None:
    """Make the operations of `call(**values)` for tensors like these. Raises what TensorFlow raises."""
    wanted = keras.tree.map_structure(lambda tensor: tf.TensorSpec(tensor.shape, tensor.dtype), values)
    tf.function(lambda given: call(**given), autograph=False).get_concrete_function(wanted)
