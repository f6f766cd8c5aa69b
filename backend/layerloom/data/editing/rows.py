"""Some of the rows of a column, in a wanted order; a large column goes through the disk, not through memory."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.data.values import Values

IN_MEMORY_BYTES = 64_000_000
BYTES_AT_A_TIME = 16_000_000

Rows = NDArray[np.int64]


def taken(values: Values, rows: Mapping[str, Rows], scratch: Path) -> Values:
    """These rows of each split named in `rows`; the other splits are whole."""
    chosen = {split: _rows(values.parts[split], kept, scratch) for split, kept in rows.items()}
    return replace(values, parts={**values.parts, **chosen})


def on_disk(scratch: Path, shape: tuple[int, ...], dtype: Any) -> NDArray[Any]:
    """An empty array that lies in a file of the scratch folder; memory holds what is looked at."""
    with tempfile.NamedTemporaryFile(dir=scratch, suffix=".npy", delete=False) as file:
        place = file.name
    array: NDArray[Any] = np.lib.format.open_memmap(place, mode="w+", dtype=dtype, shape=shape)
    return array


def at_a_time(array: NDArray[Any]) -> int:
    """How many rows of such an array are a good piece."""
    row = array.dtype.itemsize * int(np.prod(array.shape[1:]))
    return max(1, BYTES_AT_A_TIME // max(1, row))


def _rows(part: NDArray[Any], rows: Rows, scratch: Path) -> NDArray[Any]:
    shape = (len(rows), *part.shape[1:])
    if part.dtype == object or int(np.prod(shape)) * part.dtype.itemsize <= IN_MEMORY_BYTES:
        return np.asarray(part[rows])
    target, step = on_disk(scratch, shape, part.dtype), at_a_time(part)
    for start in range(0, len(rows), step):
        target[start : start + step] = part[rows[start : start + step]]
    return target
