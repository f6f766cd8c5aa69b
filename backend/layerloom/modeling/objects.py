"""Names and configs turned into Keras objects, from our own catalog alone.

Keras's own lookups (`keras.layers.deserialize`, `keras.losses.get`, ...) never see what a client wrote.
"""

import re
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
from pydantic import JsonValue

from layerloom.catalog import Entry, Parameter
from layerloom.graph.document import Node
from layerloom.graph.naming import snake_case
from layerloom.modeling.custom import make_custom
from layerloom.modeling.families import family
from layerloom.modeling.mistakes import ConfigError
from layerloom.modeling.nested import FAMILY_OF_KIND, nested
from layerloom.modeling.nodes import PYTHON
from layerloom.modeling.place import Place
from layerloom.modeling.reflection import find, node_entry
from layerloom.modeling.suggestions import suggestion
from layerloom.modeling.validate import validate_node, validate_object
from layerloom.modeling.values import shown
from layerloom.problem import Problem
from layerloom.recipe import KerasObject

_TUPLES = frozenset({"integers", "axis", "shape"})
_MAX_KERAS_WORDS = 300
_CLASS = re.compile(r"<class '(?:\w+\.)*(\w+)'>")


def make_layer(node: Node, *, name: str) -> keras.layers.Layer:
    """The Keras layer of a node, called `name`. Raises ConfigError with what is wrong, by argument."""
    if node.type == PYTHON.type:
        return make_custom(node, name)
    problems = validate_node(node)
    if problems:
        raise ConfigError(problems)
    return _construct("layers", node.type, node.config, Place(node.id, node.config), {"name": name})


def call_settings(node: Node) -> dict[str, JsonValue]:
    """What the config of a valid layer node says of its call (`return_attention_scores`), not of its constructor."""
    entry = node_entry(node.type)
    names = {parameter.name for parameter in entry.parameters if parameter.of_call} if entry else set()
    return {name: value for name, value in node.config.items() if name in names}


def node_arguments(node: Node) -> dict[str, Any]:
    """The config of an operation or application as what Keras's function takes. Raises ConfigError as `make_layer`."""
    problems = validate_node(node)
    entry = node_entry(node.type)
    if problems or entry is None:
        raise ConfigError(problems)
    known = {parameter.name: parameter for parameter in entry.parameters}
    place = Place(node.id, node.config)
    return {key: _frozen(_argument(known[key], value, place.at(key))) for key, value in node.config.items()}


def make(family_name: str, described: KerasObject | str, **given: object) -> Any:
    """The Keras object of a family (`losses`, `optimizers`, ...) that a recipe describes, or that Keras's string names.

    `given` are arguments that no recipe may hold (a folder, a function), in place of its own. Raises ConfigError with
    what is wrong, by argument.
    """
    problems = validate_object(family_name, described)
    if problems:
        raise ConfigError(problems)
    if isinstance(described, str):
        return _construct(family_name, described, {}, Place(None, {}), given)
    config = {key: value for key, value in described.config.items() if key not in given}
    return _construct(family_name, described.type, config, Place(None, described.config), given)


def _construct(
    family_name: str,
    type: str,
    config: Mapping[str, JsonValue],
    place: Place,
    extra: Mapping[str, object] | None = None,
) -> Any:
    entry = find(family_name, type)
    if entry is None:
        raise LookupError(f"{type} is a node, not a class of {family_name}")
    member = family(family_name).members[entry.type]
    if family_name == "activations":
        return member
    known = {parameter.name: parameter for parameter in entry.parameters if not parameter.of_call}
    config = {key: value for key, value in config.items() if key in known}
    arguments = {key: _argument(known[key], value, place.at(key)) for key, value in config.items()}
    try:
        return member(**arguments, **(extra or {}))
    except Exception as error:  # Keras constructors raise any class of exception for a bad argument.
        raise ConfigError([_refused(entry, config, place, error)]) from error


def _argument(parameter: Parameter, value: JsonValue, place: Place) -> Any:
    """A validated JSON value as what Keras's constructor takes."""
    if value is None:
        return None
    inner = FAMILY_OF_KIND.get(parameter.kind)
    if parameter.kind == "layers" and isinstance(value, list):
        return [_inner("layers", item, place.at(str(index)), f"_{index}") for index, item in enumerate(value)]
    if inner and isinstance(value, str | dict):
        return _inner(inner, value, place, "")
    if parameter.kind in _TUPLES and isinstance(value, list):
        return tuple(value)
    if parameter.kind == "value" and isinstance(value, list):
        return narrow(value)
    if parameter.kind in ("number", "numbers", "number_or_schedule"):
        return _floats(value)
    return value


def _frozen(value: Any) -> Any:
    """Lists as tuples: some operations change the lists that they are given, each time that they run."""
    return tuple(_frozen(item) for item in value) if isinstance(value, list | tuple) else value


def _inner(family_name: str, value: JsonValue, place: Place, suffix: str) -> Any:
    """An object inside a config. Wrapped layers get fixed names: Keras's own would count up through the process."""
    if isinstance(value, str):
        return _construct(family_name, value, {}, place)
    type, config = nested(value) or ("", {})
    extra = {"name": snake_case(type) + suffix} if family_name == "layers" else None
    return _construct(family_name, type, config, place.at("config"), extra)


def _floats(value: JsonValue) -> Any:
    """JSON from a browser says 1 for 1.0, and Keras sometimes tells them apart."""
    if isinstance(value, list):
        return tuple(_floats(item) for item in value)
    return float(value) if isinstance(value, int) else value


def narrow(value: Any) -> np.ndarray:
    """A number or nested list as Keras would take it: float32 for numbers with a point, int32 for whole ones."""
    array = np.asarray(value)
    dtype = {"float64": keras.config.floatx(), "int64": "int32"}.get(array.dtype.name)
    return array.astype(dtype) if dtype else array


def _refused(entry: Entry, config: Mapping[str, JsonValue], place: Place, error: Exception) -> Problem:
    """The problem of a config that Keras's constructor raised on, at the argument that its words name."""
    words = _CLASS.sub(r"\1", " ".join(str(error).split())) or error.__class__.__name__
    words = words if len(words) <= _MAX_KERAS_WORDS else f"{words[:_MAX_KERAS_WORDS]}…"
    message = f"Keras refuses this {entry.type}: {words}"
    known = [parameter.name for parameter in entry.parameters]
    named = [name for name in (*config, *known) if re.search(rf"\b{name}\b", words)]
    if not named:
        return place.problem("bad-value", message)
    unset = next((name for name in named if name not in config and suggestion(entry.type, name) is not None), None)
    if named[0] in config or unset is None:
        return place.at(named[0]).problem("bad-value", message)
    at, value = place.at(unset), suggestion(entry.type, unset)
    return at.problem("bad-value", message, at.put(value, f"Set {unset} to {shown(value)}"))
