"""Small changes to a graph and its recipe, as data: what a fix proposes and the browser applies.

Changes to a recipe travel in the same list (`set_recipe`), because one fix may touch both; `apply` here changes the
graph alone and passes them over.
"""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue

from layerloom.graph.document import Block, Document, Edge, Graph, Node, NodeId


class _Change(Document):
    model_config = ConfigDict(json_schema_serialization_defaults_required=True)


class SetConfig(_Change):
    """Give one constructor argument of a node a value."""

    op: Literal["set_config"] = "set_config"
    node: NodeId
    parameter: str
    value: JsonValue


class UnsetConfig(_Change):
    """Take one constructor argument away, so that Keras's default holds."""

    op: Literal["unset_config"] = "unset_config"
    node: NodeId
    parameter: str


class Rename(_Change):
    """Give a node another layer name; null means Keras's own default."""

    op: Literal["rename"] = "rename"
    node: NodeId
    name: str | None


class SetType(_Change):
    """Make a node another type, keeping its id, name, wires and config."""

    op: Literal["set_type"] = "set_type"
    node: NodeId
    type: str


class AddNode(_Change):
    """Add a node, at (x, y) on the canvas if given."""

    op: Literal["add_node"] = "add_node"
    node: Node
    position: tuple[float, float] | None = None


class RemoveNode(_Change):
    """Remove a node and its wires."""

    op: Literal["remove_node"] = "remove_node"
    node: NodeId


class AddEdge(_Change):
    """Add a wire, at this place in the edge list (order is meaning), else at its end."""

    op: Literal["add_edge"] = "add_edge"
    edge: Edge
    index: int | None = None


class RemoveEdge(_Change):
    """Remove the first wire equal to this one."""

    op: Literal["remove_edge"] = "remove_edge"
    edge: Edge


class SetRecipe(_Change):
    """Give one place of the recipe a value: the keys from its root, as in ["compile", "outputs", "digit", "loss"]."""

    op: Literal["set_recipe"] = "set_recipe"
    path: list[str]
    value: JsonValue


PlainChange = SetConfig | UnsetConfig | Rename | SetType | AddNode | RemoveNode | AddEdge | RemoveEdge


class InBlock(_Change):
    """Change the definition of a block, and with it all of its copies."""

    op: Literal["in_block"] = "in_block"
    block: str
    changes: list[Annotated[PlainChange, Field(discriminator="op")]]


Change = Annotated[
    SetConfig | UnsetConfig | Rename | SetType | AddNode | RemoveNode | AddEdge | RemoveEdge | InBlock | SetRecipe,
    Field(discriminator="op"),
]
GraphChange = PlainChange | InBlock


def apply(graph: Graph, changes: Sequence[Change]) -> Graph:
    """The graph after these changes, in order. Raises ValueError where one does not fit the graph."""
    for change in changes:
        if not isinstance(change, SetRecipe):
            graph = _apply_one(graph, change)
    return graph


def _apply_one(graph: Graph, change: GraphChange) -> Graph:
    match change:
        case SetConfig():
            config = {**_node(graph, change.node).config, change.parameter: change.value}
            return _edit(graph, change.node, config=config)
        case UnsetConfig():
            config = {k: v for k, v in _node(graph, change.node).config.items() if k != change.parameter}
            return _edit(graph, change.node, config=config)
        case Rename():
            return _edit(graph, change.node, name=change.name)
        case SetType():
            return _edit(graph, change.node, type=change.type)
        case AddNode():
            layout = graph.layout if change.position is None else {**graph.layout, change.node.id: change.position}
            return _with(graph, nodes=[*graph.nodes, change.node], layout=layout)
        case RemoveNode():
            return _remove_node(graph, change.node)
        case AddEdge():
            edges = list(graph.edges)
            edges.insert(len(edges) if change.index is None else change.index, change.edge)
            return _with(graph, edges=edges)
        case RemoveEdge():
            edges = list(graph.edges)
            edges.remove(change.edge)
            return _with(graph, edges=edges)
        case InBlock():
            return _with(graph, blocks={**graph.blocks, change.block: _in_block(graph, change)})


def _in_block(graph: Graph, change: InBlock) -> Block:
    if change.block not in graph.blocks:
        raise ValueError(f"there is no block '{change.block}' to change")
    block = graph.blocks[change.block]
    return block.model_copy(update={"graph": apply(block.graph, change.changes)})


def _node(graph: Graph, id: str) -> Node:
    for node in graph.nodes:
        if node.id == id:
            return node
    raise ValueError(f"there is no node '{id}' to change")


def _edit(graph: Graph, id: str, **fields: object) -> Graph:
    edited = _node(graph, id).model_copy(update=fields)
    return _with(graph, nodes=[edited if node.id == id else node for node in graph.nodes])


def _remove_node(graph: Graph, id: str) -> Graph:
    _node(graph, id)
    return _with(
        graph,
        nodes=[n for n in graph.nodes if n.id != id],
        edges=[e for e in graph.edges if id not in (e.source, e.target)],
        layout={key: at for key, at in graph.layout.items() if key != id},
    )


def _with(graph: Graph, **fields: object) -> Graph:
    """A validated copy, so that a change can not make a malformed document."""
    return Graph.model_validate(graph.model_copy(update=fields).model_dump())
