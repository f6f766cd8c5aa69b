"""Applications opened into blocks: the same model, layer by layer."""

from typing import Any

import pytest

from layerloom.graph.document import Edge, Graph, Node
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


@pytest.mark.parametrize(("node", "code"), [("gone", "unknown"), ("in", "not-an-application")])
def test_only_applications_that_are_there_can_be_opened(node: str, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        application_block(drawing("applications.VGG16", {"weights": None, "include_top": False}), node)

    assert caught.value.code == code


def test_an_application_in_a_drawing_with_mistakes_is_not_opened() -> None:
    with pytest.raises(Refusal) as caught:
        application_block(drawing("applications.VGG16", {"weights": "../x.h5"}), "app")

    assert (caught.value.code, caught.value.problems[0].node) == ("graph-not-ready", "app")
