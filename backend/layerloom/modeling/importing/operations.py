"""Tensor functions of a functional model as nodes: `keras.ops.matmul` is the class `Matmul` in a file."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import keras
from keras.src.ops import core, image, linalg, math, nn, numpy

from layerloom.catalog import NodeEntry
from layerloom.graph.document import Node
from layerloom.graph.naming import snake_case
from layerloom.modeling.importing.calls import Array, Inbound, Ref, references
from layerloom.modeling.importing.canonical import canonical
from layerloom.modeling.importing.configs import plain
from layerloom.modeling.importing.draft import Draft, Source
from layerloom.modeling.importing.models import Layer
from layerloom.modeling.reflection import node_entry

_MODULES = (numpy, nn, core, math, linalg, image)
_FUNCTIONS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "get_item": lambda x, key: (x, key),
        **{name: value for name, value in vars(keras.ops).items() if callable(value)},
    }
)
"""What a node `ops.<name>` calls. Indexing has no function of its own in Keras."""


def draw_operation(draft: Draft, layer: Layer, inbound: Inbound, source: Callable[[Ref], Source]) -> Node:
    """The node of one call of an operation, with its wires: tensors by port, everything else in the config.

    A constant that a config can not hold as it is becomes a node of its own.
    """
    name = snake_case(layer.kind.type)
    config = {key: plain(value) for key, value in layer.kind.config.items() if key != "name"}
    node = draft.add(f"ops.{name}", layer.name, config)
    function = _FUNCTIONS.get(name)
    known = inspect.signature(function).parameters if function else {}
    entry = node_entry(node.type)
    variadic = {port.name for port in entry.inputs if port.variadic} if isinstance(entry, NodeEntry) else set()
    for argument, value in _by_name(layer, inbound, list(known)):
        port = None if argument == next(iter(known), None) else argument
        if argument in variadic or any(references(value)):
            for end in _ends(draft, value, source):
                draft.connect(end, node, port)
        elif isinstance(value, Array) and argument is not None and not value.is_narrow:
            draft.connect(_array_node(draft, value), node, port)
        elif argument is not None:
            config[argument] = _key(value) if (name, argument) == ("get_item", "key") else _value(value)
    chosen = {key: value for key, value in config.items() if not _is_default(known.get(key), value)}
    node.config.clear()
    node.config.update(canonical(node.type, chosen))
    return node


def _ends(draft: Draft, value: Any, source: Callable[[Ref], Source]) -> Iterator[Source]:
    """What a port takes, constants as nodes, in order."""
    if isinstance(value, Ref):
        yield source(value)
    elif isinstance(value, Array):
        yield _array_node(draft, value)
    elif isinstance(value, list) and any(isinstance(item, Ref | Array | list) for item in value):
        for item in value:
            yield from _ends(draft, item, source)
    elif value is not None:
        yield _array_node(draft, Array(value, None))


def _array_node(draft: Draft, array: Array) -> Source:
    dtype = {} if array.is_narrow else {"dtype": array.dtype}
    return Source(draft.add("ops.array", "array", {"x": array.value, **dtype}).id)


def _value(value: Any) -> Any:
    """A value as a config holds it."""
    if isinstance(value, Array):
        return value.value
    return [_value(item) for item in value] if isinstance(value, list) else value


def _by_name(layer: Layer, inbound: Inbound, otherwise: list[str]) -> Iterator[tuple[str | None, Any]]:
    """Every argument of the call with its name: that of Keras's class, whose order need not be the function's."""
    member = next((vars(module)[layer.kind.type] for module in _MODULES if layer.kind.type in vars(module)), None)
    call = getattr(member, "call", None)
    known = list(inspect.signature(call).parameters.values())[1:] if call else []
    names = [one.name for one in known if one.kind is one.POSITIONAL_OR_KEYWORD] if known else otherwise
    rest = next((one.name for one in known if one.kind is one.VAR_POSITIONAL), None)
    for index, value in enumerate(inbound.positional):
        yield (names[index] if index < len(names) else rest), value
    yield from inbound.named.items()


def _is_default(parameter: inspect.Parameter | None, value: Any) -> bool:
    return parameter is not None and type(parameter.default) is type(value) and bool(parameter.default == value)


def _key(value: Any) -> list[Any]:
    """An index as a drawing says it: one item an axis."""
    return [_step(step) for step in value] if isinstance(value, list) else [_step(value)]


def _step(step: Any) -> Any:
    if not isinstance(step, dict):
        return step
    if step.get("class_name") == "__ellipsis__":
        return "..."
    ends = step.get("config")
    start, stop, stride = (ends.get(end) if isinstance(ends, dict) else None for end in ("start", "stop", "step"))
    if start is stop is stride is None:
        return ":"
    return [start, stop] if stride is None else [start, stop, stride]
