"""Ports of layers: inputs from the signature of `call`, outputs from class and config as Keras returns them."""

import keras
import pytest

from layerloom.catalog import InputPort, NodeEntry
from layerloom.graph.document import Node
from layerloom.modeling.objects import make_layer
from layerloom.modeling.ports import output_ports
from layerloom.modeling.reflection import entries

LSTM = {"type": "LSTM", "config": {"units": 3, "return_state": True}}
RECURRENT = [
    ("LSTM", {"units": 3}, ["output"]),
    ("LSTM", {"units": 3, "return_state": True}, ["output", "state_h", "state_c"]),
    ("GRU", {"units": 3, "return_state": True}, ["output", "state_h"]),
    ("SimpleRNN", {"units": 3, "return_state": True}, ["output", "state_h"]),
    (
        "RNN",
        {"cell": {"type": "LSTMCell", "config": {"units": 3}}, "return_state": True},
        ["output", "state_h", "state_c"],
    ),
    ("Bidirectional", {"layer": {"type": "GRU", "config": {"units": 3}}}, ["output"]),
    ("Bidirectional", {"layer": {"type": "GRU", "config": {"units": 3}}, "merge_mode": None}, ["forward", "backward"]),
    (
        "Bidirectional",
        {"layer": LSTM},
        ["output", "forward_state_h", "forward_state_c", "backward_state_h", "backward_state_c"],
    ),
]


def inputs(type: str) -> list[InputPort]:
    entry = entries("layers")[type]
    assert isinstance(entry, NodeEntry)
    return entry.inputs


def test_attention_takes_query_value_and_optionally_key() -> None:
    assert inputs("MultiHeadAttention") == [
        InputPort(name="query"),
        InputPort(name="value"),
        InputPort(name="key", required=False),
        InputPort(name="attention_mask", required=False),
    ]


def test_recurrent_layers_take_a_sequence_and_optionally_states() -> None:
    assert inputs("LSTM") == [
        InputPort(name="sequences"),
        InputPort(name="initial_state", required=False, variadic=True),
    ]


@pytest.mark.parametrize("type", ["Add", "Average", "Concatenate", "Dot", "Maximum", "Minimum", "Multiply", "Subtract"])
def test_merge_layers_take_several_wires_in_one_port(type: str) -> None:
    assert inputs(type) == [InputPort(name="inputs", variadic=True)]


def test_a_plain_layer_takes_one_wire() -> None:
    assert inputs("Dense") == [InputPort(name="inputs")]


def test_every_layer_takes_something() -> None:
    assert [entry.type for entry in entries("layers").values() if not inputs(entry.type)] == ["Input"]


@pytest.mark.parametrize(("type", "config", "ports"), RECURRENT)
def test_output_ports_are_what_keras_returns(type: str, config: dict, ports: list[str]) -> None:
    layer = make_layer(Node(id="n1", type=type, config=config), name="layer")

    returned = keras.tree.flatten(layer(keras.Input((5, 2))))

    assert (output_ports(type, config), len(returned)) == (ports, len(ports))


@pytest.mark.parametrize(
    ("type", "config", "states"),
    [
        ("LSTMCell", {"units": 3}, ["state_h", "state_c"]),
        ("GRUCell", {"units": 3}, ["state_h"]),
        (
            "StackedRNNCells",
            {"cells": [{"type": "GRUCell", "config": {"units": 3}}, {"type": "LSTMCell", "config": {"units": 3}}]},
            ["state_h_0", "state_h_1", "state_c_1"],
        ),
    ],
)
def test_cells_give_their_states_too(type: str, config: dict, states: list[str]) -> None:
    assert output_ports(type, config) == ["output", *states]


def test_a_malformed_wrapped_layer_leaves_the_first_output() -> None:
    assert output_ports("Bidirectional", {"layer": ["LSTM"]}) == ["output"]


def test_an_output_node_gives_nothing() -> None:
    assert output_ports("Output", {}) == []
