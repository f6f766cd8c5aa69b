"""One way to write each config: what is Keras's default is left out, what can be said shorter is.

Two drawings that mean the same layers have equal canonical forms, up to ids, layout and the spelling of made names.
"""

import json
from functools import lru_cache

import keras
from pydantic import JsonValue

from layerloom.catalog import Entry, Parameter
from layerloom.graph.document import Node
from layerloom.modeling.importing.configs import spelled
from layerloom.modeling.mistakes import ConfigError
from layerloom.modeling.nested import FAMILY_OF_KIND, nested
from layerloom.modeling.objects import make_layer
from layerloom.modeling.reflection import find, node_entry, node_family
from layerloom.modeling.symbolic import without_trace

_REMEMBERED = 4_096
_NUMBERS = frozenset({"number", "numbers", "number_or_schedule"})


def canonical(type: str, config: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """The config of a layer or operation in its shortest form.

    One that Keras refuses is only shortened where its values tell.
    """
    return json.loads(_canonical(type, json.dumps(config)))  # type: ignore[no-any-return]


@lru_cache(maxsize=_REMEMBERED)
def _canonical(type: str, written: str) -> str:
    config = json.loads(written)
    if node_family(type) == "operations":
        return json.dumps(_operation(type, config))
    entry = find("layers", type)
    if entry is not None:
        config = _without_mirror(_without_resolved(entry, _shortened(entry, config)))
    return json.dumps(config)


def _operation(type: str, config: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """The config of an operation without defaults; the order of axes that Keras takes anyway is one."""
    entry = node_entry(type)
    short = _shortened(entry, config) if entry else config
    usual = keras.config.image_data_format()
    return {name: value for name, value in short.items() if (name, value) != ("data_format", usual)}


def _shortened(entry: Entry, config: dict[str, JsonValue]) -> dict[str, JsonValue]:
    known = {parameter.name: parameter for parameter in entry.parameters}
    short = {name: _value(known[name], value) if name in known else value for name, value in config.items()}
    return {name: value for name, value in short.items() if name not in known or not _is_default(known[name], value)}


def _value(parameter: Parameter, value: JsonValue) -> JsonValue:
    family = FAMILY_OF_KIND.get(parameter.kind)
    if parameter.kind == "layers" and isinstance(value, list):
        return [_object("layers", item) for item in value]
    if family and isinstance(value, str | dict):
        return _object(family, value)
    if parameter.kind in _NUMBERS:
        return _floats(value)
    if parameter.kind == "axis" and isinstance(value, list) and len(value) == 1:
        return value[0]
    if parameter.kind == "integers" and parameter.length and not parameter.list_only and _is_uniform(value):
        return value[0]  # type: ignore[index]
    return value


def _floats(value: JsonValue) -> JsonValue:
    """1 and 1.0 are one number where any number may stand."""
    if isinstance(value, list):
        return [_floats(item) for item in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _is_uniform(value: JsonValue) -> bool:
    return isinstance(value, list) and len(value) > 0 and all(type(item) is int and item == value[0] for item in value)


def _object(family: str, value: JsonValue) -> JsonValue:
    if isinstance(value, str):
        entry = find(family, value)
        return value if entry is None else spelled(family, entry.type, {})
    described = nested(value)
    entry = find(family, described[0]) if described else None
    if described is None or entry is None:
        return value
    if family == "layers":
        return {"type": entry.type, "config": canonical(entry.type, described[1])}
    return spelled(family, entry.type, _shortened(entry, described[1]))


def _is_default(parameter: Parameter, value: JsonValue) -> bool:
    if parameter.required:
        return False
    default = _value(parameter, parameter.default)
    return value == default and isinstance(value, bool) == isinstance(default, bool)


def _without_resolved(entry: Entry, config: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Without what Keras works out to the same by itself (`data_format`, strides of a pooling), or writes unasked."""
    required = {parameter.name for parameter in entry.parameters if parameter.required}
    config = _without_written(entry, config)
    wanted = _described(entry.type, config)
    if wanted is None:
        return config
    for name in [name for name in config if name not in required]:
        without = {key: value for key, value in config.items() if key != name}
        if _described(entry.type, without) == wanted:
            config = without
    return config


def _without_mirror(config: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Without the backward layer of a `Bidirectional` that is its forward layer read the other way round."""
    forward, backward = nested(config.get("layer")), nested(config.get("backward_layer"))
    if forward is None or backward is None:
        return config
    mirror = {**forward[1], "go_backwards": forward[1].get("go_backwards") is not True}
    if (forward[0], canonical(forward[0], mirror)) != backward:
        return config
    return {name: value for name, value in config.items() if name != "backward_layer"}


def _without_written(entry: Entry, config: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Without arguments that are not offered where Keras says the same of a layer that was not given them."""
    offered = {parameter.name for parameter in entry.parameters}
    known = {name: value for name, value in config.items() if name in offered}
    described = None if len(known) == len(config) else _described(entry.type, known)
    if described is None:
        return config
    return {name: v for name, v in config.items() if name in offered or (name, v) not in described.items()}


def _described(type: str, config: dict[str, JsonValue]) -> dict[str, JsonValue] | None:
    """What Keras says of a layer with this config, as JSON; None where it refuses."""
    with without_trace(), keras.StatelessScope(initialize_variables=False):
        try:
            layer = make_layer(Node(id="n1", type=type, config=config), name="layer")
        except ConfigError:
            return None
        return json.loads(json.dumps(layer.get_config(), default=str))  # type: ignore[no-any-return]
