"""Functions of `keras.ops` for random drawings: of one tensor, of two, of constants, with several outputs.

They bear no names: plain code can give an operation none.
"""

import math

from hypothesis import strategies as st
from pydantic import JsonValue

from layerloom.graph.document import Node
from tests.modeling.sketch import Config, Names, Part, Shape, Sketch, Tensor

KEEPING: list[tuple[str, Config]] = [
    ("relu", {}),
    ("tanh", {}),
    ("gelu", {"approximate": False}),
    ("leaky_relu", {"negative_slope": 0.3}),
    ("sigmoid", {}),
    ("absolute", {}),
    ("clip", {"x_min": 0, "x_max": 1.5}),
    ("round", {"decimals": 2}),
    ("cumsum", {"axis": 1}),
    ("log_softmax", {"axis": -1}),
    ("flip", {"axis": -1}),
    ("roll", {"shift": 1, "axis": 1}),
    ("nan_to_num", {"nan": 0.5}),
    ("cast", {"dtype": "float32"}),
]
"""Functions of one tensor that leave its shape alone."""
PAIRS = ("add", "subtract", "multiply", "divide", "maximum", "minimum", "arctan2", "logaddexp")
NUMBERS = st.sampled_from([-1, 0, 2, 0.5, 1e-3])


def operate(draw: st.DrawFn, sketch: Sketch, id: str, names: Names) -> None:
    """An operation on what is there."""
    kinds: list[Part] = [_keep, _reshape, _pair, _with_constant, _product, _several, _split, _split, _unstack, _choose]
    draw(st.sampled_from(kinds))(draw, sketch, id, names)


def _add(
    sketch: Sketch,
    id: str,
    name: str,
    config: Config,
    sources: list[tuple[Tensor, str | None]],
    outputs: dict[str | None, Shape],
) -> None:
    sketch.add(Node(id=id, type=f"ops.{name}", config=config), sources, outputs)


def _tensor(draw: st.DrawFn, sketch: Sketch, rank: int = 1) -> Tensor | None:
    """A tensor of at least so many axes a sample."""
    fitting = [tensor for tensor in sketch.tensors if len(tensor.shape) >= rank]
    return draw(st.sampled_from(fitting)) if fitting else None


def _keep(draw: st.DrawFn, sketch: Sketch, id: str, _: Names) -> None:
    tensor = draw(st.sampled_from(sketch.tensors))
    name, config = draw(st.sampled_from(KEEPING))
    _add(sketch, id, name, config, [(tensor, None)], {None: tensor.shape})


def _reshape(draw: st.DrawFn, sketch: Sketch, id: str, _: Names) -> None:
    tensor = draw(st.sampled_from(sketch.tensors))
    name, config, shape = draw(st.sampled_from(_reshaping(tensor.shape)))
    _add(sketch, id, name, config, [(tensor, None)], {None: shape})


def _reshaping(shape: Shape) -> list[tuple[str, Config, Shape]]:
    """Functions of one tensor that change its shape, and what it becomes."""
    rank, last = len(shape), shape[-1]
    axes: list[JsonValue] = [0, *range(rank, 0, -1)]
    ways: list[tuple[str, Config, Shape]] = [
        ("reshape", {"newshape": [-1, math.prod(shape)]}, (math.prod(shape),)),
        ("transpose", {"axes": axes}, shape[::-1]),
        ("mean", {"axis": -1, "keepdims": True}, (*shape[:-1], 1)),
        ("max", {"axis": 1, "keepdims": True}, (1, *shape[1:])),
        ("pad", {"pad_width": [[0, 0], [1, 2], *[[0, 0]] * (rank - 1)]}, (shape[0] + 3, *shape[1:])),
        ("repeat", {"repeats": 2, "axis": 1}, (2 * shape[0], *shape[1:])),
        ("take", {"indices": [0, 0, last - 1], "axis": -1}, (*shape[:-1], 3)),
        ("get_item", {"key": ["...", [None, None, -1]]}, shape),
    ]
    if rank < 3:
        ways.append(("expand_dims", {"axis": -1}, (*shape, 1)))
    if rank > 1:
        ways.append(("get_item", {"key": [":", 0]}, shape[1:]))
        ways.append(("sum", {"axis": [1]}, shape[1:]))
    return ways


def _pair(draw: st.DrawFn, sketch: Sketch, id: str, _: Names) -> None:
    first = draw(st.sampled_from(sketch.tensors))
    second = draw(st.sampled_from([tensor for tensor in sketch.tensors if tensor.shape == first.shape]))
    _add(sketch, id, draw(st.sampled_from(PAIRS)), {}, [(first, None), (second, "x2")], {None: first.shape})


def _with_constant(draw: st.DrawFn, sketch: Sketch, id: str, _: Names) -> None:
    """A tensor and a constant: a number, a list, or what another operation makes; on either side."""
    tensor, name = draw(st.sampled_from(sketch.tensors)), draw(st.sampled_from(PAIRS))
    port, other = draw(st.permutations(["x1", "x2"]))
    value = draw(st.one_of(NUMBERS, _list(tensor.shape[-1]), st.none()))
    if value is not None:
        _add(sketch, id, name, {other: value}, [(tensor, port)], {None: tensor.shape})
        return
    constant = _constant(draw, sketch, f"{id}c", tensor.shape[-1])
    _add(sketch, id, name, {}, [(tensor, port), (constant, other)], {None: tensor.shape})


def _list(length: int) -> st.SearchStrategy[JsonValue]:
    return st.lists(NUMBERS, min_size=length, max_size=length)  # type: ignore[return-value]


def _constant(draw: st.DrawFn, sketch: Sketch, id: str, length: int) -> Tensor:
    """A constant of one axis, made in one step or two."""
    dtype = draw(st.sampled_from([None, "float16", "int32", "float32"]))
    given: Config = {} if dtype is None else {"dtype": dtype}
    ways: list[tuple[str, Config]] = [
        ("array", {"x": draw(_list(length)), **given}),
        ("full", {"shape": [length], "fill_value": 0.25, **given}),
        ("ones", {"shape": [length], **given}),
        ("linspace", {"start": 0.0, "stop": 1.0, "num": length}),
    ]
    name, config = draw(st.sampled_from(ways))
    _add(sketch, id, name, config, [], {})
    made = Tensor(id, None, (length,))
    if draw(st.booleans()):
        _add(sketch, f"{id}2", "multiply", {"x2": draw(NUMBERS)}, [(made, "x1")], {})
        made = Tensor(f"{id}2", None, (length,))
    return made


def _product(draw: st.DrawFn, sketch: Sketch, id: str, _: Names) -> None:
    """A product with a constant matrix, as `matmul` or as `einsum`, whose operands all go to one port."""
    tensor = draw(st.sampled_from(sketch.tensors))
    rows, columns = tensor.shape[-1], draw(st.integers(1, 3))
    matrix: list[JsonValue] = [draw(_list(columns)) for _ in range(rows)]
    outputs: dict[str | None, Shape] = {None: (*tensor.shape[:-1], columns)}
    if len(tensor.shape) == 1 and draw(st.booleans()):
        _add(sketch, f"{id}c", "array", {"x": matrix}, [], {})
        sources: list[tuple[Tensor, str | None]] = [(tensor, "operands"), (Tensor(f"{id}c", None, ()), "operands")]
        _add(sketch, id, "einsum", {"subscripts": "bi,ij->bj"}, sources, outputs)
    else:
        _add(sketch, id, "matmul", {"x2": matrix}, [(tensor, None)], outputs)


def _several(draw: st.DrawFn, sketch: Sketch, id: str, _: Names) -> None:
    """Some tensors side by side or one upon another."""
    first = draw(st.sampled_from(sketch.tensors))
    alike = [tensor for tensor in sketch.tensors if tensor.shape == first.shape]
    chosen = [first, *draw(st.lists(st.sampled_from(alike), max_size=2))]
    sources: list[tuple[Tensor, str | None]] = [(tensor, None) for tensor in chosen]
    if len(first.shape) < 3 and draw(st.booleans()):
        _add(sketch, id, "stack", {"axis": 1}, sources, {None: (len(chosen), *first.shape)})
    else:
        shape = (*first.shape[:-1], len(chosen) * first.shape[-1])
        _add(sketch, id, "concatenate", {"axis": -1}, sources, {None: shape})


def _split(draw: st.DrawFn, sketch: Sketch, id: str, _: Names) -> None:
    """A tensor in parts along its last axis, or its mean and variance, or its largest values and where they are."""
    tensor = draw(st.sampled_from(sketch.tensors))
    name, config, outputs = draw(st.sampled_from(_parting(draw, tensor.shape)))
    _add(sketch, id, name, config, [(tensor, None)], outputs)
    if name == "top_k":
        sketch.others.append(Tensor(id, "indices", tensor.shape, "int32"))


def _parting(draw: st.DrawFn, shape: Shape) -> list[tuple[str, Config, dict[str | None, Shape]]]:
    *rest, last = shape
    parts = draw(st.sampled_from([number for number in range(1, last + 1) if last % number == 0]))
    ways: list[tuple[str, Config, dict[str | None, Shape]]] = [
        ("split", {"indices_or_sections": parts, "axis": -1}, _numbered([(*rest, last // parts)] * parts)),
        ("moments", {"axes": [1], "keepdims": True}, dict.fromkeys(("mean", "variance"), (1, *shape[1:]))),
        ("top_k", {"k": last}, {"values": shape}),
    ]
    if last > 1:
        cut = draw(st.integers(1, last - 1))
        pieces = _numbered([(*rest, cut), (*rest, last - cut)])
        ways.append(("split", {"indices_or_sections": [cut], "axis": -1}, pieces))
    return ways


def _numbered(shapes: list[Shape]) -> dict[str | None, Shape]:
    return {f"output_{index}" if index else "output": shape for index, shape in enumerate(shapes)}


def _unstack(draw: st.DrawFn, sketch: Sketch, id: str, names: Names) -> None:
    """A tensor as a list of its slices, as many as it happens to have."""
    tensor = _tensor(draw, sketch, 2)
    if tensor is None:
        _keep(draw, sketch, id, names)
        return
    _add(sketch, id, "unstack", {"axis": 1}, [(tensor, None)], _numbered([tensor.shape[1:]] * tensor.shape[0]))


def _choose(draw: st.DrawFn, sketch: Sketch, id: str, _: Names) -> None:
    """A comparison, and values by its outcome."""
    tensor = draw(st.sampled_from(sketch.tensors))
    _add(sketch, f"{id}c", "greater", {"x2": draw(NUMBERS)}, [(tensor, None)], {})
    condition = Tensor(f"{id}c", None, tensor.shape, "bool")
    sketch.others.append(condition)
    sources: list[tuple[Tensor, str | None]] = [(condition, None), (tensor, "x1")]
    _add(sketch, id, "where", {"x2": draw(NUMBERS)}, sources, {None: tensor.shape})
