"""What can be read off a drawing without Keras: its Input and Output nodes and the form of what they take and give."""

from dataclasses import dataclass

from pydantic import JsonValue

from layerloom.graph.document import Graph, Node
from layerloom.graph.naming import layer_names

SHAPE_KEEPING = frozenset(
    {
        "ActivityRegularization",
        "AlphaDropout",
        "BatchNormalization",
        "Dropout",
        "GaussianDropout",
        "GaussianNoise",
        "GlobalAveragePooling1D",
        "GlobalAveragePooling2D",
        "GlobalMaxPooling1D",
        "GlobalMaxPooling2D",
        "GroupNormalization",
        "Identity",
        "LayerNormalization",
        "Masking",
        "Rescaling",
        "UnitNormalization",
    }
)
"""Layers that keep the size of the last axis and are no activation."""

ACTIVATIONS = {"Softmax": "softmax", "ReLU": "relu", "LeakyReLU": "leaky_relu", "PReLU": "prelu", "ELU": "elu"}
"""Layers that are nothing but an activation."""


FILLING = frozenset({"ops.nan_to_num", "ops.where"})
"""Operations that put a number where there is none."""


@dataclass(frozen=True)
class InputForm:
    """An Input node: its name, the shape of one sample (null for a free size; None if not given) and its dtype.

    `takes_empty` says that the drawing can compute with an empty cell, which is no number (NaN) or no text ("").
    """

    name: str
    shape: tuple[int | None, ...] | None
    dtype: str
    takes_empty: bool = False


@dataclass(frozen=True)
class OutputForm:
    """An Output node: its name, and the last axis and last activation of what reaches it, None where unknown."""

    name: str
    units: int | None
    activation: str | None


def inputs(graph: Graph) -> list[InputForm]:
    """The Input nodes, in the order of the drawing."""
    names = layer_names(graph)
    return [_input(graph, names[node.id], node) for node in graph.nodes if node.type == "Input"]


def outputs(graph: Graph) -> list[OutputForm]:
    """The Output nodes, in the order of the drawing."""
    names = layer_names(graph)
    return [_output(graph, names[node.id], node) for node in graph.nodes if node.type == "Output"]


def plain(name: str) -> str:
    """A name in lower case with underscores, to compare names and to make layer names of column names."""
    return "_".join("".join(letter if letter.isalnum() else " " for letter in name.lower()).split())


def takes_empty(graph: Graph, input: Node) -> bool:
    """Whether empty cells that come in here are filled before they can spoil what is computed.

    An empty text is a text. A number that is empty has to meet a node that replaces it on its way.
    """
    dtype = input.config.get("dtype")
    if dtype == "string":
        return True
    return (not isinstance(dtype, str) or dtype.startswith(("float", "bfloat"))) and _is_filled(graph, input.id)


def _is_filled(graph: Graph, id: str) -> bool:
    following: dict[str, list[str]] = {}
    for edge in graph.edges:
        following.setdefault(edge.source, []).append(edge.target)
    types = {node.id: node.type for node in graph.nodes}
    seen, waiting = {id}, [id]
    while waiting:
        for next in following.get(waiting.pop(), []):
            if types.get(next) in FILLING:
                return True
            if next not in seen:
                seen.add(next)
                waiting.append(next)
    return False


def _input(graph: Graph, name: str, node: Node) -> InputForm:
    shape, dtype = node.config.get("shape"), node.config.get("dtype")
    sizes = tuple(_size(axis) for axis in shape) if isinstance(shape, list) else None
    return InputForm(name, sizes, dtype if isinstance(dtype, str) else "float32", takes_empty(graph, node))


def _output(graph: Graph, name: str, output: Node) -> OutputForm:
    """Walks up from the output, through layers that keep the last axis, to the one that makes it."""
    sources = {edge.target: edge.source for edge in reversed(graph.edges)}
    nodes = {node.id: node for node in graph.nodes}
    activation, seen, id = None, {output.id}, sources.get(output.id)
    while id is not None and id not in seen:
        seen.add(id)
        node = _called(nodes, nodes[id])
        activation = activation or _activation(node)
        if node.type not in SHAPE_KEEPING and node.type not in ACTIVATIONS and node.type != "Activation":
            return OutputForm(name, _units(node), activation)
        id = sources.get(id)
    return OutputForm(name, None, activation)


def _called(nodes: dict[str, Node], node: Node) -> Node:
    """The node whose layer this node calls: itself, unless it shares another's."""
    return nodes.get(node.shares, node) if node.shares else node


def _activation(node: Node) -> str | None:
    """The activation by Keras's name; None for none, linear and what is no plain name."""
    if node.type in ACTIVATIONS:
        return ACTIVATIONS[node.type]
    given = node.config.get("activation")
    name = given.get("type") if isinstance(given, dict) else given
    return plain(name) if isinstance(name, str) and plain(name) != "linear" else None


def _units(node: Node) -> int | None:
    return _size(node.config.get("units")) or _size(node.config.get("filters"))


def _size(value: JsonValue) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
