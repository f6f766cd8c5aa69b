"""Columns on disk, in a form that is read a slice at a time: `.npy` files that are mapped into memory.

Texts are one UTF-8 file and the offsets between them. Only NumPy is needed to read.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from layerloom.data.values import TEXTS, Values

if TYPE_CHECKING:
    import polars as pl

TEXTS_AT_A_TIME = 250_000


def write(folder: Path, index: int, column: Values) -> None:
    """Store the column, the `index`-th of its dataset, in `folder`; on the disk when this returns."""
    for split, part in column.parts.items():
        if column.kind in TEXTS:
            part = _write_texts(folder / _name(split, index, "utf8"), part)
        with (folder / _name(split, index, "npy")).open("wb") as file:
            np.save(file, part, allow_pickle=False)
            _settle(file)


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
    offsets = read_array(folder, split, index)
    starts, ends = offsets[:-1][rows].tolist(), offsets[1:][rows].tolist()
    if not starts:
        return []
    with (folder / _name(split, index, "utf8")).open("rb") as file:
        file.seek(starts[0])
        content = file.read(ends[-1] - starts[0])
    return [content[start - starts[0] : end - starts[0]].decode() for start, end in zip(starts, ends, strict=True)]


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _name(split: str, index: int, ending: str) -> str:
    return f"{split}-{index:05d}.{ending}"
