"""A ZIP file with a table for each split, as competitions and hubs offer them: train.csv, valid.csv, test.csv."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

import numpy as np
import polars as pl

from layerloom.data.dataset import Note, Reading
from layerloom.data.description import ColumnHint
from layerloom.data.reading.archives.columns import capped
from layerloom.data.reading.archives.filed import FOLD, VALIDATION_NOTED, free
from layerloom.data.reading.archives.folders import FOLDS, Fold
from layerloom.data.reading.member_names import shown
from layerloom.data.reading.members import Archive, Broken, Member
from layerloom.data.reading.source import Given, Source, Unreadable
from layerloom.data.source import Raw

WORD = re.compile("[a-z]+")

Tables = dict[Fold, Member]


def fold_of(name: str) -> Fold | None:
    """What a table is for by its name ("titanic_test.csv"), else by the folder it lies in; None where neither tells."""
    *folders, file = name.lower().split("/")
    for part in (PurePosixPath(file).stem, *reversed(folders)):
        if len(found := {FOLDS[word] for word in WORD.findall(part) if word in FOLDS}) == 1:
            return found.pop()
    return None


def by_fold(tables: Sequence[Member]) -> Tables:
    """The table of each split; empty where none is for training, or two are for the same split."""
    placed = [(fold, table) for table in tables if (fold := fold_of(table.name))]
    found = dict(placed)
    return found if "train" in found and len(found) == len(placed) > 1 else {}


def read_split_tables(
    given: Given, archive: Archive, tables: Tables, rest: Sequence[Member], read: Callable[[Given], Source]
) -> Source:
    """The tables as one. Those for validation are among the rows for training. Raises Unreadable, as `read` does.

    A table that lacks a column of that for training is left out and noted, as what lies beside them (`rest`) is.
    """
    first = _read(_unpacked(given, archive, "train", tables["train"], given.reading), tables["train"], read)
    sources: dict[Fold, Source] = {"train": first}
    notes = [Note(code="not-read", message="Left out: its name names no split.", file=shown(one.name)) for one in rest]
    for fold in (fold for fold in tables if fold != "train"):
        name = shown(tables[fold].name)
        alone = _unpacked(given, archive, fold, tables[fold], _alike(first.reading, given.reading))
        other = _read(alone, tables[fold], read)
        if missing := [column for column in first.names if column not in other.names]:
            message = f"Left out: it has no column '{missing[0]}', which the table for training has."
            notes.append(Note(code="other-columns", message=message, file=name, column=missing[0]))
            continue
        if more := [column for column in other.names if column not in first.names]:
            message = f"Its column '{more[0]}' was left out: the table for training has none."
            notes.append(Note(code="other-columns", message=message, file=name, column=more[0]))
        sources[fold] = other
    return _SplitTables(sources, {fold: shown(tables[fold].name) for fold in sources}, notes)


def _unpacked(given: Given, archive: Archive, fold: Fold, member: Member, reading: Reading | None) -> Given:
    scratch = given.scratch / fold
    scratch.mkdir()
    try:
        archive.unpack(member, scratch / "unpacked")
    except Broken as error:
        raise Unreadable(error.code, f"'{shown(member.name)}' in the archive: {error.message}") from None
    name = PurePosixPath(member.name).name
    return replace(given, path=scratch / "unpacked", name=name, reading=reading, scratch=scratch)


def _read(given: Given, member: Member, read: Callable[[Given], Source]) -> Source:
    try:
        return read(given)
    except Unreadable as error:
        name = shown(member.name)
        notes = [note.model_copy(update={"file": name}) for note in error.notes]
        raise Unreadable(error.code, f"'{name}' in the archive: {error.message}", notes) from None


def _alike(first: Reading, asked: Reading | None) -> Reading | None:
    """Text tables of one archive are written alike, but for the encoding: one may be plain ASCII."""
    if first.format != "csv":
        return asked
    return first.model_copy(update={"encoding": asked.encoding if asked else None})


class _SplitTables:
    """The columns that all of these tables have; `split` says which rows are for validation, where some are."""

    def __init__(self, sources: Mapping[Fold, Source], files: Mapping[Fold, str], notes: Sequence[Note]) -> None:
        self._sources, self._files, self._said = sources, files, notes
        first = sources["train"]
        self.reading: Reading = first.reading
        self.names = list(first.names)
        self.hints: Mapping[str, ColumnHint] = first.hints
        self._lengths: dict[Fold, int] = {}
        if "validation" in sources:
            self._fold = free(FOLD, set(self.names))
            self.names.append(self._fold)
            self.hints = {**self.hints, self._fold: ColumnHint(kind="category")}
            self._said = [*notes, VALIDATION_NOTED.model_copy(update={"column": self._fold})]
        self.notes = self._told()

    def column(self, name: str) -> Mapping[str, Raw]:
        """The cells of one column, by split. Raises Unreadable `unequal-shapes`."""
        if name not in self._sources["train"].names:
            return self._folds(name)
        cells = {fold: source.column(name)["train"] for fold, source in self._sources.items()}
        self._lengths = {fold: len(part) for fold, part in cells.items()}
        self.notes = self._told()
        _check_shapes(name, list(cells.values()))
        trained = [cells[fold] for fold in ("train", "validation") if fold in cells]
        return {"train": _joined(trained), **({"test": cells["test"]} if "test" in cells else {})}

    def _folds(self, name: str) -> dict[str, Raw]:
        if not self._lengths:
            self.column(self.names[0])
        counts = self._lengths
        marks = ["train"] * counts["train"] + ["validation"] * counts["validation"]
        tests = pl.Series(name, [None] * counts["test"], dtype=pl.String) if "test" in counts else None
        return {"train": pl.Series(name, marks), **({"test": tests} if tests is not None else {})}

    def _told(self) -> list[Note]:
        """What was said of each table, with the name of its file."""
        named = [
            note.model_copy(update={"file": self._files[fold]})
            for fold, source in self._sources.items()
            for note in source.notes
        ]
        return [*self._said, *capped(named)]


def _check_shapes(name: str, parts: Sequence[Raw]) -> None:
    shapes = {part.shape[1:] if isinstance(part, np.ndarray) else None for part in parts}
    if len(shapes) > 1:
        message = f"Column '{name}' holds arrays of another shape in one table than in another. Expected one shape."
        raise Unreadable("unequal-shapes", message)


def _joined(parts: Sequence[Raw]) -> Raw:
    """The rows of both, one after the other; of numbers and other cells all become texts."""
    if isinstance(parts[0], np.ndarray):
        return np.concatenate(parts) if len(parts) > 1 else parts[0]
    series = [part for part in parts if isinstance(part, pl.Series)]
    dtypes = {part.dtype for part in series} - {pl.Null()}
    if len(dtypes) > 1:
        common = pl.Float64() if all(dtype.is_numeric() for dtype in dtypes) else pl.String()
        series = [part.cast(common) for part in series]
    return pl.concat(series, how="vertical") if len(series) > 1 else series[0]
