"""Columns on disk, in a form that is read a slice at a time: `.npy` files that are mapped into memory.

Texts are one UTF-8 file and the offsets between them. Only NumPy is needed to read.
"""

import os
import shutil
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from layerloom.data.values import TEXTS, Values


def write(folder: Path, index: int, column: Values) -> None:
    """Store the column, the `index`-th of its dataset, in `folder`; on the disk when this returns."""
    for split, part in column.parts.items():
        if column.kind in TEXTS:
            texts = [text.encode() for text in part]
            write_bytes(folder / _name(split, index, "utf8"), b"".join(texts))
            part = np.cumsum([0, *map(len, texts)], dtype=np.int64)
        with (folder / _name(split, index, "npy")).open("wb") as file:
            np.save(file, part, allow_pickle=False)
            _settle(file)


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
