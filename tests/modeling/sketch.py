"""A random drawing in the making: its nodes and wires, the tensors that they give, the blocks that it may call."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import strategies as st
from pydantic import JsonValue

from layerloom.graph.document import Block, Edge, Node

Shape = tuple[int, ...]
Config = dict[str, JsonValue]
Names = list[str | None]

HOSTILE = (
    'a"b',
    "it's",
    '"""',
    "{x}",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "x #; import os",
    "__import__('os')",
    "class",
    "None",
    "print",
    "keras",
    "model",
    "self",
    "1st",
    "층 1",
    "ﬁn",
    "fin",
    "🙂",
    "A-b",
    "a.b:c",
    "training",
    "add",
    "multiply_1",
)
"""Names that are allowed and would hurt where they reached code as they are."""


@dataclass(frozen=True)
class Tensor:
    """What comes out of a port: the shape of a sample."""

    node: str
    port: str | None
    shape: Shape
    dtype: str = "float32"


@dataclass(frozen=True)
class Known:
    """A block that can be called: what its ports take and give, and which values its parameters may have."""

    block: Block
    inputs: dict[str, Shape]
    outputs: dict[str, Shape]
    values: dict[str, st.SearchStrategy[JsonValue]]


@dataclass
class Sketch:
    """A drawing in the making. `others` are tensors that layers can not take: whole numbers, truth values."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    tensors: list[Tensor] = field(default_factory=list)
    others: list[Tensor] = field(default_factory=list)
    dense: dict[str, tuple[Shape, Shape]] = field(default_factory=dict)
    blocks: dict[str, Known] = field(default_factory=dict)

    def add(self, node: Node, sources: list[tuple[Tensor, str | None]], outputs: dict[str | None, Shape]) -> None:
        """Append a node with its wires; `outputs` are shapes by port."""
        self.nodes.append(node)
        for tensor, port in sources:
            self.edges.append(Edge(source=tensor.node, source_port=tensor.port, target=node.id, target_port=port))
        self.tensors += [Tensor(node.id, port, shape) for port, shape in outputs.items()]


Part = Callable[[st.DrawFn, Sketch, str, Names], None]
"""Adds something to a sketch, under an id of its own."""
