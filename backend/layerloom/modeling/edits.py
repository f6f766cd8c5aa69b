"""Patches that fixes are made of: a layer put into a wire, a wire added or taken away, an argument changed."""

from collections.abc import Sequence

from pydantic import JsonValue

from layerloom.graph.document import Edge, Graph, Node
from layerloom.graph.patch import AddEdge, AddNode, Change, RemoveEdge, RemoveNode, SetConfig, UnsetConfig
from layerloom.modeling.drawing import Drawing
from layerloom.problem import Fix

POOLING = {2: "GlobalAveragePooling1D", 3: "GlobalAveragePooling2D", 4: "GlobalAveragePooling3D"}
"""What averages a sample with so many axes to a vector."""

LayerConfig = dict[str, JsonValue]
LayerDraft = tuple[str, LayerConfig]
"""Type and config of a layer that a fix would add."""


def insert(drawing: Drawing, edges: Sequence[Edge], draft: LayerDraft, label: str | None = None) -> Fix:
    """Put a layer of its own into each of these wires (as found by identity in the edge list)."""
    patch: list[Change] = []
    for new, edge in zip(drawing.fresh_ids(len(edges)), edges, strict=True):
        patch += _insertion(drawing, edge, Node(id=new, type=draft[0], config=draft[1]))
    return Fix(label=label or f"Insert {describe(draft)}", patch=patch)


def join(drawing: Drawing, edges: Sequence[Edge], type: str) -> Fix:
    """Lead all these wires, which end at one port, through one merge layer."""
    [id] = drawing.fresh_ids(1)
    target, port = edges[0].target, edges[0].target_port
    moved = [AddEdge(edge=Edge(source=e.source, source_port=e.source_port, target=id)) for e in edges]
    added = AddNode(node=Node(id=id, type=type), position=midway(drawing.graph, edges[0]))
    last = AddEdge(edge=Edge(source=id, target=target, target_port=port))
    return Fix(label=f"Join them with {type}", patch=[added, *(RemoveEdge(edge=e) for e in edges), *moved, last])


def connect(drawing: Drawing, source: str, target: str, port: str | None = None) -> Fix:
    """Draw a wire; `port` only if it is not the first."""
    label = f"Connect '{drawing.names[source]}' to {f'port {port!r} of ' if port else ''}'{drawing.names[target]}'"
    return Fix(label=label, patch=[AddEdge(edge=Edge(source=source, target=target, target_port=port))])


def disconnect(drawing: Drawing, edges: Sequence[Edge]) -> Fix:
    """Take wires away."""
    first = f"from '{drawing.names[edges[0].source]}' to '{drawing.names[edges[0].target]}'"
    label = f"Remove the wire {first}" if len(edges) == 1 else f"Remove {len(edges)} wires"
    return Fix(label=label, patch=[RemoveEdge(edge=edge) for edge in edges])


def rewire(drawing: Drawing, old: Edge, new: Edge, label: str) -> Fix:
    """Put another wire into the place of one."""
    index = drawing.graph.edges.index(old)
    return Fix(label=label, patch=[RemoveEdge(edge=old), AddEdge(edge=new, index=index)])


def configure(node: Node, parameter: str, value: JsonValue) -> Fix:
    """Give an argument a value."""
    patch: list[Change] = [SetConfig(node=node.id, parameter=parameter, value=value)]
    return Fix(label=f"Set {parameter} to {shown(value)}", patch=patch)


def reset(node: Node, parameter: str) -> Fix:
    """Go back to Keras's default for an argument."""
    patch: list[Change] = [UnsetConfig(node=node.id, parameter=parameter)]
    return Fix(label=f"Use the default {parameter}", patch=patch)


def unshare(drawing: Drawing, node: Node) -> Fix:
    """Give a node that shares a layer one of its own: the node made anew, with its wires in their places."""
    owner = drawing.owner(node)
    config = owner.config if owner.type == node.type else node.config
    own = node.model_copy(update={"shares": None, "config": config})
    wires = [(k, edge) for k, edge in enumerate(drawing.graph.edges) if node.id in (edge.source, edge.target)]
    return Fix(
        label=f"Give '{drawing.names[node.id]}' its own weights",
        patch=[
            RemoveNode(node=node.id),
            AddNode(node=own, position=drawing.graph.layout.get(node.id)),
            *(AddEdge(edge=edge, index=index) for index, edge in wires),
        ],
    )


def describe(draft: LayerDraft) -> str:
    """A layer draft in a few words: `Dense(3)`, `Reshape(28, 28, 1)`."""
    values = ", ".join(shown(value).strip("()") for value in draft[1].values())
    return f"{draft[0]}({values})" if values else draft[0]


def _insertion(drawing: Drawing, edge: Edge, node: Node) -> list[Change]:
    # Taking away a wire takes the first of equals, so that later ones move up by one.
    equals = [other for other in drawing.incoming[edge.target] if other == edge]
    place = drawing.places[id(edge)] - (equals[0] is not edge)
    into = Edge(source=edge.source, source_port=edge.source_port, target=node.id)
    onward = Edge(source=node.id, target=edge.target, target_port=edge.target_port)
    return [
        AddNode(node=node, position=midway(drawing.graph, edge)),
        RemoveEdge(edge=edge),
        AddEdge(edge=onward, index=place),
        AddEdge(edge=into),
    ]


def midway(graph: Graph, edge: Edge) -> tuple[float, float] | None:
    """The place half way along a wire; None where its ends have no place on the canvas."""
    layout = graph.layout
    if edge.source not in layout or edge.target not in layout:
        return None
    (x, y), (u, v) = layout[edge.source], layout[edge.target]
    return ((x + u) / 2, (y + v) / 2)


def shown(value: JsonValue) -> str:
    """A value in a label: lists as shapes are written."""
    if isinstance(value, list):
        return f"({', '.join(shown(item) for item in value)})"
    if value is None:
        return "null"
    return f'"{value}"' if isinstance(value, str) else str(value)
