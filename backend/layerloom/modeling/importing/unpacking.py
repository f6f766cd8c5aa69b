"""An application opened: a model of `keras.applications` as a block that can be looked into and changed."""

import json

import keras

from layerloom.graph.blocks import expand
from layerloom.graph.document import Block, Edge, Graph
from layerloom.modeling.applications import application_model
from layerloom.modeling.build import NO_LIMIT
from layerloom.modeling.check import check_graph
from layerloom.modeling.drawing import Drawing
from layerloom.modeling.importing.draft import Draft
from layerloom.modeling.importing.kinds import named
from layerloom.modeling.importing.redraw import draw
from layerloom.modeling.reflection import node_family
from layerloom.modeling.symbolic import without_trace
from layerloom.modeling.tensors import Shape
from layerloom.problem import Problem, Refusal


def application_block_json(graph: Graph, node: str) -> str:
    """`application_block` as JSON text."""
    return application_block(graph, node).model_dump_json()


def application_block(graph: Graph, node: str) -> Block:
    """The layers of an application node, for the shape that reaches it; nothing is allocated, no weights are loaded.

    `node` is its id in the drawing with all blocks put in, `n3.1.n2` for one inside a block; it then has the arguments
    that this call of the block gives.

    Raises Refusal: `unknown` where there is no such node, `not-an-application`, `graph-not-ready` with the problems
    where the node or what feeds it has mistakes.
    """
    whole = expand(graph).graph
    found = next((one for one in whole.nodes if one.id == node), None)
    if found is None:
        raise _absent(graph, node)
    if node_family(found.type) != "applications":
        raise Refusal("not-an-application", f"Only applications can be unpacked like this, '{node}' is a {found.type}.")
    shape = _arriving(graph, Drawing.of(whole).incoming[node], node)
    with without_trace(), keras.StatelessScope(initialize_variables=False):
        model = application_model(found, shape)
        described = json.loads(model.to_json())
    draft = Draft()
    draw(draft, named(described, "the model"), inside=True)
    name = found.type.rpartition(".")[2]
    return Block(graph=Graph(name=name, nodes=draft.nodes, edges=draft.edges, blocks=draft.blocks))


def _arriving(graph: Graph, edges: list[Edge], node: str) -> Shape:
    """The shape of one sample that reaches a node which is sound; mistakes elsewhere do not matter."""
    report = check_graph(graph, NO_LIMIT)
    wrong = [problem for problem in report.problems if problem.place == node and problem.severity == "error"]
    outputs = report.nodes[edges[0].source].outputs if edges else {}
    port = edges[0].source_port if edges else None
    tensor = outputs.get(port) if port else next(iter(outputs.values()), None)
    if wrong or tensor is None:
        said = wrong[0].message if wrong else "What feeds it has mistakes."
        raise _not_ready(said, report.problems)
    return tuple(tensor.shape[1:])


def _absent(graph: Graph, node: str) -> Refusal:
    """Why there is no such node: it is not drawn, or the block that holds it has mistakes and was not put in."""
    outermost = node.partition(".")[0]
    report = check_graph(graph, NO_LIMIT)
    wrong = [problem for problem in report.problems if problem.node == outermost and problem.severity == "error"]
    if outermost == node or not wrong:
        return Refusal("unknown", f"There is no node '{node}' in this drawing.")
    return _not_ready(wrong[0].message, report.problems)


def _not_ready(reason: str, problems: list[Problem]) -> Refusal:
    return Refusal("graph-not-ready", f"This node can not be opened yet. {reason}", problems)
