"""Stored columns read by rows, without mapping them: pages of a mapped file would count as memory of who reads it."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
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

    def read_into(self, row: int, taken: Array, place: int) -> None:
        """One row to its place in an array of rows."""
        if not self._texts and self._stored.dtype == self.dtype and self.shape:
            self._stored.read_into(row, taken[place])
        else:
            taken[place] = self.read(row, row + 1)[0]


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
        taken = {name: np.empty((len(rows), *one.shape), one.dtype) for name, one in self._columns.items()}

        def fill(first: int, last: int) -> None:
            start, stop = int(ascending[first]), int(ascending[last - 1]) + 1
            for name, column in self._columns.items():
                if last - first == 1:
                    column.read_into(start, taken[name], int(order[first]))
                    continue
                taken[name][order[first:last]] = column.read(start, stop)[ascending[first:last] - start]

        ends = self._ends(ascending)
        for _ in self._threads.map(fill, ends[:-1], ends[1:]):
            pass  # raises what a reader raised
        return taken

    def _ends(self, ascending: Rows) -> list[int]:
        """Where one span of rows that are read at once ends and the next begins."""
        if not len(ascending):
            return [0]
        span_rows = max(1, SPAN_BYTES // self.row_bytes)
        # Large rows are read one by one, each straight to its place.
        gap = self.row_bytes + GAP_BYTES if self.row_bytes < GAP_BYTES else 0
        apart = np.diff(ascending) * self.row_bytes > gap
        breaks = np.flatnonzero(apart | (np.diff(ascending // span_rows) > 0)) + 1
        return [0, *breaks.tolist(), len(ascending)]

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(READERS, thread_name_prefix="columns")
