"""Blocks put in: a drawing with every call of a block replaced by the block's contents, repeated, parameters filled in.

Limits are counted before a single copy is made (`block_plan`), so a repeat of a billion is answered at once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from layerloom.graph.block_call import input_port
from layerloom.graph.block_copy import Copy, Path
from layerloom.graph.block_definition import INPUT, OUTPUT, Definition, Scope, is_block
from layerloom.graph.block_mistakes import Mistake
from layerloom.graph.block_plan import Opening, Planner
from layerloom.graph.document import Block, Edge, Graph, Node
from layerloom.graph.naming import unique

End = tuple[str, str | None]
"""An expanded node id and one of its output ports, None for the only or first one."""


@dataclass(frozen=True)
class Home:
    """Where a copy comes from: a graph, and the name of its block ("" for the drawing itself)."""

    block: str
    graph: Graph


@dataclass(frozen=True)
class Expanded:
    """A drawing without blocks.

    `origin`: expanded node id -> path of ids (block node, repetition from 1, ..., inner node). `gone`: the same kind of
    id of each block node and each port inside one -> what it gives, by port. `wires`: for each wire of `graph` the path
    of the copy that it stood in and its place in that copy's wires. `homes`: the graph of each copy, by its path.
    `mistakes`: why some block nodes are still there. `renamed`: whether a layer in a block got a number behind its
    name, since another place had made the same one.
    """

    graph: Graph
    origin: Mapping[str, Path]
    gone: Mapping[str, Mapping[str, End]] = field(default_factory=dict)
    wires: tuple[tuple[Path, int], ...] = ()
    homes: Mapping[Path, Home] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()
    renamed: bool = False


def expand(graph: Graph) -> Expanded:
    """The drawing with all blocks put in that can be; one without blocks comes back as it is.

    An expanded id joins the path with dots (`n3.1.n2`); an expanded layer name is that of the block node and the inner
    one, with the repetition between them where there are several, and a number behind it where another copy has made
    the same. Layers that share stay within their copy; a call that shares another call of the same block shares layer
    by layer.
    """
    if not any(is_block(node) for node in graph.nodes):
        wires = tuple(((), index) for index in range(len(graph.edges)))
        origin = {node.id: (node.id,) for node in graph.nodes}
        return Expanded(graph, origin, wires=wires, homes={(): Home("", graph)})
    planned = Planner().plan(Definition("", Block(graph=graph), Scope({})))
    return _Assembly(planned).whole()


OPERATION = "ops."
"""A node of such a type has no weights to share: a copy that shares calls it anew."""


class _Assembly:
    """All copies of one drawing, made and then written down in order."""

    def __init__(self, planned: Opening) -> None:
        self._ids: dict[Path, str] = {(node.id,): node.id for node in planned.definition.graph.nodes}
        self._taken = set(self._ids.values())
        self._names: dict[str, Path] = {}
        self._renamed = False
        self._top = Copy(planned, (), "")
        self._open(self._top)

    def whole(self) -> Expanded:
        """Everything written down."""
        copies = self._all(self._top)
        gone = {id: given for copy in copies for id, given in self._gone(copy)}
        plain = self._plain(self._top)
        drawn = [node for copy, node in plain if copy is self._top and node.type != OUTPUT]
        self._names = {self._top.definition.names[node.id]: () for node in drawn}
        nodes = [self._node(copy, node) for copy, node in plain]
        wires = [
            (copy, index, edge)
            for copy in copies
            for index, edge in enumerate(copy.definition.graph.edges)
            if self._ids[*copy.path, edge.target] not in gone
        ]
        edges = [self._edge(copy, edge) for copy, _, edge in wires]
        return Expanded(
            graph=self._top.definition.graph.model_copy(update={"nodes": nodes, "edges": edges, "blocks": {}}),
            origin={id: path for path, id in self._ids.items()},
            gone=gone,
            wires=tuple((copy.path, index) for copy, index, _ in wires),
            homes={copy.path: Home(copy.definition.name, copy.definition.graph) for copy in copies},
            mistakes=tuple(self._top.opening.mistakes),
            renamed=self._renamed,
        )

    def _gone(self, copy: Copy) -> Iterator[tuple[str, Mapping[str, End]]]:
        """The blocks and ports of a copy, with what they give."""
        for node in copy.definition.graph.nodes:
            id = self._ids[*copy.path, node.id]
            if node.id in copy.kids:
                yield id, self._given(copy, node, copy.kids[node.id][-1].definition.output_ports)
            elif copy.is_port(node):
                yield id, self._given(copy, node, ["output"] if node.type == INPUT else [])

    def _edge(self, copy: Copy, edge: Edge) -> Edge:
        source, port = self._source(copy, edge.source, edge.source_port)
        ends = {"source": source, "source_port": port, "target": self._ids[*copy.path, edge.target]}
        return edge.model_copy(update=ends)

    def _open(self, copy: Copy) -> None:
        for id, opening in copy.opening.inner.items():
            node = copy.definition.nodes[id]
            twins = (copy.twin or copy).kids.get(node.shares or id) if copy.twin or node.shares else None
            copy.kids[id] = kids = []
            feeds = self._feeds(copy, node, opening.definition)
            for number in range(1, opening.repeat + 1):
                kid = self._kid(copy, id, opening, number)
                kid.feeds, kid.twin = feeds, twins[number - 1] if twins else None
                kids.append(kid)
                self._name(kid)
                self._open(kid)
                feeds = kid.ends()

    def _kid(self, copy: Copy, id: str, opening: Opening, number: int) -> Copy:
        name = f"{copy.name}{copy.definition.names[id]}_"
        return Copy(opening, (*copy.path, id, str(number)), name if opening.repeat == 1 else f"{name}{number}_")

    def _feeds(self, copy: Copy, node: Node, definition: Definition) -> list[tuple[Copy, Edge]]:
        by_port = {input_port(edge, definition): edge for edge in copy.definition.incoming[node.id]}
        return [(copy, by_port[port]) for port in definition.input_ports]

    def _name(self, copy: Copy) -> None:
        """Give every node of the copy its expanded id; one that somebody drew already gets dots until it is free."""
        for node in copy.definition.graph.nodes:
            path = (*copy.path, node.id)
            id = ".".join(path)
            while id in self._taken:
                id += "."
            self._ids[path] = id
            self._taken.add(id)

    def _all(self, copy: Copy) -> list[Copy]:
        inside = [inner for kids in copy.kids.values() for kid in kids for inner in self._all(kid)]
        return [copy, *inside]

    def _plain(self, copy: Copy) -> list[tuple[Copy, Node]]:
        """What stays, in the order of the drawing, a block's contents in the place of the block."""
        found: list[tuple[Copy, Node]] = []
        for node in copy.definition.graph.nodes:
            if node.id in copy.kids:
                found += [item for kid in copy.kids[node.id] for item in self._plain(kid)]
            elif not copy.is_port(node):
                found.append((copy, node))
        return found

    def _node(self, copy: Copy, node: Node) -> Node:
        shares = self._ids.get((*copy.path, node.shares), node.shares) if node.shares else None
        if copy.twin and not is_block(node) and not node.type.startswith(OPERATION):
            shares = self._ids[*copy.twin.path, node.shares if node.shares in copy.definition.names else node.id]
        return node.model_copy(
            update={
                "id": self._ids[*copy.path, node.id],
                "name": self._layer_name(copy, node),
                "config": copy.opening.configs[node.id],
                "shares": shares,
            }
        )

    def _layer_name(self, copy: Copy, node: Node) -> str:
        """A name that no other copy has made; two equal ones in one graph stay, for the check to tell."""
        name = f"{copy.name}{copy.definition.names[node.id]}"
        if self._names.get(name, copy.path) != copy.path:
            self._renamed, name = True, unique(name, self._names)
        self._names[name] = copy.path
        return name

    def _given(self, copy: Copy, node: Node, ports: list[str]) -> dict[str, End]:
        return {port: self._source(copy, node.id, port) for port in ports}

    def _source(self, copy: Copy, id: str, port: str | None) -> End:
        """Where the tensor at this node's port really comes from: through ports, out of blocks and into them."""
        while True:
            if copy.feeds is not None and id in copy.definition.input_places:
                copy, edge = copy.feeds[copy.definition.input_places[id]]
            elif id in copy.kids:
                last = copy.kids[id][-1]
                copy, edge = last.ends()[last.definition.output_ports.index(port) if port else 0]
            else:
                return self._ids[*copy.path, id], port
            id, port = edge.source, edge.source_port
