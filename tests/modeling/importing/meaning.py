"""What a drawing means, whatever its ids, layout, title and spelling: two drawings of one model have equal meanings.

The canonical form: blocks are put in; nodes that lead to no Output are gone; a config is in its shortest form
(`importing.canonical`); a port that is the first one is not named; the name of a second call of a layer, and that of an
only Output, are not part of a Keras model, so they are not of the form. A call is told by its layer and by all that
reaches it.
"""

import hashlib
import json
from collections import Counter

from pydantic import JsonValue

from layerloom.graph.blocks import expand
from layerloom.graph.document import Edge, Graph, Node
from layerloom.modeling.drawing import INPUT, OUTPUT, Drawing
from layerloom.modeling.importing.canonical import canonical
from layerloom.modeling.wiring import bind, source_ports


def meaning(graph: Graph) -> list[str]:
    """A line for every call of a layer and every output, sorted."""
    return _Reader(Drawing.of(expand(graph).graph)).lines()


class _Reader:
    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._marks: dict[str, str] = {}

    def lines(self) -> list[str]:
        drawing = self._drawing
        several = len(drawing.ids_of(OUTPUT)) > 1
        lines = []
        for id in drawing.order:
            node = drawing.nodes[id]
            if node.type == OUTPUT:
                name = drawing.names[id] if several else "the output"
                lines.append(f"{name} <- {self._end(drawing.incoming[id][0])}")
            elif id in drawing.used:
                line = self._line(node)
                self._marks[id] = hashlib.blake2b(line.encode(), digest_size=6).hexdigest()
                lines.append(line)
        return sorted(Counter(lines).elements())

    def _line(self, node: Node) -> str:
        owner = self._drawing.owner(node)
        described = json.dumps([owner.type, self._drawing.names[owner.id], _config(owner)], sort_keys=True)
        entry = self._drawing.entry(node)
        assert entry is not None
        ports = bind(self._drawing, node, entry).ports
        wires = {port: [self._end(edge) for edge in edges] for port, (_, edges) in ports.items()}
        return f"{described} <- {json.dumps(wires, sort_keys=True)}"

    def _end(self, edge: Edge) -> str:
        port = edge.source_port
        first = source_ports(self._drawing, self._drawing.nodes[edge.source])[:1]
        return self._marks[edge.source] + ("" if port is None or [port] == first else f".{port}")


def _config(node: Node) -> dict[str, JsonValue]:
    if node.type != INPUT:
        return canonical(node.type, node.config)
    return {"shape": node.config["shape"], "dtype": node.config.get("dtype") or "float32"}
