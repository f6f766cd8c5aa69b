"""Through a drawing in the order of its wires: every layer called on what reaches it, everything wrong collected.

One broken node is one problem: what follows it gets no shapes and is not blamed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from layerloom.graph.block_definition import is_block
from layerloom.graph.document import Edge, Graph, Node
from layerloom.modeling.drawing import INPUT, OUTPUT, Drawing
from layerloom.modeling.fault import Fault
from layerloom.modeling.memory import Memory
from layerloom.modeling.names import name_problems
from layerloom.modeling.ports import port_names
from layerloom.modeling.reflection import node_family
from layerloom.modeling.refusals import explain
from layerloom.modeling.refused_applications import download, no_weights, picture
from layerloom.modeling.refused_axes import bad_axis
from layerloom.modeling.refused_dtypes import numbers_into_text, text_in_vectors, text_into_numbers
from layerloom.modeling.refused_operations import (
    across_samples,
    batch_axis,
    lone_constant,
    matrices,
    oversized_constant,
)
from layerloom.modeling.refused_ranks import image_rank
from layerloom.modeling.structure import sharing_problem, structure_problems, unused_nodes
from layerloom.modeling.symbolic import Argument, Arguments, Call, Failed, Sized
from layerloom.modeling.tensors import TensorSpec
from layerloom.modeling.wiring import Binding, bind, lacking_output, source_ports
from layerloom.problem import Problem

OBJECTIONS: Mapping[str, Sequence[Callable[[Fault], Problem | None]]] = {
    "layers": (lone_constant, bad_axis, image_rank, text_into_numbers, numbers_into_text, text_in_vectors),
    "operations": (oversized_constant, text_into_numbers, matrices, batch_axis, across_samples),
    "applications": (lone_constant, text_into_numbers, picture, no_weights),
}
"""What is known to be wrong before Keras is asked, because Keras would let it pass until training."""

_LOOSE = frozenset({"missing-input", "unconnected-output", "disconnected", "no-output", "unknown-port"})
"""Codes of wires that are missing: while one is, a node that leads nowhere is no news."""


@dataclass
class Walk:
    """What was found: per node what comes in, what Keras made of it, and the tensors by output port."""

    drawing: Drawing
    arguments: dict[str, Arguments] = field(default_factory=dict)
    sized: dict[str, Sized] = field(default_factory=dict)
    outputs: dict[str, Mapping[str, TensorSpec]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def counts(self, id: str) -> bool:
        """Whether the node's weights are part of the model: it leads to an Output, if any node does."""
        return not self.drawing.ids_of(OUTPUT) or id in self.drawing.used

    def arriving(self, source: str, port: str | None) -> TensorSpec | None:
        """The tensor that a wire from there carries; None where it is not known."""
        given = self.outputs.get(source, {})
        return given.get(port) if port else next(iter(given.values()), None)


def walk(graph: Graph, memory: Memory) -> Walk:
    """Call every layer that can be called."""
    found = Walk(Drawing.of(graph))
    drawing = found.drawing
    found.problems += name_problems(drawing)
    bound = {node.id: binding for node in graph.nodes if (binding := _prepare(found, node, memory))}
    found.problems += structure_problems(drawing)
    if not any(problem.code in _LOOSE for problem in found.problems):
        found.problems += unused_nodes(drawing)
    for id in drawing.order:
        if id in bound and not any(problem.severity == "error" for problem in bound[id].problems):
            _visit(found, drawing.nodes[id], bound[id], memory)
    return found


def _prepare(found: Walk, node: Node, memory: Memory) -> Binding | None:
    """The node's wires by port, if its type, config and sharing are in order; what is not, is noted."""
    drawing = found.drawing
    sharing = None if is_block(node) else sharing_problem(drawing, node)
    wrong = [sharing] if sharing else [] if node.shares else memory.config_problems(node)
    found.problems += wrong
    entry = drawing.entry(node)
    if entry is None:
        return None
    binding = bind(drawing, node, entry)
    found.problems += binding.problems
    return None if wrong else binding


def _visit(found: Walk, node: Node, binding: Binding, memory: Memory) -> None:
    if node.type == INPUT:
        _give(found, node, Sized((_input_spec(node),), (), 0))
        return
    arguments = _arguments(found, binding)
    if arguments is None:
        return
    found.arguments[node.id] = arguments
    problem = _called(found, node, binding, arguments, memory)
    if problem is not None:
        found.problems.append(problem)


def _called(found: Walk, node: Node, binding: Binding, arguments: Arguments, memory: Memory) -> Problem | None:
    """Call the layer and keep what comes out, or say what is wrong."""
    drawing = found.drawing
    owner, entry = drawing.owner(node), drawing.entry(node)
    if entry is None or (owner is not node and owner.id not in found.sized):
        return None
    edges = [edge for _, bound in binding.ports.values() for edge in bound]
    described = node if owner is node else node.model_copy(update={"config": owner.config})
    fault = Fault(drawing, described, entry, arguments, edges)
    if node.type == OUTPUT:
        return lone_constant(fault)
    for objection in OBJECTIONS[node_family(node.type)]:
        if problem := objection(fault):
            return problem
    answer = memory.answer(Call(owner, arguments, None if owner is node else found.arguments[owner.id]))
    if isinstance(answer, Failed):
        return explain(fault, answer)
    _give(found, node, answer)
    return download(fault) if node_family(node.type) == "applications" else None


def _give(found: Walk, node: Node, sized: Sized) -> None:
    found.sized[node.id] = sized
    names = port_names(source_ports(found.drawing, node), len(sized.outputs))
    found.outputs[node.id] = dict(zip(names, sized.outputs, strict=True))


def _arguments(found: Walk, binding: Binding) -> Arguments | None:
    """What each port receives; None where something upstream is broken."""
    arguments: list[Argument] = []
    for name, (port, edges) in binding.ports.items():
        specs = [found.arriving(edge.source, edge.source_port) for edge in edges]
        found.problems += [
            lacking_output(found.drawing, edge, given) for edge in edges if (given := _given(found, edge))
        ]
        if any(spec is None for spec in specs):
            return None
        arguments.append(Argument(name, port.variadic, tuple(spec for spec in specs if spec is not None)))
    return tuple(arguments)


def _given(found: Walk, edge: Edge) -> list[str]:
    """The output ports of the node that a wire leaves, if it leaves one that only turned out not to be there."""
    given = found.outputs.get(edge.source, {})
    return list(given) if edge.source_port and edge.source_port not in given else []


def _input_spec(node: Node) -> TensorSpec:
    shape, dtype = node.config["shape"], node.config.get("dtype") or "float32"
    sizes = [size if isinstance(size, int) else None for size in shape] if isinstance(shape, list) else []
    return TensorSpec((None, *sizes), str(dtype))
