"""NumPy's files: one array, or an archive of named ones; each is mapped into memory, none is loaded."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import polars as pl

from layerloom.data.dataset import Note, Reading
from layerloom.data.reading.archives.array_columns import Array, columns_of, hints
from layerloom.data.reading.archives.array_header import HEAD_BYTES, TEXTS, header
from layerloom.data.reading.archives.array_names import CLASSES
from layerloom.data.reading.archives.columns import Columns, capped
from layerloom.data.reading.archives.filed import FOLD, VALIDATION_NOTED
from layerloom.data.reading.member_names import shown
from layerloom.data.reading.members import Archive, Broken, Member
from layerloom.data.reading.source import Given, Unreadable
from layerloom.data.source import Raw

ENDING = ".npy"
IMAGE, ALONE = "image", "values"


def read_array(given: Given) -> Columns:
    """A single array: a column `image` where it holds bytes with two or three axes a row, else `values`.

    Raises Unreadable `empty`, `malformed`, `pickled`, `unsupported-array`.
    """
    with given.path.open("rb") as file:
        header(given.name, file.read(HEAD_BYTES), given.path.stat().st_size)
    array = _mapped(given.path)
    name = IMAGE if array.dtype == np.uint8 and array.ndim > 2 else ALONE
    columns = columns_of({name: array}, given.scratch)
    return Columns(Reading(format="npy"), columns, [], hints(columns, {}))


def read_arrays(given: Given) -> Columns:
    """Named arrays, each a column, or the part of one that its name says (`x_train`, `test/label`).

    A list of texts named `classes/<column>` names the classes of a column. Raises Unreadable as `read_array` and
    `Archive` do, and `unequal-lengths`, `unequal-shapes` where the arrays do not fit together.
    """
    with Archive(given) as archive:
        members = {_name(member): member for member in archive.members if member.ending == ENDING}
        if not members:
            raise Unreadable("content-mismatch", f"'{given.name}' holds no arrays (.npy files).")
        others = [member.name for member in archive.members if member.ending != ENDING]
        for name, member in members.items():
            header(shown(name), _start(archive, member), member.size)
        arrays = {name: _unpacked(given, archive, member, n) for n, (name, member) in enumerate(members.items())}
    classes = {name.removeprefix(CLASSES): array for name, array in arrays.items() if _names_classes(name, array)}
    columns = columns_of({name: array for name, array in arrays.items() if name not in _of(classes)}, given.scratch)
    names = {column: [str(text) for text in array.tolist()] for column, array in classes.items()}
    columns = {name: _without_class(cells) if name in names else cells for name, cells in columns.items()}
    notes = [Note(code="not-read", message="Left out: it is no array.", file=shown(name)) for name in others]
    said = [VALIDATION_NOTED] if FOLD in columns else []
    return Columns(Reading(format="npz"), columns, [*said, *capped(notes)], hints(columns, names))


def _name(member: Member) -> str:
    return member.name[: -len(ENDING)]


def _start(archive: Archive, member: Member) -> bytes:
    try:
        return archive.start(member, HEAD_BYTES)
    except Broken as error:
        raise Unreadable(error.code, f"Array '{shown(_name(member))}': {error.message}") from None


def _unpacked(given: Given, archive: Archive, member: Member, number: int) -> Array:
    target = given.scratch / f"array-{number}.npy"
    try:
        archive.unpack(member, target)
    except Broken as error:
        raise Unreadable(error.code, f"Array '{shown(_name(member))}': {error.message}") from None
    given.report("reading", (number + 1) / len(archive.members))
    return _mapped(target)


def _mapped(path: Path) -> Array:
    array: Array = np.load(path, mmap_mode="r", allow_pickle=False)
    return array


def _names_classes(name: str, array: Array) -> bool:
    return name.startswith(CLASSES) and array.dtype.kind in TEXTS


def _of(classes: Mapping[str, Array]) -> set[str]:
    return {f"{CLASSES}{column}" for column in classes}


def _without_class(parts: Mapping[str, Raw]) -> dict[str, Raw]:
    """Where classes have names, -1 is an empty cell."""
    return {
        split: cells.replace(-1, None) if isinstance(cells, pl.Series) and cells.dtype.is_integer() else cells
        for split, cells in parts.items()
    }
