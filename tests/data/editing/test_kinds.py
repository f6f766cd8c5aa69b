"""A column is read as another kind, and nothing is lost on the way that both kinds can hold."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerloom.data.dataset import Kind
from layerloom.data.editing.kinds import converted
from layerloom.data.values import Values


def texts(*cells: str) -> Values:
    return Values("text", {"train": np.array([*cells, None], dtype=object)[:-1]})


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        (texts("3", "", "1"), "number", [3.0, None, 1.0]),
        (texts("3", "1"), "number", [3, 1]),
        (texts("b", "", "a", "b"), "category", [1, -1, 0, 1]),
        (texts("1949-01", "1949-02"), "date", [-662688000.0, -660009600.0]),
        (texts("01.02.1970", ""), "date", [2678400.0, None]),
        (texts("1970-01-02 01:00"), "date", [90000.0]),
        (Values("number", {"train": np.array([2.0, np.nan, 1.5])}), "category", [1, -1, 0]),
        (Values("number", {"train": np.array([1970, 1971])}), "date", [0.0, 31536000.0]),
        (Values("number", {"train": np.array([2.0, np.nan, 1.5])}), "text", ["2", "", "1.5"]),
        (Values("category", {"train": np.array([1, -1, 0])}, ["4", "5.5"]), "number", [5.5, None, 4.0]),
        (Values("date", {"train": np.array([0.0, np.nan])}), "text", ["1970-01-01", ""]),
        (texts("a", ""), "identifier", ["a", ""]),
    ],
)
def test_cells_of_another_kind(values: Values, kind: Kind, expected: list[Any]) -> None:
    made = converted("c", values, kind)
    cells = [None if cell != cell else cell for cell in made.parts["train"].tolist()]
    assert (made.kind, cells) == (kind, expected)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=32) | st.integers(-(2**40), 2**40), min_size=1))
def test_numbers_come_back_from_texts_and_categories(numbers: list[float]) -> None:
    values = Values("number", {"train": np.array(numbers, dtype=np.float64)})
    for way in ("text", "category"):
        back = converted("c", converted("c", values, way), "number")  # type: ignore[arg-type]
        np.testing.assert_array_equal(back.parts["train"], values.parts["train"])


def test_classes_are_those_of_all_splits() -> None:
    both = Values("text", {"train": texts("b").parts["train"], "test": texts("a").parts["train"]})
    made = converted("c", both, "category")
    assert (made.classes, {split: part.tolist() for split, part in made.parts.items()}) == (
        ["a", "b"],
        {"train": [1], "test": [0]},
    )
