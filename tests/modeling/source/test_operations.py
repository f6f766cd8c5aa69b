"""Every operation of the catalog, written as code and run: the same numbers as the model that the app builds."""

import keras
import numpy as np
import pytest

from layerloom.graph.document import Edge, Graph, Node
from layerloom.modeling.build import build_model
from layerloom.modeling.source.styles import model_source
from tests.modeling.source.running import namespace_of
from tests.modeling.test_operations import ON_SAMPLES, agree, answers, model_of, rows

pytestmark = pytest.mark.filterwarnings("ignore:NotImplemented should not be used in a boolean context")
"""Keras's tensordot compares null with a number."""


NOT_IN_A_LAYER = frozenset({"ops.inner"})
"""Keras itself can not call these inside a layer of one's own while the size of a batch is open."""


@pytest.mark.parametrize("every", [8, pytest.param(1, marks=pytest.mark.slow)])
def test_every_operation_computes_in_functional_code_what_it_computes_in_the_app(every: int) -> None:
    types = list(ON_SAMPLES)[::every]

    differing = [type for type in types if not _agrees(type, "functional")]

    assert (len(types) > 200 // every, differing) == (True, [])


@pytest.mark.slow
def test_every_operation_computes_in_a_class_what_it_computes_in_the_app() -> None:
    differing = [type for type in ON_SAMPLES if type not in NOT_IN_A_LAYER and not _agrees(type, "subclass")]

    assert differing == []


def _agrees(type: str, style: str) -> bool:
    graph, built = model_of(type)
    data = {tensor.name: rows(tensor) for tensor in built.inputs}
    expected = answers(built, data)
    made = namespace_of(model_source(graph, style))["model"]
    return agree(expected, answers(made, data))


def test_an_operation_that_gives_several_tensors_is_unpacked() -> None:
    nodes = [
        Node(id="i", type="Input", name="x", config={"shape": [4]}),
        Node(id="s", type="ops.split", name="halves", config={"indices_or_sections": 2, "axis": 1}),
        Node(id="a", type="ops.add", name="total"),
        Node(id="o", type="Output"),
    ]
    edges = [
        Edge(source="i", target="s"),
        Edge(source="s", target="a"),
        Edge(source="s", source_port="output_1", target="a", target_port="x2"),
        Edge(source="a", target="o"),
    ]

    text = model_source(Graph(nodes=nodes, edges=edges), "functional")

    assert "halves, halves_output_1 = keras.ops.split(x, 2, axis=1)\n" in text
    assert "total = keras.ops.add(halves, halves_output_1)\n" in text


def test_a_constant_is_an_array() -> None:
    nodes = [
        Node(id="i", type="Input", name="x", config={"shape": [2]}),
        Node(id="c", type="ops.array", name="weights", config={"x": [0.5, 2]}),
        Node(id="m", type="ops.multiply"),
        Node(id="o", type="Output"),
    ]
    edges = [
        Edge(source="i", target="m"),
        Edge(source="c", target="m", target_port="x2"),
        Edge(source="m", target="o"),
    ]
    text = model_source(Graph(nodes=nodes, edges=edges), "functional")

    model = namespace_of(text)["model"]

    assert 'weights = keras.ops.array(np.array([0.5, 2], dtype="float32"))' in text
    assert np.array(model(np.ones((1, 2)))).tolist() == [[0.5, 2.0]]


def test_an_application_is_made_for_what_reaches_it() -> None:
    nodes = [
        Node(id="i", type="Input", name="picture", config={"shape": [32, 32, 3]}),
        Node(id="a", type="applications.MobileNet", name="body", config={"weights": None, "include_top": False}),
        Node(id="o", type="Output"),
    ]
    graph = Graph(nodes=nodes, edges=[Edge(source="i", target="a"), Edge(source="a", target="o")])

    made = namespace_of(model_source(graph, "functional"))["model"]

    assert [weight.shape for weight in made.weights] == [weight.shape for weight in build_model(graph).weights]
    assert made.get_layer("body").output_shape == (None, 1, 1, 1024)
    keras.utils.clear_session(free_memory=False)


def test_operations_that_keras_numbers_keep_clear_of_the_names_of_layers() -> None:
    nodes = [
        Node(id="i", type="Input", name="multiply", config={"shape": [4]}),
        Node(id="n1", type="ops.add"),
        Node(id="n2", type="Add"),
        Node(id="n3", type="ops.add", config={"x2": 1.0}),
        Node(id="n4", type="ops.multiply", config={"x2": 2.0}),
        Node(id="o", type="Output"),
    ]
    edges = [Edge(source="i", target="n1"), Edge(source="i", target="n1", target_port="x2")]
    edges += [Edge(source="n1", target="n2"), Edge(source="i", target="n2")]
    edges += [Edge(source=a, target=b) for a, b in (("n2", "n3"), ("n3", "n4"), ("n4", "o"))]
    graph = Graph(nodes=nodes, edges=edges)

    made = namespace_of(model_source(graph, "functional"))["model"]

    assert [layer.name for layer in made.layers if isinstance(layer, keras.layers.Layer)] == ["multiply", "add_1"]
    assert np.array(made(np.ones((1, 4)))).tolist() == [[8.0] * 4]


def test_a_number_that_nobody_reaches_moves_no_counter() -> None:
    nodes = [
        Node(id="i", type="Input", name="add_900", config={"shape": [4]}),
        Node(id="a", type="ops.add", config={"x2": 1.0}),
        Node(id="o", type="Output"),
    ]
    graph = Graph(nodes=nodes, edges=[Edge(source="i", target="a"), Edge(source="a", target="o")])

    assert "get_uid" not in model_source(graph, "functional")
