"""Tables that are damaged, hostile or not what they seem: each is refused with a reason, and leaves nothing."""

import gzip
import io
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from layerloom.data.ingest import ingest
from layerloom.data.reading.source import Given, Unreadable
from layerloom.data.uploads import Stage
from tests.data.reading.other_workbooks import (
    binary_cell,
    binary_row,
    binary_workbook,
    old_workbook,
    open_cell,
    opendocument,
)
from tests.data.reading.packing import given, packed, plain_picture
from tests.data.reading.workbook import workbook

Build = Callable[[], bytes]

NINE_THOUSAND = "größe\n" + "é\n" * 8_999
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def parquet(frame: pl.DataFrame) -> bytes:
    target = io.BytesIO()
    frame.write_parquet(target)
    return target.getvalue()


def damaged_parquet() -> bytes:
    content = bytearray(parquet(pl.DataFrame({"x": range(10_000)})))
    content[100:2_000] = b"\xff" * 1_900
    return bytes(content)


def far_off() -> bytes:
    """A sheet of two cells, one of them in the last corner that Excel has."""
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    return workbook({"A": SHEET + cells + b"</sheetData></worksheet>"})


def far_off_in_records() -> bytes:
    """The same as binary records."""
    return binary_workbook("A", binary_row(0) + binary_cell(0, 1.0) + binary_row(1_048_575) + binary_cell(16_383, 2.0))


def repeated() -> bytes:
    """One cell of OpenDocument that stands for a billion."""
    cell = open_cell(1.0, 'table:number-columns-repeated="1024"')
    return opendocument("A", f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')


def blown_up() -> bytes:
    """A sheet of two million empty rows, packed to a thousandth."""
    return workbook({"A": SHEET + b"<row></row>" * 2_000_000 + b"</sheetData></worksheet>"})


BAD: dict[str, tuple[Build, str, str]] = {
    "nothing": (lambda: b"", "empty", "is empty"),
    "blanks only": (lambda: b" \n\n\t\n" * 10, "empty", "is empty"),
    "many blank lines": (lambda: b"\n" * 100_000, "empty", "is empty"),
    "a header only": (lambda: b"x,y\n", "empty", "no rows of data"),
    "a row too long": (
        lambda: b"a,b,c,d\n" + b"1,2,3,4\n" * 16 + b"1,2,3,4,5\n",
        "ragged",
        "Row 17 has 5 fields, the header has 4",
    ),
    "a row too short": (lambda: b"a,b\n1,2\n1\n", "ragged", "Row 2 has 1 field, the header has 2"),
    "a ragged row behind a quoted newline": (lambda: b'a,b\n"x\ny",2\n1,2,3\n', "ragged", "Row 2 has 3 fields"),
    "an unclosed quote at the end": (lambda: b'a,b\n1,2\n3,"4\n5,6\n', "csv-quote", "line 3"),
    "an unclosed quote among quoted fields": (lambda: b'a,b\n"1","x"\n"3,"y"\n"5","z"\n', "csv-quote", "line 3"),
    "an unclosed quote before a megabyte": (lambda: b'a,b\n1,2\n3,"4\n' + b"5,6\n" * 300_000, "csv-quote", "line 3"),
    "a quote closed inside a field": (lambda: b'a,b\n"5" pipe,1\n', "csv-quote", "line 2"),
    "a field of 200 kB": (lambda: b"a,b\n1,2\n3," + b"x" * 200_000, "field-too-long", "Row 2 has a field ('b')"),
    "a quoted field of 200 kB": (
        lambda: b'a,b\n"' + b"x\n" * 100_000 + b'",1\n',
        "field-too-long",
        "Row 1 has a field ('a')",
    ),
    "a line without an end": (lambda: b"x" * 3_000_000, "field-too-long", "The header has a field"),
    "a zero byte": (lambda: b"a,b\n1,2\n3,\x004\n", "nul", "Line 3"),
    "bytes of no format": (lambda: bytes(range(256)) * 50, "nul", "Line 1"),
    "100,000 columns": (lambda: b",".join(b"%d" % k for k in range(100_000)) + b"\n", "too-many-columns", "100,000"),
    "bad UTF-8 in row 9,000": (lambda: NINE_THOUSAND.encode() + b"\xff\n", "encoding", "Byte 27,006 (line 9,001)"),
    "Latin-1 in one row": (lambda: b"x\n" * 9_000 + b"\xe9\n", "encoding", "line 9,001"),
    "a picture": (plain_picture, "content-mismatch", "is a PNG picture"),
    "a JPEG": (lambda: b"\xff\xd8\xff\xe0" + b"\0" * 99, "content-mismatch", "is a JPEG picture"),
    "a document": (lambda: b"%PDF-1.7\n", "content-mismatch", "is a PDF document"),
    "a program of Linux": (lambda: b"\x7fELF\x02" + b"\0" * 99, "content-mismatch", "is a program"),
    "a program of Windows": (lambda: b"MZ\x90\x00" + b"\0" * 99, "content-mismatch", "is a program"),
    "a file of HDF5": (lambda: b"\x89HDF\r\n\x1a\n" + b"\0" * 99, "content-mismatch", "is an HDF5 file"),
    "a database": (lambda: b"SQLite format 3\x00" + b"\0" * 99, "content-mismatch", "is a SQLite database"),
    "a web page": (lambda: b"<!DOCTYPE html><p>1,2", "content-mismatch", "is a web page"),
    "a document of JSON": (lambda: b'{\n  "x": [1, 2]\n}', "content-mismatch", "one object a line"),
    "a list of objects cut off": (lambda: b'[{"x": 1}, {"x": 2', "malformed", "Object 2 of the list is no JSON"),
    "a list of objects without a comma": (lambda: b'[{"x": 1} {"x": 2}]', "malformed", "neither a comma nor the end"),
    "a list of objects not closed": (lambda: b'[{"x": 1}, {"x": 2}', "malformed", "Object 2 of the list"),
    "a list of objects with more behind": (lambda: b'[{"x": 1}]\n[{"x": 2}]', "malformed", "Behind object 1"),
    "a list of objects and a number": (lambda: b'[{"x": 1}, 5]', "malformed", "Item 2 of the list is no object"),
    "a list of objects nested 200,000 deep": (lambda: b'[{"x": ' + b"[" * 200_000, "malformed", "Object 1"),
    "a line of JSON cut off": (lambda: b'{"x": 1}\n{"x": \n', "malformed", "Line 2"),
    "a line of JSON that is a list": (lambda: b'{"x": 1}\n[1]\n', "malformed", "Line 2 is no object"),
    "JSON nested 5,000 deep": (lambda: b'{"x": 1}\n{"x": ' + b"[" * 5_000 + b"\n", "malformed", "Line 2"),
    "a table packed and cut off": (lambda: gzip.compress(b"a,b\n1,2\n" * 99)[:-20], "malformed", "cut off"),
    "60 MB in 60 kB": (lambda: gzip.compress(b"1,2\n" * 15_000_000, 1), "unpacks-too-large", "max_unpacked_bytes"),
    "packed twice": (lambda: gzip.compress(gzip.compress(b"a,b\n1,2\n")), "content-mismatch", "packed twice"),
    "a Parquet file of no rows": (lambda: parquet(pl.DataFrame({"x": []})), "empty", "no rows of data"),
    "a Parquet file cut off": (lambda: parquet(pl.DataFrame({"x": [1]}))[:-20], "malformed", "damaged Parquet"),
    "a Parquet file with damaged pages": (damaged_parquet, "malformed", "damaged Parquet"),
    "a Parquet file of 1,001 columns": (
        lambda: parquet(pl.DataFrame({f"x{k}": [k] for k in range(1_001)})),
        "too-many-columns",
        "1,001",
    ),
    "an old workbook that is none": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "malformed", "Excel"),
    "a workbook cut off": (lambda: workbook({"A": [["x"], [1]]})[:-40], "malformed", "damaged or cut"),
    "a workbook of empty sheets": (lambda: workbook({"A": [], "B": []}), "empty", "All sheets"),
    "a workbook with a header only": (lambda: workbook({"A": [["x", "y"]]}), "empty", "no rows of data"),
    "a workbook with a cell far off": (far_off, "unpacks-too-large", "17,179,869,184 cells"),
    "a binary workbook with a cell far off": (far_off_in_records, "unpacks-too-large", "17,179,869,184 cells"),
    "a binary workbook of other bytes": (lambda: binary_workbook("A", b"\xff" * 99), "malformed", "no workbook"),
    "a sheet of OpenDocument that repeats a cell": (repeated, "unpacks-too-large", "1,073,741,824 cells"),
    "a sheet of OpenDocument that is no XML": (lambda: opendocument("A", "<x>"), "malformed", "no workbook"),
    "a text of OpenDocument": (
        lambda: packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}),
        "malformed",
        "no workbook",
    ),
    "an old workbook of nothing": (lambda: old_workbook("A", []), "empty", "All sheets"),
    "an old workbook cut off": (lambda: old_workbook("A", [["x"], [1.0]])[:2_000], "malformed", "no workbook"),
    "a workbook that is a bomb": (blown_up, "unpacks-too-large", "max_ratio"),
}


@pytest.mark.parametrize("case", BAD)
def test_it_is_refused_with_a_reason_and_leaves_nothing(case: str, tmp_path: Path) -> None:
    build, code, words = BAD[case]
    home = tmp_path / "home"
    home.mkdir()
    upload = given(tmp_path, build(), "../table.csv", max_unpacked_bytes=50 << 20, max_columns=1_000)
    with pytest.raises(Unreadable) as refused:
        ingest(upload, "table", home)
    left = [path for path in home.rglob("*") if path.is_file()]
    found = (refused.value.code, words in refused.value.message, str(tmp_path) in refused.value.message, left)
    assert found == (code, True, False, []), refused.value.message


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    upload = given(tmp_path, b"a,b\n" + b"1,2\n" * 1_000, "a.csv")

    def grow(stage: Stage, done: float) -> None:
        if stage == "reading" and done > 0:
            with upload.path.open("ab") as file:
                file.write(b"3,4\n")

    growing = Given(upload.path, upload.name, None, upload.scratch, grow, upload.limits)
    with pytest.raises(Unreadable, match="changed while it was read"):
        ingest(growing, "a", tmp_path / "home")
