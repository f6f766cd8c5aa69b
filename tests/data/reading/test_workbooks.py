"""Workbooks of Excel are tables: the first sheet with data, or the one that was asked for."""

from datetime import date, datetime
from pathlib import Path

import pytest

from layerloom.data.dataset import Reading
from layerloom.data.reading.source import Unreadable
from tests.data.reading.packing import cells, read
from tests.data.reading.workbook import Formula, workbook

PEOPLE = [["name", "age"], ["Ann", 31], ["Bob", 27.5]]


def columns(folder: Path, content: bytes, reading: Reading | None = None) -> dict[str, object]:
    return {name: parts["train"] for name, parts in cells(read(folder, content, "a.xlsx", reading)).items()}


def test_the_first_sheet_with_data_is_read(tmp_path: Path) -> None:
    content = workbook({"Cover": [], "People": PEOPLE, "Other": [["x"], [1]]})
    assert columns(tmp_path, content) == {"name": ["Ann", "Bob"], "age": [31.0, 27.5]}


def test_the_sheet_that_was_asked_for_is_read(tmp_path: Path) -> None:
    content = workbook({"People": PEOPLE, "Other": [["x"], [1]]})
    assert columns(tmp_path, content, Reading(format="excel", sheet="Other")) == {"x": [1]}


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"no sheet 'Sales'\. It has 'People'"):
        read(tmp_path, workbook({"People": PEOPLE}), "a.xlsx", Reading(format="excel", sheet="Sales"))


def test_a_formula_is_its_value_and_an_error_is_empty(tmp_path: Path) -> None:
    content = workbook({"A": [["x", "y"], [Formula("1+1", 2), "#DIV/0!"], [3, Formula("2*2", 4)]]})
    assert columns(tmp_path, content) == {"x": [2, 3], "y": [None, 4]}


def test_a_date_of_excel_is_a_date(tmp_path: Path) -> None:
    content = workbook({"A": [["day"], [date(2026, 1, 31)], [date(2026, 2, 1)]]})
    assert columns(tmp_path, content) == {"day": [datetime(2026, 1, 31), datetime(2026, 2, 1)]}


def test_titles_and_blank_lines_above_the_table_are_left_out_and_noted(tmp_path: Path) -> None:
    content = workbook({"A": [["Report of 2026", None], [None, None], *PEOPLE]})
    source = read(tmp_path, content, "a.xlsx")
    assert (source.names, [note.code for note in source.notes]) == (["name", "age"], ["title"])


def test_columns_without_a_name_or_with_the_same_get_one(tmp_path: Path) -> None:
    content = workbook({"A": [["x", None, "x"], [1, 2, 3]]})
    assert columns(tmp_path, content) == {"x": [1], "column_2": [2], "x_2": [3]}


def test_a_sheet_without_a_header_has_numbered_columns(tmp_path: Path) -> None:
    assert columns(tmp_path, workbook({"A": [[5.1, "rose"], [4.9, "iris"]]})) == {
        "column_1": [5.1, 4.9],
        "column_2": ["rose", "iris"],
    }
