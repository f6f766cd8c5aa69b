"""One copy of a block while a drawing is put together, and where it stands among the others."""

from dataclasses import dataclass, field

from layerloom.graph.block_definition import INPUT, OUTPUT, Definition
from layerloom.graph.block_plan import Opening
from layerloom.graph.document import Edge, Node

Path = tuple[str, ...]
"""Ids that lead to a node or a copy: block node, repetition from 1, ..., inner node."""


@dataclass
class Copy:
    """One copy of a block (or the drawing itself, then `feeds` is None).

    `feeds` are the wires that feed its input ports, each with the copy that the wire stands in. `twin` is the copy
    whose layers it shares.
    """

    opening: Opening
    path: Path
    name: str
    feeds: "list[tuple[Copy, Edge]] | None" = None
    twin: "Copy | None" = None
    kids: "dict[str, list[Copy]]" = field(default_factory=dict)

    @property
    def definition(self) -> Definition:
        """The block as it is defined."""
        return self.opening.definition

    def is_port(self, node: Node) -> bool:
        """Whether this node is a port of the block."""
        return self.feeds is not None and node.type in (INPUT, OUTPUT)

    def ends(self) -> "list[tuple[Copy, Edge]]":
        """The wires into its output ports."""
        return [(self, self.definition.incoming[node.id][0]) for node in self.definition.outputs]
