import keras
import pytest

from layerloom.graph.blocks import expand
from layerloom.graph.naming import layer_names
from layerloom.modeling.build import build_model, summary
from layerloom.modeling.check import check_graph
from layerloom.report import CheckReport
from tests.modeling.examples import BUDGET_BYTES, names, read


def shapes_of_model(model: keras.Model) -> dict[str, list[tuple[int | None, ...]]]:
    return {layer.name: [tuple(t.shape) for t in keras.tree.flatten(layer.output)] for layer in model.layers}


def shapes_of_report(report: CheckReport, by_id: dict[str, str]) -> dict[str, list[tuple[int | None, ...]]]:
    return {name: [tuple(t.shape) for t in report.nodes[id].outputs.values()] for id, name in by_id.items()}


CALLED_TWICE = {"shared-block", "shared-layer"}
"""Drawings in which one layer has two outputs, so that its built self has none of its own."""


@pytest.mark.parametrize("name", sorted(set(names("valid")) - {*CALLED_TWICE, "names-in-many-scripts"}))
def test_shapes_and_counts_of_the_check_are_those_of_the_built_model(name: str) -> None:
    graph = read("valid", name)["graph"]

    report = check_graph(graph, BUDGET_BYTES)
    model = build_model(graph)

    built = shapes_of_model(model)
    checked = shapes_of_report(report, layer_names(expand(graph).graph))
    assert [problem for problem in report.problems if problem.severity == "error"] == []
    assert {layer: checked[layer] for layer in built} == built
    assert report.parameters == model.count_params()


@pytest.mark.parametrize("name", names("valid"))
def test_a_whole_drawing_is_ready_and_has_a_summary_with_its_count(name: str) -> None:
    graph = read("valid", name)["graph"]

    report = check_graph(graph, BUDGET_BYTES)

    assert report.ready
    assert f"Total params: {report.parameters:,}" in summary(graph)


def test_trainable_parameters_leave_out_what_is_not_learned() -> None:
    graph = read("valid", "convolutional")["graph"]
    report = check_graph(graph, BUDGET_BYTES)
    model = build_model(graph)

    trainable = sum(node.trainable_parameters for node in report.nodes.values())

    assert trainable == sum(weight.shape.num_elements() for weight in model.trainable_weights)


def test_a_shared_layer_is_counted_at_its_first_node_only() -> None:
    graph = read("valid", "shared-layer")["graph"]

    report = check_graph(graph, BUDGET_BYTES)

    assert (report.nodes["h"].parameters, report.nodes["h2"].parameters) == (25, 0)
    assert report.parameters == build_model(graph).count_params() == 31


def test_a_node_that_leads_nowhere_does_not_count_in_the_model() -> None:
    graph = read("valid", "unused-branch")["graph"]

    report = check_graph(graph, BUDGET_BYTES)

    assert [(p.code, p.severity, p.node) for p in report.problems] == [
        ("unused-node", "warning", "b"),
        ("unused-node", "warning", "lost"),
    ]
    assert (report.parameters, report.nodes["lost"].parameters) == (10, 45)
