"""What is wrong with the drawing as a whole: nothing drawn, circles, loose ends, layers shared wrongly."""

from collections.abc import Iterator

from layerloom.graph import topology
from layerloom.graph.document import Edge, Node
from layerloom.graph.patch import AddEdge, AddNode, Change, RemoveNode
from layerloom.modeling.drawing import INPUT, OUTPUT, Drawing
from layerloom.modeling.edits import connect, disconnect, unshare
from layerloom.modeling.wiring import loose_ends
from layerloom.problem import Fix, Problem

_NODES_SHOWN = 6


def structure_problems(drawing: Drawing) -> Iterator[Problem]:
    """Everything that the wires alone tell."""
    yield from _ends(drawing)
    yield from _cycles(drawing)
    yield from _disconnected(drawing)


def sharing_problem(drawing: Drawing, node: Node) -> Problem | None:
    """What is wrong with whose layer this node calls, if it calls another's."""
    if node.shares is None:
        return None
    name, owner = drawing.names[node.id], drawing.nodes.get(node.shares)
    if owner is None or owner.shares is not None or owner.type in (INPUT, OUTPUT):
        reason = f"there is no layer of its own at node '{node.shares}'"
    elif owner.type != node.type:
        reason = f"it is a {node.type}, but '{drawing.names[owner.id]}' is a {owner.type}"
    elif node.id not in drawing.order and node.id in drawing.data_order:
        reason = f"'{drawing.names[owner.id]}' comes after it"
    else:
        return None
    message = f"'{name}' can not share the layer: {reason}. Share a layer of the same type that comes before it."
    return Problem(code="shares", message=message, node=node.id, fixes=[unshare(drawing, node)])


def _ends(drawing: Drawing) -> Iterator[Problem]:
    if not drawing.ids_of(INPUT):
        message = "There is no Input yet: drag one in, so that the layers know the shape of the data."
        [id] = drawing.fresh_ids(1)
        node = Node(id=id, type=INPUT, config={"shape": [28, 28, 1]})
        yield Problem(code="no-input", message=message, fixes=[Fix(label="Add an Input", patch=[AddNode(node=node)])])
    if not drawing.ids_of(OUTPUT):
        message = "There is no Output yet: drag one in and connect it to the layer whose values the model should give."
        yield Problem(code="no-output", message=message, fixes=[_add_output(drawing)])


def _add_output(drawing: Drawing) -> Fix:
    [id] = drawing.fresh_ids(1)
    patch: list[Change] = [AddNode(node=Node(id=id, type=OUTPUT))]
    ends = [id for id in reversed(drawing.data_order) if not drawing.outgoing[id] and id in drawing.fed]
    patch += [AddEdge(edge=Edge(source=end, target=id)) for end in ends[:1]]
    return Fix(label="Add an Output", patch=patch)


def _cycles(drawing: Drawing) -> Iterator[Problem]:
    if len(drawing.data_order) == len(drawing.nodes):
        return
    for knot, cycle in zip(topology.knots(drawing.graph), topology.cycles(drawing.graph), strict=True):
        names = [f"'{drawing.names[id]}'" for id in cycle]
        if len(names) > _NODES_SHOWN:
            names = [*names[: _NODES_SHOWN - 1], f"… ({len(cycle) - _NODES_SHOWN} more) …", names[-1]]
        path = " → ".join([*names, names[0]])
        closing = topology.closing_edges(drawing.graph, knot)
        yield Problem(
            code="cycle",
            message=f"These nodes feed each other: {path}. Data must flow one way. Remove one wire.",
            node=cycle[0],
            fixes=[disconnect(drawing, closing)],
        )


def _disconnected(drawing: Drawing) -> Iterator[Problem]:
    if not drawing.ids_of(INPUT):
        return
    in_order = set(drawing.data_order)
    for id in drawing.ids_of(OUTPUT):
        if drawing.incoming[id] and id not in drawing.fed and id in in_order:
            before = topology.upstream(drawing.graph, [id])
            starts = [start for start in drawing.data_order if start in before and _takes_a_wire(drawing, start)]
            if not starts:
                continue  # constants alone: the check says so at the Output
            sources = loose_ends(drawing, drawing.nodes[starts[0]])[:2]
            yield Problem(
                code="disconnected",
                message=f"'{drawing.names[id]}' gets nothing from an Input. Connect '{drawing.names[starts[0]]}', "
                "where its chain of layers starts, to an Input or to a layer behind one.",
                node=id,
                fixes=[connect(drawing, source, starts[0]) for source in sources],
            )


def _takes_a_wire(drawing: Drawing, id: str) -> bool:
    """Whether nothing arrives at the node though something could."""
    entry = drawing.entry(drawing.nodes[id])
    return not drawing.incoming[id] and (entry is None or bool(entry.inputs))


def unused_nodes(drawing: Drawing) -> Iterator[Problem]:
    """A warning for every node that leads to no Output; circles have a problem of their own."""
    in_order = set(drawing.data_order)
    for node in drawing.graph.nodes:
        if node.id not in drawing.used and node.id in in_order:
            yield unused_node(node.id, drawing.names[node.id])


def unused_node(id: str, name: str) -> Problem:
    """The warning for a node that leads to no Output."""
    return Problem(
        code="unused-node",
        severity="warning",
        message=f"'{name}' leads to no Output, so it will not be part of the model. Connect it, or remove it.",
        node=id,
        fixes=[Fix(label=f"Remove '{name}'", patch=[RemoveNode(node=id)])],
    )
