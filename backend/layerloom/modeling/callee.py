"""What a node calls: a layer, an operation or an application. The one place that turns a node into a function."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import keras
from pydantic import JsonValue

from layerloom.graph.document import Node
from layerloom.modeling.applications import application_model
from layerloom.modeling.families import family
from layerloom.modeling.objects import call_settings, make_layer, narrow, node_arguments
from layerloom.modeling.operation_names import name_operations
from layerloom.modeling.ports import STATES
from layerloom.modeling.reflection import node_family
from layerloom.modeling.states import pack_states

Values = Mapping[str, Any]
"""What reaches each input port: a tensor, or a list of them at a variadic port."""

_ARRAYS_ALONE = frozenset(
    f"ops.{name}"
    for name in (
        "bitwise_and",
        "bitwise_left_shift",
        "bitwise_or",
        "bitwise_right_shift",
        "bitwise_xor",
        "heaviside",
        "hypot",
        "left_shift",
        "right_shift",
    )
)
"""Operations that Keras can not call on plain numbers."""


class Callee(Protocol):
    """Something that can be called on tensors, any number of times, with the same weights each time."""

    layer: keras.layers.Layer | None
    """What holds the weights; None for an operation, and for an application until it is called."""

    def __call__(self, values: Values) -> list[Any]:
        """What comes out, in the order of the output ports. Raises whatever Keras raises."""


def callee_of(node: Node, *, name: str, load_weights: bool = False) -> Callee:
    """What the node calls, under the layer name `name`.

    `load_weights` lets an application load the pretrained weights that its config names; else only its shapes are
    right. Raises ConfigError where the config is wrong.
    """
    match node_family(node.type):
        case "operations":
            return OperationCallee(node, name)
        case "applications":
            return ApplicationCallee(node, name, load_weights)
        case _:
            return LayerCallee(node, name)


def callee_within(model: keras.Model, node: Node, name: str) -> Callee:
    """What the node calls in a model that was built from its drawing: the layer of this name, with its weights.

    It is called as in predictions: layers that change pictures by chance are, for Keras, training where nobody says so.
    """
    match node_family(node.type):
        case "operations":
            return OperationCallee(node, name)
        case "applications":
            called = ApplicationCallee(node, name, load_weights=False)
            called.layer = model.get_layer(name)
            return called
        case _:
            return LayerCallee(node, name, model.get_layer(name), training=False)


class LayerCallee:
    """A layer. The first port is its first argument, the others go by name."""

    def __init__(
        self, node: Node, name: str, made: keras.layers.Layer | None = None, training: bool | None = None
    ) -> None:
        self._call: Callable[..., Any] = make_layer(node, name=name) if made is None else made
        self.layer: keras.layers.Layer | None = self._call
        mode = {"training": training} if training is not None and self.layer._call_has_training_arg else {}
        self._settings = {**mode, **call_settings(node)}
        self._node = node

    def __call__(self, values: Values) -> list[Any]:
        """What the layer gives out."""
        (_, first), *others = values.items()
        named = {port: self._packed(value) if port in STATES else value for port, value in others}
        return list(keras.tree.flatten(self._call(first, **named, **self._settings)))

    def _packed(self, states: Any) -> Any:
        return pack_states(self._node.type, self._node.config, states) if isinstance(states, list) else states


class OperationCallee:
    """A function of `keras.ops`. Tensors come from wires, everything else (numbers for ports too) from the config."""

    layer = None
    steps: tuple[str, ...] = ()
    """What Keras would call the operations of the latest call, each without its number."""

    def __init__(self, node: Node, name: str) -> None:
        self._function = family("operations").members[node.type]
        self._name = name
        self._given = node_arguments(node)
        if node.type in _ARRAYS_ALONE:
            self._given = {port: narrow(value) for port, value in self._given.items()}
        if node.type == "ops.get_item":
            self._given["key"] = key_of(node.config["key"])
        if "data_format" in inspect.signature(self._function).parameters:
            # Keras leaves null in the model and then can not run some of them.
            self._given.setdefault("data_format", keras.config.image_data_format())

    def __call__(self, values: Values) -> list[Any]:
        """What the operation gives out; its entry in a functional model bears the name of the node."""
        positional, named = self._sorted({**self._given, **values})
        made = list(keras.tree.flatten(self._function(*positional, **named)))
        self.steps = name_operations(made, keras.tree.flatten(list(values.values())), self._name)
        return made

    def _sorted(self, arguments: Values) -> tuple[list[Any], dict[str, Any]]:
        """Positional arguments, if the function takes `*operands`, and named ones."""
        positional: list[Any] = []
        named = dict(arguments)
        known = inspect.signature(self._function).parameters.values()
        if any(argument.kind is argument.VAR_POSITIONAL for argument in known):
            for argument in known:
                if argument.kind is argument.POSITIONAL_OR_KEYWORD:
                    positional.append(named.pop(argument.name))
                elif argument.kind is argument.VAR_POSITIONAL:
                    positional += named.pop(argument.name)
        for argument in known:
            if argument.kind is argument.VAR_KEYWORD and isinstance(table := named.pop(argument.name, None), dict):
                named |= {name: value for name, value in table.items() if name not in arguments}
        return positional, named


class ApplicationCallee:
    """A model of `keras.applications`, made for the shape of the first tensor that reaches it."""

    def __init__(self, node: Node, name: str, load_weights: bool) -> None:
        self.layer: keras.Model | None = None
        self._node = node
        self._name = name
        self._load_weights = load_weights

    def __call__(self, values: Values) -> list[Any]:
        """What the model gives out."""
        [tensor] = values.values()
        if self.layer is None:
            shape = tuple(tensor.shape[1:])
            self.layer = application_model(self._node, shape, name=self._name, load_weights=self._load_weights)
        return [self.layer(tensor)]


def key_of(steps: JsonValue) -> tuple[Any, ...]:
    """The index that a list says, one item an axis.

    A whole number takes one, ":" all, [start, stop] or [start, stop, step] a range (null for an open end), "..." the
    axes between, null a new axis. Raises ValueError for anything else.
    """
    if not isinstance(steps, list):
        raise ValueError('key must be a list with one item for each axis, as in [":", 0].')
    return tuple(_step(step) for step in steps)


def _step(step: JsonValue) -> Any:
    if step == ":":
        return slice(None)
    if step == "...":
        return Ellipsis
    if step is None or (isinstance(step, int) and not isinstance(step, bool)):
        return step
    if isinstance(step, list) and len(step) in (2, 3) and all(each is None or type(each) is int for each in step):
        return slice(*step)
    raise ValueError(f'key holds whole numbers, ":", "...", null and [start, stop, step] alone, got {str(step)[:40]}.')
