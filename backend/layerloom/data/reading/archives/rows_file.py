"""An array on its way to the disk, row by row, in any order and from several threads; memory holds none of it."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


class RowsFile:
    """A `.npy` file of `shape` with the rows as first axis. Rows that are never put are zeros."""

    def __init__(self, path: Path, shape: tuple[int, ...], dtype: DTypeLike) -> None:
        self._path, self._shape, self._dtype = path, shape, np.dtype(dtype)
        self._row_bytes = self._dtype.itemsize * int(np.prod(shape[1:]))
        self._file = path.open("w+b")
        self._write_header(shape)
        self._start = self._file.tell()
        self._file.truncate(self._start + shape[0] * self._row_bytes)

    def put(self, row: int, values: NDArray[Any]) -> None:
        """Write one row. Raises ValueError for another shape than that of a row."""
        if values.shape != self._shape[1:]:
            raise ValueError(f"expected a row of shape {self._shape[1:]}, got {values.shape}")
        content = np.ascontiguousarray(values, dtype=self._dtype).data
        os.pwrite(self._file.fileno(), content, self._start + row * self._row_bytes)

    def finished(self, kept: list[int]) -> NDArray[Any]:
        """The rows `kept`, in ascending order, mapped into memory."""
        if len(kept) < self._shape[0]:
            self._move_up(kept)
        self._file.close()
        rows: NDArray[Any] = np.load(self._path, mmap_mode="r", allow_pickle=False)
        return rows

    def _move_up(self, kept: list[int]) -> None:
        handle = self._file.fileno()
        for place, row in enumerate(kept):
            if place != row:
                content = os.pread(handle, self._row_bytes, self._start + row * self._row_bytes)
                os.pwrite(handle, content, self._start + place * self._row_bytes)
        self._write_header((len(kept), *self._shape[1:]))
        self._file.truncate(self._start + len(kept) * self._row_bytes)

    def _write_header(self, shape: tuple[int, ...]) -> None:
        """NumPy leaves room in a header for a first axis that grows: it is as long for any number of rows."""
        self._file.seek(0)
        described = {"descr": np.lib.format.dtype_to_descr(self._dtype), "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(self._file, described)
        self._file.flush()


class SplitRowsFile:
    """Rows of which those from `trained` on are for testing: a file for each split, so that neither is copied again."""

    def __init__(self, folder: Path, shape: tuple[int, ...], dtype: DTypeLike, trained: int) -> None:
        self._trained = trained
        sizes = {"train": trained, "test": shape[0] - trained}
        self._files = {
            split: RowsFile(folder / f"{split}.npy", (size, *shape[1:]), dtype) for split, size in sizes.items() if size
        }

    def put(self, row: int, values: NDArray[Any]) -> None:
        """Write one row. Raises ValueError for another shape than that of a row."""
        split, place = ("train", row) if row < self._trained else ("test", row - self._trained)
        self._files[split].put(place, values)

    def finished(self, kept: Sequence[int]) -> dict[str, NDArray[Any]]:
        """The rows `kept`, in ascending order, mapped into memory; no split where it would be empty."""
        trained = [row for row in kept if row < self._trained]
        rows = {"train": trained, "test": [row - self._trained for row in kept[len(trained) :]]}
        made = {split: file.finished(rows[split]) for split, file in self._files.items()}
        return {split: array for split, array in made.items() if len(array)}
