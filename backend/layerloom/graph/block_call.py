"""One call of a block: what its config and its wires have to be."""

from collections.abc import Iterator

from pydantic import JsonValue

from layerloom.graph.block_definition import Definition
from layerloom.graph.block_mistakes import (
    Mistake,
    bad_repeat,
    no_such_port,
    overfed_port,
    unfed_port,
    unknown_parameter,
)
from layerloom.graph.document import MAX_REPEAT, REPEAT, Edge, Node

Config = dict[str, JsonValue]


def repeat_faults(node: Node, config: Config) -> Iterator[Mistake]:
    """A repeat count that is none."""
    value = config.get(REPEAT, 1)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_REPEAT:
        yield bad_repeat(node, value)


def config_faults(node: Node, definition: Definition) -> Iterator[Mistake]:
    """Values for parameters that the block does not have."""
    for name in node.config:
        if name not in definition.defaults and name != REPEAT:
            yield unknown_parameter(node, name, list(definition.defaults))


def port_faults(around: Definition, node: Node, definition: Definition) -> Iterator[Mistake]:
    """Ports that no wire feeds, or several, and wires at ports that the block does not have."""
    name = around.names[node.id]
    fed = [input_port(edge, definition) for edge in around.incoming[node.id]]
    for port in fed:
        if port not in definition.input_ports:
            yield no_such_port(node, name, "input", definition.input_ports, port)
    for port in dict.fromkeys(definition.input_ports):
        if port not in fed:
            yield unfed_port(node, name, port)
        elif fed.count(port) > 1:
            yield overfed_port(node, name, port, fed.count(port))
    for edge in around.graph.edges:
        if edge.source == node.id and edge.source_port not in (None, *definition.output_ports):
            yield no_such_port(node, name, "output", definition.output_ports, str(edge.source_port))


def input_port(edge: Edge, definition: Definition) -> str:
    """The port of the block at which a wire ends: what it says, else the first."""
    return edge.target_port or next(iter(definition.input_ports), "")
