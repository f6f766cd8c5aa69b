"""A valid sample of every operation: what reaches its ports, and its config."""

from dataclasses import dataclass, field, replace
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
    constants: dict[str, Any] = field(default_factory=dict)


IMAGE: Shape = (8, 8, 2)
FOLDED: Shape = (4, 4)
PAIR: Shape = (2,)
WHOLE = "int32"
KERNEL = [[[[0.5, -1.0], [0.25, 2.0]]]]
"""A 1 by 1 window over two channels."""

UPPER = [[2.0, 1.0], [0.0, 3.0]]


def whole(**given: Any) -> Sample:
    """On whole numbers."""
    return Sample(dtype=WHOLE, **given)


def constant(**values: Any) -> Sample:
    """On constants alone: the operation takes no samples, or gives out none."""
    return Sample(constants=values)


def image(**config: Any) -> Sample:
    """On pictures."""
    return Sample({"inputs": IMAGE}, config)


SEGMENTS = Sample(config={"num_segments": 2}, constants={"data": [1.0, 2.0], "segment_ids": [0, 1]})

SAMPLES: dict[str, Sample] = {
    "ops.multi_hot": Sample({"inputs": (2,)}, {"num_classes": 3}, dtype=WHOLE),
    "ops.diagonal": Sample(config={"axis1": 1, "axis2": 2}),
    "ops.trace": Sample(config={"axis1": 1, "axis2": 2}),
    "ops.transpose": Sample(config={"axes": [0, 2, 1]}),
    "ops.unravel_index": Sample(config={"shape": [2, 3]}, constants={"indices": [1, 5]}),
    "ops.allclose": constant(x1=[1.0, 2.0], x2=[1.0, 2.5]),
    "ops.argpartition": constant(x=[3.0, 1.0, 2.0]),
    "ops.average_pool": image(pool_size=2),
    "ops.batch_normalization": Sample({"x": SQUARE}, {"mean": [0.0] * 4, "variance": [1.0] * 4}),
    "ops.bitwise_and": whole(),
    "ops.bitwise_invert": whole(),
    "ops.bitwise_left_shift": whole(),
    "ops.bitwise_not": whole(),
    "ops.bitwise_or": whole(),
    "ops.bitwise_right_shift": whole(),
    "ops.bitwise_xor": whole(),
    "ops.broadcast_to": Sample(config={"shape": [2, 3]}, constants={"x": [1.0, 2.0, 3.0]}),
    "ops.cholesky": constant(x=[[2.0, 1.0], [1.0, 3.0]]),
    "ops.cholesky_inverse": constant(x=[[2.0, 0.0], [1.0, 3.0]]),
    "ops.conv": Sample({"inputs": IMAGE}, {"kernel": KERNEL}),
    "ops.correlate": constant(x1=[1.0, 2.0, 3.0], x2=[0.5, 1.0]),
    "ops.cross": Sample({"x1": (3,), "x2": (3,)}),
    "ops.ctc_decode": Sample(constants={"inputs": [[[0.1, 0.9], [0.8, 0.2]]], "sequence_lengths": [2]}),
    "ops.ctc_loss": Sample(
        {"target": (2,), "output": (4, 3), "target_length": (), "output_length": ()},
        dtype=WHOLE,
        dtypes={"output": "float32"},
    ),
    "ops.depth_to_space": Sample({"x": (4, 4, 4)}),
    "ops.depthwise_conv": Sample({"inputs": IMAGE}, {"kernel": KERNEL}),
    "ops.diag": constant(x=[1.0, 2.0]),
    "ops.diagflat": constant(x=[1.0, 2.0]),
    "ops.dot": Sample({"x1": SQUARE}, {"x2": UPPER * 2}),
    "ops.dot_product_attention": Sample(dict.fromkeys(("query", "key", "value"), (4, 2, 3))),
    "ops.einsum": Sample({"operands": (4,)}),
    "ops.extract_sequences": Sample({"x": (8,)}, {"sequence_length": 4, "sequence_stride": 2}),
    "ops.flipud": constant(x=[1.0, 2.0]),
    "ops.fold": Sample({"x": (8, 9)}, {"output_size": [4, 4], "kernel_size": 2}),
    "ops.gcd": constant(x1=[4, 6], x2=[6, 9]),
    "ops.histogram": constant(x=[1.0, 2.0, 2.5]),
    "ops.in_top_k": Sample({"targets": (), "predictions": (4,)}, dtypes={"targets": WHOLE}),
    "ops.inner": Sample({"x1": SQUARE}, {"x2": [1.0, 2.0, 3.0, 4.0]}),
    "ops.istft": Sample({"x": (6, 5)}, {"sequence_length": 8, "sequence_stride": 4, "fft_length": 8}),
    "ops.lcm": constant(x1=[4, 6], x2=[6, 9]),
    "ops.ldexp": Sample(dtypes={"x2": WHOLE}),
    "ops.left_shift": whole(),
    "ops.lstsq": constant(a=[[1.0, 2.0], [0.5, 1.5]], b=[1.0, 2.0]),
    "ops.lu_factor": constant(x=[[1.0, 2.0], [0.5, 1.5]]),
    "ops.max_pool": image(pool_size=2),
    "ops.meshgrid": constant(x=[1.0, 2.0]),
    "ops.outer": constant(x1=[1.0, 2.0], x2=[1.0, 3.0]),
    "ops.pad": Sample(config={"pad_width": [[0, 0], [1, 1], [0, 2]]}),
    "ops.psnr": constant(x1=[1.0, 2.0], x2=[1.0, 2.5]),
    "ops.ravel": constant(x=[[1.0, 2.0]]),
    "ops.rearrange": Sample(config={"pattern": "a b -> b a"}, constants={"tensor": [[1.0, 2.0]]}),
    "ops.reshape": Sample(config={"newshape": [-1, 2, 8]}),
    "ops.right_shift": whole(),
    "ops.rot90": Sample(config={"axes": [1, 2]}),
    "ops.scatter": Sample(config={"shape": [4]}, constants={"indices": [[0], [2]], "values": [1.0, 2.0]}),
    "ops.scatter_update": constant(inputs=[1.0, 2.0], indices=[[0]], updates=[3.0]),
    "ops.searchsorted": constant(sorted_sequence=[1.0, 2.0], values=[1.5, 0.5]),
    **{f"ops.segment_{name}": SEGMENTS for name in ("max", "min", "prod", "sum")},
    "ops.separable_conv": Sample(
        {"inputs": IMAGE}, {"depthwise_kernel": KERNEL, "pointwise_kernel": [[[[0.5], [1.0], [1.5], [2.0]]]]}
    ),
    "ops.slice_update": constant(inputs=[[1.0, 2.0]], updates=[[3.0]]),
    "ops.slogdet": constant(x=[[1.0, 2.0], [0.5, 1.5]]),
    "ops.space_to_depth": Sample({"x": IMAGE}),
    "ops.sparse_categorical_crossentropy": Sample({"target": (), "output": (4,)}, dtypes={"target": WHOLE}),
    "ops.squeeze": Sample({"x": (4, 1)}),
    "ops.stft": Sample({"x": (16,)}, {"sequence_length": 8, "sequence_stride": 4, "fft_length": 8}),
    "ops.take": Sample({"x": SQUARE}, {"indices": [0, 2]}),
    "ops.tensordot": Sample({"x1": SQUARE}, {"x2": UPPER * 2, "axes": [[2], [0]]}),
    "ops.unfold": Sample(config={"kernel_size": 2}, constants={"x": [[[[1.0, 2.0], [3.0, 4.0]]]]}),
    "ops.vander": Sample({"x": ()}, {"N": 3}),
    "ops.vdot": constant(x1=[1.0, 2.0], x2=[1.0, 3.0]),
    "ops.vsplit": constant(x=[[1.0], [2.0]]),
    "ops.vstack": constant(xs=[1.0, 2.0]),
    "ops.where": Sample({"condition": SQUARE, "x1": SQUARE}, {"x2": 0.0}, dtypes={"condition": "bool"}),
}


def sample(entry: NodeEntry) -> Sample:
    """The sample of one operation: its own, else every required port a square matrix, every argument its suggestion."""
    known = SAMPLES.get(entry.type, Sample())
    suggested = {p.name: p.suggestion for p in entry.parameters if p.suggestion is not None}
    shapes = known.shapes or {port.name: SQUARE for port in entry.inputs if port.required}
    ports = known.constants or shapes
    config = {name: value for name, value in {**suggested, **known.config}.items() if name not in ports}
    return replace(known, shapes={} if known.constants else shapes, config=config)


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
    for port, value in known.constants.items():
        for index in range(known.wires if port in variadic else 1):
            id = f"{port}_{index}"
            nodes.append(Node(id=id, type="ops.array", name=id, config={"x": value}))
            edges.append(Edge(source=id, target="op", target_port=port))
    for index, port in enumerate(outputs):
        nodes.append(Node(id=f"out_{index}", type="Output", name=f"out_{index}"))
        edges.append(Edge(source="op", target=f"out_{index}", source_port=port))
    return Graph(name="sample", nodes=nodes, edges=edges)
