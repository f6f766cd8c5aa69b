"""A drawing as the statements of a program: Inputs, layers in the order of their calls, Outputs. Strings of Python."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from layerloom.graph.blocks import expand
from layerloom.graph.document import Edge, Graph, Node
from layerloom.graph.naming import snake_case
from layerloom.modeling.build import checked, input_config, model_name
from layerloom.modeling.drawing import INPUT, OUTPUT, Drawing
from layerloom.modeling.reflection import node_family
from layerloom.modeling.source.autonames import Created, names_to_write
from layerloom.modeling.source.expressions import call_settings, construction
from layerloom.modeling.source.identifiers import Identifiers
from layerloom.modeling.source.literals import list_of, literal, tuple_of
from layerloom.modeling.source.operations import application_construction, operation_call
from layerloom.modeling.wiring import bind
from layerloom.report import CheckReport

_FLAT = frozenset({"LSTM", "GRU", "SimpleRNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "Bidirectional"})
"""Layers that return several tensors side by side; of all others the answer may nest."""

_LISTS = frozenset(
    ["ops.array_split", "ops.dsplit", "ops.hsplit", "ops.meshgrid", "ops.split", "ops.unravel_index"]
    + ["ops.unstack", "ops.vsplit"]
)
"""Operations that return a list also where it holds one tensor."""

_SCOPE = re.compile(r"[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*")
"""Names that TensorFlow takes for the scope of a layer's operations."""


@dataclass(frozen=True)
class Port:
    """An Input or Output node: its Keras name, its variable, and (of an Input) the expression that makes it."""

    node: str
    name: str
    variable: str
    expression: str = ""


@dataclass(frozen=True)
class Layer:
    """A layer: its Keras name, the identifier of its variable or attribute, the expression that makes it."""

    node: str
    type: str
    name: str
    variable: str
    construction: str
    config: Mapping[str, JsonValue]


@dataclass(frozen=True)
class Step:
    """A call: `targets = layer(arguments)`, or, where there is no layer, `targets = operation`.

    `first` if no step before calls this layer.
    """

    node: str
    targets: list[str]
    layer: Layer | None = None
    arguments: str = ""
    operation: str = ""
    first: bool = True
    listed: bool = False

    def call(self, function: str) -> str:
        """The expression that calls the layer by `function`, with one value for each target."""
        called = f"{function}({self.arguments})"
        nests = len(self.targets) > 1 and self.layer is not None and self.layer.type not in _FLAT
        return f"keras.tree.flatten({called})" if nests else called

    @property
    def assigned(self) -> str:
        """The targets as what stands on the left of `=`."""
        return f"[{self.targets[0]}]" if self.listed and len(self.targets) == 1 else ", ".join(self.targets)


@dataclass
class Program:
    """What a template prints. `shared` are node ids of layers that are called more than once."""

    title: str
    model_name: str
    inputs: list[Port] = field(default_factory=list)
    outputs: list[Port] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def layers(self) -> list[Layer]:
        """Every layer once, in the order of creation."""
        return [step.layer for step in self.steps if step.layer and step.first]

    @property
    def shared(self) -> set[str]:
        """Node ids of the layers that are called more than once."""
        return {step.layer.node for step in self.steps if step.layer and not step.first}

    @property
    def arrays(self) -> bool:
        """Whether it holds arrays of NumPy."""
        return any("np.array(" in step.operation + step.arguments for step in self.steps)


def program(
    graph: Graph, taken: Collection[str] = (), attributes: Collection[str] = (), scoped: bool = False
) -> Program:
    """The program of a drawing. `taken` are variables that the code around it uses, `attributes` of the class it is in.

    `scoped` leaves out names that TensorFlow refuses where a layer is called inside of another.

    Raises Refusal `graph-not-ready`, with the problems, where the check finds an error.
    """
    writer = _Writer(
        Drawing.of(expand(graph).graph), checked(graph), Identifiers(taken), Identifiers(attributes), scoped
    )
    return writer.program()


class _Writer:
    """Walks the drawing as `build_model` does and writes down what that does."""

    def __init__(
        self, drawing: Drawing, report: CheckReport, variables: Identifiers, attributes: Identifiers, scoped: bool
    ) -> None:
        self._drawing = drawing
        self._report = report
        self._variables = variables
        self._attributes = attributes
        self._layers: dict[str, Layer] = {}
        self._made: dict[str, dict[str, str]] = {}
        used = [drawing.nodes[id] for id in drawing.order if id in drawing.used]
        self._used = used
        self._named = names_to_write(_created(drawing, used))
        if scoped:
            self._named = {id for id in self._named if _SCOPE.fullmatch(drawing.names[id])}
        self._program = Program(drawing.graph.name, model_name(drawing.graph))

    def program(self) -> Program:
        for node in self._used:
            self._write(node)
        return self._program

    def _write(self, node: Node) -> None:
        name = self._drawing.names[node.id]
        if node.type == INPUT:
            variable = self._variables.make("inputs" if name == "input" else name, "inputs")
            self._made[node.id] = {"output": variable}
            self._program.inputs.append(Port(node.id, name, variable, _input(node, name)))
        elif node.type == OUTPUT:
            self._program.outputs.append(Port(node.id, name, self._arriving(self._drawing.incoming[node.id][0])))
        else:
            self._program.steps.append(self._step(node))

    def _step(self, node: Node) -> Step:
        values, owner = self._values(node), self._drawing.owner(node)
        if node_family(owner.type) == "operations":
            call = operation_call(owner, values)
            return Step(node.id, self._targets(node), operation=call, listed=owner.type in _LISTS)
        first = owner.id not in self._layers
        if first:
            self._layers[owner.id] = self._layer(owner, node)
        arguments = self._arguments(owner, values)
        return Step(node.id, self._targets(node), self._layers[owner.id], arguments, first=first)

    def _layer(self, owner: Node, called: Node) -> Layer:
        name = self._drawing.names[owner.id]
        return Layer(
            owner.id,
            owner.type,
            name,
            self._attributes.make(name, snake_case(owner.type.rpartition(".")[2])),
            self._construction(owner, called, literal(name)),
            owner.config,
        )

    def _construction(self, owner: Node, called: Node, name: str) -> str:
        if node_family(owner.type) == "applications":
            [edge] = self._drawing.incoming[called.id]
            outputs = self._report.nodes[edge.source].outputs
            tensor = outputs[edge.source_port] if edge.source_port else next(iter(outputs.values()))
            return application_construction(owner, tensor.shape[1:], name)
        return construction("layers", owner.type, owner.config, name if owner.id in self._named else None)

    def _targets(self, node: Node) -> list[str]:
        """A variable for each output port: the node's name, and the port's behind it except for the main one."""
        name, word = self._drawing.names[node.id], snake_case(node.type.rpartition(".")[2])
        made = {
            port: self._variables.make(name if port == "output" else f"{name}_{port}", word)
            for port in self._report.nodes[node.id].outputs
        }
        self._made[node.id] = made
        return list(made.values())

    def _values(self, node: Node) -> dict[str, str | list[str]]:
        """What reaches each input port."""
        entry = self._drawing.entry(node)
        if entry is None:
            raise LookupError(node.type)
        return {
            port: [self._arriving(edge) for edge in edges] if known.variadic else self._arriving(edges[0])
            for port, (known, edges) in bind(self._drawing, node, entry).ports.items()
        }

    def _arguments(self, owner: Node, values: Mapping[str, str | list[str]]) -> str:
        """What a layer is called with: the first port by place, the others by name."""
        entry = self._drawing.entry(owner)
        texts = {port: value if isinstance(value, str) else list_of(value) for port, value in values.items()}
        (_, first), *others = texts.items()
        settings = call_settings(entry, owner.config) if entry else []
        return ", ".join([first, *(f"{port}={value}" for port, value in others), *settings])

    def _arriving(self, edge: Edge) -> str:
        made = self._made[edge.source]
        return made[edge.source_port] if edge.source_port else next(iter(made.values()))


def _created(drawing: Drawing, used: list[Node]) -> list[Created]:
    """The layers in the order of their creation."""
    owners = {drawing.owner(node).id: drawing.owner(node) for node in used if node.type not in (INPUT, OUTPUT)}
    return [Created(id, node.type, drawing.names[id], node.name is not None) for id, node in owners.items()]


def _input(node: Node, name: str) -> str:
    config = input_config(node)
    shape = tuple_of(literal(size) for size in config["shape"])
    dtype = "" if config["dtype"] == "float32" else f", dtype={literal(config['dtype'])}"
    return f"keras.Input(shape={shape}{dtype}, name={literal(name)})"
