"""Operations and applications in the catalog against the installed Keras: nothing missing, nothing unclassified."""

import inspect
from typing import Any

import keras
import pytest

from layerloom.catalog import InputPort, NodeEntry
from layerloom.modeling import application_overlay, left_out, operation_overlay
from layerloom.modeling.families import family
from layerloom.modeling.operation_categories import OPERATION_CATEGORIES
from layerloom.modeling.parameters import unclassified
from layerloom.modeling.reflection import entries

NAMESPACES = {"operations": (keras.ops, "ops."), "applications": (keras.applications, "applications.")}
OVERLAYS = {"operations": operation_overlay, "applications": application_overlay}


def exported(name: str) -> dict[str, Any]:
    namespace, prefix = NAMESPACES[name]
    return {prefix + each: getattr(namespace, each) for each in dir(namespace) if each[0] != "_"}


def entry(type: str) -> NodeEntry:
    found = entries("operations" if type.startswith("ops.") else "applications")[type]
    assert isinstance(found, NodeEntry)
    return found


@pytest.mark.parametrize("name", NAMESPACES)
def test_every_function_is_offered_or_left_out_by_name(name: str) -> None:
    functions = {member for member in exported(name).values() if inspect.isfunction(member)}

    left = {exported(name)[type] for type in left_out.CLASSES[name]}

    offered = set(family(name).members.values())
    assert (offered | left, offered & left) == (functions, set())


@pytest.mark.parametrize("name", NAMESPACES)
def test_every_argument_is_a_port_or_classified_or_left_out_by_name(name: str) -> None:
    assert {type: found for type in family(name).members if (found := unclassified(name, type))} == {}


@pytest.mark.parametrize("name", NAMESPACES)
def test_every_overlay_row_is_used_by_some_function(name: str) -> None:
    used = {(each.type, parameter.name) for each in entries(name).values() for parameter in each.parameters}

    by_class = [row for row in OVERLAYS[name].BY_CLASS if tuple(row.rsplit(".", 1)) not in used]
    by_name = set(OVERLAYS[name].BY_NAME) - {parameter for _, parameter in used}

    assert (by_class, by_name) == ([], set())


def test_the_text_parameters_are_these_alone() -> None:
    found = {
        f"{each.type}.{parameter.name}"
        for name in NAMESPACES
        for each in entries(name).values()
        for parameter in each.parameters
        if parameter.kind in ("string", "strings", "json")
    }

    assert found == {
        "ops.einsum.subscripts",
        "ops.get_item.key",
        "ops.pad.pad_width",
        "ops.rearrange.axes_lengths",
        "ops.rearrange.pattern",
        "ops.tensordot.axes",
    }


def test_weights_are_null_or_imagenet_everywhere() -> None:
    weights = [p for each in entries("applications").values() for p in each.parameters if p.name == "weights"]

    assert [(p.kind, p.choices, p.nullable) for p in weights] == [("choice", ["imagenet"], True)] * 40


def test_every_entry_has_a_category_of_the_palette_and_a_line_of_help() -> None:
    known = {*OPERATION_CATEGORIES, "Application"}

    assert [e.type for name in NAMESPACES for e in entries(name).values() if e.category not in known or not e.doc] == []


def test_every_required_argument_has_a_value_to_start_from() -> None:
    bare = [
        f"{each.type}.{parameter.name}"
        for name in NAMESPACES
        for each in entries(name).values()
        for parameter in each.parameters
        if parameter.required and parameter.suggestion is None
    ]

    assert bare == []


def test_both_sides_of_an_addition_are_ports_that_may_be_given_numbers() -> None:
    add = entry("ops.add")

    assert (add.inputs, [(p.name, p.kind, p.required) for p in add.parameters]) == (
        [InputPort(name="x1"), InputPort(name="x2")],
        [("x1", "value", False), ("x2", "value", False)],
    )


def test_a_concatenation_takes_several_wires_at_one_port() -> None:
    assert entry("ops.concatenate").inputs == [InputPort(name="xs", variadic=True)]


def test_outputs_that_keras_names_are_named() -> None:
    names = {type: [port.name for port in entry(type).outputs] for type in ("ops.top_k", "ops.moments", "ops.svd")}

    assert names == {
        "ops.top_k": ["values", "indices"],
        "ops.moments": ["mean", "variance"],
        "ops.svd": ["u", "s", "v"],
    }
