"""A drawing while it is being made from a model: nodes, wires, and which node holds which layer."""

from dataclasses import dataclass, field

from pydantic import JsonValue

from layerloom.graph.document import MAX_NODES, Edge, Node
from layerloom.graph.naming import unique
from layerloom.modeling.importing.models import LayerPath
from layerloom.modeling.importing.refusals import unsafe
from layerloom.modeling.ports import output_ports
from layerloom.problem import Problem, Severity

OUTPUT = "Output"


@dataclass(frozen=True)
class Source:
    """Where a tensor comes from; `port` None is the first one."""

    node: str
    port: str | None = None


@dataclass
class Draft:
    """Nodes and wires so far. `owners` has the node of each layer; a later call of the layer shares it."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    owners: dict[LayerPath, str] = field(default_factory=dict)
    vocabularies: dict[LayerPath, list[str]] = field(default_factory=dict)
    _names: dict[bool, set[str]] = field(default_factory=lambda: {True: set(), False: set()})

    def call(self, path: LayerPath, type: str, config: dict[str, JsonValue]) -> Node:
        """A node that calls the layer at this path: its own the first time, then one that shares it."""
        owner = self.owners.get(path)
        if owner is not None:
            return self._add(Node(id=self._next_id(), type=type, shares=owner))
        node = self._add(Node(id=self._next_id(), type=type, name=self._name(type, "_".join(path)), config=config))
        self.owners[path] = node.id
        return node

    def add(self, type: str, name: str, config: dict[str, JsonValue]) -> Node:
        """A node that is no layer of the file."""
        return self._add(Node(id=self._next_id(), type=type, name=self._name(type, name), config=config))

    def connect(self, source: Source, target: Node, port: str | None = None) -> None:
        """A wire; wires to one port keep their order."""
        self.edges.append(Edge(source=source.node, source_port=source.port, target=target.id, target_port=port))

    def outputs(self, node: Node) -> list[str]:
        """The output ports of a node."""
        owner = next((one for one in self.nodes if one.id == node.shares), node) if node.shares else node
        return output_ports(owner.type, owner.config)

    def tell(self, code: str, message: str, node: Node | None = None, *, warning: bool = True) -> None:
        """Note what could not be taken over."""
        severity: Severity = "warning" if warning else "error"
        problem = Problem(code=code, severity=severity, message=message, node=node.id if node else None)
        self.problems.append(problem)

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
