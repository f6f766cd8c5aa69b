"""One node called on shapes alone: Keras says what comes out and what weights it would have; nothing is allocated."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import keras

from layerloom.graph.document import Node
from layerloom.modeling.batch import refuse_mixing
from layerloom.modeling.callee import Callee, OperationCallee, Values, callee_of
from layerloom.modeling.constants import constant_bytes, constant_spec
from layerloom.modeling.custom import failing_line
from layerloom.modeling.mistakes import ConfigError
from layerloom.modeling.multiply_adds import inner_work, multiply_adds
from layerloom.modeling.tensors import TensorSpec, Weight
from layerloom.modeling.tracing import made_in_graph, must_trace, traced

_SMALL_BYTES = 1_000_000
"""Constants up to this size are made while checking."""


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
    """What Keras answers: the tensors that come out, the weights, multiply-adds for one sample."""

    outputs: tuple[TensorSpec, ...]
    weights: tuple[Weight, ...]
    operations: int
    inner_bytes: int = 0
    """What the tensors inside an application take for one sample."""
    steps: tuple[str, ...] = ()
    """What Keras would call the operations that an operation is made of, each without its number."""

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
        return self.inner_bytes + sum(spec.size_bytes for spec in self.outputs if spec.batched)

    @cached_property
    def constant_bytes(self) -> int:
        """What the outputs take that have no batch axis."""
        return sum(spec.size_bytes for spec in self.outputs if not spec.batched)


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


def call_node(call: Call) -> Sized | Failed:
    """Make what the node calls and call it on tensors that have a shape and a dtype and nothing else."""
    with keras.StatelessScope(initialize_variables=False):
        try:
            callee = callee_of(call.node, name="layer")
            if call.first is not None:
                _invoke(call.node, callee, call.first)
            outputs = _invoke(call.node, callee, call.arguments)
        except ConfigError as error:
            wrong = error.problems[0]
            return Failed("ConfigError", wrong.message, wrong.parameter, wrong.line)
        except Exception as error:  # noqa: BLE001 - whatever Keras raises here is its verdict on the drawing
            return Failed(type(error).__name__, str(error), line=failing_line(error))
        return _sized(call, callee, outputs)


def _sized(call: Call, callee: Callee, outputs: tuple[TensorSpec, ...]) -> Sized:
    layer = callee.layer
    if layer is None:
        steps = callee.steps if isinstance(callee, OperationCallee) else ()
        return Sized(outputs, (), sum(spec.elements for spec in outputs), steps=steps)
    weights = () if call.first is not None else _weights(layer)
    if isinstance(layer, keras.Model):
        return Sized(outputs, weights, *inner_work(layer))
    return Sized(outputs, weights, multiply_adds(layer, call.arguments[0].specs, outputs))


def _invoke(node: Node, callee: Callee, arguments: Arguments) -> tuple[TensorSpec, ...]:
    values = _values(arguments)
    if isinstance(callee, OperationCallee) and not any(spec.batched for spec in _arriving(arguments)):
        return _constants(callee, values, small=not values and constant_bytes(node) <= _SMALL_BYTES)
    made = callee(values)
    specs = tuple(_spec(tensor) for tensor in made)
    if isinstance(callee, OperationCallee):
        refuse_mixing(specs, lambda size: [tuple(t.shape) for t in callee(_values(arguments, size))])
        # Keras sizes most operations without a look at dtypes and ranks, so that none may be believed. Traced is what
        # a model would run: the operations themselves.
        inputs = keras.tree.flatten(list(values.values()))
        return traced(keras.Function(inputs, made), inputs, specs)
    if any(spec.shape[:1] != (None,) for spec in specs):
        raise ValueError("It mixes the samples of a batch; a layer must treat each sample by itself.")
    if must_trace(callee.layer, _arriving(arguments)):
        return traced(callee, values, specs)
    return specs


def _arriving(arguments: Arguments) -> list[TensorSpec]:
    return [spec for argument in arguments for spec in argument.specs]


def _constants(callee: Callee, values: Values, small: bool) -> tuple[TensorSpec, ...]:
    """What comes out where nothing that goes in has a batch axis; large ones are made in a graph: nothing is allocated.

    A few windows can not be made in a graph.
    """
    made = callee(values) if small else made_in_graph(callee, dict(values))
    return tuple(constant_spec(tensor) for tensor in made)


def _spec(tensor: keras.KerasTensor) -> TensorSpec:
    return TensorSpec(tuple(tensor.shape), keras.backend.standardize_dtype(tensor.dtype))


def _values(arguments: Arguments, batch: int | None = None) -> Values:
    """Symbolic tensors for what reaches each port, of a batch of this size."""
    return {
        argument.port: [_tensor(spec, batch) for spec in argument.specs]
        if argument.variadic
        else _tensor(argument.specs[0], batch)
        for argument in arguments
    }


def _tensor(spec: TensorSpec, batch: int | None) -> keras.KerasTensor:
    shape = (batch, *spec.shape[1:]) if spec.batched and batch else spec.shape
    return keras.KerasTensor(shape, dtype=spec.dtype)


def _weights(layer: keras.layers.Layer) -> tuple[Weight, ...]:
    return tuple(Weight(tuple(w.shape), str(w.dtype), bool(w.trainable)) for w in layer.weights)
