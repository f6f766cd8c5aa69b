"""What a file for prediction is read into: rows a part at a time, each with words that name it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.data.dataset import Column
from layerloom.problem import Refusal
from layerloom.training.signature import Tensor

ROWS_AT_ONCE = 256
MOST_ROWS = 1_000_000

Array = NDArray[Any]


@dataclass(frozen=True)
class Takes:
    """What one Input takes: its tensor, and the columns of the dataset that were joined for it."""

    name: str
    tensor: Tensor
    columns: list[Column]


@dataclass(frozen=True)
class Part:
    """Some rows: the cells that stand before the answers, and by Input name what the model is fed with."""

    cells: list[list[str]]
    inputs: dict[str, Array]


@dataclass(frozen=True)
class Given:
    """A file being read: the names of the leading cells, and the rows."""

    header: list[str]
    parts: Iterator[Part]


def checked_count(rows: int) -> None:
    """Raise Refusal `too-large` for more rows than one file may have."""
    if rows > MOST_ROWS:
        message = f"A file may have at most {MOST_ROWS:,} rows; this one has more. Split it."
        raise Refusal("too-large", message)


def joined(columns: Sequence[Array], tensor: Tensor) -> Array:
    """One value a row and column, side by side; a lone column stays flat where the Input has shape []."""
    array = columns[0] if not tensor.shape else np.stack(columns, axis=-1)
    return array if tensor.dtype == "string" else array.astype(numpy_dtype(tensor))


def numpy_dtype(tensor: Tensor) -> np.dtype[Any]:
    """The dtype of NumPy that feeds an Input; it does not know bfloat16."""
    return np.dtype("float32" if tensor.dtype == "bfloat16" else tensor.dtype)
