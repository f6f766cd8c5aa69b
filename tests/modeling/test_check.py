import random
import time

import keras
import psutil
import pytest
from hypothesis import given, settings

from layerloom.graph.document import Edge, Graph, Node
from layerloom.modeling import symbolic
from layerloom.modeling.build import build_model
from layerloom.modeling.check import check_graph
from layerloom.modeling.memory import Memory, memory
from layerloom.modeling.walk import walk
from layerloom.report import NodeReport, TensorReport
from tests.modeling.drawings import chain, vector_networks

BUDGET_BYTES = 8_000_000_000
A = Node(id="a", type="Input", config={"shape": [4]})
OUT = Node(id="out", type="Output")


def dense(id: str, units: int) -> Node:
    return Node(id=id, type="Dense", config={"units": units})


@settings(max_examples=25, deadline=None)
@given(vector_networks())
def test_the_check_agrees_with_the_built_model(graph: Graph) -> None:
    report = check_graph(graph, BUDGET_BYTES)
    model = build_model(graph)

    shapes = [tuple(t.shape) for t in keras.tree.flatten(model.output)]
    fed = {edge.target: edge.source for edge in graph.edges}
    checked = [
        tuple(report.nodes[fed[node.id]].outputs["output"].shape) for node in graph.nodes if node.type == "Output"
    ]
    assert report.ready
    assert (sorted(shapes), report.parameters) == (sorted(checked), model.count_params())


def test_a_node_report_has_shape_counts_work_and_bytes() -> None:
    graph = chain(
        Node(id="a", type="Input", config={"shape": [28, 28, 1]}),
        Node(id="c", type="Conv2D", config={"filters": 8, "kernel_size": 3}),
        OUT,
    )

    report = check_graph(graph, BUDGET_BYTES)

    assert report.nodes["c"] == NodeReport(
        outputs={"output": TensorReport(shape=[None, 26, 26, 8], dtype="float32")},
        parameters=80,
        trainable_parameters=80,
        operations=9 * 8 * 26 * 26,
        activation_bytes=26 * 26 * 8 * 4,
    )


@pytest.mark.parametrize(
    ("shape", "type", "config", "operations"),
    [
        ([7, 4], "Dense", {"units": 3}, 7 * 4 * 3),
        ([8, 8, 2], "Conv2DTranspose", {"filters": 3, "kernel_size": 2, "strides": 2}, 64 * 2 * 3 * 4),
        ([8, 8, 2], "DepthwiseConv2D", {"kernel_size": 3, "padding": "same"}, 64 * 9 * 2),
        ([5, 4], "LSTM", {"units": 3}, 5 * (4 * 12 + 3 * 12)),
        ([5], "Embedding", {"input_dim": 100, "output_dim": 3}, 15),
        ([8, 8, 2], "MaxPooling2D", {}, 4 * 4 * 2),
    ],
)
def test_work_is_kernels_times_positions(shape: list[int], type: str, config: dict[str, int], operations: int) -> None:
    graph = chain(
        Node(id="a", type="Input", config={"shape": [*shape]}), Node(id="x", type=type, config={**config}), OUT
    )

    assert check_graph(graph, BUDGET_BYTES).nodes["x"].operations == operations


def test_one_edit_asks_keras_about_one_layer_and_what_follows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    store, asked = Memory(), list[str]()
    monkeypatch.setattr("layerloom.modeling.memory.call_node", lambda call: recorded(call, asked))
    walk(chain(A, dense("b", 5), dense("c", 6), dense("d", 7), OUT), store)
    asked.clear()

    walk(chain(A, dense("b", 5), dense("c", 9), dense("d", 7), OUT), store)

    assert asked == ["c", "d"]


def test_memory_forgets_the_oldest_answers() -> None:
    store = Memory(limit=2)
    for units in range(1, 6):
        walk(chain(A, dense("b", units), OUT), store)

    assert (len(store._answers), len(store._sound)) == (2, 2)


def test_a_broken_node_is_one_problem_and_what_follows_has_no_shapes() -> None:
    graph = chain(A, Node(id="l", type="LSTM", config={"units": 3}), dense("d", 3), dense("e", 3), OUT)

    report = check_graph(graph, BUDGET_BYTES)

    assert [(problem.code, problem.node) for problem in report.problems] == [("rank", "l")]
    assert [id for id, node in report.nodes.items() if node.outputs] == ["a"]


def test_a_hundred_and_fifty_billion_weights_are_counted_without_a_byte_of_them() -> None:
    graph = chain(
        Node(id="a", type="Input", config={"shape": [150_528]}),
        Node(id="big", type="Dense", config={"units": 10**6}),
        OUT,
    )
    check_graph(chain(A, dense("b", 1), OUT), BUDGET_BYTES)
    before, started = psutil.Process().memory_info().rss, time.perf_counter()

    report = check_graph(graph, BUDGET_BYTES)

    assert report.parameters == 150_529_000_000
    assert [problem.code for problem in report.problems] == ["too-large"]
    assert psutil.Process().memory_info().rss - before < 50_000_000
    assert time.perf_counter() - started < 1.0


def test_nothing_is_left_behind_in_the_process() -> None:
    memory.cache_clear()
    random.seed(3)
    expected = random.Random(3).random()

    check_graph(chain(A, Node(id="d", type="Dropout", config={"rate": 0.5}), dense("big", 10**6), OUT), BUDGET_BYTES)

    # An ordinary scope allocates whatever variable a symbolic call has left uninitialised.
    with keras.StatelessScope():
        pass
    assert random.random() == expected


def test_a_chain_of_two_thousand_nodes_is_checked() -> None:
    layers = [dense(f"n{number}", 4) for number in range(1_998)]

    report = check_graph(chain(A, *layers, OUT), BUDGET_BYTES)

    assert (report.ready, report.parameters) == (True, 1_998 * 20)


def test_too_many_broken_nodes_do_not_make_the_check_slow() -> None:
    layers = [Node(id=f"x{number}", type="LSTM", config={"units": 3}) for number in range(300)]
    graph = Graph(
        nodes=[A, *layers, OUT],
        edges=[*(Edge(source="a", target=node.id) for node in layers), Edge(source="x0", target="out")],
    )
    started = time.perf_counter()

    report = check_graph(graph, BUDGET_BYTES)

    assert sum(problem.code == "rank" for problem in report.problems) == 300
    assert time.perf_counter() - started < 10.0


def recorded(call: symbolic.Call, asked: list[str]) -> symbolic.Sized | symbolic.Failed:
    asked.append(call.node.id)
    return symbolic.call_node(call)
