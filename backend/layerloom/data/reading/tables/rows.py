"""A text table in pieces of whole, sound rows: what is broken is placed by line, row and column, or left out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layerloom.data.dataset import Note
from layerloom.data.reading.source import Given, Unreadable
from layerloom.data.reading.tables.marks import RETURN, Marks, Positions, marks

MOST_NOTES = 100
MOST_NAMED = 20
LARGEST_ROW = 64 << 20
LONGEST_BLANK = 200
SPACE = ord(" ")


class BadQuote(Exception):
    """A quote that opens in this line is not closed where a field ends; `quoted`: other fields are in quotes."""

    def __init__(self, line: int, quoted: bool) -> None:
        super().__init__(line, quoted)
        self.line, self.quoted = line, quoted


@dataclass(frozen=True)
class Layout:
    """What every row must look like: its fields, separated by one byte, in quotes or with quotes as letters."""

    names: list[str]
    separator: str
    has_header: bool
    quotes: bool


class Rows:
    """Goes through the blocks of a table once. `left_out` counts the rows that were not kept."""

    def __init__(self, given: Given, layout: Layout, skip_broken: bool, notes: list[Note]) -> None:
        self._given, self._layout, self._skip, self._notes = given, layout, skip_broken, notes
        self._line, self._row, self._quoted = 1, 0 if layout.has_header else 1, False
        self._letter_first = re.compile(rf'(?:^|[\n{re.escape(layout.separator)}])"'.encode())
        self.left_out = 0

    def pieces(self, blocks: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
        """Pieces that hold whole rows, without the header, and how many. Raises Unreadable, BadQuote."""
        left = b""
        for block in blocks:
            piece, kept, left = self._split(left + block)
            yield piece, kept
        if left:
            piece, kept, left = self._split(left + b"\n")
            yield piece, kept
        if left:
            raise BadQuote(self._line + left.count(b"\n", 0, left.rindex(b'"')), quoted=True)
        if self.left_out > MOST_NOTES:
            self._notes.append(Note(code="ragged", message=f"{self.left_out:,} rows were left out in all."))

    def _split(self, block: bytes) -> tuple[bytes, int, bytes]:
        """The sound rows of a block, how many they are, and what is left of it behind the last whole row."""
        found = marks(block, ord(self._layout.separator), self._layout.quotes)
        self._quoted |= found.quoted
        if (bad := self._bad_quote(found, block)) is not None:
            raise BadQuote(self._line + block.count(b"\n", 0, bad), self._quoted)
        end = int(found.ends[-1]) + 1 if len(found.ends) else 0
        if len(block) - end > LARGEST_ROW:
            raise Unreadable("field-too-long", f"Row {self._row + len(found.ends):,} is longer than 64 MB.")
        piece, kept = self._sound(block, found) if end else (b"", 0)
        self._line += block.count(b"\n", 0, end)
        return piece, kept, block[end:]

    def _bad_quote(self, found: Marks, block: bytes) -> int | None:
        """A quote that is wrong, or has been open for longer than any field may be, or begins a field as a letter."""
        if not self._layout.quotes and (found_quote := self._letter_first.search(block)):
            self._quoted = True
            return found_quote.end() - 1
        if found.open_at is not None and len(block) - found.open_at > 4 * self._given.limits.max_field_bytes:
            return found.open_at if found.bad_quote is None else found.bad_quote
        return found.bad_quote

    def _sound(self, block: bytes, found: Marks) -> tuple[bytes, int]:
        starts = np.concatenate(([0], found.ends[:-1] + 1))
        lengths = found.ends - starts
        letters = np.frombuffer(block, np.uint8)
        blank = (lengths == 0) | ((lengths == 1) & (letters[starts] == RETURN))
        fields = np.diff(np.searchsorted(found.separators, found.ends), prepend=0) + 1
        ragged = (fields != len(self._layout.names)) & ~blank
        for index in np.flatnonzero(ragged & (letters[starts] <= SPACE) & (lengths <= LONGEST_BLANK)):
            blank[index] = not block[starts[index] : found.ends[index]].strip()
        ragged &= ~blank
        numbers = self._row + np.cumsum(~blank) - 1
        long = self._long(found, starts, lengths) & ~ragged & ~blank
        self._tell([self._ragged(int(numbers[at]), int(fields[at])) for at in np.flatnonzero(ragged)[:MOST_NOTES]])
        self._tell([self._too_long(found, starts, numbers, int(at)) for at in np.flatnonzero(long)[:MOST_NOTES]])
        header = numbers == 0
        self.left_out += int(np.count_nonzero((ragged | long) & ~header))
        self._row = int(numbers[-1]) + 1
        keep = ~(blank | ragged | long | header)
        return _kept(block, starts, found.ends, keep), int(np.count_nonzero(keep))

    def _long(self, found: Marks, starts: Positions, lengths: Positions) -> NDArray[np.bool_]:
        """Rows with a field that is too long; few rows are long enough to be looked at."""
        limit = self._given.limits.max_field_bytes
        long = lengths > limit
        for at in np.flatnonzero(long):
            long[at] = self._longest(found, int(starts[at]), int(found.ends[at]))[1] > limit
        return long

    def _longest(self, found: Marks, start: int, end: int) -> tuple[int, int]:
        """The field that is the longest of a row, and its bytes."""
        first, last = np.searchsorted(found.separators, [start, end])
        edges = np.concatenate(([start - 1], found.separators[first:last], [end]))
        sizes = np.diff(edges) - 1
        return int(sizes.argmax()), int(sizes.max())

    def _ragged(self, row: int, fields: int) -> Note:
        whose = "the header" if self._layout.has_header else "the first row"
        message = f"{_place(row)} has {fields:,} {'field' if fields == 1 else 'fields'}, {whose} has "
        return Note(code="ragged", message=f"{message}{len(self._layout.names):,}", row=row)

    def _too_long(self, found: Marks, starts: Positions, numbers: Positions, at: int) -> Note:
        row, limit = int(numbers[at]), self._given.limits.max_field_bytes
        field, size = self._longest(found, int(starts[at]), int(found.ends[at]))
        column = self._layout.names[field]
        message = (
            f"{_place(row)} has a field ('{column[:40]}') of {size:,} bytes, the limit is {limit:,} (max_field_bytes)"
        )
        return Note(code="field-too-long", message=message, row=row, column=column)

    def _tell(self, faults: list[Note]) -> None:
        """Note what is left out, or refuse the file for it."""
        if faults and (not self._skip or faults[0].row == 0):
            say = f"{faults[0].message}. Correct the file, or have broken rows left out."
            raise Unreadable(faults[0].code, say, faults[:MOST_NAMED])
        room = MOST_NOTES - len(self._notes)
        self._notes += left_out(faults[: max(0, room)])


def _place(row: int) -> str:
    return f"Row {row:,}" if row else "The header"


def left_out(faults: Sequence[Note]) -> list[Note]:
    """What is said of faults where a person had what is broken left out."""
    return [note.model_copy(update={"message": f"{note.message}: left out."}) for note in faults]


def _kept(block: bytes, starts: Positions, ends: Positions, keep: NDArray[np.bool_]) -> bytes:
    """The kept rows, one after the other: runs of them are copied whole."""
    if keep.all():
        return block[: ends[-1] + 1]
    edges = np.flatnonzero(np.diff(np.concatenate(([False], keep, [False])).astype(np.int8)))
    runs = zip(edges[0::2], edges[1::2], strict=True)
    return b"".join(block[starts[first] : ends[stop - 1] + 1] for first, stop in runs)
