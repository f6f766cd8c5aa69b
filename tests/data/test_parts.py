"""Rows dealt out to training, validation and test as recipes say, of sets as people bring them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerloom.data.counting import counted
from layerloom.data.library import Library
from layerloom.data.parts import deal, expected_rows
from layerloom.data.split import split
from layerloom.data.whole import whole_rows
from layerloom.problem import Refusal
from layerloom.recipe import DataRecipe, SplitBy
from tests.data.own_sets import category, date, number, put, text

ROWS = 100
GROUPS = [f"patient {k // 4}" for k in range(ROWS)]
HALVES: list[str | None] = ["train" if k % 2 else "Test" for k in range(ROWS)]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    home = tmp_path_factory.mktemp("home")
    shuffled = np.random.default_rng(7).permutation(ROWS)
    put(
        home,
        "visits",
        {
            "height": number(np.arange(ROWS)),
            "day": date(shuffled * 86_400.0),
            "patient": text(GROUPS),
            "ill": category(["yes" if k % 5 == 0 else "no" for k in range(ROWS)]),
            "part": category(HALVES),
            "half": number([k if k % 2 else np.nan for k in range(ROWS)]),
        },
    )
    return Library(home)


def recipe(by: SplitBy = "random", column: str | None = None, **fields: object) -> DataRecipe:
    bound = {"dataset": "visits", "inputs": {"x": ["height"]}, "targets": {"y": ["ill"]}, "test_fraction": 0.2}
    return DataRecipe.model_validate({**bound, "split": {"by": by, "column": column}, **fields})


WAYS: list[tuple[SplitBy, str | None]] = [
    ("random", None),
    ("stratified", None),
    ("group", "patient"),
    ("time", "day"),
    ("column", "part"),
]


@given(
    st.sampled_from(WAYS), st.floats(0, 0.6), st.floats(0, 0.6), st.integers(0, 2**31 - 1), st.sets(st.integers(0, 99))
)
def test_no_row_is_in_two_parts_and_none_is_lost(
    library: Library, way: tuple[SplitBy, str | None], share: float, other: float, seed: int, some: set[int]
) -> None:
    rows = np.array(sorted(some), dtype=np.int64)
    data = recipe(*way, validation_fraction=share, test_fraction=other)

    once, again = deal(library, data, seed, rows), deal(library, data, seed, rows)

    parts = [once.train.tolist(), once.validation.tolist(), once.test.tolist()]
    assert sorted(np.concatenate(parts)) == rows.tolist()
    assert parts == [again.train.tolist(), again.validation.tolist(), again.test.tolist()]


def test_a_recipe_of_before_is_split_as_before(library: Library) -> None:
    dealt = deal(library, recipe(test_fraction=0.0, validation_fraction=0.3), 7, np.arange(ROWS))

    assert [dealt.train.tolist(), dealt.validation.tolist()] == [part.tolist() for part in split(ROWS, 0.3, 7)]


def test_the_last_days_are_the_test_and_those_before_the_validation(library: Library) -> None:
    dealt = deal(library, recipe("time", "day", validation_fraction=0.25), 7, np.arange(ROWS))

    days = library.arrays("visits", ["day"], "train")["day"] / 86_400
    assert sorted(days[dealt.test]) == list(range(80, 100))
    assert sorted(days[dealt.validation]) == list(range(60, 80))


def test_a_column_says_who_is_in_which_split_and_shares_divide_the_rest(library: Library) -> None:
    counts = counted(library, recipe("column", "part", validation_fraction=0.1), 7)

    assert {name: part.rows for name, part in counts.items()} == {"train": 45, "validation": 5, "test": 50}
    assert counts["test"].classes == {"no": 40, "yes": 10}


def test_classes_are_counted_by_split(library: Library) -> None:
    counts = counted(library, recipe("stratified", validation_fraction=0.25), 7)

    assert {name: part.classes for name, part in counts.items()} == {
        "train": {"no": 48, "yes": 12},
        "validation": {"no": 16, "yes": 4},
        "test": {"no": 16, "yes": 4},
    }


@pytest.mark.parametrize(("by", "column"), WAYS)
def test_what_is_expected_is_what_comes(library: Library, by: SplitBy, column: str | None) -> None:
    data = recipe(by, column, validation_fraction=0.25)

    dealt = deal(library, data, 7, np.arange(ROWS))

    parts = {"train": len(dealt.train), "validation": len(dealt.validation), "test": len(dealt.test)}
    assert expected_rows(library.get("visits"), data) == parts


def test_empty_cells_in_the_column_that_decides_are_counted(library: Library) -> None:
    with pytest.raises(Refusal, match="'half' decides who is held out, but has 50 empty cells in 100 rows") as refused:
        deal(library, recipe("time", "half"), 7, np.arange(ROWS))

    assert refused.value.code == "split-missing"


def test_rows_without_that_cell_are_left_out_if_rows_are_to_be(library: Library) -> None:
    data = recipe("time", "half", missing="drop")

    assert whole_rows(library, data, "train").tolist() == list(range(1, ROWS, 2))


@pytest.mark.parametrize(
    ("by", "column", "words"),
    [
        ("group", None, "To split by group, choose a column: 'height', 'day', 'patient'"),
        ("time", "patient", "kind date or number is needed; 'patient' is text. Choose 'height', 'day', 'half'"),
        ("column", "ill", "found 'no', 'yes'"),
        ("stratified", "height", "'height' is number. Choose 'ill', 'part'"),
        ("group", "ward", "'visits' has not. It has 'height'"),
    ],
)
def test_a_column_that_can_not_decide_is_refused(library: Library, by: SplitBy, column: str | None, words: str) -> None:
    with pytest.raises(Refusal, match=words) as refused:
        deal(library, recipe(by, column), 7, np.arange(ROWS))

    assert refused.value.code == "split-column"
