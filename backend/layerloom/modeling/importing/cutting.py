"""A drawing without the layers that nothing is known of: what is left can be built, and takes its weights."""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from layerloom.graph.document import Edge, Graph, Node
from layerloom.graph.topology import incoming
from layerloom.modeling.drawing import INPUT, OUTPUT
from layerloom.modeling.reflection import node_entry
from layerloom.report import CheckReport

Told = Mapping[tuple[str, int], dict[str, JsonValue]]


def unknown_layers(graph: Graph) -> set[str]:
    """The nodes of a drawing without blocks whose class is not in the catalog, and those that share their layers."""
    found = {node.id for node in graph.nodes if node.shares is None and node_entry(node.type) is None}
    return found | {node.id for node in graph.nodes if node.shares in found}


def cut(graph: Graph, unknown: set[str], told: Told, report: CheckReport) -> Graph:
    """`graph` with an Output before each unknown layer, and an Input behind it.

    The Input has the shape that the file tells (`told`); else the layer is taken to leave shapes alone, and the weights
    behind it show whether that is so.
    """
    return _Cut(graph, unknown, told, report).made()


class _Cut:
    def __init__(self, graph: Graph, unknown: set[str], told: Told, report: CheckReport) -> None:
        self._graph = graph
        self._unknown = unknown
        self._told = told
        self._report = report
        self._incoming = incoming(graph)

    def made(self) -> Graph:
        """The parts, in one drawing."""
        nodes = [node for node in self._graph.nodes if node.id not in self._unknown]
        edges: list[Edge] = []
        for number, edge in enumerate(self._graph.edges):
            for node, wire in self._ends(edge, number):
                nodes += [node] if node else []
                edges.append(wire)
        return self._graph.model_copy(update={"nodes": nodes, "edges": edges})

    def _ends(self, edge: Edge, number: int) -> Iterator[tuple[Node | None, Edge]]:
        """A wire as it is, or with a new end in the place of an unknown layer."""
        if edge.source in self._unknown and edge.target in self._unknown:
            return
        if edge.target in self._unknown:
            end = Node(id=f"cut:{number}", type=OUTPUT)
            yield end, edge.model_copy(update={"target": end.id, "target_port": None})
        elif edge.source in self._unknown:
            start = Node(id=f"cut:{number}", type=INPUT, config=self._arriving(edge) or {})
            yield start, edge.model_copy(update={"source": start.id, "source_port": None})
        else:
            yield None, edge

    def _arriving(self, edge: Edge) -> dict[str, JsonValue] | None:
        """The config of an Input for what this wire carries; None where nobody knows."""
        seen: set[str] = set()
        while edge.source in self._unknown and edge.source not in seen:
            seen.add(edge.source)
            told = self._told.get((edge.source, _place(edge.source_port)))
            before = self._incoming[edge.source]
            if told is not None or not before:
                return told
            edge = before[0]
        outputs = self._report.nodes[edge.source].outputs
        tensor = outputs.get(edge.source_port) if edge.source_port else next(iter(outputs.values()), None)
        return {"shape": [*tensor.shape[1:]], "dtype": tensor.dtype} if tensor else None


def _place(port: str | None) -> int:
    """Which output a wire takes from a layer whose ports are only numbered (`output_1`)."""
    number = (port or "").rpartition("_")[2]
    return int(number) if number.isdecimal() else 0
