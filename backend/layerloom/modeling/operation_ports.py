"""Which arguments of a function of `keras.ops` are tensors, and what comes out of it by name."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import JsonValue

from layerloom.catalog import InputPort, OutputPort

OUTPUT = "output"
TENSORS = frozenset(
    [
        "x",
        "x1",
        "x2",
        "xs",
        "y",
        "a",
        "b",
        "inputs",
        "query",
        "key",
        "value",
        "bias",
        "mask",
        "target",
        "output",
        "kernel",
        "depthwise_kernel",
        "pointwise_kernel",
        "mean",
        "variance",
        "offset",
        "scale",
        "gamma",
        "beta",
        "indices",
        "values",
        "updates",
        "sequence_lengths",
        "target_length",
        "output_length",
        "condition",
        "condlist",
        "choicelist",
        "data",
        "segment_ids",
        "sorted_sequence",
        "targets",
        "predictions",
        "abs_",
        "angle",
        "array",
        "tensor",
        "variable",
        "weights",
        "operands",
    ]
)
"""Arguments that are tensors wherever they stand, but for those below."""

NUMBERS = frozenset(
    [
        "array.x",
        "bartlett.x",
        "blackman.x",
        "hamming.x",
        "hanning.x",
        "kaiser.x",
        "kaiser.beta",
        "dot_product_attention.scale",
        "squareplus.b",
        "diagonal.offset",
        "trace.offset",
        "get_item.key",
    ]
)
"""Arguments with a tensor's name that are settings here, as `function.argument`."""

_VARIADIC = frozenset({"xs", "condlist", "choicelist", "operands"})
_VARIADIC_HERE = frozenset(["stack.x", "meshgrid.x", "fft.x", "fft2.x", "ifft2.x", "irfft.x", "istft.x"])

_OUTPUTS: Mapping[str, tuple[str, ...]] = {
    "ops.ctc_decode": ("decoded", "scores"),
    "ops.eig": ("eigenvalues", "eigenvectors"),
    "ops.eigh": ("eigenvalues", "eigenvectors"),
    "ops.fft": ("real", "imag"),
    "ops.fft2": ("real", "imag"),
    "ops.histogram": ("histogram", "edges"),
    "ops.ifft2": ("real", "imag"),
    "ops.lu_factor": ("lu", "pivots"),
    "ops.moments": ("mean", "variance"),
    "ops.qr": ("q", "r"),
    "ops.rfft": ("real", "imag"),
    "ops.slogdet": ("sign", "logabsdet"),
    "ops.stft": ("real", "imag"),
    "ops.svd": ("u", "s", "v"),
    "ops.top_k": ("values", "indices"),
}
_PARTS = frozenset({"ops.array_split", "ops.dsplit", "ops.hsplit", "ops.split", "ops.vsplit"})
_COUNTED_BY_SHAPE = frozenset({"ops.meshgrid", "ops.unravel_index", "ops.unstack"})


def is_tensor(function: str, argument: str) -> bool:
    """Whether an argument of the function (`split`, without `ops.`) takes a tensor."""
    return argument in TENSORS and f"{function}.{argument}" not in NUMBERS


def operation_inputs(type: str, member: Callable[..., Any]) -> list[InputPort]:
    """The tensor arguments of a function, in order. `type` is `ops.split`."""
    function = type.removeprefix("ops.")
    return [
        InputPort(
            name=argument.name,
            required=argument.default is argument.empty,
            variadic=argument.name in _VARIADIC or f"{function}.{argument.name}" in _VARIADIC_HERE,
        )
        for argument in inspect.signature(member).parameters.values()
        if is_tensor(function, argument.name)
    ]


def operation_outputs(type: str, config: Mapping[str, JsonValue]) -> list[str]:
    """The names of what comes out, in the order of Keras: `output`, `output_1`, ... where Keras gives them no names.

    Where the number follows from the shapes that come in, only the first is told (`counted_by_shape`).
    """
    if type == "ops.svd" and config.get("compute_uv") is False:
        return ["s"]
    if type in _PARTS:
        return numbered(_parts(config.get("indices_or_sections")))
    if type == "ops.unstack" and isinstance(count := config.get("num"), int):
        return numbered(count)
    return list(_OUTPUTS.get(type, (OUTPUT,)))


def counted_by_shape(type: str) -> bool:
    """Whether the number of outputs follows from what comes in."""
    return type in _COUNTED_BY_SHAPE


def numbered(count: int) -> list[str]:
    """`output`, `output_1`, ...: at least one, at most as many as a drawing can wire."""
    return [OUTPUT, *(f"{OUTPUT}_{index}" for index in range(1, min(count, MAX_PARTS)))]


def default_operation_outputs(type: str) -> list[OutputPort]:
    """The outputs of an operation with an empty config."""
    return [OutputPort(name=name) for name in operation_outputs(type, {})]


MAX_PARTS = 1_000
"""As many ports as one node may have."""


def _parts(sections: JsonValue) -> int:
    if isinstance(sections, list):
        return len(sections) + 1
    return sections if isinstance(sections, int) else 1
