"""Tables as text are read as they are written: their encoding, marks, header, numbers, dates and empty cells."""

import csv
import io
import string
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given as draw
from hypothesis import settings
from hypothesis import strategies as st

from layerloom.data.dataset import Reading
from layerloom.data.reading import encodings
from layerloom.data.reading.source import Unreadable
from tests.data.reading.packing import cells, read

SKIP = Reading(format="csv", skip_broken=True)


def columns(folder: Path, content: bytes, reading: Reading | None = None) -> dict[str, Any]:
    return {name: parts["train"] for name, parts in cells(read(folder, content, "a.csv", reading)).items()}


def notes(folder: Path, content: bytes, reading: Reading | None = None) -> list[tuple[str, int | None, str | None]]:
    """The notes on a file once all of its columns were read."""
    source = read(folder, content, "a.csv", reading)
    cells(source)
    return [(note.code, note.row, note.column) for note in source.notes]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str, tmp_path: Path) -> None:
    text = "name,age\nAnn,31\nBob,27\n".replace(",", delimiter)
    assert columns(tmp_path, text.encode()) == {"name": ["Ann", "Bob"], "age": [31, 27]}


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "이름,시\n김철수,서울\n"),
        ("utf-8-sig", "이름,시\n김철수,서울\n"),
        ("utf-16", "이름,시\n김철수,서울\n"),
        ("utf-16-le", "name,city\nAnn,Oslo\n"),
        ("cp949", "이름,시\n김철수,서울\n"),
        ("latin-1", "name,city\nJosé,Köln\nRené,Malmö\n"),
        ("shift_jis", "名前,市\n田中さとう,東京\n"),
        ("cp1251", "имя,город\nИван,Москва\n"),
    ],
)
def test_the_encoding_is_found(encoding: str, text: str, tmp_path: Path) -> None:
    rows = list(csv.reader(text.splitlines()))
    expected = {name: list(values) for name, *values in zip(*rows, strict=True)}
    assert columns(tmp_path, text.encode(encoding)) == expected


def test_a_table_without_a_header_has_numbered_columns(tmp_path: Path) -> None:
    assert columns(tmp_path, b"5.1,rose\n4.9,iris\n") == {"column_1": [5.1, 4.9], "column_2": ["rose", "iris"]}


@pytest.mark.parametrize("header", ["label,0,1,2", "label,2019,2020,2021"])
def test_numbers_that_count_up_are_names(header: str, tmp_path: Path) -> None:
    assert list(columns(tmp_path, f"{header}\n5,9,8,7\n".encode())) == header.split(",")


def test_a_decimal_comma_is_found_and_thousands_stay_text(tmp_path: Path) -> None:
    content = b"a;b\n1,5;1.000,5\n-2,25;2\n"
    assert columns(tmp_path, content) == {"a": [1.5, -2.25], "b": ["1.000,5", "2"]}


def test_a_decimal_comma_is_found_too_where_broken_rows_are_left_out(tmp_path: Path) -> None:
    content = b"a;b\n1,5;x\n2,5;y;z\n-2,25;x\n"
    assert columns(tmp_path, content, SKIP) == {"a": [1.5, -2.25], "b": ["x", "x"]}


def test_what_means_missing_is_empty_among_numbers_and_kept_among_texts(tmp_path: Path) -> None:
    content = b"n,t\n1,NA\nNA,x\n?,y\n,z\n"
    assert columns(tmp_path, content) == {"n": [1, None, None, None], "t": ["NA", "x", "y", "z"]}


def test_what_means_missing_is_noted(tmp_path: Path) -> None:
    assert notes(tmp_path, b"n\n1\nNA\n?\nNA\n") == [("missing-text", None, "n"), ("missing-text", None, "n")]


def test_what_is_said_to_be_missing_is_empty_everywhere(tmp_path: Path) -> None:
    reading = Reading(format="csv", missing=["-1", "none"])
    assert columns(tmp_path, b"n,t\n1,none\n-1,x\n", reading) == {"n": [1, None], "t": [None, "x"]}


def test_numbers_that_are_not_finite_are_empty_and_noted(tmp_path: Path) -> None:
    content = b"x\n1.5\nnan\n1e999\nInfinity\n"
    source = read(tmp_path, content, "a.csv")
    found = cells(source)["x"]["train"]
    assert (found, [(note.code, note.row) for note in source.notes]) == ([1.5, None, None, None], [("not-finite", 2)])


@pytest.mark.parametrize("cell", ["1_000", "١٢", "0x10", "1 000", "12px"])
def test_what_only_looks_like_a_number_stays_text(cell: str, tmp_path: Path) -> None:
    assert columns(tmp_path, f"x\n{cell}\n7\n".encode()) == {"x": [cell, "7"]}


def test_the_type_is_that_of_the_whole_file(tmp_path: Path) -> None:
    content = b"x\n" + b"1\n" * 20_000 + b"0.5\n"
    assert columns(tmp_path, content)["x"][-2:] == [1.0, 0.5]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-01-31", datetime(2026, 1, 31)),
        ("1949-01", datetime(1949, 1, 1)),
        ("31.01.2026", datetime(2026, 1, 31)),
        ("2026/1/31", datetime(2026, 1, 31)),
        ("1/31/2026", datetime(2026, 1, 31)),
        ("31/1/2026", datetime(2026, 1, 31)),
        ("31-Jan-2026", datetime(2026, 1, 31)),
        ("2026-01-31T12:30", datetime(2026, 1, 31, 12, 30)),
        ("2026-01-31 12:30:15.5", datetime(2026, 1, 31, 12, 30, 15, 500_000)),
        ("2026-01-31T12:30:00Z", datetime(2026, 1, 31, 12, 30)),
        ("2026-01-31 12:30:00+09:00", datetime(2026, 1, 31, 3, 30)),
        ("1/31/2026 1:30 PM", datetime(2026, 1, 31, 13, 30)),
    ],
)
def test_a_date_is_a_date(cell: str, moment: datetime, tmp_path: Path) -> None:
    assert columns(tmp_path, f"day,n\n{cell},1\n,2\n".encode())["day"] == [moment, None]


def test_days_and_months_that_can_not_be_told_apart_are_noted(tmp_path: Path) -> None:
    assert notes(tmp_path, b"day\n1/2/2026\n3/4/2026\n") == [("date-order", None, "day")]


@pytest.mark.parametrize("ending", [b"\r\n", b"\r", b"\n\n"])
def test_lines_may_end_in_any_way(ending: bytes, tmp_path: Path) -> None:
    assert columns(tmp_path, ending.join([b"a,b", b"1,x", b"2,y"])) == {"a": [1, 2], "b": ["x", "y"]}


def test_quotes_inside_of_fields_alone_are_letters(tmp_path: Path) -> None:
    assert columns(tmp_path, b'size,n\n5" pipe,1\n3/4" rod,2\n') == {"size": ['5" pipe', '3/4" rod'], "n": [1, 2]}


def test_names_are_made_unique_and_noted(tmp_path: Path) -> None:
    source = read(tmp_path, b"a,a,,a_2\nw,x,y,z\n", "a.csv")
    renamed = [note.code for note in source.notes]
    assert (source.names, renamed) == (["a", "a_2", "column_3", "a_2_2"], ["renamed"] * 3)


@pytest.mark.parametrize(
    ("content", "kept", "code"),
    [
        (b"a,b\n1,2\n3\n4,5,6\n7,8\n", {"a": [1, 7], "b": [2, 8]}, "ragged"),
        (b'a,b\n"1","x"\n"2,"y"\n"3","z"\n', {"a": [1, 3], "b": ["x", "z"]}, "csv-quote"),
        (b"a,b\n1," + b"x" * 200_000 + b"\n2,y\n", {"a": [2], "b": ["y"]}, "field-too-long"),
        (b"a\nx\x00y\nz\n", {"a": ["xy", "z"]}, "nul"),
        ("a\né\né\n".encode() + b"x\xff\n", {"a": ["é", "é", "x\ufffd"]}, "encoding"),
    ],
)
def test_what_is_good_is_kept_if_asked_and_the_rest_is_noted(
    content: bytes, kept: dict[str, Any], code: str, tmp_path: Path
) -> None:
    source = read(tmp_path, content, "a.csv", SKIP)
    found = {name: parts["train"] for name, parts in cells(source).items()}
    assert (found, {note.code for note in source.notes}) == (kept, {code})


@pytest.mark.parametrize("reading", [{"encoding": "zip"}, {"delimiter": ",,"}, {"delimiter": '"'}])
def test_a_reading_that_can_not_be_is_refused(reading: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        read(tmp_path, b"a,b\n1,2\n", "a.csv", Reading.model_validate({"format": "csv", **reading}))


TEXTS = st.text(string.ascii_letters + " ,;|\t'\"\n" + "éñßÄ", min_size=1, max_size=12).map(lambda text: f"t{text}t")
NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=32) | st.none()
TABLES = st.lists(st.tuples(st.integers(-(2**53), 2**53), NUMBERS, TEXTS | st.none()), min_size=1, max_size=20)


def written(table: list[tuple[Any, ...]], delimiter: str, comma: bool, ending: str) -> str:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter, lineterminator=ending)
    writer.writerow(["whole", "real", "text"])
    for whole, real, text in table:
        number = "" if real is None else repr(real).replace(".", ",") if comma else repr(real)
        writer.writerow([whole, number, text])
    return target.getvalue()


@settings(max_examples=40, deadline=None)
@draw(
    TABLES,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"]),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([encodings.BLOCK_BYTES, 101]),
)
def test_any_table_reads_back_as_it_was_written(
    table: list[tuple[Any, ...]], delimiter: str, encoding: str, comma: bool, ending: str, block: int
) -> None:
    text = written(table, delimiter, comma, ending)
    reading = Reading(format="csv", encoding=encoding, delimiter=delimiter, has_header=True, decimal_comma=comma)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(encodings, "BLOCK_BYTES", block)
        found = columns(Path(folder), text.encode(encoding), reading)
    whole, real, texts = ([*cells] for cells in zip(*table, strict=True))
    assert found == {"whole": whole, "real": real, "text": texts}


KOREAN = st.text("가나다라마바사아자차카타파하서울부산", min_size=2, max_size=5)
ROWS = st.lists(st.tuples(st.integers(0, 9_999), st.decimals(-99, 99, places=2), KOREAN), min_size=3, max_size=30)


@settings(max_examples=25, deadline=None)
@draw(
    ROWS,
    st.sampled_from([(",", False), (";", True), (";", False), ("\t", True), ("|", False)]),
    st.sampled_from(["utf-8", "cp949", "utf-16"]),
)
def test_how_a_plain_table_is_written_is_found(
    table: list[tuple[Any, ...]], marks: tuple[str, bool], encoding: str
) -> None:
    delimiter, comma = marks
    text = written([(whole, float(real), word) for whole, real, word in table], delimiter, comma, "\n")
    with TemporaryDirectory() as folder:
        found = columns(Path(folder), text.encode(encoding))
    assert found == {
        "whole": [whole for whole, _, _ in table],
        "real": [float(real) for _, real, _ in table],
        "text": [word for _, _, word in table],
    }
