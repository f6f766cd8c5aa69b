"""The kind that a column of somebody's own table is taken for, by its cells and its name."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layerloom.data.dataset import Kind
from layerloom.data.description import ColumnHint
from layerloom.data.infer import infer
from layerloom.data.kinds import kind_of, plain
from layerloom.data.profile import profile
from layerloom.problem import Refusal

WORDS = ["ash", "bay", "cob", "dew", "elm", "fig", "gum", "hop", "ivy", "jet", "kip", "lot"]
SENTENCES = [f"{word} was seen here once" for word in WORDS]
KOREAN = [f"이영화는정말재미있었고다시보고싶습니다{word}" for word in "가나다라마바사아자차카타"]


@pytest.mark.parametrize(
    ("name", "cells", "kind"),
    [
        ("stars", [1, 2, 3, 4, 5] * 10, "category"),
        ("stars", [1, 2, 3, 4, 5], "number"),
        ("sex", [1, 2] * 10, "category"),
        ("hours", [*range(9)] * 10, "number"),
        ("siblings", [*range(6)] * 10, "number"),
        ("label", [*range(10)] * 10, "category"),
        ("cylinders", [3, 4, 5, 6, 8] * 20, "number"),
        ("measure", [0.5, 1.5] * 20, "number"),
        ("PassengerId", [*range(1, 21)], "identifier"),
        ("customer_id", [7, 3, 9, 1], "identifier"),
        ("user id", [*range(60)] * 3, "identifier"),
        ("번호", [5, 3, 4], "identifier"),
        ("row of it", [*range(20)], "identifier"),
        ("x", [*range(20)], "number"),
        ("year", [*range(1, 21)], "number"),
        ("width", [5, 3, 9, 4, 7, 1, 2, 8, 6, 10, 12, 30], "number"),
        ("agreed", ["yes", "no", "no"], "category"),
        ("동의", ["예", "아니오"], "category"),
        ("colour", ["red", "blue"] * 3, "category"),
        ("country", [f"country {k}" for k in range(150)] * 20, "category"),
        ("token", [f"{k:032x}" for k in range(12)], "identifier"),
        ("name", WORDS, "identifier"),
        ("name", SENTENCES, "text"),
        ("user id", SENTENCES, "identifier"),
        ("review", KOREAN, "text"),
        ("word", ["one", "two"], "text"),
        ("nothing", [None, None], "text"),
        ("nothing", ["", ""], "text"),
        ("flag", [True, None], "category"),
        ("at", [date(2020, 1, 1), None], "date"),
        ("month", ["1949-01", "1949-02"], "date"),
        ("day", ["2024.01.31", "2024.02.01", None], "date"),
        ("day", ["31.12.2023", "01.02.2024"], "date"),
        ("day", ["12/31/2023", "02/13/2024"], "date"),
        ("day", ["2024년 1월 5일"], "date"),
        ("at", ["2024-01-05T10:20:30Z"], "date"),
        ("at", ["2024-01-05 10:20"] * 8, "date"),
        ("month", ["Jan 1949", "Feb 1949"], "date"),
        ("date", [20240105, 20240106], "date"),
        ("amount", [20240105, 20240106], "number"),
        ("version", ["1.2", "1.3", "2.0", "2.1"], "text"),
    ],
)
def test_a_column_is_of_the_kind_that_a_person_would_say(name: str, cells: list[object], kind: Kind) -> None:
    assert kind_of(plain(pl.Series(name, cells))) == kind


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (pl.Series([time(1), time(2)]), "number"),
        (pl.Series([timedelta(1), None]), "number"),
        (pl.Series([Decimal("1.5"), None]), "number"),
        (pl.Series(["a", "b"] * 3, dtype=pl.Categorical), "category"),
        (pl.Series([None, None], dtype=pl.Null), "text"),
        (pl.Series([b"\xff", b"\x00"]), "text"),
        (pl.Series([[1, 2], [3]]), "text"),
        (pl.Series([{"a": 1}, {"a": 2}]), "text"),
        (pl.Series([2**64 - 1, 1], dtype=pl.UInt64), "number"),
        (pl.Series([datetime(9999, 1, 1), datetime(1, 1, 1)]), "date"),
    ],
)
def test_cells_of_any_type_become_values(cells: pl.Series, kind: Kind) -> None:
    assert profile("x", infer({"train": cells}, ColumnHint()), None).kind == kind


CELLS = st.one_of(
    st.lists(st.none() | st.integers(-(2**63), 2**63 - 1), min_size=1).map(lambda c: pl.Series("c", c, pl.Int64)),
    st.lists(st.none() | st.floats(), min_size=1).map(lambda c: pl.Series("c", c, pl.Float64)),
    st.lists(st.none() | st.text(max_size=12), min_size=1).map(lambda c: pl.Series("c", c, pl.String)),
    st.lists(st.none() | st.booleans(), min_size=1).map(lambda c: pl.Series("c", c, pl.Boolean)),
    st.lists(st.none() | st.datetimes(), min_size=1).map(lambda c: pl.Series("c", c, pl.Datetime("us"))),
    st.integers(1, 5).map(lambda rows: pl.Series("c", [None] * rows)),
)


@settings(max_examples=50, deadline=None)
@given(CELLS, st.sampled_from([None, "number", "category", "text", "date", "identifier"]))
def test_any_column_of_any_kind_is_described_cell_by_cell(cells: pl.Series, kind: Kind | None) -> None:
    values = infer({"train": cells}, ColumnHint(kind=kind))
    column = profile("c", values, None)
    assert (len(values.parts["train"]), column.model_validate_json(column.model_dump_json())) == (len(cells), column)


@pytest.mark.parametrize("kind", ["image", "vector", "sequence"])
def test_one_value_a_row_is_no_array(kind: Kind) -> None:
    with pytest.raises(Refusal, match="one value a row"):
        infer({"train": pl.Series("x", [1, 2])}, ColumnHint(kind=kind))


def test_an_array_is_no_number() -> None:
    with pytest.raises(Refusal, match="an array of 3"):
        infer({"train": np.zeros((2, 3))}, ColumnHint(kind="number"))


def test_too_many_classes_are_refused() -> None:
    with pytest.raises(Refusal, match="20,000 different values"):
        infer({"train": pl.Series("x", range(20_000))}, ColumnHint(kind="category"))


def stored(cells: list[Any], kind: Kind) -> list[Any]:
    part = infer({"train": pl.Series("x", cells)}, ColumnHint(kind=kind)).parts["train"]
    return part.to_list() if isinstance(part, pl.Series) else part.tolist()


def test_dates_are_seconds_however_they_are_written() -> None:
    written = [["1970-01-02"], ["02.01.1970"], ["1970년 1월 2일"], ["1970-01-02T00:00:00Z"], [date(1970, 1, 2)]]
    assert [stored(cells, "date") for cells in written] == [[86_400.0]] * 5


def test_numbers_among_texts_are_kept_and_the_others_counted() -> None:
    values = infer({"train": pl.Series("x", ["1", " 2.5", "none", None])}, ColumnHint(kind="number"))
    column = profile("x", values, None)
    assert (column.missing, column.nonfinite, column.unique) == (2, 1, 2)
