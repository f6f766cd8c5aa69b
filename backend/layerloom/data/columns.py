"""Stored columns read by rows, without mapping them: pages of a mapped file would count as memory of who reads it."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.data import storage
from layerloom.data.dataset import Column
from layerloom.data.values import DTYPES, TEXTS

READERS = 4
"""Threads: waiting for the disk and copying out of its cache both leave Python alone."""
SPAN_BYTES = 4_000_000
GAP_BYTES = 16_384
"""Reading past what is not wanted is faster than reading twice, up to about so much."""
ALIGNED_BYTES = 64
"""TensorFlow takes an array over that begins at a multiple of this, and copies any other."""

Array = NDArray[Any]
Rows = NDArray[np.int64]


class StoredColumn:
    """One column of a split. Numbers come as float32, texts as str objects, all else as it is stored."""

    def __init__(self, folder: Path, split: str, index: int, column: Column) -> None:
        self._texts = column.kind in TEXTS
        self._folder, self._split, self._index = folder, split, index
        self._stored = storage.ArrayFile.of(folder, split, index)
        self.shape = () if self._texts else self._stored.shape[1:]
        self.dtype = np.dtype(object) if self._texts else np.dtype(DTYPES[column.kind])

    @property
    def rows(self) -> int:
        """How many there are."""
        return self._stored.shape[0] - self._texts

    @property
    def stored_bytes(self) -> int:
        """On the disk, all rows together."""
        return storage.size_bytes(self._folder, self._split, self._index)

    def read(self, start: int, stop: int) -> Array:
        """Rows from `start` up to `stop`."""
        if not self._texts:
            return self._stored.read(start, stop).astype(self.dtype, copy=False)
        found = np.empty(stop - start, object)
        found[:] = storage.read_texts(self._folder, self._split, self._index, slice(start, stop))
        return found

    @property
    def row_bytes(self) -> int:
        """About what a row takes on the disk."""
        return max(1, self.stored_bytes // max(1, self.rows))

    def room(self, rows: int) -> Array:
        """An array for so many rows."""
        return np.empty(rows, object) if self._texts else aligned(rows, self.shape, self.dtype)

    def spans(self, ascending: Rows) -> list[int]:
        """Where the rows that one thread reads end and those of the next begin."""
        if not len(ascending):
            return [0]
        if self._is_large:
            return sorted({len(ascending) * part // READERS for part in range(READERS + 1)})
        span_rows = max(1, SPAN_BYTES // self.row_bytes)
        apart = np.diff(ascending) * self.row_bytes > self.row_bytes + GAP_BYTES
        breaks = np.flatnonzero(apart | (np.diff(ascending // span_rows) > 0)) + 1
        return [0, *breaks.tolist(), len(ascending)]

    def fill(self, taken: Array, places: Rows, ascending: Rows) -> None:
        """Put some rows to their places in an array that has room for them."""
        if not self._is_large:
            start = int(ascending[0])
            taken[places] = self.read(start, int(ascending[-1]) + 1)[ascending - start]
        elif self._texts or self._stored.dtype != self.dtype:
            for place, row in zip(places.tolist(), ascending.tolist(), strict=True):
                taken[place] = self.read(row, row + 1)[0]
        else:
            self._stored.read_into(taken, places, ascending)

    @cached_property
    def _is_large(self) -> bool:
        """Large rows are read one by one, each straight to its place: what lies between them would cost more."""
        return self.row_bytes >= GAP_BYTES


class Columns:
    """Columns of one split, by name."""

    def __init__(self, columns: Mapping[str, StoredColumn]) -> None:
        self._columns = columns

    @cached_property
    def stored_bytes(self) -> int:
        """On the disk, all of them together."""
        return sum(column.stored_bytes for column in self._columns.values())

    @property
    def rows(self) -> int:
        """How many there are."""
        return next(iter(self._columns.values())).rows

    @property
    def row_bytes(self) -> int:
        """About what a row takes on the disk."""
        return max(1, self.stored_bytes // max(1, self.rows))

    def read(self, name: str, start: int, stop: int) -> Array:
        """Rows of one column from `start` up to `stop`."""
        return self._columns[name].read(start, stop)

    def take(self, rows: Rows) -> dict[str, Array]:
        """These rows of every column, in this order; read in the order of the disk, by several threads."""
        order = np.argsort(rows, kind="stable")
        ascending = rows[order]
        taken = {name: column.room(len(rows)) for name, column in self._columns.items()}

        def fill(part: tuple[str, int, int]) -> None:
            name, first, last = part
            self._columns[name].fill(taken[name], order[first:last], ascending[first:last])

        spans = ((name, pairwise(column.spans(ascending))) for name, column in self._columns.items())
        for _ in self._threads.map(fill, [(name, *span) for name, ends in spans for span in ends]):
            pass  # raises what a reader raised
        return taken

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(READERS, thread_name_prefix="columns")


def aligned(rows: int, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Array:
    """An array for so many rows of this shape, which becomes a tensor without a copy."""
    count = rows * int(np.prod(shape, dtype=np.int64)) * dtype.itemsize
    cells = np.empty(count + ALIGNED_BYTES, np.uint8)
    begin = -cells.ctypes.data % ALIGNED_BYTES
    return cells[begin : begin + count].view(dtype).reshape(rows, *shape)
