"""Curves out of events."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerloom.runs.series import Point, thin
from tests.runs.building import claimed, create, epoch, open_store, started, step


def test_training_metrics_follow_steps_and_validation_metrics_follow_epochs(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store)
    claimed(store)
    said = [started(), step(2, loss=3.0), step(5, loss=2.0), epoch(1, 5, loss=1.9, val_loss=float("nan"))]
    store.append(1, 1, said)
    assert store.series(1, points=100) == {
        "loss": {"x": [2, 5], "y": [3.0, 1.9]},
        "val_loss": {"x": [5], "y": [None]},
    }


def test_a_resumed_run_forgets_what_lay_beyond_its_checkpoint(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store)
    claimed(store)
    store.append(1, 1, [started(), step(3, loss=3.0), epoch(1, 5, loss=2.0), step(7, loss=9.0), step(8, loss=9.0)])
    store.requeue_interrupted()
    claimed(store)
    store.append(1, 2, [started(initial_epoch=1), step(8, loss=1.0)])
    assert store.series(1, points=100) == {"loss": {"x": [3, 5, 8], "y": [3.0, 2.0, 1.0]}}


VALUES = st.lists(st.none() | st.integers(-1000, 1000).map(float), min_size=1, max_size=300)


@given(VALUES, st.integers(1, 100))
def test_thinning_keeps_the_limit_the_order_the_ends_and_the_extremes(values: list[float | None], limit: int) -> None:
    points: list[Point] = list(enumerate(values))
    kept = thin(points, limit)
    assert len(kept) == min(len(points), len(kept)) <= max(limit, 0) or kept == points
    assert [point for point in points if point in kept] == kept
    assert points[-1] in kept
    if limit >= 2:
        assert points[0] in kept
    finite = [value for value in values if value is not None]
    if limit >= 5 and finite:
        kept_values = [value for _, value in kept]
        assert max(finite) in kept_values
        assert min(finite) in kept_values or None in kept_values


@pytest.mark.parametrize("spike", [1e6, -1e6, None])
def test_one_odd_value_among_many_survives(spike: float | None) -> None:
    points: list[Point] = [(x, float(x % 7)) for x in range(100_000)]
    points[54_321] = (54_321, spike)
    kept = thin(points, 1000)
    assert (54_321, spike) in kept
    assert len(kept) <= 1000
