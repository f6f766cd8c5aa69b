"""The catalog by reflection: what the installed Keras offers, class by class, argument by argument.

Keras is the authority; hand-written are only the overlays (what an argument takes where its signature does not tell),
the left-out lists and the palette categories.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal

import keras
from pydantic import JsonValue

from layerloom.catalog import Catalog, Entry, Kind, NodeEntry, Parameter
from layerloom.modeling.categories import LAYER_CATEGORIES, category_of
from layerloom.modeling.docstrings import argument_docs, first_paragraph
from layerloom.modeling.families import family
from layerloom.modeling.kinds import spec_of
from layerloom.modeling.left_out import NODE_FIELDS, parameter_reason
from layerloom.modeling.nodes import INPUT, OUTPUT, PYTHON
from layerloom.modeling.ports import default_output_ports, input_ports
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


@cache
def catalog() -> Catalog:
    """Everything the installed Keras offers here. Made once in a process."""
    return Catalog(
        keras=keras.__version__,
        layers=[*(entry for entry in entries("layers").values() if isinstance(entry, NodeEntry)), PYTHON],
        losses=list(entries("losses").values()),
        metrics=list(entries("metrics").values()),
        optimizers=list(entries("optimizers").values()),
        schedules=list(entries("schedules").values()),
        callbacks=list(entries("callbacks").values()),
        initializers=list(entries("initializers").values()),
        regularizers=list(entries("regularizers").values()),
        constraints=list(entries("constraints").values()),
        activations=list(entries("activations").values()),
    )


def catalog_json() -> str:
    """The catalog as JSON text."""
    return catalog().model_dump_json()


@cache
def entries(name: str) -> Mapping[str, Entry]:
    """The entries of a family by type, in palette order. Raises KeyError for a word that is no family."""
    if name == "layers":
        layers = [_layer_entry(type, member) for type, member in family(name).members.items()]
        order = list(LAYER_CATEGORIES)
        layers.sort(key=lambda entry: (order.index(entry.category), entry.type))
        return {entry.type: entry for entry in (INPUT, OUTPUT, *layers)}
    return {type: _entry(name, type, member) for type, member in sorted(family(name).members.items())}


def find(name: str, type: str) -> Entry | None:
    """The entry of a class that may stand inside a config or a recipe, else None.

    Names that Keras also uses (`glorot_uniform`) count, except for layers, whose class name is their one name.
    """
    if name == "layers":
        return None if type in (INPUT.type, OUTPUT.type) else entries(name).get(type)
    return entries(name).get(family(name).aliases.get(type, type))


def unclassified(name: str, type: str) -> list[str]:
    """Constructor arguments of a class that neither the overlay nor a left-out list knows: they are not offered."""
    arguments = _arguments(name, type, family(name).members[type])
    return [argument for argument, default in arguments if spec_of(name, type, argument, default) is None]


def _layer_entry(type: str, member: Callable[..., Any]) -> NodeEntry:
    entry = _entry("layers", type, member)
    return NodeEntry(
        **entry.model_dump(),
        inputs=input_ports(member, type, entry.category),
        outputs=default_output_ports(type),
    )


def _entry(family_name: str, type: str, member: Callable[..., Any]) -> Entry:
    return Entry(
        type=type,
        category=category_of(family_name, type, member),
        doc=first_paragraph(member),
        parameters=_parameters(family_name, type, member) if inspect.isclass(member) else [],
    )


def _parameters(family_name: str, type: str, member: type) -> list[Parameter]:
    docs = {**_shared_docs(family_name), **argument_docs(member)}
    return [
        parameter
        for name, default in _arguments(family_name, type, member)
        if (parameter := _parameter(family_name, type, name, default, docs.get(name, "")))
    ]


@cache
def _shared_docs(family_name: str) -> Mapping[str, str]:
    """Help for arguments that many classes of a family share and that some of them leave undocumented."""
    members = [family(family_name).members.get(type) for type in _WELL_DOCUMENTED.get(family_name, ())]
    return {name: text for cls in members if inspect.isclass(cls) for name, text in argument_docs(cls).items()}


def _arguments(family_name: str, type: str, member: Callable[..., Any]) -> Iterator[tuple[str, Any]]:
    """Name and default of each constructor argument that is not left out, inherited ones of layers included."""
    signature = inspect.signature(member).parameters
    arguments = {name: a.default for name, a in signature.items() if a.kind not in _VARIABLE}
    if family_name == "layers" and any(a.kind is inspect.Parameter.VAR_KEYWORD for a in signature.values()):
        arguments = {**arguments, **{name: arguments.get(name, default) for name, default in _INHERITED.items()}}
    elsewhere = NODE_FIELDS if family_name == "layers" else {}
    for name, default in arguments.items():
        if name not in elsewhere and parameter_reason(type, name) is None:
            yield name, default


def _parameter(family_name: str, owner: str, name: str, default: Any, doc: str) -> Parameter | None:
    spec = spec_of(family_name, owner, name, default)
    if spec is None:
        return None
    required = spec.required or default is inspect.Parameter.empty
    return Parameter(
        name=name,
        kind=spec.kind,
        required=required,
        default=None if required else _as_json(default),
        suggestion=suggestion(owner, name) if required else None,
        nullable=default is None if spec.nullable is None else spec.nullable,
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
