"""How a text table is written, found by looking at its start: its encoding, what separates fields, whether it has a
header, what stands before decimals."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from layerloom.data.dataset import Reading
from layerloom.data.reading.source import Given
from layerloom.data.reading.tables.dates import formats

DELIMITERS = ",;\t|"
SAMPLE_BYTES = 262_144
LONGEST_LINE = 4 << 20
MOST_ROWS = 200
MOST_CELLS = 2_000
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
COMMA_NUMBER = re.compile(r"[+-]?\d+(,\d+)?([eE][+-]?\d+)?")
FRACTION = re.compile(r"[+-]?\d*,\d+([eE][+-]?\d+)?")
YEARS = range(1_800, 2_200)
DATE = re.compile(r"\d{1,4}[-/.]\w")
Table = list[list[str]]


class Looks(NamedTuple):
    """How well a delimiter fits: the share of rows as long as the first, that of cells with a meaning, the fields."""

    even: float
    meaning: float
    fields: int


def sniffed(given: Given, encoding: str, delimiter: str | None = None) -> Reading:
    """The reading that fits best, in this encoding; with this delimiter, where it is known."""
    text = sample(given, encoding)
    delimiter = delimiter or _delimiter(text)
    table = rows_of(text, delimiter)
    return Reading(
        format="csv",
        encoding=encoding,
        delimiter=delimiter,
        has_header=has_header(table),
        decimal_comma=delimiter != "," and _has_commas(table),
    )


def sample(given: Given, encoding: str) -> str:
    """The start of a text, up to the end of a line: whole but where a single line is longer than any may be."""
    text, is_all = _start(given, encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if is_all or "\n" not in text else text[: text.rindex("\n") + 1]


def returns_only(given: Given, encoding: str) -> bool:
    """Whether lines end as on the first Macintosh."""
    start, _ = _start(given, encoding)
    return "\r" in start and "\n" not in start


def _start(given: Given, encoding: str) -> tuple[str, bool]:
    """The start of a text, at least a line, and whether that is all of it."""
    with given.path.open("rb") as file:
        start = more = file.read(SAMPLE_BYTES)
        while more and len(start) < LONGEST_LINE and b"\n" not in more and b"\r" not in more:
            more = file.read(SAMPLE_BYTES)
            start += more
        is_all = not file.read(1)
    return start.decode(encoding, "replace").removeprefix("\ufeff").replace("\0", ""), is_all


def rows_of(text: str, delimiter: str, quotes: bool = True, most: int = MOST_ROWS) -> Table:
    """The first rows of a text as cells, without blank ones; up to where it is not written in this way."""
    csv.field_size_limit(LONGEST_LINE)
    table: Table = []
    for row in _cells(text, delimiter, quotes):
        if row and (len(row) > 1 or row[0].strip()):
            table.append(row)
        if len(table) == most:
            break
    return table


def _cells(text: str, delimiter: str, quotes: bool) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    if quotes:
        return csv.reader(lines, delimiter=delimiter)
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)


def _delimiter(text: str) -> str:
    """That which the first row has, and which makes the most even rows of cells that mean something."""
    looks = {delimiter: _looks(rows_of(text, delimiter)) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: looks[delimiter])
    if looks[best].fields > 1:
        return best
    return next((delimiter for delimiter in DELIMITERS if delimiter not in text), ",")  # a single column


def _looks(table: Table) -> Looks:
    if not table or len(table[0]) < 2:
        return Looks(0.0, 0.0, 1)
    width = len(table[0])
    even = sum(len(row) == width for row in table) / len(table)
    cells = [cell for row in table for cell in row][:MOST_CELLS]
    return Looks(round(even, 1), sum(map(_means_something, cells)) / len(cells), width)


def _means_something(cell: str) -> bool:
    bare = cell.strip()
    return not bare or _is_value(bare) or COMMA_NUMBER.fullmatch(bare) is not None


def _is_value(cell: str) -> bool:
    return NUMBER.fullmatch(cell) is not None or (DATE.match(cell) is not None and bool(formats([cell])))


def has_header(table: Table) -> bool:
    """Whether the first row names the columns: it does not where values stand in it, or what stands below too."""
    if not table:
        return True
    first, below = [cell.strip() for cell in table[0]], list(zip(*_even(table), strict=True))
    values = [index for index, cell in enumerate(first) if _is_value(cell) or COMMA_NUMBER.fullmatch(cell)]
    if values:
        return (
            _counts_up([first[index] for index in values]) and not any(map(_counts_up, table[1:3])) and len(table) > 1
        )
    return not any(cell and cell in Counter(map(str.strip, column)) for cell, column in zip(first, below, strict=False))


def _even(table: Table) -> Table:
    return [row for row in table[1:] if len(row) == len(table[0])]


def _counts_up(cells: Sequence[str]) -> bool:
    """Names that are numbers: of pixels (0, 1, 2, …) or of years."""
    if not all(cell.isascii() and cell.isdigit() for cell in cells):
        return False
    numbers = [int(cell[:18]) for cell in cells]
    even = all(after - before == 1 for before, after in pairwise(numbers))
    return even and ((len(numbers) > 2 and numbers[0] in (0, 1)) or (len(numbers) > 1 and numbers[0] in YEARS))


def _has_commas(table: Table) -> bool:
    """Some cells are fractions with a comma, and none is one with a point."""
    cells = [cell.strip() for row in table for cell in row]
    with_point = any("." in cell and NUMBER.fullmatch(cell) for cell in cells)
    return not with_point and any(FRACTION.fullmatch(cell) for cell in cells)
