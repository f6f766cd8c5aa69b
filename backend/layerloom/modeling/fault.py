"""One layer that Keras refuses, with everything a message about it needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from layerloom.catalog import NodeEntry, Parameter
from layerloom.graph.document import Edge, Node
from layerloom.modeling.drawing import Drawing
from layerloom.modeling.symbolic import Arguments
from layerloom.modeling.tensors import Shape, TensorSpec
from layerloom.problem import Fix, Problem


@dataclass(frozen=True)
class Fault:
    """A node of a drawing, its layer's catalog entry, and the tensors and wires that reach it, port by port."""

    drawing: Drawing
    node: Node
    entry: NodeEntry
    arguments: Arguments
    edges: Sequence[Edge]

    @property
    def name(self) -> str:
        """The layer name."""
        return self.drawing.names[self.node.id]

    @property
    def specs(self) -> list[TensorSpec]:
        """Every tensor that comes in, in the order of `edges`."""
        return [spec for argument in self.arguments for spec in argument.specs]

    @property
    def shape(self) -> Shape:
        """The sample shape of the first tensor that comes in; () where none does."""
        return self.specs[0].sample if self.specs else ()

    def parameter(self, *names: str) -> str | None:
        """The first of these constructor arguments that the layer has."""
        known = {parameter.name for parameter in self.entry.parameters}
        return next((name for name in names if name in known), None)

    def axis_parameters(self) -> list[Parameter]:
        """The arguments that name axes of what comes in."""
        return [p for p in self.entry.parameters if p.kind == "axis" or p.name in ("axis", "axes")]

    def source(self, index: int = 0) -> Node:
        """The node at the other end of a wire."""
        return self.drawing.nodes[self.edges[index].source]

    def problem(self, code: str, message: str, parameter: str | None = None, fixes: Sequence[Fix] = ()) -> Problem:
        """An error at this node."""
        return Problem(code=code, message=message, node=self.node.id, parameter=parameter, fixes=list(fixes))
