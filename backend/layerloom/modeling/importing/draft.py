"""A drawing while it is being made from a model: nodes, wires, blocks, and which node holds which layer."""

from dataclasses import dataclass, field

from pydantic import JsonValue

from layerloom.graph.document import BLOCK, MAX_NODES, Block, Edge, Graph, Node
from layerloom.graph.naming import unique
from layerloom.modeling.importing.models import LayerPath
from layerloom.modeling.importing.refusals import unsafe
from layerloom.modeling.ports import output_ports
from layerloom.problem import Problem, Severity

INPUT, OUTPUT = "Input", "Output"


@dataclass(frozen=True)
class Source:
    """Where a tensor comes from; `port` None is the first one."""

    node: str
    port: str | None = None


@dataclass
class Draft:
    """Nodes and wires so far. `owners`: by layer, the id that its node has when all blocks are put in. `told`: by such
    an id and the number of an output, the config of an Input for what comes out there, where the file says it.

    A later call of a layer shares the node of the first. `blocks` is one for the drawing and all drafts inside it.
    """

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    owners: dict[LayerPath, str] = field(default_factory=dict)
    vocabularies: dict[LayerPath, list[str]] = field(default_factory=dict)
    blocks: dict[str, Block] = field(default_factory=dict)
    told: dict[tuple[str, int], dict[str, JsonValue]] = field(default_factory=dict)
    _names: dict[bool, set[str]] = field(default_factory=lambda: {True: set(), False: set()})

    def call(self, name: str, type: str, config: dict[str, JsonValue]) -> Node:
        """A node that calls the layer of this name: its own the first time, then one that shares it."""
        owner = self.owners.get((name,))
        if owner is not None:
            return self._add(Node(id=self._next_id(), type=type, shares=owner))
        node = self.add(type, name, config)
        self.owners[(name,)] = node.id
        return node

    def add(self, type: str, name: str, config: dict[str, JsonValue]) -> Node:
        """A node of its own."""
        return self._add(Node(id=self._next_id(), type=type, name=self._name(type, name), config=config))

    def connect(self, source: Source, target: Node, port: str | None = None) -> None:
        """A wire; wires to one port keep their order."""
        self.edges.append(Edge(source=source.node, source_port=source.port, target=target.id, target_port=port))

    def source(self, node: Node, output: int) -> Source:
        """The `output`-th tensor (from 0) that a node gives; one beyond its ports gets the number as its name."""
        if output == 0:
            return Source(node.id)
        ports = self._outputs(node)
        return Source(node.id, ports[output] if output < len(ports) else f"output_{output}")

    def tell_shape(self, node: Node, output: int, shape: JsonValue, dtype: JsonValue = None) -> None:
        """Note what the file says of a tensor: its shape with the batch first."""
        if isinstance(shape, list) and all(size is None or isinstance(size, int) for size in shape):
            self.told[node.id, output] = {"shape": shape[1:], "dtype": dtype if isinstance(dtype, str) else "float32"}

    def inside(self, name: str) -> "Draft":
        """An empty draft for the model of this name inside."""
        words = {path[1:]: words for path, words in self.vocabularies.items() if path[0] == name}
        return Draft(vocabularies=words, blocks=self.blocks)

    def block(self, name: str, inside: "Draft") -> Node:
        """The first call of a model inside: its drawing becomes a block, unless an equal one is there."""
        graph = Graph(name=name[:200], nodes=inside.nodes, edges=inside.edges)
        known = next((one for one, block in self.blocks.items() if _same(block.graph, graph)), None)
        if known is None:
            known = unique(name[:100], self.blocks)
            self.blocks[known] = Block(graph=graph)
        node = self.call(name, f"{BLOCK}{known}", {})
        self.owners |= {(name, *path): f"{node.id}.1.{id}" for path, id in inside.owners.items()}
        self.told |= {(f"{node.id}.1.{id}", output): config for (id, output), config in inside.told.items()}
        self.problems += [_around(problem, node) for problem in inside.problems]
        return node

    def ports(self, node: Node, type: str) -> list[str]:
        """The names of the ports of a block node: of its `Input` or its `Output` nodes."""
        block = self.blocks.get(node.type.removeprefix(BLOCK))
        return [one.name or "" for one in block.graph.nodes if one.type == type] if block else []

    def tell(self, code: str, message: str, node: Node | None = None, *, warning: bool = True) -> None:
        """Note what could not be taken over."""
        severity: Severity = "warning" if warning else "error"
        problem = Problem(code=code, severity=severity, message=message, node=node.id if node else None)
        self.problems.append(problem)

    def _outputs(self, node: Node) -> list[str]:
        if node.type.startswith(BLOCK):
            return self.ports(node, OUTPUT)
        owner = next((one for one in self.nodes if one.id == node.shares), node) if node.shares else node
        return output_ports(owner.type, owner.config)

    def _add(self, node: Node) -> Node:
        if len(self.nodes) >= MAX_NODES:
            raise unsafe(f"The model has more than {MAX_NODES:,} layers; a drawing may have so many.")
        self.nodes.append(node)
        return node

    def _next_id(self) -> str:
        return f"n{len(self.nodes) + 1}"

    def _name(self, type: str, name: str) -> str:
        taken = self._names[type == OUTPUT]
        free = unique(name, taken)
        taken.add(free)
        return free


def _around(problem: Problem, block: Node) -> Problem:
    """A problem found inside a block, told at the node that calls it."""
    inside = ["1", problem.node, *problem.inside] if problem.node else []
    return problem.model_copy(update={"node": block.id, "inside": inside})


def _same(one: Graph, other: Graph) -> bool:
    return (one.nodes, one.edges) == (other.nodes, other.edges)
