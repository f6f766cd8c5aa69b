"""Which wire ends at which port, and what is wrong with that: too few, too many, ports that do not exist."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from layerloom.catalog import InputPort, NodeEntry
from layerloom.graph.document import Edge, Node
from layerloom.graph.topology import downstream
from layerloom.modeling.drawing import INPUT, OUTPUT, Drawing
from layerloom.modeling.edits import connect, disconnect, join, reset, rewire
from layerloom.modeling.operation_ports import OUTPUT as OUTPUT_PORT
from layerloom.modeling.operation_ports import counted_by_shape
from layerloom.modeling.ports import output_ports
from layerloom.modeling.values import shown
from layerloom.problem import Fix, Problem

_NUMBERED = re.compile(rf"{OUTPUT_PORT}(_\d{{1,4}})?")


@dataclass(frozen=True)
class Binding:
    """The wires of one node by input port, in the order of the ports, and what is wrong with them."""

    ports: dict[str, tuple[InputPort, list[Edge]]]
    problems: list[Problem]


def bind(drawing: Drawing, node: Node, entry: NodeEntry) -> Binding:
    """Sort the wires into the node's ports."""
    ports: dict[str, tuple[InputPort, list[Edge]]] = {port.name: (port, []) for port in entry.inputs}
    first = entry.inputs[0].name if entry.inputs else ""
    problems: list[Problem] = []
    for edge in drawing.incoming[node.id]:
        port = edge.target_port or first
        problems += _source_port_problems(drawing, edge)
        if port in ports:
            ports[port][1].append(edge)
        else:
            problems.append(_no_such_input(drawing, node, edge, list(ports)))
    if not any(problem.node == node.id for problem in problems):
        given = given_ports(drawing.owner(node), entry)
        # Numbers at every port would make a constant: at least one tensor must come in.
        free = given if any(edges for _, edges in ports.values()) else set()
        for port_entry, edges in ports.values():
            if port_entry.name in free:
                problems += _given_twice(drawing, node, port_entry, edges)
            else:
                problems += _count_problems(drawing, node, port_entry, edges, port_entry.name == first)
    return Binding({name: bound for name, bound in ports.items() if bound[1]}, problems)


def given_ports(owner: Node, entry: NodeEntry) -> set[str]:
    """The input ports whose value stands in the config."""
    return {port.name for port in entry.inputs if owner.config.get(port.name) is not None}


def source_ports(drawing: Drawing, node: Node) -> list[str]:
    """The output ports of a node."""
    owner = drawing.owner(node)
    return output_ports(owner.type, owner.config)


def loose_ends(drawing: Drawing, node: Node) -> list[str]:
    """Nodes whose output nobody takes and that may feed `node`, the nearest to the end of the drawing first."""
    after = downstream(drawing.graph, [node.id])
    ordered = [drawing.nodes[id] for id in reversed(drawing.data_order)]
    free = [n for n in ordered if n.id not in after and n.type != OUTPUT and not drawing.outgoing[n.id]]
    reached = [n.id for n in free if n.id in drawing.fed]
    return reached or [n.id for n in ordered if n.type == INPUT and n.id not in after]


def _count_problems(drawing: Drawing, node: Node, port: InputPort, edges: list[Edge], first: bool) -> Iterator[Problem]:
    name = drawing.names[node.id]
    if not edges and port.required:
        wanted = None if first else port.name
        fixes = [connect(drawing, source, node.id, wanted) for source in loose_ends(drawing, node)[:2]]
        if node.type == OUTPUT:
            message = f"Output '{name}' gets nothing. Connect it to the layer whose values it should give out."
            yield _problem("unconnected-output", message, node, port.name, fixes)
        else:
            message = f"'{name}' ({node.type}) needs a tensor at its port '{port.name}', but no wire ends there."
            yield _problem("missing-input", f"{message} Draw a wire to it.", node, port.name, fixes)
    if len(edges) == 1 and port.variadic and first:
        yield _lone_tensor(drawing, node, port, edges[0])
    if len(edges) > 1 and not port.variadic:
        message = f"Port '{port.name}' of '{name}' takes one wire, got {len(edges)}. Remove wires or join them first."
        fixes = [join(drawing, edges, "Concatenate"), disconnect(drawing, edges[1:])]
        yield _problem("too-many-inputs", message, node, port.name, fixes)


def _lone_tensor(drawing: Drawing, node: Node, port: InputPort, edge: Edge) -> Problem:
    """Keras merges one tensor without complaint; whoever draws that has forgotten a wire."""
    message = f"'{drawing.names[node.id]}' ({node.type}) merges several tensors, got one. Draw a second wire to it."
    sources = [source for source in loose_ends(drawing, node) if source != edge.source]
    fixes = [connect(drawing, source, node.id) for source in sources[:2]]
    problem = _problem("missing-input", message, node, port.name, fixes)
    return problem.model_copy(update={"severity": "warning"})


def _no_such_input(drawing: Drawing, node: Node, edge: Edge, ports: list[str]) -> Problem:
    name, remove = drawing.names[node.id], disconnect(drawing, [edge])
    if not ports:
        message = f"'{name}' ({node.type}) takes no wires, got one from '{drawing.names[edge.source]}'. Remove it."
        return _problem("too-many-inputs", message, node, None, [remove])
    message = f"'{name}' ({node.type}) has the input ports {_listed(ports)}, got a wire to '{edge.target_port}'."
    plain = edge.model_copy(update={"target_port": None})
    fixes = [rewire(drawing, edge, plain, f"Lead the wire to '{ports[0]}'"), remove]
    return _problem("unknown-port", f"{message} Choose one of them.", node, edge.target_port, fixes)


def lacking_output(drawing: Drawing, edge: Edge, given: list[str]) -> Problem:
    """A wire from an output port that the node turned out not to have."""
    source = drawing.nodes[edge.source]
    message = f"'{drawing.names[source.id]}' ({source.type}) has the output ports {_listed(given)}, got a wire from"
    plain = edge.model_copy(update={"source_port": None})
    fixes = [rewire(drawing, edge, plain, f"Take the wire from '{given[0]}'"), disconnect(drawing, [edge])]
    text = f"{message} '{edge.source_port}'. Choose one of them."
    return _problem("unknown-port", text, source, edge.source_port, fixes)


def _given_twice(drawing: Drawing, node: Node, port: InputPort, edges: list[Edge]) -> Iterator[Problem]:
    if not edges:
        return
    message = (
        f"Port '{port.name}' of '{drawing.names[node.id]}' has a wire and the value {shown(node.config[port.name])}."
    )
    fixes = [reset(node, port.name), disconnect(drawing, edges)]
    fixes[0] = fixes[0].model_copy(update={"label": "Remove the value"})
    yield _problem("too-many-inputs", f"{message} Remove one of them.", node, port.name, fixes)


def _source_port_problems(drawing: Drawing, edge: Edge) -> Iterator[Problem]:
    source = drawing.nodes[edge.source]
    if drawing.entry(source) is None:
        return
    if counted_by_shape(source.type) and _NUMBERED.fullmatch(edge.source_port or OUTPUT_PORT):
        return
    ports = source_ports(drawing, source)
    if edge.source_port in ports or (ports and edge.source_port is None):
        return
    name, remove = drawing.names[source.id], disconnect(drawing, [edge])
    if not ports:
        message = (
            f"'{name}' ({source.type}) gives nothing on, but a wire leaves it. Take the wire from the layer before."
        )
        yield _problem("unknown-port", message, source, edge.source_port or "output", [remove])
    else:
        message = (
            f"'{name}' ({source.type}) has the output ports {_listed(ports)}, got a wire from '{edge.source_port}'."
        )
        plain = edge.model_copy(update={"source_port": None})
        fixes = [rewire(drawing, edge, plain, f"Take the wire from '{ports[0]}'"), remove]
        yield _problem("unknown-port", f"{message} Choose one of them.", source, edge.source_port, fixes)


def _problem(code: str, message: str, node: Node, port: str | None, fixes: list[Fix]) -> Problem:
    return Problem(code=code, message=message, node=node.id, port=port, fixes=fixes)


def _listed(ports: list[str]) -> str:
    return ", ".join(f"'{port}'" for port in ports)
