"""States of stacked cells: a wire for each state in the drawing, nested lists in Keras, in code and in files."""

import pytest
from pydantic import JsonValue

from layerloom.graph.document import Edge, Graph, Node
from layerloom.modeling.check import check_graph
from layerloom.modeling.source.styles import functional
from layerloom.modeling.states import pack_states
from tests.modeling.importing.meaning import meaning
from tests.modeling.importing.test_round_trip import imported
from tests.modeling.source.running import namespace_of

LSTM: JsonValue = {"type": "LSTMCell", "config": {"units": 4}}
GRU: JsonValue = {"type": "GRUCell", "config": {"units": 3}}
STACK: dict[str, JsonValue] = {"cells": [LSTM, GRU]}
STACKED: JsonValue = {"type": "StackedRNNCells", "config": STACK}


def drawing(type: str, config: dict[str, JsonValue], shape: list[int], port: str, sizes: list[int]) -> Graph:
    """An Input for what the layer reads, one for each of its states, an Output."""
    states = [Node(id=f"s{k}", type="Input", name=f"s{k}", config={"shape": [size]}) for k, size in enumerate(sizes)]
    x = Node(id="x", type="Input", name="x", config={"shape": [*shape]})
    nodes = [x, *states, Node(id="l", type=type, name="layer", config=config), Node(id="o", type="Output")]
    edges = [Edge(source=state.id, target="l", target_port=port) for state in states]
    return Graph(nodes=nodes, edges=[Edge(source="x", target="l"), *edges, Edge(source="l", target="o")])


@pytest.mark.parametrize(
    ("type", "config", "packed"),
    [
        ("LSTMCell", {"units": 4}, ["a", "b", "c"]),
        ("StackedRNNCells", STACK, [["a", "b"], "c"]),
        ("StackedRNNCells", {"cells": [STACKED]}, [[["a", "b"], "c"]]),
        ("RNN", {"cell": STACKED}, [["a", "b"], "c"]),
        ("RNN", {"cell": LSTM}, ["a", "b", "c"]),
    ],
)
def test_states_nest_by_cell(type: str, config: dict[str, JsonValue], packed: list[object]) -> None:
    assert pack_states(type, config, ["a", "b", "c"]) == packed


@pytest.mark.parametrize(
    "graph",
    [
        drawing("StackedRNNCells", STACK, [8], "states", [4, 4, 3]),
        drawing("StackedRNNCells", {"cells": [STACKED, LSTM]}, [8], "states", [4, 4, 3, 4, 4]),
        drawing("RNN", {"cell": STACKED}, [5, 8], "initial_state", [4, 4, 3]),
        drawing(
            "Bidirectional",
            {"layer": {"type": "RNN", "config": {"cell": STACKED}}},
            [5, 8],
            "initial_state",
            [4, 4, 3] * 2,
        ),
    ],
    ids=["stack", "stack of stacks", "RNN", "both ways"],
)
def test_stacked_cells_come_back_from_their_code(graph: Graph) -> None:
    model = namespace_of(functional(graph))["model"]

    assert meaning(imported(model.to_json())) == meaning(graph)


def test_a_stack_that_lacks_a_state_says_how_many_it_takes() -> None:
    report = check_graph(drawing("StackedRNNCells", STACK, [8], "states", [4, 4]), 2**40)

    assert [(problem.code, problem.node) for problem in report.problems] == [("layer-error", "l")]
    assert "It takes 3 states, one wire for each state of each cell, got 2." in report.problems[0].message
