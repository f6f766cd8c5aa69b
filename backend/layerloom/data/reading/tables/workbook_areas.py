"""How large the rectangles around the cells of a workbook are, told without opening it: they are what takes memory.

A few cells in far corners would make billions of empty ones.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from xml.parsers import expat

from layerloom.data.reading.members import Archive, Broken
from layerloom.data.reading.zipped import DOCUMENT

SHEETS, BINARY = "xl/worksheets/", ".bin"
CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
CUT_BYTES = 200
ROW_RECORD, CELL_RECORDS = 0, range(1, 12)
"""Of a sheet of binary records: the head of a row, and cells of all kinds."""
MOST_VARIED = 4


def areas(archive: Archive) -> Iterator[int]:
    """The cells of the rectangle around all that are there, sheet by sheet. Raises Broken."""
    for member in archive.members:
        with closing(archive.chunks(member)) as chunks:  # where it is given up, the file is closed
            if member.name == DOCUMENT:
                yield from _Document().areas(chunks)
            elif member.name.startswith(SHEETS):
                yield _records_area(chunks) if member.ending == BINARY else _area(chunks)


def _area(sheet: Iterable[bytes]) -> int:
    columns, rows, left = {b"A"}, set[int](), b""
    for block in sheet:
        found = CELL.findall(left + block)
        columns.update(column for column, _ in found)
        rows.update((int(found[0][1]), max(int(row) for _, row in found)) if found else ())
        left = block[-CUT_BYTES:]
    return max(map(_number, columns)) * (max(rows, default=0) - min(rows, default=0) + 1)


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _records_area(sheet: Iterable[bytes]) -> int:
    """Records, one after the other: a kind and a length, each in groups of seven bits, and the content."""
    content, at = b"".join(sheet), 0
    row, rows, columns = 0, set[int](), {0}
    try:
        while at < len(content):
            kind, at = _varied(content, at)
            length, at = _varied(content, at)
            if kind == ROW_RECORD:
                row = int.from_bytes(content[at : at + 4], "little")
            elif kind in CELL_RECORDS:
                rows.add(row)
                columns.add(int.from_bytes(content[at : at + 4], "little"))
            at += length
    except IndexError:
        raise Broken("malformed", "Its records are cut off, or none.") from None
    return (max(columns) + 1) * (max(rows, default=0) - min(rows, default=0) + 1)


def _varied(content: bytes, at: int) -> tuple[int, int]:
    """A number of up to four bytes, of which all but the last have their highest bit set, and where it ends."""
    number = 0
    for place in range(MOST_VARIED):
        byte = content[at + place]
        number |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            return number, at + place + 1
    raise IndexError("expected a number of four bytes at most")


class _Document:
    """Follows the tags of an OpenDocument file. Empty cells count where others stand behind or below them."""

    def __init__(self) -> None:
        self._found: list[int] = []
        self._row = self._column = self._height = self._width = 0
        self._repeated, self._is_filled = 1, False

    def areas(self, chunks: Iterable[bytes]) -> list[int]:
        """Of each sheet. Raises Broken where it is no XML."""
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        try:
            for chunk in chunks:
                parser.Parse(chunk)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError):
            raise Broken("malformed", "It is no XML.") from None
        return self._found

    def _begin(self, tag: str, said: dict[str, str]) -> None:
        if tag == "table:table":
            self._row = self._height = self._width = 0
        elif tag == "table:table-row":
            self._column, self._is_filled = 0, False
            self._repeated = int(said.get("table:number-rows-repeated", 1))
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._column += int(said.get("table:number-columns-repeated", 1))
            self._fill(any(name.startswith("office:") for name in said))
        elif tag == "text:p":
            self._fill(True)

    def _fill(self, is_filled: bool) -> None:
        if is_filled:
            self._width, self._is_filled = max(self._width, self._column), True

    def _end(self, tag: str) -> None:
        if tag == "table:table-row":
            self._row += self._repeated
            self._height = self._row if self._is_filled else self._height
        elif tag == "table:table":
            self._found.append(self._width * self._height)
