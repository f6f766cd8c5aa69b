"""Measures, equal rows and leaks, compared with what SciPy and scikit-learn say and with a look at every pair."""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import pearsonr
from scipy.stats.contingency import association, crosstab
from sklearn.feature_selection import f_classif

from layerloom.data import storage
from layerloom.data.dataset import DatasetInfo
from layerloom.data.description import ColumnHint
from layerloom.data.duplicates import duplicates
from layerloom.data.infer import infer
from layerloom.data.measures import correlation_ratio, cramers_v, pearson
from layerloom.data.profile import profile
from layerloom.data.relate import relate
from layerloom.data.relations import Leak

CLASSES = arrays(np.int32, 40, elements=st.integers(0, 4))
NUMBERS = arrays(np.float64, 40, elements=st.integers(-1000, 1000).map(float))


@settings(max_examples=20, deadline=None)
@given(NUMBERS, NUMBERS)
def test_the_correlation_is_that_of_scipy(x: np.ndarray, y: np.ndarray) -> None:
    assume(x.std() > 0 and y.std() > 0)
    assert pearson(x, y) == pytest.approx(pearsonr(x, y).statistic, abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(CLASSES, CLASSES)
def test_cramers_v_is_that_of_scipy(first: np.ndarray, second: np.ndarray) -> None:
    table = crosstab(first, second).count
    assume(min(table.shape) > 1)
    assert cramers_v(first, second) == pytest.approx(association(table, method="cramer"), abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(CLASSES, NUMBERS)
def test_the_correlation_ratio_is_what_the_f_test_of_scikit_learn_rests_on(classes: np.ndarray, y: np.ndarray) -> None:
    groups = len(np.unique(classes))
    within = sum(float(np.var(y[classes == k]) * np.sum(classes == k)) for k in np.unique(classes))
    assume(groups > 1 and within > 1e-3)
    between, rest = groups - 1, len(y) - groups
    share = f_classif(y[:, np.newaxis], classes)[0][0] * between
    assert correlation_ratio(classes, y) == pytest.approx(np.sqrt(share / (share + rest)), abs=1e-9)


def test_empty_cells_are_left_out_of_a_measure() -> None:
    x, y = np.array([1.0, 2, 3, np.nan, 9]), np.array([2.0, 4, 6, 1, np.nan])
    some, other = np.array([0, 1, -1, 0], np.int32), np.array([1, 0, 1, -1], np.int32)
    assert (pearson(x, y), cramers_v(some, other)) == (pytest.approx(1), pytest.approx(1))


@pytest.mark.parametrize("constant", [0.0, 0.1, 1e9, 1e-9])
def test_what_is_the_same_in_every_row_has_no_correlation(constant: float) -> None:
    many = np.full(1000, constant)
    assert (pearson(many, np.arange(1000.0)), correlation_ratio(np.arange(1000, dtype=np.int32), many)) == (None, None)


def table(folder: Path, *, hints: dict[str, ColumnHint] | None = None, **splits: dict[str, list[Any]]) -> DatasetInfo:
    """Splits of columns, stored and described."""
    names, columns = list(next(iter(splits.values()))), []
    for index, name in enumerate(names):
        parts = {split: pl.Series(name, cells[name]) for split, cells in splits.items()}
        values = infer(parts, (hints or {}).get(name, ColumnHint()))
        storage.write(folder, index, values)
        columns.append(profile(name, values, None))
    words = dict.fromkeys(["id", "title", "description", "licence", "origin", "fingerprint"], "x")
    rows = {split: len(cells[names[0]]) for split, cells in splits.items()}
    return DatasetInfo(
        **words, task="regression", rows=rows, columns=columns, size_bytes=1, default_inputs=[], default_targets=[]
    )


CELL = st.none() | st.integers(0, 2)
SPLIT = st.lists(st.tuples(CELL, st.sampled_from(["", "a", "ab", "b"]), st.booleans()), min_size=1, max_size=12)


@settings(max_examples=20, deadline=None)  # it waits for the disk
@given(train=SPLIT, test=SPLIT)
def test_equal_rows_are_those_that_a_look_at_every_pair_finds(
    tmp_path_factory: pytest.TempPathFactory, train: list[Any], test: list[Any]
) -> None:
    folder = tmp_path_factory.mktemp("set")
    info = table(
        folder,
        hints={"n": ColumnHint(kind="number"), "t": ColumnHint(kind="text")},
        train=dict(zip("ntb", map(list, zip(*train, strict=True)), strict=True)),
        test=dict(zip("ntb", map(list, zip(*test, strict=True)), strict=True)),
    )
    rows = [("train", k, row) for k, row in enumerate(train)] + [("test", k, row) for k, row in enumerate(test)]
    repeats = [(split, k) for i, (split, k, row) in enumerate(rows) if row in [other for *_, other in rows[:i]]]
    across = [k for k, row in enumerate(test) if row in train]
    found, named = duplicates(folder, info)
    assert (found.rows, found.examples, found.across_splits) == (len(repeats), repeats[:20], len(across))
    assert [(split, row) for split, rows in named.rows.items() for row in rows] == repeats
    assert named.across == ({"test": across} if across else {})


def test_a_number_is_the_same_in_a_split_with_empty_cells(tmp_path: Path) -> None:
    info = table(tmp_path, train={"x": [7, None, 9]}, test={"x": [9, 8, 7]})
    assert duplicates(tmp_path, info)[0].examples == [("test", 0), ("test", 2)]


def test_pictures_that_differ_in_the_sign_of_two_numbers_are_not_equal(tmp_path: Path) -> None:
    vectors = np.array([[1, 2, 3, 4], [-1, 2, -3, 4], [1, 2, 3, 4]], np.float32)
    values = infer({"train": vectors}, ColumnHint())
    info = table(tmp_path, train={"x": [1, 1, 1]}).model_copy(update={"columns": [profile("x", values, None)]})
    storage.write(tmp_path, 0, values)
    assert duplicates(tmp_path, info)[0].examples == [("train", 2)]


def test_rows_that_only_their_number_tells_apart_are_equal(tmp_path: Path) -> None:
    info = table(tmp_path, train={"id": [*range(20)], "x": [0.5] * 20})
    assert duplicates(tmp_path, info)[0].rows == 19


def leaks(folder: Path, **columns: list[Any]) -> list[Leak]:
    info = table(folder, train=columns)
    return relate(folder, info, len(columns) - 1).leaks


KINDS = ["rose", "iris", "lily"] * 20


@pytest.mark.parametrize(
    ("feature", "target", "reason"),
    [
        ([k % 7 + 0.5 for k in range(60)], [k % 7 + 0.5 for k in range(60)], "identical"),
        ([kind.upper() for kind in KINDS], KINDS, "identical"),
        ([k + (k * 37 % 11) / 100 for k in range(60)], [k * 1.5 for k in range(60)], "correlated"),
        ([f"{kind} {k % 2}" for k, kind in enumerate(KINDS)], KINDS, "determines"),
        ([[4.0, 9.0, 1.0][k % 3] + (k % 2) / 1000 for k in range(60)], KINDS, "determines"),
    ],
)
def test_what_gives_the_target_away_is_a_leak(
    tmp_path: Path, feature: list[Any], target: list[Any], reason: str
) -> None:
    assert [leak.reason for leak in leaks(tmp_path, feature=feature, target=target)] == [reason]


def test_an_id_that_counts_through_the_classes_is_a_leak(tmp_path: Path) -> None:
    ids = [f"flower-{k}" for k in range(60)]
    assert leaks(tmp_path, id=ids, target=sorted(KINDS)) == [Leak(column="id", reason="orders-target", value=1.0)]


def test_what_has_little_to_do_with_the_target_is_no_leak(tmp_path: Path) -> None:
    ids = [f"flower-{k}" for k in range(60)]
    assert leaks(tmp_path, id=ids, size=[k * 13 % 17 for k in range(60)], target=KINDS) == []


def test_a_set_without_a_target_has_duplicates_alone(tmp_path: Path) -> None:
    info = table(tmp_path, train={"story": ["once upon a time", "once upon a time"]})
    found = relate(tmp_path, info, None)
    assert (found.target, found.columns, found.duplicates.rows) == (None, [], 1)
