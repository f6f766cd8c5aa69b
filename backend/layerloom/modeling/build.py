"""A drawing made into a functional Keras model."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import keras

from layerloom.graph.blocks import expand
from layerloom.graph.document import Edge, Graph, Node
from layerloom.modeling.callee import Callee, callee_of
from layerloom.modeling.check import check_graph
from layerloom.modeling.drawing import INPUT, OUTPUT, Drawing
from layerloom.modeling.ports import port_names
from layerloom.modeling.scope_names import allow_any_name
from layerloom.modeling.symbolic import without_trace
from layerloom.modeling.wiring import bind, source_ports
from layerloom.problem import Refusal
from layerloom.report import CheckReport

_LINE_LENGTH = 80
NO_LIMIT = 2**63
"""Nothing is allocated by asking; what a machine holds is judged before a run."""


def build_model(
    graph: Graph,
    budget_bytes: int = NO_LIMIT,
    dtype_policy: str = "float32",
    scope: AbstractContextManager[object] | None = None,
) -> keras.Model:
    """The functional model of a drawing; layer names are the node names, nodes that lead to no Output are left out.

    One Input (Output): the model takes (gives) a bare tensor. Several: dicts by the names of the nodes. Layers without
    a `dtype` of their own compute as `dtype_policy` says. Weights are made in the `scope`: the check before, which
    resets TensorFlow's graph, must not be.

    Raises:
        Refusal: code `graph-not-ready`, with the problems, where the check finds an error, as it does where the model
            needs more than `budget_bytes`; `weights-unavailable` where the pretrained weights of an application can not
            be had.
    """
    checked(graph, budget_bytes)
    allow_any_name()
    with _policy(dtype_policy), scope or nullcontext():
        return _assemble(graph, load_weights=True)


@contextmanager
def _policy(name: str) -> Iterator[None]:
    """Keras's global policy, for as long as the block lasts."""
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(name)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


@contextmanager
def unallocated_model(graph: Graph) -> Iterator[keras.Model]:
    """The same model without memory for its weights, for as long as the block lasts. Raises as `build_model` does."""
    checked(graph)
    with without_trace(), keras.StatelessScope(initialize_variables=False):
        yield _assemble(graph, load_weights=False)


def summary(graph: Graph) -> str:
    """Keras's own summary of the model as text, sized from shapes. Raises Refusal as `build_model` does."""
    lines: list[str] = []
    with unallocated_model(graph) as model:
        model.summary(print_fn=lines.append, line_length=_LINE_LENGTH)
    return "\n".join(lines)


def checked(graph: Graph, budget_bytes: int = NO_LIMIT) -> CheckReport:
    """The check of a drawing that has no mistakes. Raises Refusal as `build_model` does."""
    report = check_graph(graph, budget_bytes)
    errors = [problem for problem in report.problems if problem.severity == "error"]
    if errors:
        raise Refusal("graph-not-ready", f"The drawing has mistakes. {errors[0].message}", report.problems)
    return report


def _assemble(graph: Graph, load_weights: bool) -> keras.Model:
    drawing = Drawing.of(expand(graph).graph)
    tensors = _Tensors(drawing, load_weights)
    for id in drawing.order:
        if id in drawing.used:
            tensors.call(drawing.nodes[id])
    return keras.Model(_bare(tensors.inputs), _bare(tensors.outputs), name=model_name(graph))


class _Tensors:
    """The tensors made so far, by node and port, while a model is put together."""

    def __init__(self, drawing: Drawing, load_weights: bool) -> None:
        self._drawing = drawing
        self._load_weights = load_weights
        self._callees: dict[str, Callee] = {}
        self._made: dict[str, dict[str, Any]] = {}
        self.inputs: dict[str, keras.KerasTensor] = {}
        self.outputs: dict[str, keras.KerasTensor] = {}

    def call(self, node: Node) -> None:
        """Call what the node calls on what reaches it."""
        name = self._drawing.names[node.id]
        if node.type == INPUT:
            tensor = keras.Input(name=name, **input_config(node))
            self._made[node.id] = {"output": tensor}
            self.inputs[name] = tensor
        elif node.type == OUTPUT:
            self.outputs[name] = self._arriving(self._drawing.incoming[node.id][0])
        else:
            self._made[node.id] = self._outputs(node)

    def _outputs(self, node: Node) -> dict[str, Any]:
        entry = self._drawing.entry(node)
        if entry is None:
            raise LookupError(node.type)
        values = {
            port: [self._arriving(edge) for edge in edges] if entry_port.variadic else self._arriving(edges[0])
            for port, (entry_port, edges) in bind(self._drawing, node, entry).ports.items()
        }
        made = self._callee(self._drawing.owner(node))(values)
        return dict(zip(port_names(source_ports(self._drawing, node), len(made)), made, strict=True))

    def _callee(self, owner: Node) -> Callee:
        if owner.id not in self._callees:
            name = self._drawing.names[owner.id]
            self._callees[owner.id] = callee_of(owner, name=name, load_weights=self._load_weights)
        return self._callees[owner.id]

    def _arriving(self, edge: Edge) -> Any:
        made = self._made[edge.source]
        return made[edge.source_port] if edge.source_port else next(iter(made.values()))


def input_config(node: Node) -> Mapping[str, Any]:
    """The arguments of `keras.Input` for an Input node that the check found sound: shape and dtype."""
    shape = node.config["shape"]
    return {"shape": tuple(shape) if isinstance(shape, list) else (), "dtype": node.config.get("dtype") or "float32"}


def _bare(tensors: dict[str, keras.KerasTensor]) -> keras.KerasTensor | dict[str, keras.KerasTensor]:
    return next(iter(tensors.values())) if len(tensors) == 1 else tensors


def model_name(graph: Graph) -> str:
    """A name that Keras and files can carry: letters, digits and underscores."""
    word = "".join(c if c.isascii() and c.isalnum() else "_" for c in graph.name.strip().lower()).strip("_")
    return word if word and word[0].isalpha() else "model"
