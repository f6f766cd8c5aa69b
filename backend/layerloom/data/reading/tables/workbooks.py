"""Workbooks of Excel (new, old and binary) and OpenDocument: one sheet is a table, with the values of its formulas."""

import fastexcel
import polars as pl

from layerloom.data.dataset import Note, Reading
from layerloom.data.reading.members import Archive, Broken
from layerloom.data.reading.source import Given, Unreadable
from layerloom.data.reading.tables import names
from layerloom.data.reading.tables.sniffing import MOST_ROWS, has_header
from layerloom.data.reading.tables.table import Table, stored
from layerloom.data.reading.tables.typed import cells_as
from layerloom.data.reading.tables.workbook_areas import areas
from layerloom.data.reading.zipped import is_zip

LARGEST_BYTES = 500_000_000
LARGEST_CELLS = 20_000_000
"""Of the rectangle around all cells of a sheet, which is what takes memory."""


def read_workbook(given: Given) -> Table:
    """The sheet that was asked for, or the first with data. Raises Unreadable."""
    given.report("reading", 0.0)
    asked, notes = given.reading or Reading(format="excel"), list[Note]()
    try:
        _check(given)
        workbook = fastexcel.read_excel(given.path)
        sheet = _sheet(workbook, asked.sheet, given)
        frame = _below_titles(_filled(_loaded(workbook, sheet)), notes)
    except (fastexcel.FastExcelError, pl.exceptions.PanicException, Broken):
        message = f"'{given.name}' is no workbook of Excel or OpenDocument, or a damaged one"
        raise Unreadable("malformed", f"{message}. Save it again as .xlsx, or as CSV.") from None
    has_names = _has_header(frame) if asked.has_header is None else asked.has_header
    if frame.height <= has_names:
        raise Unreadable("empty", f"Sheet '{sheet}' of '{given.name}' has no rows of data. Expected at least one.")
    columns, rows = _named(given, frame, has_names, notes)
    parts, _ = stored([rows], given.scratch)
    reading = asked.model_copy(update={"sheet": sheet, "has_header": has_names})
    return Table(parts, columns, reading, notes, cells_as(reading))


def _named(given: Given, frame: pl.DataFrame, has_names: bool, notes: list[Note]) -> tuple[list[str], pl.DataFrame]:
    header = frame.row(0) if has_names else [f"column_{number}" for number in range(1, frame.width + 1)]
    columns = names.unique(given, header, notes)
    return columns, frame.slice(int(has_names)).rename(dict(zip(frame.columns, columns, strict=True)))


def _sheet(workbook: fastexcel.ExcelReader, asked: str | None, given: Given) -> str:
    found = workbook.sheet_names
    if asked is not None:
        if asked in found:
            return asked
        listed = ", ".join(f"'{name}'" for name in found[:20])
        raise Unreadable("no-sheet", f"'{given.name}' has no sheet '{asked}'. It has {listed}.")
    for name in found:
        if _filled(_loaded(workbook, name)).height:
            return name
    raise Unreadable("empty", f"All sheets of '{given.name}' are empty. Expected a table on one of them.")


def _loaded(workbook: fastexcel.ExcelReader, sheet: str) -> pl.DataFrame:
    """All cells as texts."""
    return workbook.load_sheet(sheet, header_row=None, dtypes="string", whitespace_as_null=True).to_polars()


def _filled(frame: pl.DataFrame) -> pl.DataFrame:
    """Without the rows and columns that are empty as a whole."""
    columns = [series.name for series in frame if series.null_count() < frame.height]
    rows = frame.select(columns)
    return rows.filter(~pl.all_horizontal(pl.all().is_null())) if columns else rows


def _below_titles(frame: pl.DataFrame, notes: list[Note]) -> pl.DataFrame:
    """Without lines above the header that have a single cell, merged or not."""
    while frame.width > 1 and frame.height > 1 and _cells(frame, 0) == 1 < _cells(frame, 1):
        title = next(cell for cell in frame.row(0) if cell is not None)
        notes.append(Note(code="title", message=f"'{title[:80]}' stands above the table: left out."))
        frame = _filled(frame.slice(1))
    return frame


def _cells(frame: pl.DataFrame, row: int) -> int:
    return sum(cell is not None for cell in frame.row(row))


def _has_header(frame: pl.DataFrame) -> bool:
    return has_header([[cell or "" for cell in row] for row in frame.head(MOST_ROWS).rows()])


def _check(given: Given) -> None:
    """Refuse what would take too much memory, before it is opened. Old workbooks can not be large."""
    if not is_zip(given):
        return
    with Archive(given) as archive:
        total = sum(member.size for member in archive.members)
        if total > LARGEST_BYTES:
            message = f"'{given.name}' unpacks to {total:,} bytes, the limit for workbooks is {LARGEST_BYTES:,}"
            raise Unreadable("unpacks-too-large", f"{message}. Save the sheet as CSV.")
        for cells in areas(archive):
            if cells > LARGEST_CELLS:
                message = f"A sheet of '{given.name}' spans {cells:,} cells, the limit is {LARGEST_CELLS:,}"
                raise Unreadable("unpacks-too-large", f"{message}. Remove what stands far off, or save it as CSV.")
