"""A table beside the files of an archive that says something of each: labels by the name of the file."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

import polars as pl

from layerloom.data.reading.member_names import plain
from layerloom.data.reading.members import Archive, Broken, Member
from layerloom.data.reading.source import Given, Source, Unreadable
from layerloom.data.reading.tables import separated

ENDINGS = frozenset({".csv", ".tsv", ".tab"})
LEAST_MATCHED = 0.5
"""The share of the files that a table must name to be taken for one of labels."""

Key = Callable[[str], str]


class LabelTable(NamedTuple):
    """`rows[i]` is the row that speaks of the i-th file, None where there is none; `columns` are all but the names."""

    member: Member
    rows: list[int | None]
    columns: dict[str, pl.Series]


def find(given: Given, archive: Archive, files: Sequence[str]) -> LabelTable | None:
    """The first table in the archive that names most of the files; None where none does."""
    for number, member in enumerate(one for one in archive.members if one.ending in ENDINGS):
        try:
            table = _opened(given, archive, member, number)
        except (Broken, Unreadable):
            continue  # is noted as a file that was not read
        if found := _matched(table, files):
            name, rows = found
            columns = {other: _cells(table, other) for other in table.names if other != name}
            return LabelTable(member, rows, columns)
    return None


def _opened(given: Given, archive: Archive, member: Member, number: int) -> Source:
    folder = given.scratch / f"labels-{number}"
    folder.mkdir()
    archive.unpack(member, folder / "file")
    return separated.read_text(Given(folder / "file", member.name, None, folder, given.report, given.limits))


def _matched(table: Source, files: Sequence[str]) -> tuple[str, list[int | None]] | None:
    """The column of names and the row of each file: of all columns and ways to compare, what fits the most files."""
    best, most = None, LEAST_MATCHED * len(files) - 0.5
    for name in table.names:
        cells = _cells(table, name)
        if cells.dtype.is_float() or cells.dtype.is_temporal():
            continue
        texts = [plain(text or "") for text in cells.cast(pl.String).to_list()]
        for key in (str, _last, _stem):
            rows = _rows(texts, files, key)
            if (count := sum(row is not None for row in rows)) > most:
                best, most = (name, rows), count
    return best


def _rows(texts: Sequence[str], files: Sequence[str], key: Key) -> list[int | None]:
    """The row of each file; files that this way of comparing can not tell apart have none."""
    places: Mapping[str, int] = {key(text): row for row, text in reversed(list(enumerate(texts))) if text}
    counts = Counter(map(key, files))
    return [places.get(name) if counts[name] == 1 else None for name in map(key, files)]


def _last(name: str) -> str:
    return PurePosixPath(name).name


def _stem(name: str) -> str:
    return PurePosixPath(name).stem


def _cells(table: Source, name: str) -> pl.Series:
    cells = table.column(name)["train"]
    assert isinstance(cells, pl.Series)
    return cells
