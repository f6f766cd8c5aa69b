"""Parquet files are tables: every type becomes one that a network can be fed with, what is nested as well."""

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from layerloom.data.reading.readers import opened
from layerloom.data.reading.source import Unreadable
from tests.data.reading.packing import cells, given, read


def parquet(frame: pl.DataFrame, **options: Any) -> bytes:
    target = io.BytesIO()
    frame.write_parquet(target, **options)
    return target.getvalue()


def columns(folder: Path, frame: pl.DataFrame, **options: Any) -> dict[str, Any]:
    source = read(folder, parquet(frame, **options), "a.parquet")
    return {name: parts["train"] for name, parts in cells(source).items()}


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        (pl.Series([1, None, 3]), [1, None, 3]),
        (pl.Series([1.5, None, float("inf")]), [1.5, None, None]),
        (pl.Series([True, False, None]), [True, False, None]),
        (pl.Series(["a", None, ""]), ["a", None, ""]),
        (pl.Series(["b", None, "a"], dtype=pl.Categorical), ["b", None, "a"]),
        (pl.Series(["b", None, "a"], dtype=pl.Enum(["a", "b"])), ["b", None, "a"]),
        (pl.Series([Decimal("1.25"), None], dtype=pl.Decimal(10, 2)), [1.25, None]),
        (pl.Series([2**64 - 1, 0], dtype=pl.UInt64), [float(2**64 - 1), 0.0]),
        (pl.Series([timedelta(minutes=1.5), None]), [90.0, None]),
        (pl.Series([date(2026, 1, 31), None]), [date(2026, 1, 31), None]),
        (pl.Series([datetime(2026, 1, 31, 9)]).dt.replace_time_zone("Asia/Seoul"), [datetime(2026, 1, 31)]),
        (pl.Series([time(12, 30)]), ["12:30:00"]),
        (pl.Series([b"text", None]), ["text", None]),
        (pl.Series([["a"], ["b", "c"]]), ["['a']", "['b', 'c']"]),
        (pl.Series([[1, 2], [3, 4]]), [[1.0, 2.0], [3.0, 4.0]]),
        (pl.Series([[1, 2], [3, 4]], dtype=pl.Array(pl.Int64, 2)), [[1.0, 2.0], [3.0, 4.0]]),
        (pl.Series([[[1, 2], [3, 4]]]), [[[1.0, 2.0], [3.0, 4.0]]]),
        (pl.Series([[1, 2], [3]]), ["[1, 2]", "[3]"]),
        (pl.Series([[1, 2], None]), ["[1, 2]", None]),
    ],
)
def test_each_type_is_one_that_can_be_learned_from(series: pl.Series, expected: list[Any], tmp_path: Path) -> None:
    assert columns(tmp_path, series.alias("x").to_frame()) == {"x": expected}


def test_what_lies_in_one_another_becomes_columns(tmp_path: Path) -> None:
    frame = pl.DataFrame({"who": [{"name": "Ann", "home": {"x": 1}}, {"name": "Bob", "home": None}]})
    assert columns(tmp_path, frame) == {"who.name": ["Ann", "Bob"], "who.home.x": [1, None]}


def test_vectors_are_read_over_many_row_groups(tmp_path: Path) -> None:
    vectors = np.arange(3_000, dtype=np.float32).reshape(1_000, 3)
    found = columns(tmp_path, pl.DataFrame({"x": pl.Series(vectors.tolist())}), row_group_size=64)
    np.testing.assert_array_equal(found["x"], vectors)


def test_bytes_that_are_no_text_are_left_out_and_noted(tmp_path: Path) -> None:
    source = read(tmp_path, parquet(pl.DataFrame({"x": [b"\xff\xd8"], "y": [1]})), "a.parquet")
    assert (source.names, [(note.code, note.column) for note in source.notes]) == (["y"], [("bytes", "x")])


def test_more_rows_than_may_be_unpacked_are_refused(tmp_path: Path) -> None:
    content = parquet(pl.select(x=pl.repeat(1, 2_000_000, dtype=pl.Int8)))
    with pytest.raises(Unreadable, match="max_unpacked_bytes"):
        opened(given(tmp_path, content, "a.parquet", max_unpacked_bytes=10_000_000))


def test_texts_that_are_longer_than_may_be_unpacked_are_refused(tmp_path: Path) -> None:
    content = parquet(pl.select(x=pl.repeat("y" * 10_000, 20_000)))
    source = opened(given(tmp_path, content, "a.parquet", max_unpacked_bytes=10_000_000))
    with pytest.raises(Unreadable, match="takes 200,000,000 bytes"):
        source.column("x")
