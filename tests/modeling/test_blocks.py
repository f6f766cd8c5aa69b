from typing import Any

import keras
import numpy as np
import pytest

from layerloom.graph.document import Block, Edge, Graph, Node
from layerloom.graph.library import library
from layerloom.graph.patch import apply
from layerloom.modeling.build import build_model, summary
from layerloom.modeling.check import check_graph
from layerloom.report import CheckReport
from tests.graph.block_drawings import calling, dense_block, with_config

BUDGET_BYTES = 8_000_000_000
SHAPES: dict[str, dict[str, list[int]]] = {
    "residual": {"input": [8, 8, 3]},
    "bottleneck": {"input": [8, 8, 3]},
    "inverted_residual": {"input": [8, 8, 64]},
    "squeeze_excite": {"input": [8, 8, 64]},
    "dense_block": {"input": [8, 8, 3]},
    "transformer_encoder": {"input": [6, 64]},
    "transformer_decoder": {"input": [6, 64], "encoded": [5, 64]},
    "unet_level": {"input": [8, 8, 3]},
    "wide_and_deep": {"wide": [5], "deep": [7]},
}
"""A sensible input for each block of the library."""


def check(graph: Graph) -> CheckReport:
    return check_graph(graph, BUDGET_BYTES)


def calling_library(name: str, **config: Any) -> Graph:
    """Inputs -> the block of the library -> an Output for each of its ports."""
    block = next(each.block for each in library() if each.name == name)
    ports = [node.name or "" for node in block.graph.nodes if node.type == "Output"]
    nodes = [Node(id=port, type="Input", name=port, config={"shape": [*shape]}) for port, shape in SHAPES[name].items()]
    nodes.append(Node(id="block", type=f"block:{name}", name=name, config=config))
    nodes += [Node(id=f"out_{port}", type="Output", name=f"out_{port}") for port in ports]
    edges = [Edge(source=port, target="block", target_port=port) for port in SHAPES[name]]
    edges += [Edge(source="block", source_port=port, target=f"out_{port}") for port in ports]
    return Graph(nodes=nodes, edges=edges, blocks={name: block})


def test_every_block_of_the_library_has_a_sensible_input_here() -> None:
    assert [each.name for each in library()] == list(SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_a_block_of_the_library_checks_without_problems_and_as_it_is_built(name: str) -> None:
    graph = calling_library(name)

    report = check(graph)
    model = build_model(graph)

    outputs = {tuple(tensor.shape) for tensor in report.nodes["block"].outputs.values()}
    assert report.problems == []
    assert report.parameters == report.nodes["block"].parameters == model.count_params()
    assert outputs == {tuple(tensor.shape) for tensor in keras.tree.flatten(model.output)}


@pytest.mark.parametrize("name", SHAPES)
def test_a_block_of_the_library_learns(name: str) -> None:
    model = build_model(calling_library(name))
    rng = np.random.default_rng(1)
    samples = {port: rng.normal(size=(4, *shape)).astype("float32") for port, shape in SHAPES[name].items()}
    given = samples if len(samples) > 1 else next(iter(samples.values()))
    before = [weight.numpy() for weight in model.trainable_weights]
    model.compile(optimizer="sgd", loss="mse")

    made = model(given)
    model.train_on_batch(given, keras.tree.map_structure(lambda tensor: np.ones(tensor.shape, "float32"), made))

    assert all(np.isfinite(tensor.numpy()).all() for tensor in keras.tree.flatten(made))
    moved = [not np.array_equal(one, other.numpy()) for one, other in zip(before, model.trainable_weights, strict=True)]
    assert sum(moved) > len(moved) / 2


@pytest.mark.parametrize("name", ["residual", "dense_block", "transformer_encoder", "transformer_decoder"])
def test_a_deep_block_of_the_library_can_be_repeated(name: str) -> None:
    graph = calling_library(name, repeat=3)

    report = check(graph)

    assert report.problems == []
    assert report.parameters == build_model(graph).count_params()


def test_the_report_has_the_block_with_its_sums_and_everything_inside_it() -> None:
    report = check(with_config(calling("d", d=dense_block(units=4)), repeat=3))

    assert {id: node.parameters for id, node in report.nodes.items()} == {
        "a": 0,
        "b": 60,
        "c": 0,
        "b.1.d": 20,
        "b.2.d": 20,
        "b.3.d": 20,
        **{f"b.{number}.{port}": 0 for number in (1, 2, 3) for port in "io"},
    }
    assert {port: tensor.shape for port, tensor in report.nodes["b"].outputs.items()} == {"y": [None, 4]}
    assert report.nodes["b.2.i"].outputs["output"].shape == [None, 4]
    assert report.parameters == 60


def test_summary_names_the_layers_of_every_copy() -> None:
    text = summary(with_config(calling("d", d=dense_block(units=4)), repeat=2))

    assert "b_1_hidden" in text
    assert "b_2_hidden" in text


def test_a_block_that_shares_another_is_counted_once_and_has_its_weights() -> None:
    graph = calling("d", d=dense_block())
    twin = Node(id="t", type="block:d", name="t", shares="b")
    edges = [*graph.edges, Edge(source="a", target="t"), Edge(source="t", target="u")]
    graph = graph.model_copy(
        update={"nodes": [*graph.nodes, twin, Node(id="u", type="Output", name="u")], "edges": edges}
    )

    report, model = check(graph), build_model(graph)
    one, other = model(np.ones((1, 4), "float32")).values()

    assert (report.problems, report.parameters, model.count_params()) == ([], 20, 20)
    assert np.array_equal(one.numpy(), other.numpy())


def test_a_mistake_inside_a_block_is_told_once_at_the_block_and_leads_to_the_layer() -> None:
    graph = with_config(calling("d", d=dense_block(units=0)), repeat=3)

    [problem] = check(graph).problems

    assert (problem.code, problem.node, problem.inside, problem.parameter) == ("bad-value", "b", ["1", "d"], "units")
    assert problem.message.startswith("In block 'd', at layer 'hidden': units must be")


def test_a_fix_inside_a_block_changes_its_definition() -> None:
    graph = with_config(calling("d", d=dense_block(units="8")), repeat=2)

    [problem] = check(graph).problems
    mended = apply(graph, problem.fixes[0].patch)

    assert mended.blocks["d"].graph.node("d").config == {"units": 8}
    assert check(mended).problems == []


def test_a_fix_does_not_cut_a_parameter_off() -> None:
    graph = calling("d", d=Block(parameters={"units": 0}, graph=dense_block(units={"$parameter": "units"}).graph))

    [problem] = check(graph).problems

    assert (problem.code, problem.fixes) == ("bad-value", [])


def test_a_fix_at_a_wire_behind_a_block_goes_into_the_drawing() -> None:
    graph = calling("d", d=dense_block())
    conv = Node(id="k", type="Conv2D", config={"filters": 2, "kernel_size": 1})
    edges = [graph.edges[0], Edge(source="b", target="k"), Edge(source="k", target="c")]
    layout = {"b": (0.0, 0.0), "k": (90.0, 8.0)}
    graph = graph.model_copy(update={"nodes": [*graph.nodes, conv], "edges": edges, "layout": layout})

    [problem] = check(graph).problems
    mended = apply(graph, problem.fixes[0].patch)

    assert (problem.code, problem.node, problem.inside) == ("rank", "k", [])
    [added] = [node.id for node in mended.nodes if node.id not in {"a", "b", "c", "k"}]
    assert Edge(source="b", target=added) in mended.edges
    assert mended.layout[added] == (45, 4)
    assert check(mended).problems == []


def test_an_unused_layer_in_a_block_is_a_warning_at_the_block() -> None:
    block = dense_block()
    lost = Node(id="l", type="Dense", name="lost", config={"units": 3})
    nodes, edges = [*block.graph.nodes, lost], [*block.graph.edges, Edge(source="i", target="l")]

    [problem] = check(calling("d", d=Block(graph=Graph(nodes=nodes, edges=edges)))).problems

    assert (problem.code, problem.severity, problem.node, problem.inside) == ("unused-node", "warning", "b", ["1", "l"])


def test_repeat_counts_and_shapes_are_answered_from_memory() -> None:
    deep = with_config(calling("d", d=dense_block()), repeat=1_500)
    check(deep)

    report = check(with_config(deep, repeat=1_501))

    assert report.parameters == 1_501 * 20


def test_the_transformer_decoder_does_not_look_ahead() -> None:
    model = build_model(calling_library("transformer_decoder"))
    rng = np.random.default_rng(1)
    samples = {
        port: rng.normal(size=(1, *shape)).astype("float32") for port, shape in SHAPES["transformer_decoder"].items()
    }
    later = {**samples, "input": samples["input"].copy()}
    later["input"][:, 3:] += 1

    one, other = (model(each)["out_output"].numpy() for each in (samples, later))

    assert np.allclose(one[:, :3], other[:, :3], atol=1e-6)
    assert not np.allclose(one[:, 3:], other[:, 3:], atol=1e-3)


def test_a_block_with_operations_can_be_shared() -> None:
    graph = calling_library("transformer_decoder")
    twin = Node(id="twin", type="block:transformer_decoder", name="twin", shares="block")
    outputs = [Node(id=f"twin_{port}", type="Output", name=f"twin_{port}") for port in ("output", "encoded")]
    edges = [Edge(source=port, target="twin", target_port=port) for port in ("input", "encoded")]
    edges += [Edge(source="twin", source_port=port, target=f"twin_{port}") for port in ("output", "encoded")]
    shared = graph.model_copy(
        update={"nodes": [*graph.nodes, twin, *outputs], "edges": [*graph.edges, *edges]},
    )

    assert (check(shared).problems, check(shared).parameters) == ([], check(graph).parameters)
    assert build_model(shared).count_params() == check(graph).parameters


def test_a_block_that_leads_nowhere_is_one_warning_however_many_layers_it_has() -> None:
    inner = [
        Node(id="i", type="Input", name="x"),
        Node(id="a", type="ReLU"),
        Node(id="b", type="Dense", config={"units": 2}),
        Node(id="o", type="Output", name="y"),
    ]
    wires = [Edge(source=one, target=other) for one, other in (("i", "a"), ("a", "b"), ("b", "o"))]
    nodes = [
        Node(id="in", type="Input", name="in", config={"shape": [3]}),
        Node(id="loose", type="block:two", name="loose", config={"repeat": 3}),
        Node(id="out", type="Output", name="out"),
    ]
    edges = [Edge(source="in", target="loose"), Edge(source="in", target="out")]
    graph = Graph(nodes=nodes, edges=edges, blocks={"two": Block(graph=Graph(nodes=inner, edges=wires))})

    problems = check_graph(graph, BUDGET_BYTES).problems

    assert [(problem.code, problem.node, problem.inside) for problem in problems] == [("unused-node", "loose", [])]


def test_a_fix_inside_a_block_that_bears_the_name_of_another_is_not_tried_on_that_one() -> None:
    def block(*middle: Node, inner: dict[str, Block] | None = None) -> Block:
        nodes = [Node(id="i", type="Input", name="x"), *middle, Node(id="o", type="Output", name="y")]
        edges = [Edge(source="i", target=middle[0].id), Edge(source=middle[0].id, target="o")]
        edges += [Edge(source="i", target=node.id) for node in middle[1:]]
        return Block(graph=Graph(nodes=nodes, edges=edges, blocks=inner or {}))

    loose = block(Node(id="a", type="ReLU"), Node(id="loose", type="ReLU"))
    outer = block(Node(id="b", type="block:same"), inner={"same": loose})
    plain = block(Node(id="a", type="ReLU"))
    nodes = [
        Node(id="i", type="Input", config={"shape": [4]}),
        Node(id="b", type="block:outer"),
        Node(id="c", type="block:same"),
        Node(id="o", type="Output"),
    ]
    edges = [Edge(source=a, target=b) for a, b in (("i", "b"), ("b", "c"), ("c", "o"))]

    report = check(Graph(nodes=nodes, edges=edges, blocks={"outer": outer, "same": plain}))

    assert [(p.code, p.node, p.inside, p.fixes) for p in report.problems] == [
        ("unused-node", "b", ["1", "b", "1", "loose"], [])
    ]
