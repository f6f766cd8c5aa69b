"""Walks through a drawing as `build_model` does, and writes down what that does."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import keras

from layerloom.graph.block_call import input_port
from layerloom.graph.block_copy import Path
from layerloom.graph.block_definition import Definition, is_block
from layerloom.graph.document import BLOCK, REPEAT, Edge, Graph, Node
from layerloom.graph.naming import snake_case
from layerloom.modeling.build import input_config, model_name
from layerloom.modeling.drawing import INPUT, OUTPUT, Drawing
from layerloom.modeling.nodes import PYTHON
from layerloom.modeling.reflection import node_family
from layerloom.modeling.source.arguments import call_arguments
from layerloom.modeling.source.autonames import Created, names_to_write
from layerloom.modeling.source.expressions import argument, construction
from layerloom.modeling.source.identifiers import Identifiers, class_identifier
from layerloom.modeling.source.literals import literal, tuple_of
from layerloom.modeling.source.naming import name_expression
from layerloom.modeling.source.operations import application_construction, operation_call
from layerloom.modeling.source.own_code import own_construction
from layerloom.modeling.source.program import BlockCall, BlockFunction, Layer, Port, Program, Step
from layerloom.modeling.source.variables import Variable, put_variables
from layerloom.modeling.wiring import bind
from layerloom.report import CheckReport, TensorReport

_SCOPE = re.compile(r"[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*")
"""Names that TensorFlow takes for the scope of a layer's operations."""

CALL_NAMES = ("inputs", "layer", "mask", "training")
"""Arguments of `call` that mean something to Keras, and the variable of its loops."""

_LISTS = frozenset(
    f"ops.{name}"
    for name in ("array_split", "dsplit", "hsplit", "meshgrid", "split", "unravel_index", "unstack", "vsplit")
)
"""Operations that return a list also where it holds one tensor."""


@dataclass
class Whole:
    """What all writers of a drawing share: the check, expanded ids by path, names at the top, blocks written so far.

    `operations` says whether functions of `keras.ops` stand anywhere in it, `nesting` whether layers do that may make
    layers of their own: then all layers are named.
    """

    report: CheckReport
    ids: Mapping[Path, str]
    variables: Identifiers
    scoped: bool
    classes: bool
    operations: bool = False
    nesting: bool = False
    blocks: dict[int, BlockFunction] = field(default_factory=dict)
    functions: set[str] = field(default_factory=set)
    inside: list[Identifiers] = field(default_factory=list)

    def function(self, definition: Definition, path: Path) -> BlockFunction:
        """The function of a block, written at its first call; `path` leads to a copy of it."""
        key = id(definition)
        if key not in self.blocks:
            name = self._function_name(definition)
            inside = Identifiers((*CALL_NAMES, *self.functions) if self.classes else self.functions)
            self.inside.append(inside)
            inside.make("number", "number")
            variables = {name: Variable(inside.make(name, "setting")) for name in definition.defaults}
            attributes = Identifiers(_layer_attributes() if self.classes else ())
            body = Writer(self, definition, attributes, path=path, variables=inside, settings=variables).program()
            self.blocks[key] = BlockFunction(name, body, variables, _defaults(definition, variables))
        return self.blocks[key]

    def _function_name(self, definition: Definition) -> str:
        """A name that is no variable, neither at the top nor inside of a block that may call it."""
        local = {name for identifiers in self.inside for name in identifiers.made}
        if self.classes:
            name = class_identifier(f"{definition.name} block", "Block", {*local, *self.variables.taken})
            self.variables.made.add(name)
        else:
            name = self.variables.make(f"{definition.name}_block", "block", local)
        self.functions.add(name)
        return name


def _defaults(definition: Definition, variables: Mapping[str, Variable]) -> dict[str, str]:
    """The arguments that the function uses, with their defaults as expressions."""
    return {
        str(variable): argument(variable.uses[0], definition.defaults[name])
        for name, variable in variables.items()
        if variable.uses
    }


class Writer:
    """Walks the drawing as `build_model` does and writes down what that does."""

    def __init__(
        self,
        whole: Whole,
        definition: Definition,
        attributes: Identifiers,
        *,
        path: Path = (),
        variables: Identifiers | None = None,
        settings: Mapping[str, Variable] | None = None,
    ) -> None:
        graph = definition.graph if settings is None else _with_variables(definition.graph, settings)
        self._whole = whole
        self._definition = definition
        self._drawing = drawing = Drawing.of(graph)
        self._path = path
        self._inside = settings is not None
        self._variables = variables or whole.variables
        self._attributes = attributes
        self._layers: dict[str, Layer] = {}
        self._made: dict[str, dict[str, str]] = {}
        wanted = drawing.used.union(drawing.ids_of(INPUT) if self._inside else ())
        used = [drawing.nodes[id] for id in drawing.order if id in wanted]
        self._used = used
        created = _created(drawing, used)
        every = self._inside or whole.nesting
        written = names_to_write(created, beside_operations=whole.operations)
        self._named = {layer.node for layer in created} if every else written
        if whole.scoped:
            self._named = {id for id in self._named if _SCOPE.fullmatch(drawing.names[id])}
        self._program = Program(definition.name or drawing.graph.name, model_name(drawing.graph))

    def program(self) -> Program:
        """Everything that leads to an Output, written down."""
        for node in self._used:
            self._write(node)
        if self._inside:
            places = [node.id for node in self._drawing.graph.nodes]
            for ports in (self._program.inputs, self._program.outputs):
                ports.sort(key=lambda port: places.index(port.node))
        return self._program

    def _write(self, node: Node) -> None:
        name = self._drawing.names[node.id]
        if node.type == INPUT:
            variable = self._variables.make("inputs" if name == "input" else name, "inputs")
            self._made[node.id] = {"output": variable}
            expression = "" if self._inside else _input(node, name)
            self._program.inputs.append(Port(node.id, name, variable, expression))
        elif node.type == OUTPUT:
            self._program.outputs.append(Port(node.id, name, self._arriving(self._drawing.incoming[node.id][0])))
        else:
            self._program.steps.append(self._step(node))

    def _step(self, node: Node) -> Step:
        if is_block(node):
            return self._block_step(node)
        values, owner = self._values(node), self._drawing.owner(node)
        if node_family(owner.type) == "operations":
            call = operation_call(owner, values)
            return Step(node.id, self._targets(node), operation=call, listed=owner.type in _LISTS)
        first = owner.id not in self._layers
        if first:
            self._layers[owner.id] = self._layer(owner, node)
        arguments = call_arguments(owner, self._drawing.entry(owner), values)
        return Step(node.id, self._targets(node), self._layers[owner.id], arguments, first=first)

    def _layer(self, owner: Node, called: Node) -> Layer:
        name = self._drawing.names[owner.id]
        return Layer(
            owner.id,
            owner.type,
            name,
            self._attributes.make(name, snake_case(owner.type.rpartition(".")[2])),
            self._construction(owner, called, self._name(name)),
            owner.config,
        )

    def _construction(self, owner: Node, called: Node, name: str) -> str:
        if owner.type == PYTHON.type:
            return own_construction(owner, name)
        if node_family(owner.type) == "applications":
            [edge] = self._drawing.incoming[called.id]
            outputs = self._outputs(edge.source)
            tensor = outputs[edge.source_port] if edge.source_port else next(iter(outputs.values()))
            return application_construction(owner, tensor.shape[1:], name)
        return construction("layers", owner.type, owner.config, name if owner.id in self._named else None)

    def _block_step(self, node: Node) -> Step:
        definition = self._definition.scope.find(node.type.removeprefix(BLOCK))
        if definition is None:
            raise LookupError(node.type)
        block = self._whole.function(definition, (*self._path, node.id, "1"))
        feeds = {input_port(edge, definition): self._arriving(edge) for edge in self._drawing.incoming[node.id]}
        repeat = node.config.get(REPEAT, 1)
        repeat = repeat if isinstance(repeat, int) else 1
        arguments = [f"{key}={value}" for key, value in self._settings(node, block)]
        name = self._drawing.names[node.id]
        if not self._whole.scoped or _SCOPE.fullmatch(name):
            arguments.append(f"name={self._name(name, numbered=repeat > 1)}")
        variable = self._attributes.make(name, "block")
        inputs = [feeds[port] for port in definition.input_ports]
        return Step(node.id, self._targets(node), block=BlockCall(block, inputs, arguments, repeat, variable))

    def _name(self, name: str, numbered: bool = False) -> str:
        """The expression for a layer's name; a layer in a class bears its own name, whatever stands around it."""
        return name_expression(name, inside=self._inside and not self._whole.classes, numbered=numbered)

    def _settings(self, node: Node, block: BlockFunction) -> Iterator[tuple[str, str]]:
        """What the call gives the block, where the block makes use of it."""
        for name, variable in block.variables.items():
            if variable.uses and name in node.config:
                yield str(variable), argument(variable.uses[0], node.config[name])

    def _outputs(self, id: str) -> Mapping[str, TensorReport]:
        """What comes out of a node, by port; inside of a block, out of the copy that is looked at."""
        return self._whole.report.nodes[self._whole.ids[*self._path, id]].outputs

    def _targets(self, node: Node) -> list[str]:
        """A variable for each output port: the node's name, and the port's behind it except for the main one."""
        name, word = self._drawing.names[node.id], snake_case(node.type.rpartition(".")[2])
        main = next(iter(self._outputs(node.id))) if is_block(node) else "output"
        made = {
            port: self._variables.make(name if port == main else f"{name}_{port}", word)
            for port in self._outputs(node.id)
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

    def _arriving(self, edge: Edge) -> str:
        made = self._made[edge.source]
        return made[edge.source_port] if edge.source_port else next(iter(made.values()))


@cache
def _layer_attributes() -> frozenset[str]:
    """What a layer has already, and what the template gives it."""
    return frozenset({*dir(keras.layers.Layer()), "settings"})


def _created(drawing: Drawing, used: list[Node]) -> list[Created]:
    """The layers in the order of their creation; those of blocks, whose names count for nothing, aside."""
    callers = [node for node in used if node.type not in (INPUT, OUTPUT) and not is_block(node)]
    owners = {drawing.owner(node).id: drawing.owner(node) for node in callers}
    return [Created(id, node.type, drawing.names[id], node.name is not None) for id, node in owners.items()]


def _input(node: Node, name: str) -> str:
    config = input_config(node)
    shape = tuple_of(literal(size) for size in config["shape"])
    dtype = "" if config["dtype"] == "float32" else f", dtype={literal(config['dtype'])}"
    return f"keras.Input(shape={shape}{dtype}, name={literal(name)})"


def _with_variables(graph: Graph, settings: Mapping[str, Variable]) -> Graph:
    """The graph of a block with variables where its parameters stand."""
    nodes = [
        node.model_copy(update={"config": {k: put_variables(v, settings) for k, v in node.config.items()}})
        for node in graph.nodes
    ]
    return graph.model_copy(update={"nodes": nodes})
