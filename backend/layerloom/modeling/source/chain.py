"""Whether a drawing is a chain, the one form that `keras.Sequential` can hold; if not, where it stops being one."""

from layerloom.catalog import NodeEntry
from layerloom.graph.blocks import expand
from layerloom.graph.document import Graph, Node
from layerloom.modeling.custom import entry_of
from layerloom.modeling.drawing import INPUT, OUTPUT, Drawing
from layerloom.modeling.nodes import PYTHON
from layerloom.modeling.reflection import find
from layerloom.problem import Problem, Refusal


def require_chain(graph: Graph) -> None:
    """Raises Refusal `not-a-chain` with the first node at which it is none. The drawing has no mistakes."""
    expanded = expand(graph)
    drawing = Drawing.of(expanded.graph)
    used = [drawing.nodes[id] for id in drawing.order if id in drawing.used]
    for node in used:
        if reason := _reason(drawing, node):
            raise _refusal(expanded.origin[node.id][0], f"At '{drawing.names[node.id]}' it is none: {reason}")
    if not any(_is_layer(node) for node in used):
        raise _refusal(used[0].id, "There is no layer between Input and Output.")


def _reason(drawing: Drawing, node: Node) -> str | None:
    """Why the node can not stand in a chain; None if it can."""
    if node.type in (INPUT, OUTPUT) and drawing.ids_of(node.type)[0] != node.id:
        return f"it is a second {node.type}."
    ways = [edge for edge in drawing.outgoing[node.id] if edge.target in drawing.used]
    if len(ways) > 1:
        return f"{len(ways)} wires leave it."
    arriving = len(drawing.incoming[node.id])
    if arriving > 1:
        return f"{arriving} wires reach it."
    if node.shares is not None:
        return "it calls the layer of another node a second time."
    return None if node.type in (INPUT, OUTPUT) else _unfit(node)


def _unfit(node: Node) -> str | None:
    entry = entry_of(node) if node.type == PYTHON.type else find("layers", node.type)
    if not isinstance(entry, NodeEntry):
        return "it is no layer."
    if entry.inputs[0].variadic:
        return "it merges tensors."
    return None


def _is_layer(node: Node) -> bool:
    return node.type not in (INPUT, OUTPUT)


def _refusal(node: str, reason: str) -> Refusal:
    message = f"A Sequential model needs a chain: one Input, one Output, each layer fed by the one before. {reason}"
    problem = Problem(code="not-a-chain", message=f"{message} Use the functional style.", node=node)
    return Refusal("not-a-chain", problem.message, [problem])
