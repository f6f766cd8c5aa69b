"""Operations that make a tensor from their arguments alone: sized before they are called."""

import math
from collections.abc import Callable, Mapping

import keras
from pydantic import JsonValue

from layerloom.graph.document import Node
from layerloom.modeling.tensors import TensorSpec, itemsize
from layerloom.modeling.values import value_shape

MAX_BYTES = 64_000_000
"""All constants of a drawing together: they are kept as text in the saved model."""

_WIDEST = "float64"


def constant_bytes(node: Node) -> int:
    """An upper bound of what the constant of a valid node takes, from its arguments alone."""
    values = _COUNTS[node.type](node.config) if node.type in _COUNTS else 0
    return values * itemsize(str(node.config.get("dtype") or _WIDEST))


def constant_spec(tensor: object) -> TensorSpec:
    """Shape and dtype of a tensor without a batch axis."""
    shape = tuple(getattr(tensor, "shape", ()))
    return TensorSpec(shape, keras.backend.standardize_dtype(getattr(tensor, "dtype", "float32")), batched=False)


def _product(config: Mapping[str, JsonValue]) -> int:
    shape = config.get("shape")
    return math.prod(size for size in shape if isinstance(size, int)) if isinstance(shape, list) else 1


def _square(config: Mapping[str, JsonValue]) -> int:
    rows = _whole(config.get("N"))
    return rows * _whole(config.get("M"), rows)


def _steps(config: Mapping[str, JsonValue]) -> int:
    start, stop, step = (_number(config.get(name)) for name in ("start", "stop", "step"))
    first, last = (0.0, start or 0.0) if stop is None else (start or 0.0, stop)
    return max(0, math.ceil((last - first) / step)) if (step := 1.0 if step is None else step) else 0


def _array(config: Mapping[str, JsonValue]) -> int:
    return math.prod(value_shape(config.get("x")) or ())


def _whole(value: JsonValue, default: int = 1) -> int:
    return value if isinstance(value, int) else default


def _number(value: JsonValue) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _of(name: str, default: int = 1) -> Callable[[Mapping[str, JsonValue]], int]:
    return lambda config: _whole(config.get(name), default)


_COUNTS: Mapping[str, Callable[[Mapping[str, JsonValue]], int]] = {
    "ops.arange": _steps,
    "ops.array": _array,
    "ops.eye": _square,
    "ops.full": _product,
    "ops.geomspace": _of("num", 50),
    "ops.identity": lambda config: _whole(config.get("n")) ** 2,
    "ops.linspace": _of("num", 50),
    "ops.logspace": _of("num", 50),
    "ops.ones": _product,
    "ops.tri": _square,
    "ops.zeros": _product,
    **{f"ops.{window}": _of("x") for window in ("bartlett", "blackman", "hamming", "hanning", "kaiser")},
}
"""Operation -> how many values it makes."""
