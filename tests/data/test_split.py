from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from layerloom.data.split import grouped, latest, split, stratified

Array = NDArray[Any]

ROWS = st.integers(0, 3_000)
FRACTIONS = st.floats(0, 1, exclude_max=True)
SEEDS = st.integers(0, 2**31 - 1)


@given(ROWS, FRACTIONS, SEEDS)
def test_every_row_is_in_exactly_one_part(rows: int, fraction: float, seed: int) -> None:
    training, validation = split(rows, fraction, seed)
    assert sorted([*training.tolist(), *validation.tolist()]) == list(range(rows))


@given(ROWS, FRACTIONS, SEEDS)
def test_the_validation_part_has_the_rounded_share(rows: int, fraction: float, seed: int) -> None:
    assert len(split(rows, fraction, seed)[1]) == round(rows * fraction)


@given(ROWS, FRACTIONS, SEEDS)
def test_the_same_seed_gives_the_same_ascending_rows(rows: int, fraction: float, seed: int) -> None:
    once, twice = split(rows, fraction, seed), split(rows, fraction, seed)
    assert [part.tolist() for part in once] == [sorted(part.tolist()) for part in twice]


def test_the_split_is_the_same_on_every_machine_and_with_every_numpy() -> None:
    assert [part.tolist() for part in split(10, 0.3, 7)] == [[0, 1, 2, 5, 7, 8, 9], [3, 4, 6]]


def test_another_seed_gives_another_split() -> None:
    assert not np.array_equal(split(1_000, 0.1, 7)[1], split(1_000, 0.1, 8)[1])


@pytest.mark.parametrize(("rows", "fraction"), [(-1, 0.1), (10, -0.1), (10, 1.0), (10, float("nan"))])
def test_a_share_that_can_not_be_held_out_is_refused(rows: int, fraction: float) -> None:
    with pytest.raises(ValueError, match="validation_fraction"):
        split(rows, fraction, 7)


CLASSES = st.lists(st.integers(0, 6), max_size=300).map(lambda numbers: np.array(numbers, np.int32))


@given(CLASSES, FRACTIONS, SEEDS)
def test_each_class_is_held_out_to_within_one_row_of_its_share(classes: Array, fraction: float, seed: int) -> None:
    kept, held_out = stratified(classes, fraction, seed)

    counts = np.bincount(classes[held_out], minlength=7)
    shares = np.bincount(classes, minlength=7) * fraction
    assert sorted([*kept.tolist(), *held_out.tolist()]) == list(range(len(classes)))
    assert len(held_out) == round(len(classes) * fraction)
    assert np.abs(counts - shares).max(initial=0) < 1


@given(CLASSES, FRACTIONS, SEEDS)
def test_no_group_is_torn_and_something_is_kept(groups: Array, fraction: float, seed: int) -> None:
    kept, held_out = grouped(groups, fraction, seed)

    assert sorted([*kept.tolist(), *held_out.tolist()]) == list(range(len(groups)))
    assert set(groups[kept]) & set(groups[held_out]) == set()
    assert len(kept) > 0 or len(groups) == 0


@given(st.lists(st.floats(-1e9, 1e9), max_size=300), FRACTIONS)
def test_no_row_that_is_kept_is_later_than_one_held_out(moments: list[float], fraction: float) -> None:
    times = np.array(moments)
    kept, held_out = latest(times, fraction)

    assert sorted([*kept.tolist(), *held_out.tolist()]) == list(range(len(times)))
    assert len(held_out) == round(len(times) * fraction)
    assert times[kept].max(initial=-np.inf) <= times[held_out].min(initial=np.inf)


@pytest.mark.parametrize("hold_out", [stratified, grouped])
def test_the_seed_decides_who_of_a_class_or_which_group(hold_out: Callable[..., tuple[Array, Array]]) -> None:
    keys = np.arange(200) // 5

    held_out = [hold_out(keys, 0.3, seed)[1].tolist() for seed in (7, 7, 8)]

    assert held_out[0] == held_out[1] != held_out[2]


def test_groups_as_large_as_the_share_are_found_behind_a_larger_one() -> None:
    groups = np.array(["large"] * 90 + ["small"] * 10, dtype=object)
    assert [grouped(groups, 0.1, seed)[1].tolist() for seed in range(4)] == [list(range(90, 100))] * 4
