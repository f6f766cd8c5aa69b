import pytest

from layerloom.graph.document import Node
from layerloom.modeling.check import check_graph
from layerloom.modeling.outputs import OutputSource, output_sources
from tests.modeling.drawings import chain

A = Node(id="a", type="Input", config={"shape": [4]})
OUT = Node(id="out", type="Output", name="answer")


def dense(id: str, **config: int | str) -> Node:
    return Node(id=id, type="Dense", config={**config})


def source_of(*nodes: Node) -> OutputSource:
    graph = chain(A, *nodes, OUT)
    return output_sources(graph, check_graph(graph, 10**9))["answer"]


def test_a_dense_layer_tells_its_units_and_its_activation() -> None:
    assert source_of(dense("d", units=3, activation="softmax")) == OutputSource(
        node_id="d",
        shape=(None, 3),
        dtype="float32",
        activation="softmax",
        activation_node_id="d",
        activation_parameter="activation",
        units_node_id="d",
        units_parameter="units",
    )


@pytest.mark.parametrize(
    ("last", "activation", "where"),
    [
        ([], "linear", ("d", "activation")),
        ([Node(id="s", type="Softmax")], "softmax", ("s", None)),
        ([Node(id="s", type="ops.sigmoid")], "sigmoid", ("s", None)),
        ([Node(id="s", type="Activation", config={"activation": "sigmoid"})], "sigmoid", ("s", "activation")),
        ([Node(id="s", type="ReLU"), Node(id="p", type="Dropout", config={"rate": 0.2})], "relu", ("s", None)),
    ],
)
def test_the_last_activation_is_found_behind_layers_that_pass_values_on(
    last: list[Node], activation: str, where: tuple[str, str | None]
) -> None:
    source = source_of(dense("d", units=3), *last)

    assert (source.activation, (source.activation_node_id, source.activation_parameter)) == (activation, where)
    assert (source.units_node_id, source.units_parameter) == ("d", "units")


def test_an_activation_of_a_layer_that_names_none_is_unknown() -> None:
    source = source_of(dense("d", units=3), Node(id="n", type="LayerNormalization"))

    assert (source.activation, source.units_parameter) == (None, None)


def test_an_output_that_nothing_reaches_is_left_out() -> None:
    graph = chain(A, Node(id="l", type="LSTM", config={"units": 3}), OUT)

    assert output_sources(graph, check_graph(graph, 10**9)) == {}


def test_an_application_tells_its_classifier() -> None:
    picture = Node(id="a", type="Input", config={"shape": [32, 32, 3]})
    application = Node(id="m", type="applications.MobileNetV2", config={"weights": None, "classes": 5})
    graph = chain(picture, application, OUT)

    source = output_sources(graph, check_graph(graph, 10**12))["answer"]

    assert (source.activation, source.activation_parameter, source.units_parameter) == (
        "softmax",
        "classifier_activation",
        "classes",
    )
