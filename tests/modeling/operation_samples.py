"""A valid sample of every operation: what reaches its ports, and its config."""

from dataclasses import dataclass, field
from typing import Any

from layerloom.catalog import NodeEntry
from layerloom.graph.document import Edge, Graph, Node

Shape = tuple[int, ...]
SQUARE: Shape = (4, 4)


@dataclass(frozen=True)
class Sample:
    """Shapes of one sample by port (two for a variadic port unless told), dtype of the inputs, config."""

    shapes: dict[str, Shape] = field(default_factory=dict)
    config: dict[str, Any] = field(default_factory=dict)
    dtype: str = "float32"
    dtypes: dict[str, str] = field(default_factory=dict)
    wires: int = 2


IMAGE: Shape = (8, 8, 2)
KERNEL = [[[[0.5, -1.0], [0.25, 2.0]]]]
SAMPLES: dict[str, Sample] = {}


def sample(entry: NodeEntry) -> Sample:
    """The sample of one operation: its own, else every required port a square matrix, every argument its suggestion."""
    known = SAMPLES.get(entry.type, Sample())
    suggested = {p.name: p.suggestion for p in entry.parameters if p.suggestion is not None}
    shapes = known.shapes or {port.name: SQUARE for port in entry.inputs if port.required}
    config = {name: value for name, value in {**suggested, **known.config}.items() if name not in shapes}
    return Sample(shapes, {k: v for k, v in config.items() if v is not None}, known.dtype, known.dtypes, known.wires)


def drawing(entry: NodeEntry, outputs: list[str]) -> Graph:
    """The operation between Inputs and Outputs, one a port."""
    known = sample(entry)
    variadic = {port.name for port in entry.inputs if port.variadic}
    nodes, edges = [Node(id="op", type=entry.type, name="the_operation", config=known.config)], []
    for port, shape in known.shapes.items():
        for index in range(known.wires if port in variadic else 1):
            dtype = known.dtypes.get(port, known.dtype)
            id = f"{port}_{index}"
            nodes.append(Node(id=id, type="Input", name=id, config={"shape": list(shape), "dtype": dtype}))
            edges.append(Edge(source=id, target="op", target_port=port))
    for index, port in enumerate(outputs):
        nodes.append(Node(id=f"out_{index}", type="Output", name=f"out_{index}"))
        edges.append(Edge(source="op", target=f"out_{index}", source_port=port))
    return Graph(name="sample", nodes=nodes, edges=edges)
