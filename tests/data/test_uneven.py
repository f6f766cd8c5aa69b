"""Lists of numbers of unequal length become a padded sequence and its lengths."""

from pathlib import Path

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from layerloom.data.ingest import ingest
from layerloom.data.library import Library
from layerloom.data.reading.source import Given
from layerloom.data.uneven import spread

LISTS = st.lists(st.lists(st.integers(-1000, 1000), max_size=6), min_size=1, max_size=20)


@given(LISTS)
def test_padding_and_lengths_give_the_lists_back(lists: list[list[int]]) -> None:
    series = pl.Series("steps", lists, dtype=pl.List(pl.Int64))
    made = spread("steps", {"train": series}, ["steps", "steps length"])
    longest = max(map(len, lists))
    if longest == 0:
        assert list(made) == ["steps"]
        return
    padded = np.asarray(made["steps"].parts["train"]).reshape(len(lists), longest)
    is_even = all(len(one) == longest for one in lists)
    lengths = [longest] * len(lists) if is_even else list(made["steps length "].parts["train"])
    assert [row[:length].tolist() for row, length in zip(padded, lengths, strict=True)] == lists
    assert all(not row[length:].any() for row, length in zip(padded, lengths, strict=True))


def test_a_file_with_lists_has_a_sequence_and_its_lengths(tmp_path: Path) -> None:
    file, scratch = tmp_path / "file", tmp_path / "scratch"
    scratch.mkdir()
    rows = [[1.0, 2.0], [3.0], [], [4.0, 5.0]]
    pl.DataFrame({"walk": rows, "is_long": ["yes", "no", "no", "yes"]}).write_parquet(file)
    info = ingest(Given(file, "walks.parquet", None, scratch, lambda *_: None), "walks", tmp_path)
    first = Library(tmp_path).rows(info.id, "train", 0, 2)
    assert ([(column.name, column.kind, column.shape) for column in info.columns], first) == (
        [("walk", "sequence", [2, 1]), ("walk length", "number", []), ("is_long", "category", [])],
        [
            {"walk": [[1.0], [2.0]], "walk length": 2, "is_long": "yes"},
            {"walk": [[3.0], [0.0]], "walk length": 1, "is_long": "no"},
        ],
    )


def test_lists_in_json_lines_are_padded_too(tmp_path: Path) -> None:
    file, scratch = tmp_path / "file", tmp_path / "scratch"
    scratch.mkdir()
    file.write_text('{"walk": [1, 2, 3], "n": 1.5}\n{"walk": [4], "n": 2.5}\n{"n": 3.5}\n', "utf-8")
    info = ingest(Given(file, "walks.jsonl", None, scratch, lambda *_: None), "walks", tmp_path)
    assert [row["walk"] for row in Library(tmp_path).rows(info.id, "train", 0, 3)] == [
        [[1.0], [2.0], [3.0]],
        [[4.0], [0.0], [0.0]],
        [[0.0], [0.0], [0.0]],
    ]
