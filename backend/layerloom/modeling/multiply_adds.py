"""How much work a layer is, estimated from its weights: multiply-adds for one sample."""

import math
from collections.abc import Sequence

import keras

from layerloom.modeling.tensors import TensorSpec, elements


def multiply_adds(layer: keras.layers.Layer, inputs: Sequence[TensorSpec], outputs: Sequence[TensorSpec]) -> int:
    """Each kernel once for every position where it is applied; a layer without kernels: its output values once.

    An estimate: biases, activations and the products of attention are left out.
    """
    kernels = sum(math.prod(w.shape) for w in layer.weights if len(w.shape) > 1)
    if not kernels or isinstance(layer, keras.layers.Embedding):
        return sum(output.elements for output in outputs)
    return int(kernels) * _positions(layer, inputs[0], outputs[0])


def _positions(layer: keras.layers.Layer, first_in: TensorSpec, first_out: TensorSpec) -> int:
    if isinstance(layer, keras.layers.RNN | keras.layers.Bidirectional):
        return first_in.sample[0] or 1
    where = first_in if "Transpose" in type(layer).__name__ else first_out
    if getattr(layer, "data_format", None) == "channels_first":
        return elements(where.sample[1:])
    return elements(where.sample[:-1])


def inner_work(model: keras.Model) -> tuple[int, int]:
    """Multiply-adds for one sample of a whole model, and what the outputs of its layers take, in bytes."""
    work = held = 0
    for layer in model.layers:
        if isinstance(layer, keras.layers.InputLayer):
            continue
        outputs = _specs(layer.output)
        work += multiply_adds(layer, _specs(layer.input), outputs)
        held += sum(spec.size_bytes for spec in outputs)
    return work, held


def _specs(tensors: object) -> list[TensorSpec]:
    return [TensorSpec(tuple(t.shape), keras.backend.standardize_dtype(t.dtype)) for t in keras.tree.flatten(tensors)]
