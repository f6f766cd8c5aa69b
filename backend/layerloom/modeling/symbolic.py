"""One layer called on shapes alone: Keras says what comes out and what weights it would have; nothing is allocated."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import keras

from layerloom.graph.document import Node
from layerloom.modeling.custom import failing_line
from layerloom.modeling.mistakes import ConfigError
from layerloom.modeling.multiply_adds import multiply_adds
from layerloom.modeling.objects import make_layer
from layerloom.modeling.tensors import TensorSpec, Weight
from layerloom.modeling.tracing import must_trace, traced


@dataclass(frozen=True, slots=True)
class Argument:
    """What one input port receives; a variadic one is handed over as a list."""

    port: str
    variadic: bool
    specs: tuple[TensorSpec, ...]


Arguments = tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A layer (the type and config of `node`) and what it is called on.

    `first` is what the layer was called on before, if this call shares its weights.
    """

    node: Node
    arguments: Arguments
    first: Arguments | None = None


@dataclass(frozen=True)
class Sized:
    """What Keras answers: the tensors that come out, the layer's weights, multiply-adds for one sample."""

    outputs: tuple[TensorSpec, ...]
    weights: tuple[Weight, ...]
    operations: int

    @cached_property
    def parameters(self) -> int:
        """How many numbers the weights hold."""
        return sum(weight.elements for weight in self.weights)

    @cached_property
    def trainable_parameters(self) -> int:
        """How many of them training changes."""
        return sum(weight.elements for weight in self.weights if weight.trainable)

    @cached_property
    def weight_bytes(self) -> int:
        """What the weights take."""
        return sum(weight.size_bytes for weight in self.weights)

    @cached_property
    def activation_bytes(self) -> int:
        """What the outputs take for one sample."""
        return sum(spec.size_bytes for spec in self.outputs)


@dataclass(frozen=True, slots=True)
class Failed:
    """Keras refused: the class of its exception, its text as it came, and the argument at fault if it is known.

    `line` is where in the code of a `python` node it happened, from 1.
    """

    error: str
    text: str
    parameter: str | None = None
    line: int | None = None


@contextmanager
def without_trace() -> Iterator[None]:
    """Leave nothing behind in the process: no variables that were never initialised, no random number drawn.

    A symbolic call leaves its variables in a process-wide list, and the next ordinary scope would allocate them all.
    Keras takes the seeds of layers from Python's `random`: drawing them here must not change a later build.
    """
    state = random.getstate()
    try:
        yield
    finally:
        random.setstate(state)
        # Without freeing memory: a full garbage collection took 130 ms, the rest takes none.
        keras.utils.clear_session(free_memory=False)


def call_layer(call: Call) -> Sized | Failed:
    """Make the layer and call it on tensors that have a shape and a dtype and nothing else."""
    with keras.StatelessScope(initialize_variables=False):
        try:
            layer = make_layer(call.node, name="layer")
            if call.first is not None:
                _invoke(layer, call.first)
            outputs = _invoke(layer, call.arguments)
        except ConfigError as error:
            wrong = error.problems[0]
            return Failed("ConfigError", wrong.message, wrong.parameter, wrong.line)
        except Exception as error:  # noqa: BLE001 - whatever Keras raises here is its verdict on the drawing
            return Failed(type(error).__name__, str(error), line=failing_line(error))
        weights = () if call.first is not None else _weights(layer)
        return Sized(outputs, weights, multiply_adds(layer, call.arguments[0].specs, outputs))


def _invoke(layer: keras.layers.Layer, arguments: Arguments) -> tuple[TensorSpec, ...]:
    first, *others = [(argument.port, _tensors(argument)) for argument in arguments]
    tensors = keras.tree.flatten(layer(first[1], **dict(others)))
    specs = tuple(TensorSpec(tuple(t.shape), keras.backend.standardize_dtype(t.dtype)) for t in tensors)
    if any(spec.shape[:1] != (None,) for spec in specs):
        raise ValueError("It mixes the samples of a batch; a layer must treat each sample by itself.")
    if must_trace(layer, [spec for argument in arguments for spec in argument.specs]):
        return traced(layer, first[1], dict(others), specs)
    return specs


def _tensors(argument: Argument) -> keras.KerasTensor | list[keras.KerasTensor]:
    tensors = [keras.KerasTensor(spec.shape, dtype=spec.dtype) for spec in argument.specs]
    return tensors if argument.variadic else tensors[0]


def _weights(layer: keras.layers.Layer) -> tuple[Weight, ...]:
    return tuple(Weight(tuple(w.shape), str(w.dtype), bool(w.trainable)) for w in layer.weights)
