"""What is wrong with a config, before Keras sees it: types, ranges, choices, unknown and missing arguments.

Keras itself is lenient here (it takes `true` for 1, and paths where it takes lists); this is the strict door.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from pydantic import JsonValue

from layerloom.catalog import Entry, Kind, Parameter
from layerloom.graph.document import Node
from layerloom.graph.patch import SetType
from layerloom.modeling.families import family
from layerloom.modeling.left_out import NODE_FIELDS, parameter_reason
from layerloom.modeling.nodes import INPUT, OUTPUT
from layerloom.modeling.place import Place
from layerloom.modeling.reflection import entries
from layerloom.modeling.values import accepts, expectation, shown
from layerloom.problem import Fix, Problem
from layerloom.recipe import KerasObject

FAMILY_OF_KIND: Mapping[Kind, str] = {
    "activation": "activations",
    "initializer": "initializers",
    "regularizer": "regularizers",
    "constraint": "constraints",
    "layer": "layers",
    "layers": "layers",
    "number_or_schedule": "schedules",
}
"""The family an argument of this kind names objects of."""

_NAMED_BY_TEXT = frozenset({"activations", "initializers", "regularizers", "constraints"})
_NODES_ALONE = frozenset({INPUT.type, OUTPUT.type})


def validate_node(node: Node) -> list[Problem]:
    """What is wrong with the type and config of a node, its wires aside."""
    known = entries("layers").get(node.type)
    if known is None:
        return [_unknown_node_type(node)]
    return validate(known, node.config, node.id)


def validate(entry: Entry, config: Mapping[str, JsonValue], node_id: str | None) -> list[Problem]:
    """What is wrong with the constructor arguments of a class; `node_id` None outside of a graph (then no fixes)."""
    return list(_config_problems(entry, config, Place(node_id, config)))


def validate_object(family_name: str, described: KerasObject | str) -> list[Problem]:
    """What is wrong with an object of a recipe. Raises KeyError for a word that is no family."""
    if isinstance(described, str):
        described = KerasObject(type=described)
    known = find(family_name, described.type)
    if known is None:
        return [_unknown_type(family_name, described.type, Place(None, described.config), described.type)]
    return validate(known, described.config, None)


def find(family_name: str, type: str) -> Entry | None:
    """The entry of this name; names that Keras also uses (`glorot_uniform`) count, except for layers."""
    if family_name == "layers":
        return None if type in _NODES_ALONE else entries("layers").get(type)
    return entries(family_name).get(family(family_name).aliases.get(type, type))


def _config_problems(entry: Entry, config: Mapping[str, JsonValue], place: Place) -> Iterator[Problem]:
    known = {parameter.name: parameter for parameter in entry.parameters}
    for name, value in config.items():
        if name in known:
            yield from _value_problems(known[name], value, place.at(name))
        else:
            yield _unknown_parameter(entry, name, place.at(name))
    for name, parameter in known.items():
        if parameter.required and name not in config:
            yield _missing(entry, parameter, place.at(name))


def _value_problems(parameter: Parameter, value: JsonValue, place: Place) -> Iterator[Problem]:
    nested = FAMILY_OF_KIND.get(parameter.kind)
    if value is None and parameter.nullable:
        return
    if parameter.kind == "layers" and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _object_problems(parameter, "layers", item, place.at(str(index)))
    elif nested and (parameter.kind != "number_or_schedule" or isinstance(value, dict)):
        yield from _object_problems(parameter, nested, value, place)
    elif not accepts(parameter, value):
        yield _bad_value(parameter, value, place)


def _object_problems(parameter: Parameter, family_name: str, value: JsonValue, place: Place) -> Iterator[Problem]:
    if isinstance(value, str) and family_name in _NAMED_BY_TEXT:
        if find(family_name, value) is None:
            yield _unknown_name(parameter, family_name, value, place)
        return
    if not _is_object(value):
        yield place.problem("bad-value", f"{place.parameter} must be {_object_words(family_name)}, got {shown(value)}.")
        return
    known = find(family_name, value["type"])
    if known is None:
        yield _unknown_type(family_name, value["type"], place.at("type"), f"config.{place.parameter}.type")
    else:
        yield from _config_problems(known, value.get("config", {}), place.at("config"))
