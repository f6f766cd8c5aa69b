"""A graph with everything looked up once that the check asks for again and again."""

from dataclasses import dataclass
from functools import cached_property

from layerloom.catalog import NodeEntry
from layerloom.graph import topology
from layerloom.graph.document import Edge, Graph, Node
from layerloom.graph.naming import fresh_ids, layer_names
from layerloom.modeling.custom import entry_of
from layerloom.modeling.nodes import PYTHON
from layerloom.modeling.reflection import node_entry

INPUT, OUTPUT = "Input", "Output"


@dataclass(frozen=True)
class Drawing:
    """A graph, its names by node id, and its wires by node id."""

    graph: Graph
    nodes: dict[str, Node]
    names: dict[str, str]
    incoming: dict[str, list[Edge]]
    outgoing: dict[str, list[Edge]]

    @classmethod
    def of(cls, graph: Graph) -> "Drawing":
        """Look everything up."""
        return cls(
            graph=graph,
            nodes={node.id: node for node in graph.nodes},
            names=layer_names(graph),
            incoming=topology.incoming(graph),
            outgoing=topology.outgoing(graph),
        )

    @cached_property
    def order(self) -> list[str]:
        """Ids in the order in which layers can be called: sources first, and who shares a layer after its owner."""
        shared = [
            Edge(source=node.shares, target=node.id)
            for node in self.graph.nodes
            if node.shares in self.nodes and node.shares != node.id
        ]
        if not shared:
            return self.data_order
        return topology.order(self.graph.model_copy(update={"edges": [*self.graph.edges, *shared]}))

    @cached_property
    def data_order(self) -> list[str]:
        """Ids, sources first; without nodes on or behind a cycle."""
        return topology.order(self.graph)

    @cached_property
    def fed(self) -> set[str]:
        """Ids of the nodes that an Input reaches."""
        return topology.downstream(self.graph, self.ids_of(INPUT))

    @cached_property
    def used(self) -> set[str]:
        """Ids of the nodes that lead to an Output."""
        return topology.upstream(self.graph, self.ids_of(OUTPUT))

    @cached_property
    def places(self) -> dict[int, int]:
        """The place of each wire in the edge list, by its identity: equal wires are wires of their own."""
        return {id(edge): index for index, edge in enumerate(self.graph.edges)}

    def fresh_ids(self, count: int) -> list[str]:
        """Ids for new nodes."""
        return self._fresh_ids[:count] if count <= len(self._fresh_ids) else fresh_ids(self.graph, count)

    @cached_property
    def _fresh_ids(self) -> list[str]:
        return fresh_ids(self.graph, 8)

    def ids_of(self, type: str) -> list[str]:
        """Ids of the nodes of this type, in document order."""
        return self._by_type.get(type, [])

    @cached_property
    def _by_type(self) -> dict[str, list[str]]:
        ids: dict[str, list[str]] = {}
        for node in self.graph.nodes:
            ids.setdefault(node.type, []).append(node.id)
        return ids

    def owner(self, node: Node) -> Node:
        """The node whose layer this node calls: itself, unless it shares another's."""
        return self.nodes.get(node.shares, node) if node.shares is not None else node

    def entry(self, node: Node) -> NodeEntry | None:
        """The catalog entry of the node's layer; None if there is no such type."""
        owner = self.owner(node)
        return entry_of(owner) if owner.type == PYTHON.type else node_entry(owner.type)
