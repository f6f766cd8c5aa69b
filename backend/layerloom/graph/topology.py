"""Order, cycles and reachability of a drawing: what comes before what, told from the wires alone.

Nothing here recurses, so a chain of thousands of nodes is as safe as a chain of three.
"""

import heapq
from collections import deque
from collections.abc import Callable, Container, Iterable, Mapping, Sequence

from layerloom.graph.document import Edge, Graph

Neighbours = Mapping[str, Sequence[str]]


def incoming(graph: Graph) -> dict[str, list[Edge]]:
    """The wires that end at each node, in edge order; every node has an entry."""
    return _grouped(graph, lambda edge: edge.target)


def outgoing(graph: Graph) -> dict[str, list[Edge]]:
    """The wires that start at each node, in edge order; every node has an entry."""
    return _grouped(graph, lambda edge: edge.source)


def inputs_of(graph: Graph, id: str) -> dict[str | None, list[Edge]]:
    """The wires into one node by target port (None: the only or first port), each list in edge order."""
    ports: dict[str | None, list[Edge]] = {}
    for edge in graph.edges:
        if edge.target == id:
            ports.setdefault(edge.target_port, []).append(edge)
    return ports


def order(graph: Graph) -> list[str]:
    """Node ids, sources first; equals keep the order of `nodes`. Nodes on or behind a cycle are left out."""
    rank = {node.id: index for index, node in enumerate(graph.nodes)}
    waiting = {id: len(edges) for id, edges in incoming(graph).items()}
    after = successors(graph)
    ready = [rank[id] for id, count in waiting.items() if count == 0]
    heapq.heapify(ready)
    ordered: list[str] = []
    while ready:
        id = graph.nodes[heapq.heappop(ready)].id
        ordered.append(id)
        for target in after[id]:
            waiting[target] -= 1
            if waiting[target] == 0:
                heapq.heappush(ready, rank[target])
    return ordered


def cycles(graph: Graph) -> list[list[str]]:
    """One shortest cycle of each knot of nodes that feed each other, as ids in the direction of the wires."""
    after = successors(graph)
    return [_shortest_cycle(knot, after) for knot in knots(graph)]


def knots(graph: Graph) -> list[list[str]]:
    """The groups of two and more nodes in which each reaches each (strongly connected), in node order."""
    finished = _finishing_order([node.id for node in graph.nodes], successors(graph))
    before = predecessors(graph)
    knot_of: dict[str, int] = {}
    for id in sorted(finished, key=finished.__getitem__, reverse=True):
        if id not in knot_of:
            for other in _reach([id], before, without=knot_of):
                knot_of[other] = finished[id]
    members: dict[int, list[str]] = {}
    for node in graph.nodes:
        members.setdefault(knot_of[node.id], []).append(node.id)
    return [knot for knot in members.values() if len(knot) > 1]


def closing_edges(graph: Graph, knot: Sequence[str]) -> list[Edge]:
    """The wires inside a knot that lead backwards, seen from where the knot is entered: without them it is untied."""
    inside = set(knot)
    edges = [edge for edge in graph.edges if edge.source in inside and edge.target in inside]
    entered = [e.target for e in graph.edges if e.target in inside and e.source not in inside]
    start = next((id for id in knot if id in entered), knot[0])
    after: dict[str, list[str]] = {id: [] for id in knot}
    for edge in edges:
        after[edge.source].append(edge.target)
    finished = _finishing_order([start], after)
    return [edge for edge in edges if finished[edge.source] <= finished[edge.target]]


def upstream(graph: Graph, ids: Iterable[str]) -> set[str]:
    """These nodes and every node that feeds them, however far."""
    return _reach(ids, predecessors(graph))


def downstream(graph: Graph, ids: Iterable[str]) -> set[str]:
    """These nodes and every node that they feed, however far."""
    return _reach(ids, successors(graph))


def successors(graph: Graph) -> dict[str, list[str]]:
    """The targets of each node's wires, one entry a wire."""
    return {id: [edge.target for edge in edges] for id, edges in outgoing(graph).items()}


def predecessors(graph: Graph) -> dict[str, list[str]]:
    """The sources of each node's wires, one entry a wire."""
    return {id: [edge.source for edge in edges] for id, edges in incoming(graph).items()}


def _grouped(graph: Graph, end: Callable[[Edge], str]) -> dict[str, list[Edge]]:
    groups: dict[str, list[Edge]] = {node.id: [] for node in graph.nodes}
    for edge in graph.edges:
        groups[end(edge)].append(edge)
    return groups


def _reach(starts: Iterable[str], neighbours: Neighbours, without: Container[str] = ()) -> set[str]:
    seen = set(starts)
    open_ends = list(seen)
    while open_ends:
        for other in neighbours[open_ends.pop()]:
            if other not in seen and other not in without:
                seen.add(other)
                open_ends.append(other)
    return seen


def _shortest_cycle(knot: Sequence[str], after: Neighbours) -> list[str]:
    start, inside = knot[0], set(knot)
    came_from: dict[str, str] = {}
    line = deque([start])
    while start not in came_from:
        source = line.popleft()
        for target in after[source]:
            if target in inside and target not in came_from:
                came_from[target] = source
                line.append(target)
    path = [came_from[start]]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return path[::-1]


def _finishing_order(starts: Sequence[str], after: Neighbours) -> dict[str, int]:
    """Depth-first finishing numbers: a wire leads backwards exactly if its source finishes before its target."""
    finished: dict[str, int] = {}
    seen: set[str] = set()
    for start in starts:
        stack = [] if start in seen else [(start, iter(after[start]))]
        seen.add(start)
        while stack:
            id, rest = stack[-1]
            fresh = next((other for other in rest if other not in seen), None)
            if fresh is None:
                finished[id] = len(finished)
                stack.pop()
            else:
                seen.add(fresh)
                stack.append((fresh, iter(after[fresh])))
    return finished
