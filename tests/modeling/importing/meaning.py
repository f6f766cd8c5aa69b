"""What a drawing means, whatever its ids, layout, title and spelling: two drawings of one model have equal meanings.

The canonical form: blocks are put in; nodes that lead to no Output are gone; a config is in its shortest form
(`importing.canonical`); a port that is the first one is not named; the name of a second call of a layer, that of an
operation and that of an only Output are no part of a Keras model, so they are not of the form. Nor is how a constant
was made: a tensor that no Input reaches stands with its values at the port that takes it. A call is told by its layer
and by all that reaches it.
"""

import hashlib
import json
from collections import Counter
from typing import Any

import keras
import numpy as np
from pydantic import JsonValue

from layerloom.graph.blocks import expand
from layerloom.graph.document import Edge, Graph, Node
from layerloom.modeling.callee import callee_of
from layerloom.modeling.drawing import INPUT, OUTPUT, Drawing
from layerloom.modeling.importing.canonical import canonical
from layerloom.modeling.objects import narrow
from layerloom.modeling.ports import port_names
from layerloom.modeling.reflection import node_family
from layerloom.modeling.wiring import bind, source_ports


def meaning(graph: Graph) -> list[str]:
    """A line for every call of a layer and every output, sorted."""
    return _Reader(Drawing.of(expand(graph).graph)).lines()


class _Reader:
    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._marks: dict[str, str] = {}
        self._constants: dict[str, dict[str, Any]] = {}

    def lines(self) -> list[str]:
        drawing = self._drawing
        several = len(drawing.ids_of(OUTPUT)) > 1
        lines = []
        for id in drawing.order:
            node = drawing.nodes[id]
            if node.type == OUTPUT:
                name = drawing.names[id] if several else "the output"
                lines.append(f"{name} <- {self._end(drawing.incoming[id][0])}")
            elif id in drawing.used and node.type != INPUT and id not in drawing.fed:
                self._constants[id] = self._computed(node)
            elif id in drawing.used:
                line = self._line(node)
                self._marks[id] = hashlib.blake2b(line.encode(), digest_size=6).hexdigest()
                lines.append(line)
        return sorted(Counter(lines).elements())

    def _line(self, node: Node) -> str:
        owner = self._drawing.owner(node)
        is_operation = node_family(owner.type) == "operations"
        name, config = None if is_operation else self._drawing.names[owner.id], _config(owner)
        wires = {port: [self._end(edge) for edge in edges] for port, edges in self._wires(node).items()}
        if is_operation:
            arrays = {port: value for port, value in config.items() if port in self._ports(node)}
            wires |= {port: [_constant(narrow(value))] for port, value in arrays.items() if isinstance(value, list)}
            config = {key: value for key, value in config.items() if key not in wires}
        return json.dumps([owner.type, name, config, wires], sort_keys=True)

    def _wires(self, node: Node) -> dict[str, list[Edge]]:
        entry = self._drawing.entry(node)
        assert entry is not None
        return {port: edges for port, (_, edges) in bind(self._drawing, node, entry).ports.items()}

    def _ports(self, node: Node) -> set[str]:
        entry = self._drawing.entry(node)
        assert entry is not None
        return {port.name for port in entry.inputs}

    def _computed(self, node: Node) -> dict[str, Any]:
        """What an operation on constants gives, by port."""
        entry = self._drawing.entry(node)
        assert entry is not None
        values = {
            port: [self._value(edge) for edge in edges] if known.variadic else self._value(edges[0])
            for port, (known, edges) in bind(self._drawing, node, entry).ports.items()
        }
        made = callee_of(node, name="constant")(values)
        return dict(zip(port_names(source_ports(self._drawing, node), len(made)), made, strict=True))

    def _value(self, edge: Edge) -> Any:
        made = self._constants[edge.source]
        return made[edge.source_port] if edge.source_port else next(iter(made.values()))

    def _end(self, edge: Edge) -> str:
        if edge.source in self._constants:
            return _constant(keras.ops.convert_to_numpy(self._value(edge)))
        port = edge.source_port
        first = source_ports(self._drawing, self._drawing.nodes[edge.source])[:1]
        return self._marks[edge.source] + ("" if port is None or [port] == first else f".{port}")


def _constant(array: np.ndarray) -> str:
    return f"{array.dtype} {array.tolist()}"


def _config(node: Node) -> dict[str, JsonValue]:
    if node.type != INPUT:
        return canonical(node.type, node.config)
    return {"shape": node.config["shape"], "dtype": node.config.get("dtype") or "float32"}
