"""Fixes of wrong configs mend them, and no config at all breaks the validation."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from layerloom.catalog import Parameter
from layerloom.graph.document import Graph, Node
from layerloom.graph.patch import apply
from layerloom.modeling.place import Place
from layerloom.modeling.reflection import entries
from layerloom.modeling.validate import validate_node
from layerloom.modeling.values import accepts, shown
from layerloom.problem import Problem

CONV: dict[str, JsonValue] = {"filters": 8, "kernel_size": 3}


def problems(type: str, config: dict[str, Any]) -> list[Problem]:
    """Of the config as it is, also with values that JSON does not have."""
    return validate_node(Node.model_construct(id="n3", type=type, name=None, config=config, shares=None))


MENDED: list[tuple[str, dict[str, JsonValue], str, JsonValue]] = [
    ("Dense", {"units": "12"}, "Set units to 12", {"units": 12}),
    ("Dense", {"units": 1.5}, "Set units to 2", {"units": 2}),
    ("Dense", {"units": 0}, "Set units to 64", {"units": 64}),
    ("Dense", {}, "Set units to 64", {"units": 64}),
    ("Dense", {"unit": 3}, "Rename it to units", {"units": 3}),
    ("Dense", {"units": 3, "zzz": 1}, "Remove zzz", {"units": 3}),
    ("Dense", {"units": 3, "activation": "rleu"}, "Set activation to relu", {"units": 3, "activation": "relu"}),
    ("Dense", {"units": 3, "activation": "nope"}, "Use the default, null", {"units": 3}),
    ("Conv2D", {**CONV, "padding": "Same"}, 'Set padding to "same"', {**CONV, "padding": "same"}),
    (
        "Bidirectional",
        {"layer": {"type": "LSMT", "config": {"units": 3}}},
        "Make it LSTM",
        {"layer": {"type": "LSTM", "config": {"units": 3}}},
    ),
    (
        "Bidirectional",
        {"layer": {"type": "LSTM"}},
        "Set units to 64",
        {"layer": {"type": "LSTM", "config": {"units": 64}}},
    ),
    (
        "TimeDistributed",
        {"layer": {"type": "Dense", "config": {"unit": 3}}},
        "Rename it to units",
        {"layer": {"type": "Dense", "config": {"units": 3}}},
    ),
    (
        "TimeDistributed",
        {"layer": {"type": "Dense", "config": {"units": 3, "zzz": 1}}},
        "Remove zzz",
        {"layer": {"type": "Dense", "config": {"units": 3}}},
    ),
    (
        "StackedRNNCells",
        {"cells": [{"type": "GRUCell", "config": {"units": 3}}, {"type": "GRUCell", "config": {"units": "3"}}]},
        "Set units to 3",
        {"cells": [{"type": "GRUCell", "config": {"units": 3}}, {"type": "GRUCell", "config": {"units": 3}}]},
    ),
]


@pytest.mark.parametrize(("type", "config", "label", "mended"), MENDED)
def test_the_first_fix_mends_the_config(
    type: str, config: dict[str, JsonValue], label: str, mended: dict[str, JsonValue]
) -> None:
    graph = Graph(nodes=[Node(id="n3", type=type, config=config)])

    fix = validate_node(graph.nodes[0])[0].fixes[0]
    (node,) = apply(graph, fix.patch).nodes

    assert (fix.label, node.config, validate_node(node)) == (label, mended, [])


PARAMETERS = [
    each
    for entry in entries("layers").values()
    for each in entry.parameters
    if each.kind not in ("activation", "initializer", "regularizer", "constraint", "layer", "layers")
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(parameter=st.sampled_from(PARAMETERS), value=JSON)
def test_what_is_accepted_is_finite_json_and_what_is_not_can_be_shown(parameter: Parameter, value: Any) -> None:
    if accepts(parameter, value):
        json.dumps(value, allow_nan=False).encode()
    else:
        assert len(shown(value)) <= 61


@settings(max_examples=300, deadline=None)
@given(
    entry=st.sampled_from(list(entries("layers").values())),
    config=st.dictionaries(st.text(max_size=5), JSON),
    data=st.data(),
)
def test_no_config_breaks_the_validation(entry: Any, config: dict[str, Any], data: st.DataObject) -> None:
    known = [each.name for each in entry.parameters]
    drawn = data.draw(st.dictionaries(st.sampled_from(known), JSON, max_size=3)) if known else {}

    found = problems(entry.type, {**config, **drawn})

    assert all(each.message.encode() and each.node == "n3" for each in found)


def test_a_place_puts_and_drops_deep_inside_lists() -> None:
    root: dict[str, JsonValue] = {"cells": [{"config": {"units": 1, "x": 2}}]}

    fixes = [
        *Place("n1", root, ("cells", "0", "config", "x")).drop("Drop"),
        *Place("n1", root, ("cells", "0")).put(5, "Put"),
    ]

    assert [fix.patch[0].model_dump()["value"] for fix in fixes] == [[{"config": {"units": 1}}], [5]]
