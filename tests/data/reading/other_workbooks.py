"""Workbooks for tests in the formats beside .xlsx: OpenDocument, binary records, and the one of Excel 97."""

import struct
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from tests.data.reading.packing import packed

Sheet = Sequence[Sequence[float | str]]

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SECTOR = 512
FREE, CHAIN_END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def opendocument(name: str, sheet: Sheet | str) -> bytes:
    """An .ods file of one sheet, given as cells or as the XML of its rows."""
    rows = sheet if isinstance(sheet, str) else "".join(map(_row, sheet))
    spaces = " ".join(f'xmlns:{word}="{OASIS}:{word}:1.0"' for word in ("office", "table", "text"))
    table = f"<table:table table:name={quoteattr(name)}>{rows}</table:table>"
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    files = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{OASIS}:manifest:1.0"/>',
        "content.xml": f"<office:document-content {spaces}>{body}</office:document-content>",
    }
    return packed({member: text.encode() for member, text in files.items()})


def _row(cells: Sequence[float | str]) -> str:
    return f"<table:table-row>{''.join(map(open_cell, cells))}</table:table-row>"


def open_cell(value: float | str, more: str = "") -> str:
    """A cell of OpenDocument, with more attributes."""
    said = 'value-type="string"' if isinstance(value, str) else f'value-type="float" office:value="{value}"'
    return f"<table:table-cell office:{said} {more}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def binary_workbook(name: str, sheet: Sheet | bytes) -> bytes:
    """An .xlsb file of one sheet, given as cells or as its records."""
    records = sheet if isinstance(sheet, bytes) else b"".join(_binary_rows(sheet))
    listed = record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(name))
    book = record(131) + record(143) + listed + record(144) + record(132)
    part = record(129) + record(148, struct.pack("<4I", 0, 9, 0, 9)) + record(145) + records + record(146) + record(130)
    return packed(
        {
            "_rels/.rels": _relations("officeDocument", "xl/workbook.bin"),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": _relations("worksheet", "worksheets/sheet1.bin"),
            "xl/worksheets/sheet1.bin": part,
        }
    )


def record(kind: int, content: bytes = b"") -> bytes:
    """A record of a binary workbook."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(content) & 0x7F | 0x80, len(content) >> 7]) + content


def binary_row(number: int) -> bytes:
    """The head of a row."""
    return record(0, struct.pack("<I", number) + bytes(13))


def binary_cell(column: int, value: float | str) -> bytes:
    """A cell of the row before it."""
    place = struct.pack("<II", column, 0)
    if isinstance(value, str):
        return record(6, place + _wide(value))
    return record(5, place + struct.pack("<d", value))


def _binary_rows(sheet: Sheet) -> Iterator[bytes]:
    for number, cells in enumerate(sheet):
        yield binary_row(number)
        yield from (binary_cell(column, value) for column, value in enumerate(cells))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _relations(kind: str, target: str) -> bytes:
    one = f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{RELATIONS}">{one}</Relationships>'.encode()


def old_workbook(name: str, sheet: Sheet) -> bytes:
    """An .xls file of one sheet: the records of Excel 97 as the one stream of a compound file."""
    listed = struct.pack("<BB", len(name), 0) + name.encode("latin-1")
    begin, end = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0), _old(0x0A)
    head_bytes = len(_old(0x809, begin) + _old(0x85, bytes(6) + listed) + end)
    book = _old(0x809, begin) + _old(0x85, struct.pack("<IH", head_bytes, 0) + listed) + end
    cells = [_old_cell(row, column, value) for row, values in enumerate(sheet) for column, value in enumerate(values)]
    return _compound(book + _old(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + b"".join(cells) + end)


def _old(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _old_cell(row: int, column: int, value: float | str) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return _old(0x204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _old(0x203, place + struct.pack("<d", value))


def _compound(stream: bytes) -> bytes:
    """A compound file: a header, its table of sectors, its directory, and the stream in the sectors behind."""
    stream = stream.ljust(4_096, b"\0")  # shorter ones lie elsewhere
    stream += bytes(-len(stream) % SECTOR)
    sectors = len(stream) // SECTOR
    chain = [FAT_SECTOR, CHAIN_END, *range(3, sectors + 2), CHAIN_END]
    table = struct.pack(f"<{SECTOR // 4}I", *chain, *[FREE] * (SECTOR // 4 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4_096, CHAIN_END, 0, CHAIN_END, 0) + struct.pack("<I", 0)
    root = _entry("Root Entry", 5, 1, CHAIN_END, 0)
    directory = root + _entry("Workbook", 2, FREE, 2, len(stream)) + bytes(256)
    return header.ljust(SECTOR, b"\xff") + table + directory + stream


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBBIII", len(wide), kind, 1, FREE, FREE, child)
    return wide.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", first, size)
