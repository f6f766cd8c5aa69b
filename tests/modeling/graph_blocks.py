"""Blocks for random drawings: with parameters, repeated, one inside another, called once more with the same weights."""

from hypothesis import strategies as st
from pydantic import JsonValue

from layerloom.graph.document import BLOCK, Block, Edge, Graph, Node
from tests.modeling.sketch import HOSTILE, Config, Known, Names, Part, Shape, Sketch, Tensor

MAX_DEPTH = 2
ACTIVATIONS = st.sampled_from(["relu", "tanh", {"type": "gelu", "config": {}}, None])
VALUES: dict[tuple[str, str], st.SearchStrategy[JsonValue]] = {
    ("Dense", "activation"): ACTIVATIONS,
    ("Dense", "use_bias"): st.booleans(),
    ("Dense", "kernel_regularizer"): st.sampled_from(["l2", None, {"type": "L1", "config": {"l1": 0.5}}]),
    ("Dropout", "rate"): st.sampled_from([0.25, 0.5]),
    ("Rescaling", "offset"): st.sampled_from([0, -1, 0.5]),
    ("LeakyReLU", "negative_slope"): st.sampled_from([0.1, 1]),
    ("ops.leaky_relu", "negative_slope"): st.sampled_from([0.1, 1]),
    ("ops.clip", "x_min"): st.sampled_from([0, -1, 0.5]),
    ("ops.add", "x2"): st.sampled_from([0, 2, 0.5]),
    ("ops.round", "decimals"): st.integers(0, 3),
}
"""Arguments that can be a parameter of a block, since no shape follows from them, and what they may be."""


def block_caller(parts: list[Part], names_of: st.SearchStrategy[Names], depth: int = 1) -> Part:
    """Calls a block of the sketch, or a new one made of these parts (and, down to MAX_DEPTH, of blocks)."""
    inner = [*parts, block_caller(parts, names_of, depth + 1)] if depth < MAX_DEPTH else parts

    def call(draw: st.DrawFn, sketch: Sketch, id: str, names: Names) -> None:
        known = _callable(sketch)
        if not known or draw(st.booleans()):
            name = draw(st.sampled_from([word for word in HOSTILE if word not in sketch.blocks]))
            sketch.blocks[name] = draw(_definitions(sketch, inner, names_of))
        else:
            name = draw(st.sampled_from(known))
        _call(draw, sketch, id, names.pop(), name)

    return call


def _callable(sketch: Sketch) -> list[str]:
    """The blocks for which there is something to take."""
    shapes = {tensor.shape for tensor in sketch.tensors}
    return [name for name, known in sketch.blocks.items() if shapes.issuperset(known.inputs.values())]


def _call(draw: st.DrawFn, sketch: Sketch, id: str, name: str | None, block: str) -> None:
    known = sketch.blocks[block]
    sources: list[tuple[Tensor, str | None]] = [
        (draw(st.sampled_from([tensor for tensor in sketch.tensors if tensor.shape == shape])), port)
        for port, shape in known.inputs.items()
    ]
    before = [node for node in sketch.nodes if node.type == f"{BLOCK}{block}" and node.shares is None]
    if before and draw(st.integers(0, 2)) == 0:
        owner = draw(st.sampled_from(before))
        node = Node(id=id, type=owner.type, name=name, shares=owner.id)
    else:
        config: Config = {key: draw(values) for key, values in known.values.items() if draw(st.booleans())}
        if list(known.inputs.values()) == list(known.outputs.values()):
            config["repeat"] = draw(st.integers(1, 3))
        node = Node(id=id, type=f"{BLOCK}{block}", name=name, config=config)
    sketch.add(node, sources, {**known.outputs})


@st.composite
def _definitions(draw: st.DrawFn, around: Sketch, parts: list[Part], names_of: st.SearchStrategy[Names]) -> Known:
    """A block on tensors like some that are there."""
    inner, names = Sketch(blocks={**around.blocks}), draw(names_of)
    taken: dict[str, Shape] = {}
    for number, tensor in enumerate(draw(st.lists(st.sampled_from(around.tensors), min_size=1, max_size=2))):
        port = Node(id=f"i{number}", type="Input", name=names.pop() or f"in {number}")
        inner.nodes.append(port)
        inner.tensors.append(Tensor(port.id, None, tensor.shape))
        taken[port.name or ""] = tensor.shape
    for number in range(draw(st.integers(1, 3))):
        draw(st.sampled_from(parts))(draw, inner, f"n{number}", names)
    given = _ends(draw, inner, names)
    nodes, values = _with_parameters(draw, inner)
    own = {name: known.block for name, known in inner.blocks.items() if name not in around.blocks}
    graph = Graph(name="inside", nodes=nodes, edges=inner.edges, blocks=own)
    defaults = {name: draw(strategy) for name, strategy in values.items()}
    return Known(Block(parameters=defaults, graph=graph), taken, given, values)


def _ends(draw: st.DrawFn, inner: Sketch, names: Names) -> dict[str, Shape]:
    """Outputs for one or two of the tensors, for one of the shape of the only input where there is one."""
    made = [tensor for tensor in inner.tensors if not tensor.node.startswith("i")]
    alike = [tensor for tensor in made if tensor.shape == inner.tensors[0].shape]
    chosen = draw(st.lists(st.sampled_from(made), min_size=1, max_size=2))
    if alike and draw(st.booleans()):
        chosen = [draw(st.sampled_from(alike))]
    given: dict[str, Shape] = {}
    for number, tensor in enumerate(chosen):
        end = Node(id=f"o{number}", type="Output", name=names.pop() or f"out {number}")
        inner.nodes.append(end)
        inner.edges.append(Edge(source=tensor.node, source_port=tensor.port, target=end.id))
        given[end.name or ""] = tensor.shape
    return given


def _with_parameters(draw: st.DrawFn, inner: Sketch) -> tuple[list[Node], dict[str, st.SearchStrategy[JsonValue]]]:
    """The nodes with parameters in the place of some values, and what those parameters may be."""
    values: dict[str, st.SearchStrategy[JsonValue]] = {}
    nodes = []
    for node in inner.nodes:
        config = {**node.config}
        for key in config:
            allowed = _allowed(inner, node, key)
            if allowed is not None and draw(st.booleans()):
                name = draw(st.sampled_from([f"{key} {len(values)}", f"{key}{len(values)}"]))
                config[key] = {"$parameter": name}
                values[name] = allowed
        nodes.append(node.model_copy(update={"config": config}))
    return nodes, values


def _allowed(inner: Sketch, node: Node, key: str) -> st.SearchStrategy[JsonValue] | None:
    if node.type.startswith(BLOCK):
        return inner.blocks[node.type.removeprefix(BLOCK)].values.get(key)
    known = VALUES.get((node.type, key))
    return known if not isinstance(node.config[key], list) else None
