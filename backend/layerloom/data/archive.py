"""A dataset as one NumPy archive (`.npz`) for programs outside of this app, written while it is read."""

import zipfile
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.data.library import Library

_SLICE_BYTES = 4_000_000
_NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The same rows are the same file, whenever it is asked for."""


def archive(library: Library, id: str) -> Iterator[bytes]:
    """The pieces of an archive with `<split>/<column>` for each column and `classes/<column>` for each category.

    Arrays are as `Library.arrays` has them (rows first; a category as int32 class numbers, -1 for an empty cell), texts
    as NumPy strings: no pickles. Images are read from the disk a slice at a time. Raises what `Library` raises.
    """
    info = library.get(id)
    names = [column.name for column in info.columns]
    arrays = {
        f"{split}/{name}": array for split in info.rows for name, array in library.arrays(id, names, split).items()
    }
    classes = {f"classes/{column.name}": np.array(column.classes) for column in info.columns if column.classes}
    return _written({**arrays, **classes})


def _written(arrays: dict[str, NDArray[Any]]) -> Iterator[bytes]:
    outbox = _Outbox()
    with zipfile.ZipFile(outbox, "w") as file:
        for name, array in arrays.items():
            with file.open(_entry(name), "w", force_zip64=True) as entry:
                for piece in _pieces(array):
                    entry.write(piece)
                    yield from outbox.taken()
    yield from outbox.taken()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(f"{name}.npy", _NO_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = 1  # type: ignore[attr-defined]
    return entry


def _pieces(array: NDArray[Any]) -> Iterator[bytes]:
    """A `.npy` file in pieces."""
    dtype = np.dtype(f"<U{max(map(len, array), default=1) or 1}") if array.dtype == object else array.dtype
    header = _Outbox()
    described = {"descr": np.lib.format.dtype_to_descr(dtype), "fortran_order": False, "shape": array.shape}
    np.lib.format.write_array_header_1_0(header, described)
    yield from header.taken()
    rows = max(1, _SLICE_BYTES // max(1, dtype.itemsize * int(np.prod(array.shape[1:]))))
    for start in range(0, len(array), rows):
        yield np.ascontiguousarray(array[start : start + rows], dtype=dtype).tobytes()


class _Outbox:
    """A file that can only be written; what was written is taken away piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        """Keep a copy of the piece."""
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """There is nothing to wait for."""

    def close(self) -> None:
        """There is nothing to close."""

    def taken(self) -> list[bytes]:
        """What was written since the last time."""
        pieces, self._pieces = self._pieces, []
        return pieces
