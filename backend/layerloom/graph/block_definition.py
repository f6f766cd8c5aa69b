"""A block as it is defined: its ports, its names, what is wrong with it wherever it is called."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from layerloom.graph import topology
from layerloom.graph.block_mistakes import Mistake, cut
from layerloom.graph.document import BLOCK, Block, Edge, Graph, Node
from layerloom.graph.naming import layer_names

INPUT, OUTPUT = "Input", "Output"


class Scope:
    """The blocks that can be called in a graph: its own, and those around it."""

    def __init__(self, blocks: Mapping[str, Block], outer: "Scope | None" = None) -> None:
        self._outer = outer
        self._own = {name: Definition(name, block, self) for name, block in blocks.items()}

    def find(self, name: str) -> "Definition | None":
        """The block of this name, the nearest if there are several."""
        return self._own.get(name) or (self._outer.find(name) if self._outer else None)

    def names(self) -> list[str]:
        """The names of all blocks that can be called."""
        return [*self._own, *(self._outer.names() if self._outer else [])]


class Definition:
    """One block, with everything looked up once that its copies ask for. Told apart from others by identity."""

    def __init__(self, name: str, block: Block, outer: Scope) -> None:
        self.name = name
        self.graph: Graph = block.graph
        self.defaults = block.parameters
        self.scope = Scope(block.graph.blocks, outer)

    @cached_property
    def names(self) -> dict[str, str]:
        """Layer names by node id."""
        return layer_names(self.graph)

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Nodes by id."""
        return {node.id: node for node in self.graph.nodes}

    @cached_property
    def incoming(self) -> dict[str, list[Edge]]:
        """Wires by the node at their end."""
        return topology.incoming(self.graph)

    @cached_property
    def inputs(self) -> list[Node]:
        """The nodes where tensors come in, in the order of the ports."""
        return [node for node in self.graph.nodes if node.type == INPUT]

    @cached_property
    def outputs(self) -> list[Node]:
        """The nodes where tensors go out, in the order of the ports."""
        return [node for node in self.graph.nodes if node.type == OUTPUT]

    @cached_property
    def input_places(self) -> dict[str, int]:
        """The place of each input port by its node id."""
        return {node.id: place for place, node in enumerate(self.inputs)}

    @cached_property
    def input_ports(self) -> list[str]:
        """The names of the input ports."""
        return [self.names[node.id] for node in self.inputs]

    @cached_property
    def output_ports(self) -> list[str]:
        """The names of the output ports."""
        return [self.names[node.id] for node in self.outputs]

    @cached_property
    def knotted(self) -> set[str]:
        """Ids of the nodes that feed each other."""
        return knotted(self.graph)

    @cached_property
    def faults(self) -> list[Mistake]:
        """Why no copy of it can be made; each by its path inside, () for the block as a whole."""
        return list(self._faults())

    def _faults(self) -> Iterator[Mistake]:
        for ports, type, code in ((self.inputs, INPUT, "no-input"), (self.outputs, OUTPUT, "no-output")):
            if not ports:
                way = "in" if type == INPUT else "out"
                message = f"Block '{cut(self.name)}' has no {type}, so nothing comes {way}. Open it and add one."
                yield Mistake(code, message, ())
        for node, port in zip(self.outputs, self.output_ports, strict=True):
            wires = len(self.incoming[node.id])
            if wires != 1:
                code = "too-many-inputs" if wires else "unconnected-output"
                message = f"Output '{cut(port)}' of block '{cut(self.name)}' needs one wire, got {wires or 'none'}."
                yield Mistake(code, f"{message} Connect it to the layer whose values it should give.", (node.id,))
        for nodes, names in ((self.inputs, self.input_ports), (self.outputs, self.output_ports)):
            for index, node in enumerate(nodes):
                if names[index] in names[:index]:
                    message = f"Block '{cut(self.name)}' has two ports named '{cut(names[index])}'. Rename one of them."
                    yield Mistake("duplicate-name", message, (node.id,), parameter="name")


def knotted(graph: Graph) -> set[str]:
    """Ids of the nodes that feed each other; a block among them stays as it is, so that the circle is seen."""
    return {id for knot in topology.knots(graph) for id in knot}


def is_block(node: Node) -> bool:
    """Whether this node stands for a block."""
    return node.type.startswith(BLOCK)
