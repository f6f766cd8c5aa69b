"""Where each Output gets its values from: what a recipe must know to judge a loss."""

from dataclasses import dataclass

from layerloom.graph.document import Graph, Node
from layerloom.modeling.drawing import OUTPUT, Drawing
from layerloom.modeling.reflection import node_entry
from layerloom.report import CheckReport, TensorReport

_ACTIVATION_LAYERS = {
    "ELU": "elu",
    "LeakyReLU": "leaky_relu",
    "PReLU": "p_relu",
    "ReLU": "relu",
    "Softmax": "softmax",
}
_PASS_ON = frozenset({"ActivityRegularization", "Dropout", "Flatten", "Identity", "Reshape"})
"""Layers that change no value when the model predicts."""
_SIZES = ("units", "filters")


@dataclass(frozen=True)
class OutputSource:
    """What feeds one Output node.

    `node_id` is the node whose wire ends there. `shape` has the batch axis as None first. `activation` is the last
    function applied to the values (`linear` if none is), None if it is unknown. `activation_node_id` and
    `activation_parameter` say where to change it (None where it is a layer of its own). `units_node_id` and
    `units_parameter` say which argument decides the size of the last axis, None if no single one does.
    """

    node_id: str
    shape: tuple[int | None, ...]
    dtype: str
    activation: str | None
    activation_node_id: str | None
    activation_parameter: str | None
    units_node_id: str | None
    units_parameter: str | None


def output_sources(graph: Graph, report: CheckReport) -> dict[str, OutputSource]:
    """The source of each Output node by its name; an Output that nothing computable reaches is left out."""
    drawing = Drawing.of(graph)
    sources: dict[str, OutputSource] = {}
    for id in drawing.ids_of(OUTPUT):
        edges = drawing.incoming[id]
        tensor = _tensor(report, edges[0].source, edges[0].source_port) if len(edges) == 1 else None
        if tensor is not None:
            sources[drawing.names[id]] = _source(drawing, edges[0].source, tensor)
    return sources


def _tensor(report: CheckReport, id: str, port: str | None) -> TensorReport | None:
    outputs = report.nodes[id].outputs
    return outputs.get(port) if port else next(iter(outputs.values()), None)


def _source(drawing: Drawing, id: str, tensor: TensorReport) -> OutputSource:
    line = _line_back(drawing, id)
    judged = next((node for node in line if node.type not in _PASS_ON), None)
    sized = next((node for node in line if _size(node)), None)
    activation, parameter = _activation(judged) if judged else (None, None)
    return OutputSource(
        node_id=id,
        shape=tuple(tensor.shape),
        dtype=tensor.dtype,
        activation=activation,
        activation_node_id=judged.id if judged and activation else None,
        activation_parameter=parameter,
        units_node_id=sized.id if sized else None,
        units_parameter=_size(sized) if sized else None,
    )


def _line_back(drawing: Drawing, id: str) -> list[Node]:
    """The node and those before it, up to the first that is neither an activation nor passes values on."""
    line: list[Node] = []
    while id not in {node.id for node in line}:
        node = drawing.owner(drawing.nodes[id])
        line.append(node)
        edges = drawing.incoming[id]
        if len(edges) != 1 or not (
            node.type in _PASS_ON or node.type in _ACTIVATION_LAYERS or node.type == "Activation"
        ):
            break
        id = edges[0].source
    return line


def _activation(node: Node) -> tuple[str | None, str | None]:
    """The function that a layer applies last, and the argument that names it; None for both where that is unknown."""
    if node.type in _ACTIVATION_LAYERS:
        return _ACTIVATION_LAYERS[node.type], None
    if node.type in ("LSTM", "GRU", "SimpleRNN"):
        return _name(node, "tanh"), "activation"
    entry = node_entry(node.type)
    if entry and any(parameter.name == "activation" for parameter in entry.parameters):
        return _name(node, "linear"), "activation"
    return None, None


def _name(node: Node, default: str) -> str | None:
    value = node.config.get("activation")
    if isinstance(value, dict):
        value = value.get("type")
    return default if value is None else value if isinstance(value, str) else None


def _size(node: Node) -> str | None:
    return next((name for name in _SIZES if name in node.config), None)
