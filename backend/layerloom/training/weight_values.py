"""The values of a weight, to be shown as numbers or taken away as a file."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue

from layerloom.inside import ValuesFormat
from layerloom.problem import Refusal

SHOWN_VALUES = 20_000
CSV_VALUES = 5_000_000
DIGITS = 6

Array = NDArray[Any]


def thinned(values: Array) -> tuple[list[int], JsonValue]:
    """Every n-th value along each axis so that at most SHOWN_VALUES are left, and those n; longest axes first."""
    steps = [1] * values.ndim
    while np.prod([-(-size // step) for size, step in zip(values.shape, steps, strict=True)]) > SHOWN_VALUES:
        longest = max(range(values.ndim), key=lambda axis: -(-values.shape[axis] // steps[axis]))
        steps[longest] *= 2
    left = values[tuple(slice(None, None, step) for step in steps)]
    return steps, _plain(left)


def write_values(values: Array, format: ValuesFormat, path: Path) -> None:
    """Write all values. In CSV the last axis runs along a line, all others down the lines.

    Raises Refusal `too-large` for a CSV file of more than CSV_VALUES values.
    """
    if format == "npy":
        with path.open("wb") as file:
            np.save(file, values, allow_pickle=False)
        return
    if values.size > CSV_VALUES:
        message = f"This weight has {values.size:,} values; a CSV file takes at most {CSV_VALUES:,}. Take .npy instead."
        raise Refusal("too-large", message)
    table = values.reshape(-1, values.shape[-1] if values.ndim > 1 else 1)
    np.savetxt(path, table, fmt="%d" if values.dtype.kind in "iub" else "%.9g", delimiter=",")


def _plain(values: Array) -> JsonValue:
    """As JSON can carry it, numbers to DIGITS digits."""
    if values.dtype.kind == "f":
        flat = [_rounded(float(value)) for value in values.ravel()]
        objects = np.empty(len(flat), dtype=object)
        objects[:] = flat
        values = objects.reshape(values.shape)
    plain: JsonValue = values.tolist()
    return plain


def _rounded(value: float) -> float | None:
    return float(f"{value:.{DIGITS}g}") if np.isfinite(value) else None
