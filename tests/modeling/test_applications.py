"""Applications as nodes: sized as they are built, pretrained weights refused in one sentence where there are none."""

import re

import keras
import pytest

from layerloom.graph.document import Edge, Graph, Node
from layerloom.modeling.applications import application_model
from layerloom.modeling.build import build_model, summary
from layerloom.modeling.check import check_graph
from layerloom.modeling.reflection import entries
from layerloom.modeling.source.styles import model_source
from layerloom.problem import Refusal
from layerloom.report import NodeReport
from tests.modeling.examples import BUDGET_BYTES

SMALLEST = ("applications.MobileNet", "applications.MobileNetV2")
SIDES = {"applications.InceptionV3": 75, "applications.InceptionResNetV2": 75, "applications.Xception": 71}
"""The smallest pictures that an application takes, where they are larger than 32 by 32."""


def drawing(type: str, config: dict, side: int = 32) -> Graph:
    nodes = [
        Node(id="x", type="Input", name="image", config={"shape": [side, side, 3]}),
        Node(id="a", type=type, name="application", config=config),
        Node(id="y", type="Output", name="answer"),
    ]
    return Graph(name="application", nodes=nodes, edges=[Edge(source="x", target="a"), Edge(source="a", target="y")])


def marked(type: str) -> object:
    return type if type in SMALLEST else pytest.param(type, marks=pytest.mark.slow)


@pytest.mark.parametrize("type", [marked(type) for type in entries("applications")])
def test_an_application_is_sized_as_it_is_built(type: str) -> None:
    graph = drawing(type, {"weights": None, "classes": 7}, SIDES.get(type, 32))
    told = check_graph(graph, 100 * BUDGET_BYTES).nodes["a"]

    with keras.StatelessScope(initialize_variables=False):
        model = application_model(graph.node("a"), (SIDES.get(type, 32), SIDES.get(type, 32), 3))

    assert (told.outputs["output"].shape, told.parameters) == ([None, 7], model.count_params())


def test_the_code_of_an_application_that_looks_itself_up_by_name_leaves_the_name_to_keras() -> None:
    code = model_source(drawing("applications.EfficientNetV2B0", {"weights": None}), "functional")

    [arguments] = re.findall(r"EfficientNetV2B0\((.*?)\)\)?\(", " ".join(code.split()))
    assert arguments.strip() == "weights=None, input_shape=(32, 32, 3)"


@pytest.mark.parametrize("type", SMALLEST)
def test_a_built_application_is_a_model_inside_named_like_its_node(type: str) -> None:
    model = build_model(drawing(type, {"weights": None, "classes": 7}))

    assert [(layer.name, tuple(layer.output.shape)) for layer in model.layers] == [
        ("image", (None, 32, 32, 3)),
        ("application", (None, 7)),
    ]


def test_an_unknown_picture_size_is_taken_without_the_top() -> None:
    graph = drawing("applications.MobileNetV2", {"weights": None, "include_top": False, "pooling": "avg"})
    free = graph.node("x").model_copy(update={"config": {"shape": [None, None, 3]}})

    report = check_graph(graph.model_copy(update={"nodes": [free, *graph.nodes[1:]]}), BUDGET_BYTES)

    assert report.nodes["a"].outputs["output"].shape == [None, 1280]


def test_weights_that_can_not_be_downloaded_are_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    # Port 9 of this machine answers nobody; 1.3 is a width whose weights nobody keeps.
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    graph = drawing("applications.MobileNetV2", {"weights": "imagenet", "include_top": False, "alpha": 1.3}, 96)

    with pytest.raises(Refusal) as refused:
        build_model(graph)

    assert (refused.value.code, refused.value.message) == (
        "weights-unavailable",
        "The ImageNet weights of MobileNetV2 could not be downloaded. "
        "Connect this server to the network, or set weights to null.",
    )


def test_a_width_without_weights_is_told_in_the_words_of_keras() -> None:
    graph = drawing("applications.MobileNetV2", {"weights": "imagenet", "include_top": False, "alpha": 0.6}, 96)

    with pytest.raises(Refusal, match=r"There are no ImageNet weights for this MobileNetV2: .*alpha"):
        build_model(graph)


def test_a_summary_downloads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")

    text = summary(drawing("applications.MobileNetV2", {"include_top": False, "alpha": 1.3}, 96))

    assert "application (Functional)" in text


def test_the_tensors_inside_an_application_count_as_activations() -> None:
    report: NodeReport = check_graph(drawing("applications.MobileNetV2", {"weights": None}), BUDGET_BYTES).nodes["a"]

    assert report.activation_bytes > 100 * 1000 * 4
