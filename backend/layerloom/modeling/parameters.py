"""The parameters of one class or function of Keras, by reflection: its signature, its docstring and our overlays."""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal

from pydantic import JsonValue

from layerloom.catalog import InputPort, Kind, Parameter
from layerloom.modeling.docstrings import argument_docs
from layerloom.modeling.families import family
from layerloom.modeling.kinds import spec_of
from layerloom.modeling.left_out import NODE_FIELDS, parameter_reason
from layerloom.modeling.operation_ports import is_tensor
from layerloom.modeling.own_arguments import ADDED, DOCS
from layerloom.modeling.ports import CALL_SETTINGS
from layerloom.modeling.suggestions import suggestion

Group = Literal["main", "initializers", "regularizers", "general"]

_GROUPS: Mapping[Kind, Group] = {
    "initializer": "initializers",
    "regularizer": "regularizers",
    "constraint": "regularizers",
}
_GENERAL = frozenset({"name", "dtype", "trainable", "seed"})
_WELL_DOCUMENTED: Mapping[str, Sequence[str]] = {
    "layers": ("Conv2DTranspose", "Dropout", "RandomBrightness", "RandomShear"),
    "optimizers": ("Adam",),
}
_VARIABLE = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
_INHERITED: Mapping[str, Any] = {"trainable": True, "dtype": None}
"""Arguments of every layer that its constructor takes by `**kwargs` -> default."""

_OFFERED_VARIABLE = frozenset({"ops.rearrange.axes_lengths"})
"""Arguments `**name` that take a table by name."""


def parameters(family_name: str, type: str, member: Callable[..., Any]) -> list[Parameter]:
    """What a node or an object of a recipe of this type may be given, in the order of the signature."""
    docs = {**_shared_docs(family_name), **argument_docs(member)}
    own = [
        parameter
        for name, default in arguments(family_name, type, member)
        if (parameter := _parameter(family_name, type, name, default, DOCS.get(f"{type}.{name}") or docs.get(name, "")))
    ]
    return own + (_call_settings(member) if family_name == "layers" else [])


def given_parameters(member: Callable[..., Any], inputs: Sequence[InputPort]) -> list[Parameter]:
    """The ports of an operation that may be given a number or a list in the config where no wire ends.

    None where the operation takes one tensor alone: without a wire it would compute nothing of the data.
    """
    if len(inputs) == 1:
        return []
    docs = argument_docs(member)
    return [
        Parameter(name=port.name, kind="value", nullable=not port.required, doc=docs.get(port.name, ""))
        for port in inputs
        if not port.variadic
    ]


def unclassified(name: str, type: str) -> list[str]:
    """Arguments of a class that neither an overlay nor a left-out list knows: they are not offered."""
    known = arguments(name, type, family(name).members[type])
    return [argument for argument, default in known if spec_of(name, type, argument, default) is None]


def arguments(family_name: str, type: str, member: Callable[..., Any]) -> Iterator[tuple[str, Any]]:
    """Name and default of each argument that is neither tensor nor left out, inherited ones of layers included."""
    signature = inspect.signature(member).parameters
    found = {
        name: a.default
        for name, a in signature.items()
        if a.kind not in _VARIABLE or f"{type}.{name}" in _OFFERED_VARIABLE
    }
    if family_name == "layers" and any(a.kind is inspect.Parameter.VAR_KEYWORD for a in signature.values()):
        found = {**found, **{name: found.get(name, default) for name, default in _INHERITED.items()}}
    found |= ADDED.get(type, {}) if family_name == "callbacks" else {}
    elsewhere = NODE_FIELDS if family_name in ("layers", "applications") else {}
    for name, default in found.items():
        if family_name == "operations" and is_tensor(type.removeprefix("ops."), name):
            continue
        if name not in elsewhere and parameter_reason(type, name) is None:
            yield name, default


@cache
def _shared_docs(family_name: str) -> Mapping[str, str]:
    """Help for arguments that many classes of a family share and that some of them leave undocumented."""
    members = [family(family_name).members.get(type) for type in _WELL_DOCUMENTED.get(family_name, ())]
    return {name: text for cls in members if inspect.isclass(cls) for name, text in argument_docs(cls).items()}


def _call_settings(member: Callable[..., Any]) -> list[Parameter]:
    """The arguments of a layer's `call` that change what it computes or gives out."""
    call = inspect.signature(member.call).parameters  # type: ignore[attr-defined]
    return [
        Parameter(name=name, kind="boolean", default=False, of_call=True, doc=doc)
        for name, doc in CALL_SETTINGS.items()
        if name in call
    ]


def _parameter(family_name: str, owner: str, name: str, default: Any, doc: str) -> Parameter | None:
    spec = spec_of(family_name, owner, name, default)
    if spec is None:
        return None
    required = spec.required or (default is inspect.Parameter.empty and f"{owner}.{name}" not in _OFFERED_VARIABLE)
    default = None if default is inspect.Parameter.empty else default
    return Parameter(
        name=name,
        kind=spec.kind,
        required=required,
        default=None if required else _as_json(default),
        suggestion=suggestion(owner, name) if required or (family_name, name) == ("operations", "axis") else None,
        nullable=not required and default is None if spec.nullable is None else spec.nullable,
        choices=None if spec.choices is None else list(spec.choices),
        minimum=spec.minimum,
        maximum=spec.maximum,
        length=spec.length,
        list_only=spec.list_only,
        group=_GROUPS.get(spec.kind, "general" if name in _GENERAL else "main"),
        doc=doc,
    )


def _as_json(default: Any) -> JsonValue:
    """A default as JSON: tuples become lists."""
    if isinstance(default, tuple | list):
        return [_as_json(item) for item in default]
    if default is None or isinstance(default, bool | int | float | str):
        return default
    raise TypeError(f"a default of type {type(default).__name__} has no JSON form")
