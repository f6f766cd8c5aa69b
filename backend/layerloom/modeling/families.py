"""The families of Keras classes (layers, losses, ...) as the installed Keras exports them, one name a class."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType, ModuleType
from typing import Any

import keras

from layerloom.graph.naming import snake_case
from layerloom.modeling import left_out

_NAMESPACES: Mapping[str, tuple[ModuleType, type]] = {
    "layers": (keras.layers, keras.layers.Layer),
    "losses": (keras.losses, keras.losses.Loss),
    "metrics": (keras.metrics, keras.metrics.Metric),
    "optimizers": (keras.optimizers, keras.optimizers.Optimizer),
    "schedules": (keras.optimizers.schedules, keras.optimizers.schedules.LearningRateSchedule),
    "callbacks": (keras.callbacks, keras.callbacks.Callback),
    "initializers": (keras.initializers, keras.initializers.Initializer),
    "regularizers": (keras.regularizers, keras.regularizers.Regularizer),
    "constraints": (keras.constraints, keras.constraints.Constraint),
}
_NO_MEMBERS = frozenset({"get", "serialize", "deserialize"})
_EXTRA_NAMES: Mapping[str, Mapping[str, str]] = {
    "initializers": {"uniform": "RandomUniform", "normal": "RandomNormal", "one": "Ones", "zero": "Zeros"},
}
"""Names that Keras accepts as strings without exporting them."""


@dataclass(frozen=True)
class Family:
    """What of one family is offered: by its one name, and every other name of it (`aliases`: name -> the one name)."""

    members: Mapping[str, Callable[..., Any]]
    aliases: Mapping[str, str]
    left_out: Mapping[str, str]


@cache
def family(name: str) -> Family:
    """The family called `layers`, `losses`, `activations`, ... Raises KeyError for any other word."""
    exported = _exported_functions(*_FUNCTIONS[name]) if name in _FUNCTIONS else _exported_classes(*_NAMESPACES[name])
    reasons = left_out.CLASSES[name]
    members: dict[str, Callable[..., Any]] = {}
    aliases = dict(_EXTRA_NAMES.get(name, {}))
    for member, names in exported.items():
        canonical = _canonical(member, names)
        if canonical not in reasons:
            members[canonical] = member
            aliases |= {alias: canonical for alias in (*names, snake_case(canonical)) if alias != canonical}
    return Family(MappingProxyType(members), MappingProxyType(aliases), reasons)


def _canonical(member: Callable[..., Any], names: list[str]) -> str:
    """The name the class calls itself if it is exported under it, else the first exported one."""
    own = getattr(member, "__name__", "")
    return own if own in names else names[0]


def _exported_classes(namespace: ModuleType, base: type) -> dict[Callable[..., Any], list[str]]:
    found: dict[Callable[..., Any], list[str]] = {}
    for name in sorted(dir(namespace)):
        member = getattr(namespace, name)
        if inspect.isclass(member) and issubclass(member, base):
            found.setdefault(member, []).append(name)
    return found


def _exported_functions(namespace: ModuleType, prefix: str = "") -> dict[Callable[..., Any], list[str]]:
    found: dict[Callable[..., Any], list[str]] = {}
    for name in sorted(dir(namespace)):
        member = getattr(namespace, name)
        if inspect.isfunction(member) and name not in _NO_MEMBERS:
            found.setdefault(member, []).append(prefix + name)
    return found


_FUNCTIONS: Mapping[str, tuple[ModuleType, str]] = {
    "activations": (keras.activations, ""),
    "operations": (keras.ops, "ops."),
    "applications": (keras.applications, "applications."),
}
"""Families of functions, and what their names begin with in a drawing."""
