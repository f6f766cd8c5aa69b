"""Columns on disk, in a form that is read a slice at a time: `.npy` files that are mapped into memory.

Texts are one UTF-8 file and the offsets between them. Only NumPy is needed to read.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from layerloom.data.values import TEXTS, Values

if TYPE_CHECKING:
    import polars as pl

TEXTS_AT_A_TIME = 250_000


@dataclass(frozen=True)
class ArrayFile:
    """A `.npy` file that is read a few rows at a time, and never mapped."""

    path: Path
    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    begin: int

    @classmethod
    def of(cls, folder: Path, split: str, index: int) -> "ArrayFile":
        """The file of a stored column; of a text, that of its offsets. Raises ValueError where columns go first."""
        return cls.at(folder / _name(split, index, "npy"))

    @classmethod
    def at(cls, path: Path) -> "ArrayFile":
        """A `.npy` file. Raises ValueError where columns go first, or where it is none."""
        with path.open("rb") as file:
            version = np.lib.format.read_magic(file)
            read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
            shape, columns_first, dtype = read(file)
            if columns_first:
                raise ValueError(f"{path.name} is stored columns first; rows of it can not be read alone")
            return cls(path, shape, dtype, file.tell())

    def read(self, start: int, stop: int) -> NDArray[Any]:
        """Rows from `start` up to `stop`. Raises OSError where the file ends before."""
        values = int(np.prod(self.shape[1:], dtype=np.int64))
        count, offset = (stop - start) * values, self.begin + start * values * self.dtype.itemsize
        found = np.fromfile(self.path, self.dtype, count, offset=offset)
        if len(found) != count:
            raise OSError(f"{self.path.name} ends before row {stop}")
        return found.reshape(stop - start, *self.shape[1:])

    def read_into(self, taken: NDArray[Any], places: NDArray[np.int64], rows: NDArray[np.int64]) -> None:
        """Each of these rows straight to its place: an array of rows of this shape and dtype."""
        with self.path.open("rb", buffering=0) as file:
            for place, row in zip(places.tolist(), rows.tolist(), strict=True):
                left = taken[place].data.cast("B")
                at = self.begin + row * left.nbytes
                while left.nbytes:
                    count = os.preadv(file.fileno(), [left], at)
                    if not count:
                        raise OSError(f"{self.path.name} ends before row {row + 1}")
                    left, at = left[count:], at + count


def write(folder: Path, index: int, column: Values) -> None:
    """Store the column, the `index`-th of its dataset, in `folder`; on the disk when this returns.

    An array that is mapped from a file of its own is not written again: that file gets a second name, and has to stay
    as it is.
    """
    for split, part in column.parts.items():
        if column.kind in TEXTS:
            part = _write_texts(folder / _name(split, index, "utf8"), part)
        target = folder / _name(split, index, "npy")
        if file_of := _file_of(part):
            link_file(file_of, target)
        with target.open("rb+" if file_of else "wb") as file:
            if not file_of:
                np.save(file, part, allow_pickle=False)
            _settle(file)


def _file_of(part: NDArray[Any]) -> Path | None:
    """The file that an array is mapped from, if it is all that the file holds, in the same order."""
    if not isinstance(part, np.memmap) or not part.filename or not part.flags.c_contiguous:
        return None
    path = Path(part.filename)
    try:
        stored = ArrayFile.at(path)
    except (ValueError, FileNotFoundError):
        return None  # raw bytes, columns first, or gone since
    return path if (stored.shape, stored.dtype) == (part.shape, part.dtype) else None


def link(source: Path, index: int, folder: Path, number: int) -> None:
    """Make the `index`-th column of one set the `number`-th of another: the same files, which nobody ever changes."""
    for place in source.glob(f"*-{index:05d}.*"):
        split, _, ending = place.name.rpartition(f"-{index:05d}.")
        link_file(place, folder / _name(split, number, ending))


def link_file(source: Path, target: Path) -> None:
    """The same file under a second name; a copy of it where the disk knows no such thing."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)


def _write_texts(path: Path, texts: "pl.Series | NDArray[np.object_]") -> NDArray[np.int64]:
    """Write the texts one behind the other; gives the offsets between them, one more than there are texts."""
    ends = [np.zeros(1, dtype=np.int64)]
    with path.open("wb") as file:
        for content, lengths in _pieces(texts):
            file.write(content)
            ends.append(ends[-1][-1] + np.cumsum(lengths, dtype=np.int64))
        _settle(file)
    return np.concatenate(ends)


def _pieces(texts: "pl.Series | NDArray[np.object_]") -> Iterator[tuple[bytes, NDArray[Any]]]:
    """Some texts at a time: their bytes, and the length of each. A Series is joined without a Python object a text."""
    for start in range(0, len(texts), TEXTS_AT_A_TIME):
        if isinstance(texts, np.ndarray):
            encoded = [text.encode() for text in texts[start : start + TEXTS_AT_A_TIME]]
            yield b"".join(encoded), np.array([len(text) for text in encoded], dtype=np.int64)
        else:
            piece = texts.slice(start, TEXTS_AT_A_TIME)
            yield piece.str.join("").item().encode(), piece.str.len_bytes().to_numpy()


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file; on the disk when this returns."""
    with path.open("wb") as file:
        file.write(content)
        _settle(file)


def read_array(folder: Path, split: str, index: int) -> NDArray[Any]:
    """A stored column that is no text, mapped read-only into memory."""
    array: NDArray[Any] = np.load(folder / _name(split, index, "npy"), mmap_mode="r", allow_pickle=False)
    return array


def read_texts(folder: Path, split: str, index: int, rows: slice) -> list[str]:
    """These rows of a stored text column."""
    offsets = ArrayFile.of(folder, split, index)
    first, last, step = rows.indices(offsets.shape[0] - 1)
    edges = offsets.read(first, max(first, last) + 1)
    starts, ends = edges[:-1:step].tolist(), edges[1::step].tolist()
    if not starts:
        return []
    with (folder / _name(split, index, "utf8")).open("rb") as file:
        file.seek(starts[0])
        content = file.read(ends[-1] - starts[0])
    return [content[start - starts[0] : end - starts[0]].decode() for start, end in zip(starts, ends, strict=True)]


def size_bytes(folder: Path, split: str, index: int) -> int:
    """What a stored column takes on the disk."""
    files = (folder / _name(split, index, ending) for ending in ("npy", "utf8"))
    return sum(file.stat().st_size for file in files if file.exists())


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _name(split: str, index: int, ending: str) -> str:
    return f"{split}-{index:05d}.{ending}"
