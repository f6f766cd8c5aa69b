"""Objects of JSON, one a line or all in a list: their keys are the columns; kept in pieces that memory has room for."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl
from pydantic_core import from_json

from layerloom.data.dataset import Note, Reading
from layerloom.data.description import ColumnHint
from layerloom.data.reading.encodings import encoding_of, known, utf8
from layerloom.data.reading.source import Given, Unreadable
from layerloom.data.reading.tables import names
from layerloom.data.reading.tables.json_cells import joined, piece
from layerloom.data.reading.tables.json_list import BEGINS, JsonList, begun
from layerloom.data.reading.tables.rows import LARGEST_ROW, MOST_NAMED, MOST_NOTES, left_out
from layerloom.data.source import Raw

Parsed = dict[str, Any] | Note
"""An object, or what is wrong with what stands in its place."""


class JsonLines:
    """Pieces of a file as a source: `parts[i]` holds the cells of the keys that occur in the i-th piece."""

    def __init__(self, parts: list[tuple[Path, int]], keys: Mapping[str, str], reading: Reading, notes: list[Note]):
        self._parts, self._keys = parts, keys
        self.names, self.reading, self.notes = list(keys), reading, notes
        self.hints: Mapping[str, ColumnHint] = {}
        self._told: set[str] = set()

    def column(self, name: str) -> Mapping[str, Raw]:
        """All cells of one column; objects without it have an empty one."""
        notes: list[Note] = []
        pieces = []
        for path, rows in self._parts:
            present = self._keys[name] in pl.read_parquet_schema(path)
            cells = pl.read_parquet(path, columns=[self._keys[name]]).to_series() if present else None
            pieces.append(cells if cells is not None else pl.Series([None] * rows, dtype=pl.Null))
        values = joined(name, pieces, notes)
        if name not in self._told:
            self._told.add(name)
            self.notes.extend(notes)
        return {"train": values}


def read_json_lines(given: Given) -> JsonLines:
    """The objects of a file. Raises Unreadable, with the lines at fault."""
    given.report("reading", 0.0)
    asked, notes = given.reading or Reading(format="jsonl"), list[Note]()
    encoding = known(asked.encoding) if asked.encoding else encoding_of(given.path)
    blocks = utf8(given, encoding, asked.skip_broken, notes)
    start, whole = begun(blocks)
    parsed = JsonList(given).objects(whole) if BEGINS.match(start) else _parsed(_lines(given, whole))
    keys: dict[str, str] = {}
    parts = []
    for index, objects in enumerate(_kept(parsed, asked.skip_broken, notes)):
        for key in dict.fromkeys(key for one in objects for key in one):
            keys.setdefault(key, str(len(keys)))
        names.check_count(given, len(keys))
        path = given.scratch / f"part-{index:05d}.parquet"
        piece(objects, keys).write_parquet(path, compression="lz4", statistics=False)
        parts.append((path, len(objects)))
    if not parts or not keys:
        raise Unreadable("empty", f"'{given.name}' holds no objects with values. Expected one a row.", notes)
    called = dict(zip(names.unique(given, list(keys), notes), keys.values(), strict=True))
    return JsonLines(parts, called, asked.model_copy(update={"encoding": encoding}), notes)


def _lines(given: Given, blocks: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Whole lines, those of a block together. Raises Unreadable `field-too-long`."""
    left = b""
    for block in blocks:
        *lines, left = (left + block).split(b"\n")
        if len(left) > LARGEST_ROW:
            message = f"A line of '{given.name}' is longer than 64 MB. Expected one object a line."
            raise Unreadable("field-too-long", message)
        yield lines
    yield [left]


def _kept(blocks: Iterable[list[Parsed]], skip: bool, notes: list[Note]) -> Iterator[list[dict[str, Any]]]:
    """The objects of each block that has any. Raises Unreadable `malformed` for what is none, unless it is skipped."""
    for parsed in blocks:
        faults = [one for one in parsed if isinstance(one, Note)]
        if faults and not skip:
            say = f"{faults[0].message}. Expected an object there. Correct it, or have what is broken left out."
            raise Unreadable("malformed", say, faults[:MOST_NAMED])
        notes += left_out(faults[: max(0, MOST_NOTES - len(notes))])
        if objects := [one for one in parsed if not isinstance(one, Note)]:
            yield objects


def _parsed(blocks: Iterable[list[bytes]]) -> Iterator[list[Parsed]]:
    """The objects of lines, and what is wrong with those that are none; blank ones are left out."""
    number = 0
    for lines in blocks:
        yield [_object(line, number + place) for place, line in enumerate(lines, 1) if line.strip()]
        number += len(lines)


def _object(line: bytes, number: int) -> Parsed:
    try:
        value = from_json(line)
    except ValueError as error:
        return Note(code="malformed", message=f"Line {number:,} is no JSON: {str(error)[:100]}")
    if not isinstance(value, dict):
        return Note(code="malformed", message=f"Line {number:,} is no object")
    return value
