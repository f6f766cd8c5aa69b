"""Tensor functions of a functional model as nodes: `keras.ops.matmul` is the class `Matmul` in a file."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import keras
from keras.src.ops import core, image, linalg, math, nn, numpy

from layerloom.graph.document import Node
from layerloom.graph.naming import snake_case
from layerloom.modeling.importing.calls import Inbound, Ref, references
from layerloom.modeling.importing.configs import plain
from layerloom.modeling.importing.draft import Draft, Source
from layerloom.modeling.importing.models import Layer

_MODULES = (numpy, nn, core, math, linalg, image)
_FUNCTIONS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "get_item": lambda x, key: (x, key),
        **{name: value for name, value in vars(keras.ops).items() if callable(value)},
    }
)
"""What a node `ops.<name>` calls. Indexing has no function of its own in Keras."""


def draw_operation(draft: Draft, layer: Layer, inbound: Inbound, source: Callable[[Ref], Source]) -> Node:
    """The node of one call of an operation, with its wires: tensors by port, everything else in the config."""
    name = snake_case(layer.kind.type)
    config = {key: plain(value) for key, value in layer.kind.config.items() if key != "name"}
    node = draft.add(f"ops.{name}", layer.name, config)
    function = _FUNCTIONS.get(name)
    known = list(inspect.signature(function).parameters.values()) if function else []
    first = known[0].name if known else None
    for argument, value in _by_name(layer, inbound, [one.name for one in known]):
        for ref in references(value):
            draft.connect(source(ref), node, None if argument == first else argument)
        if not any(references(value)) and argument is not None:
            config[argument] = _key(value) if (name, argument) == ("get_item", "key") else value
    node.config.clear()
    node.config.update({key: value for key, value in config.items() if not _is_default(known, key, value)})
    return node


def _by_name(layer: Layer, inbound: Inbound, otherwise: list[str]) -> Iterator[tuple[str | None, Any]]:
    """Every argument of the call with its name: that of Keras's class, whose order need not be the function's."""
    member = next((vars(module)[layer.kind.type] for module in _MODULES if layer.kind.type in vars(module)), None)
    call = getattr(member, "call", None)
    known = list(inspect.signature(call).parameters.values())[1:] if call else []
    names = [one.name for one in known] or otherwise
    rest = known[-1].name if known and known[-1].kind is inspect.Parameter.VAR_POSITIONAL else None
    for index, value in enumerate(inbound.positional):
        yield (names[index] if index < len(names) else rest), value
    yield from inbound.named.items()


def _is_default(known: list[inspect.Parameter], name: str, value: Any) -> bool:
    default = next((one.default for one in known if one.name == name), None)
    return type(default) is type(value) and bool(default == value)


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
