"""Keras objects as the Python expressions that make them: only what differs from Keras's default is written."""

import inspect
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import keras
import numpy as np
from pydantic import JsonValue

from layerloom.catalog import Entry, Parameter
from layerloom.graph.naming import snake_case
from layerloom.modeling.families import family
from layerloom.modeling.nested import FAMILY_OF_KIND, NAMED_BY_TEXT, nested
from layerloom.modeling.reflection import find
from layerloom.modeling.source.literals import list_of, literal, tuple_of
from layerloom.modeling.source.variables import Variable
from layerloom.recipe import KerasObject

MODULES: Mapping[str, str] = {
    "layers": "keras.layers",
    "losses": "keras.losses",
    "metrics": "keras.metrics",
    "optimizers": "keras.optimizers",
    "schedules": "keras.optimizers.schedules",
    "callbacks": "keras.callbacks",
    "initializers": "keras.initializers",
    "regularizers": "keras.regularizers",
    "constraints": "keras.constraints",
    "activations": "keras.activations",
}
"""Where Keras exports each family."""

_TUPLES = frozenset({"integers", "axis", "shape"})
_FLOATS = frozenset({"number", "numbers", "number_or_schedule"})

Config = Mapping[str, JsonValue]


def construction(
    family_name: str, type: str, config: Config, name: str | None = None, given: Sequence[str] = ()
) -> str:
    """`keras.layers.Dense(10, activation="softmax", name="digit")`; `name` is an expression. Config is valid.

    `given` are arguments by place that no config holds. Raises LookupError for a type that the catalog does not have.
    """
    entry = find(family_name, type)
    if entry is None:
        raise LookupError(f"{type} is no class of {family_name}")
    if family_name == "activations":
        return f"keras.activations.{entry.type}"
    arguments = [*given, *_arguments(family_name, entry, config), *([f"name={name}"] if name else [])]
    return f"{MODULES[family_name]}.{entry.type}({', '.join(arguments)})"


def object_of(family_name: str, described: KerasObject) -> str:
    """An object of a recipe: a loss, a metric, an optimizer, a callback."""
    return construction(family_name, described.type, described.config)


def _arguments(family_name: str, entry: Entry, config: Config) -> Iterator[str]:
    """Required arguments first, by their place where Keras has them first; then what is not Keras's default."""
    leading = _leading(family_name, entry)
    parameters = {parameter.name: parameter for parameter in entry.parameters if not parameter.of_call}
    for name in leading:
        if name in config:
            yield argument(parameters[name], config[name])
    for name, parameter in parameters.items():
        if name in config and name not in leading and not is_default(parameter, config[name]):
            yield f"{name}={argument(parameter, config[name])}"


def _leading(family_name: str, entry: Entry) -> list[str]:
    """The required arguments that may be given by place."""
    required = {parameter.name for parameter in entry.parameters if parameter.required}
    names: list[str] = []
    for name, signature in inspect.signature(family(family_name).members[entry.type]).parameters.items():
        if name not in required or signature.default is not signature.empty or signature.kind is signature.KEYWORD_ONLY:
            break
        names.append(name)
    return names


def is_default(parameter: Parameter, value: JsonValue) -> bool:
    """Whether Keras takes this value by itself."""
    if isinstance(value, Variable):
        return False
    if parameter.required or isinstance(value, bool) != isinstance(parameter.default, bool):
        return False
    return value == parameter.default


def argument(parameter: Parameter, value: JsonValue) -> str:
    """A value as an expression that gives Keras what the app gives it (see `modeling.objects`)."""
    inner = FAMILY_OF_KIND.get(parameter.kind)
    if isinstance(value, Variable):
        value.uses.append(parameter)
        return str(value)
    if parameter.kind == "layers" and isinstance(value, list):
        return list_of(_inner("layers", item, f"_{index}") for index, item in enumerate(value))
    if inner and isinstance(value, dict):
        return _inner(inner, value, "")
    if inner in NAMED_BY_TEXT and isinstance(value, str) and not _keras_knows(inner, value):
        return construction(inner, value, {})
    if isinstance(value, list) and (parameter.kind in _TUPLES or parameter.kind == "numbers"):
        return tuple_of(_plain(parameter, item) for item in value)
    if isinstance(value, list) and parameter.kind == "value":
        return _array(value)
    return _plain(parameter, value)


def call_settings(entry: Entry, config: Config) -> list[str]:
    """What the config says of a layer's call, as named arguments."""
    settings = (parameter for parameter in entry.parameters if parameter.of_call and parameter.name in config)
    return [f"{setting.name}={literal(config[setting.name])}" for setting in settings if config[setting.name]]


def _array(value: list[JsonValue]) -> str:
    """Numbers as an array of the dtype that Keras would give them."""
    dtype = np.asarray(value).dtype.name
    dtype = {"float64": keras.config.floatx(), "int64": "int32"}.get(dtype, dtype)
    return f"np.array({literal(value)}, dtype={literal(dtype)})"


@cache
def _keras_knows(family_name: str, word: str) -> bool:
    """Whether Keras finds by this word what the app finds; it does not know all that it exports."""
    try:
        found = getattr(keras, family_name).get(word)
    except (KeyError, TypeError, ValueError):
        return False
    member = family(family_name).members[family(family_name).aliases.get(word, word)]
    return found is member or type(found) is member


def _plain(parameter: Parameter, value: JsonValue) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float) or parameter.kind not in _FLOATS:
        return literal(value)
    return _reciprocal(value) or literal(float(value))


def _reciprocal(value: float) -> str | None:
    """`1 / 255` for the number that this is exactly, where it is the shorter way to write it."""
    below = round(1 / value) if 1e-6 < value < 1 else 0
    text = f"1 / {below}"
    return text if below and 1 / below == value and len(text) < len(repr(value)) else None


def _inner(family_name: str, value: JsonValue, suffix: str) -> str:
    """An object inside a config; wrapped layers have fixed names, as in the app."""
    type, config = nested(value) or ("", {})
    name = literal(snake_case(type) + suffix) if family_name == "layers" else None
    return construction(family_name, type, config, name)
