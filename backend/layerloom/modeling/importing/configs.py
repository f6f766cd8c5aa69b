"""Keras's description of an object as the config of our catalog: the same arguments, without what Keras adds."""

from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue

from layerloom.catalog import Entry, Parameter
from layerloom.graph.naming import snake_case
from layerloom.modeling.importing.kinds import named
from layerloom.modeling.left_out import PARAMETERS
from layerloom.modeling.nested import FAMILY_OF_KIND, NAMED_BY_TEXT, nested
from layerloom.modeling.reflection import find

WRITTEN_BY_KERAS = frozenset(
    {
        "name",
        "batch_input_shape",
        "batch_shape",
        "input_shape",
        "build_config",
        "registered_name",
        "vocabulary_size",
        "input_axes",
        "output_axes",
        "shared_object_id",
        # arguments of Keras 2 that changed how a layer computes, never what
        "implementation",
        "time_major",
        "ragged",
        "experimental_autocast",
    }
)
"""What stands in descriptions and is no argument that a person chooses."""

_RENAMED: Mapping[str, str] = {"LeakyReLU.alpha": "negative_slope"}
_SET_BY_BIDIRECTIONAL = "zero_output_for_mask"
_WRAPPED = frozenset({"__tuple__", "__list__"})
ARRAYS = frozenset({"__numpy__", "__tensor__"})
"""What descriptions call a constant tensor."""
_NOTHING: tuple[JsonValue, ...] = (None, False, "utf-8", "int64", [], {})


def translate(entry: Entry, config: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The constructor arguments of a class, from its description. What is not known stays, for the check to tell."""
    known = {parameter.name: parameter for parameter in entry.parameters}
    translated: dict[str, JsonValue] = {}
    for written, value in config.items():
        name = _RENAMED.get(f"{entry.type}.{written}", written)
        if name in known:
            translated[name] = _value(known[name], plain(value))
        elif not _says_nothing(entry, name, value):
            translated[name] = plain(value)
    if entry.type == "Bidirectional":
        for side in ("layer", "backward_layer"):
            described = nested(translated.get(side))
            if described is not None:
                described[1].pop(_SET_BY_BIDIRECTIONAL, None)
    return translated


def plain(value: JsonValue) -> Any:
    """A serialized value without its wrapping: tuples and arrays as lists."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    name, config = value.get("class_name"), value.get("config")
    if name in _WRAPPED:
        return plain(value.get("items", config))
    if name in ARRAYS and isinstance(config, dict):
        return config.get("value")
    return value


def object_of(family: str, value: JsonValue) -> JsonValue:
    """An initializer, regularizer, wrapped layer, ... as a config holds it: a name, or type and config."""
    described = named(value, "an object inside a config")
    if described.type == "function" and isinstance(value, dict):
        return plain(value["config"]) if isinstance(value.get("config"), str) else {"type": "function"}
    entry = find(family, described.type)
    if entry is None:
        return {"type": described.type, "config": {}}
    return spelled(family, entry.type, translate(entry, described.config))


def spelled(family: str, type: str, config: dict[str, JsonValue]) -> JsonValue:
    """The shortest way to write an object: Keras's string name where the class alone says all."""
    word = type if family == "activations" else snake_case(type)
    if not config and family in NAMED_BY_TEXT:
        entry = find(family, word)
        if entry is not None and entry.type == type:
            return word
    return {"type": type, "config": config}


def _value(parameter: Parameter, value: Any) -> JsonValue:
    if parameter.kind == "dtype":
        return _dtype(value)
    family = FAMILY_OF_KIND.get(parameter.kind)
    if parameter.kind == "layers" and isinstance(value, list):
        return [object_of("layers", item) if isinstance(item, dict) else item for item in value]
    if family and isinstance(value, dict):
        return object_of(family, value)
    return value  # type: ignore[no-any-return]


def _dtype(value: Any) -> JsonValue:
    """The name of a dtype policy: that is all of it that a drawing holds."""
    if isinstance(value, dict) and isinstance(value.get("config"), dict):
        return value["config"].get("name")  # type: ignore[no-any-return]
    return value  # type: ignore[no-any-return]


def _says_nothing(entry: Entry, name: str, value: JsonValue) -> bool:
    """Whether leaving the argument out changes nothing: Keras adds it by itself, or its value is that of no choice."""
    if name in WRITTEN_BY_KERAS:
        return True
    return (f"{entry.type}.{name}" in PARAMETERS and value in _NOTHING) or (name == "sparse" and not value)
