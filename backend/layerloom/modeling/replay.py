"""A drawing computed node by node with the layers of its model, so that what passes each node can be seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import keras

from layerloom.graph.blocks import End, expand
from layerloom.graph.document import Edge, Graph, Node
from layerloom.modeling.callee import Callee, callee_within
from layerloom.modeling.drawing import INPUT, OUTPUT, Drawing
from layerloom.modeling.ports import port_names
from layerloom.modeling.wiring import bind, source_ports


def replay(graph: Graph, model: keras.Model, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The first output of each node that the model holds, by its expanded id, for these inputs by Input name.

    Computed in inference mode. An Output gives what reaches it, a block node and the ports inside it what comes out of
    them. `model` was built from `graph`. Raises whatever a layer raises.
    """
    expanded = expand(graph)
    walked = _Replay(Drawing.of(expanded.graph), model, inputs)
    for id in walked.drawing.order:
        if id in walked.drawing.used:
            walked.call(walked.drawing.nodes[id])
    found = {id: next(iter(values.values())) for id, values in walked.made.items()}
    for id, given in expanded.gone.items():
        ends = list(given.values())
        if ends and ends[0][0] in walked.made:
            found[id] = walked.at(ends[0])
    return found


@dataclass
class _Replay:
    """The values so far, by node and port."""

    drawing: Drawing
    model: keras.Model
    inputs: Mapping[str, Any]
    made: dict[str, dict[str, Any]] = field(default_factory=dict)
    _callees: dict[str, Callee] = field(default_factory=dict)

    def call(self, node: Node) -> None:
        """Compute what the node gives out from what reaches it."""
        if node.type == INPUT:
            self.made[node.id] = {"output": self.inputs[self.drawing.names[node.id]]}
        elif node.type == OUTPUT:
            self.made[node.id] = {"output": self._arriving(self.drawing.incoming[node.id][0])}
        else:
            self.made[node.id] = self._outputs(node)

    def at(self, end: End) -> Any:
        """What a port gives out."""
        id, port = end
        return self.made[id][port] if port else next(iter(self.made[id].values()))

    def _arriving(self, edge: Edge) -> Any:
        return self.at((edge.source, edge.source_port))

    def _outputs(self, node: Node) -> dict[str, Any]:
        entry = self.drawing.entry(node)
        if entry is None:
            raise LookupError(node.type)
        values = {
            port: [self._arriving(edge) for edge in edges] if entry_port.variadic else self._arriving(edges[0])
            for port, (entry_port, edges) in bind(self.drawing, node, entry).ports.items()
        }
        made = self._callee(self.drawing.owner(node))(values)
        return dict(zip(port_names(source_ports(self.drawing, node), len(made)), made, strict=True))

    def _callee(self, owner: Node) -> Callee:
        if owner.id not in self._callees:
            self._callees[owner.id] = callee_within(self.model, owner, self.drawing.names[owner.id])
        return self._callees[owner.id]
