"""ONNX, read back by ONNX Runtime."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from layerloom.modeling.exporting.runtime import Array, Runtime

HALF, DOUBLE = 10, 11
"""TensorProto's numbers for float16 and float64."""


def write_onnx(model: keras.Model, path: Path) -> None:
    """Convert by tf2onnx. The model must have been called once since it was loaded."""
    _teach_erfc()
    with _constants(model):
        model.export(path, format="onnx", verbose=False)


def open_onnx(path: Path, model: keras.Model) -> Runtime:
    """Load in ONNX Runtime on the CPU."""
    import onnxruntime  # an extra: only a server that has it gets here

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4  # what is wrong is raised as well
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    names = [given.name for given in session.get_inputs()]
    wanted = [tensor.name for tensor in model.inputs]
    if sorted(names) != sorted(wanted):
        raise ValueError(f"inputs are named {names}, not {wanted}")

    def run(batch: Sequence[Array]) -> list[Array]:
        answers = session.run(None, dict(zip(wanted, batch, strict=True)))
        return [np.asarray(answer) for answer in answers]

    return run


@contextmanager
def _constants(model: keras.Model) -> Iterator[None]:
    """Layers hold NumPy arrays where they held tensors: tf2onnx would make a tensor an input of the whole model.

    A Normalization holds its mean and variance so.
    """
    held = [
        (layer, name, value)
        for layer in model._flatten_layers()
        for name, value in vars(layer).items()
        if isinstance(value, tf.__internal__.EagerTensor)
    ]
    try:
        for layer, name, value in held:
            setattr(layer, name, value.numpy())
        yield
    finally:
        for layer, name, value in held:
            setattr(layer, name, value)


@cache
def _teach_erfc() -> None:
    """Tell tf2onnx of the operation in an exact GELU, which it does not know: erfc(x) is 1 - erf(x)."""
    from tf2onnx.handler import tf_op

    class Erfc:
        @classmethod
        def version_9(cls, context: Any, node: Any, **_: Any) -> None:
            dtype, shape = context.get_dtype(node.output[0]), context.get_shape(node.output[0])
            values = np.ones((), dtype=np.float64 if dtype == DOUBLE else np.float16 if dtype == HALF else np.float32)
            context.remove_node(node.name)
            erf = context.make_node("Erf", node.input, shapes=[shape], dtypes=[dtype])
            one = context.make_const(f"{node.name}_one", values)
            inputs = [one.output[0], erf.output[0]]
            context.make_node("Sub", inputs, name=node.name, outputs=node.output, shapes=[shape], dtypes=[dtype])

    tf_op("Erfc")(Erfc)
