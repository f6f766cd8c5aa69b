"""Applications opened into blocks: the same model, layer by layer."""

from typing import Any

import pytest

from layerloom.graph.document import Block, Edge, Graph, Node
from layerloom.modeling.build import build_model
from layerloom.modeling.importing.unpacking import application_block
from layerloom.problem import Refusal


def drawing(type: str, config: dict[str, Any]) -> Graph:
    picture = Node(id="in", type="Input", name="picture", config={"shape": [64, 64, 3]})
    nodes = [picture, Node(id="app", type=type, name="app", config=config), Node(id="out", type="Output", name="out")]
    return Graph(nodes=nodes, edges=[Edge(source="in", target="app"), Edge(source="app", target="out")])


def unpacked(graph: Graph) -> Graph:
    """The drawing with the application's block in the place of its node."""
    call = Node(id="app", type="block:App", name="app")
    nodes = [call if node.id == "app" else node for node in graph.nodes]
    return graph.model_copy(update={"nodes": nodes, "blocks": {"App": application_block(graph, "app")}})


@pytest.mark.parametrize(
    ("type", "config"),
    [
        ("applications.MobileNetV2", {"weights": None, "alpha": 0.35, "include_top": False, "pooling": "avg"}),
        ("applications.VGG16", {"weights": None, "include_top": False}),
    ],
)
def test_an_opened_application_has_the_layers_and_weights_of_the_closed_one(type: str, config: dict[str, Any]) -> None:
    graph = drawing(type, config)

    closed, opened = build_model(graph), build_model(unpacked(graph))

    shapes = [[tuple(weight.shape) for weight in model.weights] for model in (closed, opened)]
    assert (opened.output_shape, shapes[1]) == (closed.output_shape, shapes[0])


def test_an_application_inside_a_block_is_opened_with_what_the_call_of_the_block_gives_it() -> None:
    inner = drawing(
        "applications.MobileNetV2", {"weights": None, "include_top": False, "alpha": {"$parameter": "width"}}
    )
    picture = Node(id="in", type="Input", name="picture", config={"shape": [32, 32, 3]})
    call = Node(id="call", type="block:Backbone", name="backbone", config={"width": 0.35})
    graph = Graph(
        nodes=[picture, call, Node(id="out", type="Output", name="out")],
        edges=[Edge(source="in", target="call"), Edge(source="call", target="out")],
        blocks={"Backbone": Block(parameters={"width": 1.0}, graph=inner)},
    )

    block = application_block(graph, "call.1.app")

    first = next(node for node in block.graph.nodes if node.type == "Conv2D")
    assert (block.graph.nodes[0].config["shape"], first.config["filters"]) == ([32, 32, 3], 16)


def test_an_application_in_a_block_that_can_not_be_put_in_is_not_opened_yet() -> None:
    call = Node(id="call", type="block:Gone", name="backbone")

    with pytest.raises(Refusal) as caught:
        application_block(Graph(nodes=[call]), "call.1.app")

    [reason] = [problem.message for problem in caught.value.problems if problem.node == "call"]
    assert (caught.value.code, caught.value.message) == (
        "graph-not-ready",
        f"This node can not be opened yet. {reason}",
    )


@pytest.mark.parametrize(("node", "code"), [("gone", "unknown"), ("in", "not-an-application")])
def test_only_applications_that_are_there_can_be_opened(node: str, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        application_block(drawing("applications.VGG16", {"weights": None, "include_top": False}), node)

    assert caught.value.code == code


def test_an_application_in_a_drawing_with_mistakes_is_not_opened() -> None:
    with pytest.raises(Refusal) as caught:
        application_block(drawing("applications.VGG16", {"weights": "../x.h5"}), "app")

    assert (caught.value.code, caught.value.problems[0].node) == ("graph-not-ready", "app")
