"""Random whole drawings of many kinds of layers, for property tests: branches, merges, shared layers, hostile names.

`drawings()` draws graphs that Keras can build; sizes are tiny, so that building one takes milliseconds.
"""

from hypothesis import strategies as st

from layerloom.graph.document import Graph, Node
from tests.modeling.graph_blocks import block_caller
from tests.modeling.graph_operations import operate
from tests.modeling.sketch import HOSTILE, Config, Names, Part, Shape, Sketch, Tensor

SIZES = st.integers(1, 4)
ACTIVATIONS = st.sampled_from(["relu", "tanh", "linear", "swish", {"type": "gelu", "config": {}}, None])
INITIALIZERS = st.sampled_from(
    ["he_normal", "zeros", {"type": "RandomNormal", "config": {"mean": 0, "stddev": 0.1, "seed": 3}}]
)
REGULARIZERS = st.sampled_from(["l2", None, {"type": "L1L2", "config": {"l1": 0.01, "l2": 1}}])
CONSTRAINTS = st.sampled_from([None, {"type": "MaxNorm", "config": {"max_value": 2, "axis": 0}}])


_WITHOUT_TRAINABLE = frozenset({"SpatialDropout2D"})
"""Layers without an argument `trainable`."""


@st.composite
def drawings(draw: st.DrawFn, *, whole: bool = False) -> Graph:
    """A graph that the check finds no error in; a `whole` one may hold operations and blocks too."""
    sketch = Sketch()
    names = draw(_names())
    for number in range(draw(st.integers(1, 3))):
        _input(draw, sketch, f"i{number}", names)
    parts: list[Part] = [_layer, _layer, _layer, _merge, _share, _attend]
    if whole:
        call = block_caller([*parts, *[operate] * 4], _names())
        parts += [*[operate] * 4, *[call] * 4]
    for number in range(draw(st.integers(1, 7))):
        draw(st.sampled_from(parts))(draw, sketch, f"n{number}", names)
    _outputs(draw, sketch, names)
    title = draw(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30), st.just('"""\n\\')))
    blocks = {name: known.block for name, known in sketch.blocks.items()}
    return Graph(name=title, nodes=draw(st.permutations(sketch.nodes)), edges=sketch.edges, blocks=blocks)


@st.composite
def _names(draw: st.DrawFn) -> Names:
    """Names in the order of use, each once; None where the app names the layer."""
    chosen = draw(st.lists(st.sampled_from(HOSTILE), unique=True, max_size=14))
    return [*draw(st.permutations([*chosen, *[None] * 20]))]


def _input(draw: st.DrawFn, sketch: Sketch, id: str, names: Names) -> None:
    kind = draw(st.sampled_from(["vector", "sequence", "image", "words", "text"]))
    size = draw(SIZES)
    shapes = {"vector": [size], "sequence": [3, size], "image": [4, 5, size], "words": [3], "text": [3]}
    dtype = {"words": "int32", "text": "string"}.get(kind, draw(st.sampled_from(["float32", "float32", "float16"])))
    sketch.nodes.append(Node(id=id, type="Input", name=names.pop(), config={"shape": shapes[kind], "dtype": dtype}))
    tensor = Tensor(id, None, tuple(shapes[kind]), dtype)
    if kind == "text":
        words = draw(st.lists(st.sampled_from([*HOSTILE, "\\", "\n", "\u202e"]), min_size=1, max_size=4, unique=True))
        node = Node(id=f"{id}w", type="StringLookup", name=names.pop(), config={"vocabulary": [*words]})
        sketch.add(node, [(tensor, None)], {})
        tensor = Tensor(node.id, None, (3,), "int64")
    if kind in ("words", "text"):
        node = Node(id=f"{id}e", type="Embedding", name=names.pop(), config={"input_dim": 9, "output_dim": size})
        sketch.add(node, [(tensor, None)], {None: (3, size)})
    else:
        sketch.tensors.append(tensor)


def _layer(draw: st.DrawFn, sketch: Sketch, id: str, names: Names) -> None:
    tensor = draw(st.sampled_from(sketch.tensors))
    type, config, outputs = draw(st.sampled_from(_fitting(draw, tensor.shape)))
    if type not in _WITHOUT_TRAINABLE and draw(st.integers(0, 5)) == 0:
        config = {**config, "trainable": False}
    sketch.add(Node(id=id, type=type, name=names.pop(), config=config), [(tensor, None)], outputs)
    if type == "Dense":
        sketch.dense[id] = (tensor.shape, outputs[None])


def _fitting(draw: st.DrawFn, shape: Shape) -> list[tuple[str, Config, dict[str | None, Shape]]]:
    """Layers with a config that take such a tensor, and what comes out of them."""
    units, rest = draw(SIZES), shape[:-1]
    weights: Config = {
        "kernel_initializer": draw(INITIALIZERS),
        "kernel_regularizer": draw(REGULARIZERS),
        "kernel_constraint": draw(CONSTRAINTS),
    }
    return [
        ("Dense", {"units": units, "activation": draw(ACTIVATIONS), **weights}, {None: (*rest, units)}),
        ("Dense", {"units": units, "use_bias": draw(st.booleans())}, {None: (*rest, units)}),
        ("BatchNormalization", {"momentum": 0.9, "scale": draw(st.booleans())}, {None: shape}),
        ("LayerNormalization", {"axis": -1}, {None: shape}),
        ("Dropout", {"rate": 0.5, "seed": 1}, {None: shape}),
        ("Rescaling", {"scale": 1 / 255, "offset": draw(st.sampled_from([0, -1]))}, {None: shape}),
        ("Activation", {"activation": "relu"}, {None: shape}),
        ("LeakyReLU", {"negative_slope": 0.2}, {None: shape}),
        *_by_rank(draw, shape, units),
    ]


def _by_rank(draw: st.DrawFn, shape: Shape, units: int) -> list[tuple[str, Config, dict[str | None, Shape]]]:
    if len(shape) == 1:
        return [("RepeatVector", {"n": 2}, {None: (2, *shape)})]
    if len(shape) == 2:
        lstm: Config = {"type": "LSTM", "config": {"units": units, "return_sequences": True}}
        return [
            ("LSTM", {"units": units}, {None: (units,)}),
            (
                "LSTM",
                {"units": units, "return_state": True},
                {"output": (units,), "state_h": (units,), "state_c": (units,)},
            ),
            ("GRU", {"units": units, "return_sequences": True, "reset_after": False}, {None: (shape[0], units)}),
            ("Bidirectional", {"layer": lstm}, {None: (shape[0], 2 * units)}),
            ("TimeDistributed", {"layer": {"type": "Dense", "config": {"units": units}}}, {None: (shape[0], units)}),
            ("Conv1D", {"filters": units, "kernel_size": 2, "padding": "same"}, {None: (shape[0], units)}),
            ("GlobalAveragePooling1D", {}, {None: (shape[1],)}),
        ]
    image: list[tuple[str, Config, dict[str | None, Shape]]] = [
        ("Conv2D", {"filters": units, "kernel_size": [2, 3], "padding": "same"}, {None: (*shape[:2], units)}),
        ("SeparableConv2D", {"filters": units, "kernel_size": 2, "padding": "same"}, {None: (*shape[:2], units)}),
        ("GlobalMaxPooling2D", {}, {None: (shape[2],)}),
        ("Flatten", {}, {None: (shape[0] * shape[1] * shape[2],)}),
        ("Permute", {"dims": [2, 1, 3]}, {None: (shape[1], shape[0], shape[2])}),
        ("SpatialDropout2D", {"rate": draw(st.sampled_from([0, 0.25]))}, {None: shape}),
    ]
    return image


def _merge(draw: st.DrawFn, sketch: Sketch, id: str, names: Names) -> None:
    first = draw(st.sampled_from(sketch.tensors))
    alike = [tensor for tensor in sketch.tensors if tensor.shape == first.shape]
    others = draw(st.lists(st.sampled_from(alike), min_size=1, max_size=2))
    type = draw(st.sampled_from(["Add", "Multiply", "Average", "Maximum", "Concatenate"]))
    width = first.shape[-1] * (len(others) + 1) if type == "Concatenate" else first.shape[-1]
    sources: list[tuple[Tensor, str | None]] = [(tensor, None) for tensor in (first, *others)]
    sketch.add(Node(id=id, type=type, name=names.pop()), sources, {None: (*first.shape[:-1], width)})


def _share(draw: st.DrawFn, sketch: Sketch, id: str, names: Names) -> None:
    """A Dense layer called once more, on a tensor of the shape that it knows; else a layer of its own."""
    if not sketch.dense:
        _layer(draw, sketch, id, names)
        return
    owner = draw(st.sampled_from(sorted(sketch.dense)))
    taken, given = sketch.dense[owner]
    tensor = draw(st.sampled_from([tensor for tensor in sketch.tensors if tensor.shape == taken]))
    sketch.add(Node(id=id, type="Dense", name=names.pop(), shares=owner), [(tensor, None)], {None: given})


def _attend(draw: st.DrawFn, sketch: Sketch, id: str, names: Names) -> None:
    """Attention between two sequences; else any layer."""
    sequences = [tensor for tensor in sketch.tensors if len(tensor.shape) == 2]
    if not sequences:
        _layer(draw, sketch, id, names)
        return
    query, value = draw(st.sampled_from(sequences)), draw(st.sampled_from(sequences))
    node = Node(id=id, type="MultiHeadAttention", name=names.pop(), config={"num_heads": 2, "key_dim": 2})
    sketch.add(node, [(query, "query"), (value, "value")], {None: query.shape})


def _outputs(draw: st.DrawFn, sketch: Sketch, names: Names) -> None:
    made = [tensor for tensor in sketch.tensors if not tensor.node.startswith("i")] or sketch.tensors
    made = [*made, *sketch.others]
    for number, tensor in enumerate(draw(st.lists(st.sampled_from(made), min_size=1, max_size=3))):
        sketch.add(Node(id=f"o{number}", type="Output", name=names.pop()), [(tensor, None)], {})
