"""A function of `keras.ops` as the expression that calls it, and an application as the one that makes it."""

import inspect
from collections.abc import Iterator, Mapping, Sequence

import keras
from pydantic import JsonValue

from layerloom.catalog import Parameter
from layerloom.graph.document import Node
from layerloom.modeling.applications import takes_name
from layerloom.modeling.families import family
from layerloom.modeling.reflection import node_entry
from layerloom.modeling.source.expressions import Config, argument, is_default
from layerloom.modeling.source.identifiers import is_identifier
from layerloom.modeling.source.literals import literal, tuple_of

Values = Mapping[str, str | list[str]]
"""Expressions by input port, a list of them at a variadic port."""


def operation_call(node: Node, values: Values) -> str:
    """`keras.ops.reshape(x, (4, 2))`: tensors from wires, everything else from the valid config of the node."""
    given = {name: _given(node.type, parameter, value) for name, parameter, value in _set(node.type, node.config)}
    arguments: dict[str, str | list[str]] = {**given, **values}
    signature = inspect.signature(family("operations").members[node.type]).parameters
    if "data_format" in signature:
        # Keras leaves null in the model and then can not run some of them.
        arguments.setdefault("data_format", literal(keras.config.image_data_format()))
    tables = [arguments.pop(name, None) for name, known in signature.items() if known.kind is known.VAR_KEYWORD]
    named = [text for table in tables if isinstance(table, list) for text in table]
    return f"keras.{node.type}({', '.join([*_placed(signature, arguments), *named])})"


def application_construction(node: Node, input_shape: Sequence[int | None], name: str) -> str:
    """`keras.applications.ResNet50(...)` for samples of this shape; `name` is an expression, if it can be named."""
    shape = tuple_of(literal(size) for size in input_shape)
    chosen = [f"{key}={argument(parameter, value)}" for key, parameter, value in _set(node.type, node.config)]
    named = [f"name={name}"] if takes_name(node.type) else []
    return f"keras.{node.type}({', '.join([*chosen, f'input_shape={shape}', *named])})"


def _set(type: str, config: Config) -> Iterator[tuple[str, Parameter, JsonValue]]:
    """What the config says that is not Keras's default anyway."""
    entry = node_entry(type)
    for parameter in entry.parameters if entry else ():
        if parameter.name in config and not is_default(parameter, config[parameter.name]):
            yield parameter.name, parameter, config[parameter.name]


def _given(type: str, parameter: Parameter, value: JsonValue) -> str | list[str]:
    if type == "ops.get_item" and parameter.name == "key" and isinstance(value, list):
        return tuple_of(_index(step) for step in value)
    if isinstance(value, dict):  # a table of arguments by name
        return [f"{name}={_frozen(item)}" for name, item in value.items() if is_identifier(name)]
    if parameter.kind != "value" and isinstance(value, list):
        return _frozen(value)
    return argument(parameter, value)


def _frozen(value: JsonValue) -> str:
    """Lists as tuples: some operations change the lists that they are given."""
    return tuple_of(map(_frozen, value)) if isinstance(value, list) else literal(value)


def _index(step: JsonValue) -> str:
    """One item of an index (see `callee.key_of`)."""
    if step == ":":
        return "slice(None)"
    if step == "...":
        return "..."
    return f"slice({', '.join(map(literal, step))})" if isinstance(step, list) else literal(step)


def _placed(signature: Mapping[str, inspect.Parameter], arguments: Mapping[str, str | list[str]]) -> Iterator[str]:
    """Arguments in the order of the signature: by place while they are required and none is left out, then named."""
    by_place = True
    several = any(known.kind is known.VAR_POSITIONAL for known in signature.values())
    for name, known in signature.items():
        if name not in arguments:
            by_place = by_place and known.kind is known.VAR_POSITIONAL
            continue
        value = arguments[name]
        if known.kind is known.VAR_POSITIONAL:
            yield from value
            by_place = False
            continue
        by_place = by_place and (known.default is known.empty or several)
        text = value if isinstance(value, str) else f"[{', '.join(value)}]"
        yield text if by_place else f"{name}={text}"
