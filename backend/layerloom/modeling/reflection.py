"""The catalog by reflection: what the installed Keras offers, class by class, argument by argument.

Keras is the authority; hand-written are only the overlays (what an argument takes where its signature does not tell),
the left-out lists and the palette categories.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import keras

from layerloom.catalog import Catalog, Entry, InputPort, NodeEntry, OutputPort
from layerloom.modeling.categories import LAYER_CATEGORIES, category_of
from layerloom.modeling.docstrings import first_paragraph
from layerloom.modeling.families import family
from layerloom.modeling.nodes import INPUT, OUTPUT, PYTHON
from layerloom.modeling.operation_categories import OPERATION_CATEGORIES
from layerloom.modeling.operation_ports import default_operation_outputs, operation_inputs
from layerloom.modeling.parameters import given_parameters, parameters
from layerloom.modeling.ports import default_output_ports, input_ports

NODE_FAMILIES: Mapping[str, Sequence[str]] = {
    "layers": list(LAYER_CATEGORIES),
    "operations": OPERATION_CATEGORIES,
    "applications": ("Application",),
}
"""Families whose members are nodes of a drawing -> their categories in the order of the palette."""

_FAMILY_OF_PREFIX = {"ops": "operations", "applications": "applications"}


@cache
def catalog() -> Catalog:
    """Everything the installed Keras offers here. Made once in a process."""
    nodes = {name: [e for e in entries(name).values() if isinstance(e, NodeEntry)] for name in NODE_FAMILIES}
    return Catalog(
        keras=keras.__version__,
        layers=[*nodes["layers"], PYTHON],
        operations=nodes["operations"],
        applications=nodes["applications"],
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
    if name in NODE_FAMILIES:
        order = NODE_FAMILIES[name]
        nodes = [_node_entry(name, type, member) for type, member in family(name).members.items()]
        nodes.sort(key=lambda entry: (order.index(entry.category), entry.type))
        return {entry.type: entry for entry in (*((INPUT, OUTPUT) if name == "layers" else ()), *nodes)}
    return {type: _entry(name, type, member) for type, member in sorted(family(name).members.items())}


def node_family(type: str) -> str:
    """The family that a node type belongs to, told by how it begins: `ops.add`, `applications.VGG16`, `Dense`."""
    prefix, dot, _ = type.partition(".")
    return _FAMILY_OF_PREFIX.get(prefix, "layers") if dot else "layers"


def node_entry(type: str) -> NodeEntry | None:
    """The catalog entry of a node type; None if there is no such type."""
    found = entries(node_family(type)).get(type)
    return found if isinstance(found, NodeEntry) else None


def find(name: str, type: str) -> Entry | None:
    """The entry of a class that may stand inside a config or a recipe, else None.

    Names that Keras also uses (`glorot_uniform`) count, except for nodes, whose type is their one name.
    """
    if name in NODE_FAMILIES:
        return None if type in (INPUT.type, OUTPUT.type) else entries(name).get(type)
    return entries(name).get(family(name).aliases.get(type, type))


def _node_entry(name: str, type: str, member: Callable[..., Any]) -> NodeEntry:
    entry = _entry(name, type, member)
    inputs, outputs = _ports(name, entry, member)
    given = given_parameters(member, inputs) if name == "operations" else []
    fields = {**entry.model_dump(), "parameters": [*given, *entry.parameters]}
    return NodeEntry(**fields, inputs=inputs, outputs=outputs)


def _ports(name: str, entry: Entry, member: Callable[..., Any]) -> tuple[list[InputPort], list[OutputPort]]:
    if name == "applications":
        return [InputPort(name="inputs")], [OutputPort(name="output")]
    if name == "operations":
        return operation_inputs(entry.type, member), default_operation_outputs(entry.type)
    return input_ports(member, entry.type, entry.category), default_output_ports(entry.type)


def _entry(family_name: str, type: str, member: Callable[..., Any]) -> Entry:
    takes = inspect.isclass(member) or family_name in NODE_FAMILIES
    return Entry(
        type=type,
        category=category_of(family_name, type, member),
        doc=first_paragraph(member),
        parameters=parameters(family_name, type, member) if takes else [],
    )
