"""What is wrong with a config, before Keras sees it: types, ranges, choices, unknown and missing arguments.

Keras itself is lenient here (it takes `true` for 1, and paths where it takes lists); this is the strict door.
"""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from layerloom.catalog import Entry, Parameter
from layerloom.graph.block_definition import is_block
from layerloom.graph.document import Node
from layerloom.modeling.custom import custom_problems
from layerloom.modeling.mistakes import (
    bad_value,
    missing_parameter,
    not_an_object,
    not_wrappable,
    unknown_name,
    unknown_node_type,
    unknown_parameter,
    unknown_type,
)
from layerloom.modeling.nested import FAMILY_OF_KIND, NAMED_BY_TEXT, OR_PLAIN, nested
from layerloom.modeling.nodes import PYTHON
from layerloom.modeling.place import Place
from layerloom.modeling.reflection import find, node_entry
from layerloom.modeling.values import accepts
from layerloom.problem import Problem
from layerloom.recipe import KerasObject


def validate_node(node: Node) -> list[Problem]:
    """What is wrong with the type and config of a node, its wires aside.

    A block that could not be put in is left to whoever tried.
    """
    if is_block(node):
        return []
    if node.type == PYTHON.type:
        return custom_problems(node)
    known = node_entry(node.type)
    return [unknown_node_type(node)] if known is None else validate(known, node.config, node.id)


def validate_object(family: str, described: KerasObject | str) -> list[Problem]:
    """What is wrong with an object of a recipe. Raises KeyError for a word that is no family."""
    if isinstance(described, str):
        described = KerasObject(type=described)
    known = find(family, described.type)
    if known is None:
        return [unknown_type(family, described.type, Place(None, described.config))]
    return validate(known, described.config, None)


def validate(entry: Entry, config: Mapping[str, JsonValue], node_id: str | None) -> list[Problem]:
    """What is wrong with the constructor arguments of a class; `node_id` None outside of a graph (then no fixes)."""
    return list(_config_problems(entry, config, Place(node_id, config)))


def _config_problems(entry: Entry, config: Mapping[str, JsonValue], place: Place) -> Iterator[Problem]:
    known = {parameter.name: parameter for parameter in entry.parameters}
    for name, value in config.items():
        if name in known:
            yield from _value_problems(known[name], value, place.at(name))
        else:
            yield unknown_parameter(entry, name, place.at(name))
    for name, parameter in known.items():
        if parameter.required and name not in config:
            yield missing_parameter(entry, parameter, place.at(name))


def _value_problems(parameter: Parameter, value: JsonValue, place: Place) -> Iterator[Problem]:
    family = FAMILY_OF_KIND.get(parameter.kind)
    if value is None and parameter.nullable:
        return
    if parameter.kind == "layers" and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _object_problems(parameter, "layers", item, place.at(str(index)))
    elif family and (parameter.kind not in OR_PLAIN or isinstance(value, dict)):
        yield from _object_problems(parameter, family, value, place)
    elif not accepts(parameter, value):
        yield bad_value(parameter, value, place)


def _object_problems(parameter: Parameter, family: str, value: JsonValue, place: Place) -> Iterator[Problem]:
    if isinstance(value, str) and family in NAMED_BY_TEXT:
        if find(family, value) is None:
            yield unknown_name(parameter, family, value, place)
        return
    described = nested(value)
    if described is None:
        yield not_an_object(parameter, family, value, place)
        return
    type, config = described
    known = find(family, type)
    if known is None:
        yield unknown_type(family, type, place.at("type"))
    elif family == "layers" and parameter.choices is not None and type not in parameter.choices:
        yield not_wrappable(parameter, type, place.at("type"))
    else:
        yield from _config_problems(known, config, place.at("config"))
