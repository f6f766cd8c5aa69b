import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerloom.data.split import split

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
