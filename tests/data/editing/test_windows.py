"""Windows over rows in time: what is in them, which rows have one, what they may take."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerloom.data.dataset import Column, DatasetInfo
from layerloom.data.editing.windowing import placed, sequences
from layerloom.data.edits import Windows
from layerloom.data.forecast import fitting_windows
from layerloom.problem import Refusal
from tests.data.editing.conftest import Desk

DAILY = "day,sold,price,shop\n" + "".join(
    f"2026-01-{k + 1:02},{k * 10 + 0.5},{k + 100},{('east', 'west')[k % 2]}\n" for k in range(8)
)
MONTHS = [f"{year}-{month:02}" for year in range(1949, 1961) for month in range(1, 13)]


def test_each_row_has_the_values_before_it(desk: Desk) -> None:
    made = desk.edited(
        desk.read(DAILY).id, {"edit": "windows", "columns": ["sold", "price"], "target": "sold", "length": 3}
    )
    first = desk.library.rows(made.id, "train", 0, 1)[0]
    column = made.column("last_3_rows")
    assert (made.task, made.rows, made.default_inputs, made.default_targets, column.kind, column.shape, first) == (
        "forecast",
        {"train": 5},
        ["last_3_rows"],
        ["sold"],
        "sequence",
        [3, 2],
        {
            "day": "2026-01-04",
            "sold": 30.5,
            "price": 103,
            "shop": "west",
            "last_3_rows": [[0.5, 100.0], [10.5, 101.0], [20.5, 102.0]],
        },
    )


def test_rows_are_put_in_the_order_of_their_dates(desk: Desk) -> None:
    lines = DAILY.splitlines()
    mixed = "\n".join([lines[0], *reversed(lines[1:])]) + "\n"
    made = desk.edited(desk.read(mixed).id, {"edit": "windows", "columns": ["sold"], "target": "sold", "length": 7})
    assert (desk.library.rows(made.id, "train", 0, 9)[0]["day"], "sorted" in {n.code for n in made.notes}) == (
        "2026-01-08",
        True,
    )


def test_a_window_with_an_empty_cell_is_left_out_and_told_of(desk: Desk) -> None:
    first = desk.read(DAILY)
    made = desk.edited(
        first.id,
        {"edit": "relabel", "split": "train", "row": 2, "column": "sold", "value": None},
        {"edit": "windows", "columns": ["sold"], "target": "sold", "length": 2},
    )
    assert (made.rows, [note.message for note in made.notes]) == (
        {"train": 4},
        ["2 rows have an empty cell in their window: left out."],
    )


def test_windows_larger_than_the_limit_are_refused_with_numbers(desk: Desk) -> None:
    first = desk.read(DAILY)
    edit = {"edit": "windows", "columns": ["sold"], "target": "sold", "length": 3}
    with pytest.raises(Refusal, match="for 5 rows take 60 bytes, of 59 that"):
        desk.edited(first.id, edit, most_bytes=59)


@given(rows=st.integers(1, 60), length=st.integers(1, 9), horizon=st.integers(1, 5), stride=st.integers(1, 7))
def test_windows_end_a_horizon_before_their_row(
    tmp_path_factory: pytest.TempPathFactory, rows: int, length: int, horizon: int, stride: int
) -> None:
    edit = Windows(edit="windows", columns=["a"], target="a", length=length, horizon=horizon, stride=stride)
    series = np.arange(rows)
    expected = range(length + horizon - 1, rows, stride)
    if not expected:
        with pytest.raises(Refusal, match="Choose a shorter window"):
            placed(edit, "train", [series], series)
        return
    part = placed(edit, "train", [series], series)
    made = sequences(edit, {"train": part}, tmp_path_factory.mktemp("scratch")).parts["train"]
    assert (part.rows.tolist(), made[..., 0].tolist()) == (
        list(expected),
        [list(range(row - horizon - length + 1, row - horizon + 1)) for row in expected],
    )


@pytest.mark.parametrize(
    ("seconds", "rows", "length"),
    [(3_600, 1_000, 24), (86_400, 1_000, 14), (2_629_800, 144, 12), (2_629_800, 20, 5), (86_400, 3, None)],
)
def test_the_spacing_of_dates_decides_the_window(seconds: int, rows: int, length: int | None) -> None:
    dates = Column(name="at", kind="date", dtype="float64")
    sold = Column(name="sold", kind="number", dtype="float32", role="target")
    info = DatasetInfo(
        id="s",
        title="s",
        description="",
        licence="",
        origin="",
        task="forecast",
        rows={"train": rows},
        columns=[dates, sold],
        size_bytes=1,
        fingerprint="f",
        default_inputs=[],
        default_targets=["sold"],
    )
    made = fitting_windows(info, np.arange(rows, dtype=np.float64) * seconds)
    assert (made and made.length) == length
