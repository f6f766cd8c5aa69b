"""Workbooks for tests, written as the format has it: cells with their values, one sheet after the other."""

from collections.abc import Mapping, Sequence
from datetime import date
from string import ascii_uppercase
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from tests.data.reading.packing import packed

SPACE = "http://schemas.openxmlformats.org"
MAIN, DOCUMENT = f"{SPACE}/spreadsheetml/2006/main", f"{SPACE}/officeDocument/2006/relationships"
PACKAGE = f"{SPACE}/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


class Formula(NamedTuple):
    """A formula and what it came to."""

    text: str
    value: float | str


Cell = Formula | date | float | str | None
Sheet = Sequence[Sequence[Cell]]


def workbook(sheets: Mapping[str, Sheet | bytes]) -> bytes:
    """An .xlsx file with these sheets, each as rows of cells or as its XML."""
    numbered = list(enumerate(sheets.items(), 1))
    listed = "".join(f'<sheet name={quoteattr(name)} sheetId="{k}" r:id="rId{k}"/>' for k, (name, _) in numbered)
    targets = "".join(_relation(f"rId{k}", "worksheet", f"worksheets/sheet{k}.xml") for k, _ in numbered)
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        "</Types>",
        "_rels/.rels": _relations(_relation("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(targets + _relation("rIdS", "styles", "styles.xml")),
        "xl/styles.xml": styles,
    }
    members = {name: f'<?xml version="1.0"?>{text}'.encode() for name, text in files.items()}
    for number, (_, sheet) in numbered:
        members[f"xl/worksheets/sheet{number}.xml"] = sheet if isinstance(sheet, bytes) else _sheet(sheet)
    return packed(members, 8)


def _relations(inside: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def _relation(id: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{id}" Type="{DOCUMENT}/{kind}" Target="{target}"/>'


def _sheet(rows: Sheet) -> bytes:
    lines = (
        f'<row r="{number}">{"".join(_cell(f"{ascii_uppercase[k]}{number}", cell) for k, cell in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'.encode()


def _cell(place: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Formula):
        kind = ' t="str"' if isinstance(cell.value, str) else ""
        return f'<c r="{place}"{kind}><f>{escape(cell.text)}</f><v>{escape(str(cell.value))}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{place}" s="1"><v>{(cell - date(1899, 12, 30)).days}</v></c>'
    if isinstance(cell, str):
        kind, text = (
            ("e", f"<v>{cell}</v>") if cell.startswith("#") else ("inlineStr", f"<is><t>{escape(cell)}</t></is>")
        )
        return f'<c r="{place}" t="{kind}">{text}</c>'
    return f'<c r="{place}"><v>{cell}</v></c>'
