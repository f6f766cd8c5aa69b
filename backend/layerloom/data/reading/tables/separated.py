"""Tables as text, separated by commas or other marks: read in pieces, so that they may be larger than memory."""

import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import polars as pl

from layerloom.data.dataset import Note, Reading
from layerloom.data.reading.encodings import encoding_of, known, utf8
from layerloom.data.reading.source import Given, Unreadable
from layerloom.data.reading.tables import names
from layerloom.data.reading.tables.marks import sound_line
from layerloom.data.reading.tables.rows import MOST_NOTES, BadQuote, Layout, Rows
from layerloom.data.reading.tables.sniffing import returns_only, rows_of, sample, sniffed
from layerloom.data.reading.tables.table import Table, stored
from layerloom.data.reading.tables.typed import cells_as


def read_text(given: Given) -> Table:
    """A CSV or TSV file, as it was asked for or as it looks. Raises Unreadable, with the rows at fault."""
    given.report("reading", 0.0)
    reading = _completed(given, given.reading) if given.reading else sniffed(given, encoding_of(given.path))
    try:
        try:
            return _table(given, reading, quotes=True)
        except BadQuote as error:
            if error.quoted:
                raise
            return _with_quotes_as_letters(given, reading, error)
    except BadQuote as error:
        if reading.skip_broken:
            return _table(given, reading, quotes=True, drop_lines=True)
        message = f"The quote that opens in line {error.line:,} is not closed where its field ends"
        say = f"{message}. Close it, double it if it is meant as a letter, or have broken rows left out."
        raise Unreadable("csv-quote", say, [Note(code="csv-quote", message=message)]) from None


def _with_quotes_as_letters(given: Given, reading: Reading, first: BadQuote) -> Table:
    """A table whose quotes stand inside of fields alone, as in 5" for inches. Raises BadQuote if it is none."""
    try:
        return _table(given, reading, quotes=False)
    except Unreadable as error:
        if error.code == "ragged":
            raise first from None
        raise


def _completed(given: Given, asked: Reading) -> Reading:
    """What was asked for, with what was not said found by looking. Raises Unreadable for what can not be."""
    encoding = known(asked.encoding) if asked.encoding else encoding_of(given.path)
    delimiter = asked.delimiter
    if delimiter is not None and (len(delimiter) != 1 or not delimiter.isascii() or delimiter in '"\r\n\0'):
        raise Unreadable("malformed", f"'{delimiter}' separates no fields. Expected a single ASCII character.")
    found = sniffed(given, encoding, delimiter)
    said = asked.model_dump(exclude_none=True, exclude={"image_size", "sheet"})
    return found.model_copy(update=said)


def _table(given: Given, reading: Reading, quotes: bool, drop_lines: bool = False) -> Table:
    notes: list[Note] = []
    assert reading.encoding is not None
    assert reading.delimiter is not None
    layout = _layout(given, reading, quotes, notes)
    blocks: Iterable[bytes] = utf8(given, reading.encoding, reading.skip_broken, notes)
    if returns_only(given, reading.encoding):
        blocks = (block.replace(b"\r", b"\n") for block in blocks)
    if drop_lines:
        blocks = _sound_lines(blocks, reading.delimiter, notes)
    rows = Rows(given, layout, reading.skip_broken, notes)
    folder = Path(tempfile.mkdtemp(dir=given.scratch))
    parts, count = stored((_frame(piece, kept, layout, given) for piece, kept in rows.pieces(blocks)), folder)
    if not count:
        raise Unreadable("empty", f"'{given.name}' has no rows of data. Expected at least one.", notes)
    return Table(parts, layout.names, reading, notes, cells_as(reading))


def _layout(given: Given, reading: Reading, quotes: bool, notes: list[Note]) -> Layout:
    delimiter, has_header = reading.delimiter or ",", reading.has_header is not False
    first = rows_of(sample(given, reading.encoding or "utf-8"), delimiter, quotes, most=1)
    if not first:
        raise Unreadable("empty", f"'{given.name}' is empty. Expected a table.")
    header = first[0] if has_header else [f"column_{number}" for number in range(1, len(first[0]) + 1)]
    return Layout(names.unique(given, header, notes), delimiter, has_header, quotes)


def _sound_lines(blocks: Iterable[bytes], delimiter: str, notes: list[Note]) -> Iterator[bytes]:
    """The lines whose quotes are all closed where a field ends; notes name those that are not."""
    sound, left, number = sound_line(delimiter), b"", 0
    for block in chain(blocks, [b"\n"]):
        *lines, left = (left + block).split(b"\n")
        kept = []
        for line in lines:
            number += 1
            if b'"' not in line or sound.fullmatch(line):
                kept.append(line + b"\n")
            elif len(notes) < MOST_NOTES:
                notes.append(Note(code="csv-quote", message=f"A quote in line {number:,} is not closed: left out."))
        yield b"".join(kept)


def _frame(piece: bytes, rows: int, layout: Layout, given: Given) -> pl.DataFrame:
    """A piece as texts. Where Polars sees other rows in it than were counted, nothing is guessed."""
    schema = dict.fromkeys(layout.names, pl.String)
    if not rows:
        return pl.DataFrame(schema=schema)
    try:
        frame = pl.read_csv(
            piece,
            has_header=False,
            schema=schema,
            separator=layout.separator,
            quote_char='"' if layout.quotes else None,
        )
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise Unreadable("malformed", f"'{given.name}' is no table: {str(error).splitlines()[0]}") from None
    if frame.height != rows:
        raise Unreadable(
            "malformed", f"'{given.name}' is no table: {rows:,} rows were expected, {frame.height:,} found."
        )
    return frame
