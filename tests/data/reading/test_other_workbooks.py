"""Workbooks of other kinds than .xlsx are the same tables."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.data.reading.other_workbooks import binary_workbook, old_workbook, open_cell, opendocument
from tests.data.reading.packing import cells, read

PEOPLE = [["name", "age"], ["Zoë", 31.0], ["Bob", 27.5]]


@pytest.mark.parametrize("made", [opendocument, binary_workbook, old_workbook], ids=["ods", "xlsb", "xls"])
def test_a_sheet_is_a_table(made: Callable[..., bytes], tmp_path: Path) -> None:
    source = read(tmp_path, made("People", PEOPLE), "a")

    expected = {"name": {"train": ["Zoë", "Bob"]}, "age": {"train": [31.0, 27.5]}}
    assert (cells(source), source.reading.format, source.reading.sheet) == (expected, "excel", "People")


def test_what_is_repeated_to_the_end_of_an_empty_sheet_takes_no_room(tmp_path: Path) -> None:
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = f"<table:table-row>{open_cell('x')}{blank}</table:table-row><table:table-row>{open_cell(1.0)}"
    rest = f'</table:table-row><table:table-row table:number-rows-repeated="1048574">{blank}</table:table-row>'

    assert cells(read(tmp_path, opendocument("A", rows + rest))) == {"x": {"train": [1]}}
