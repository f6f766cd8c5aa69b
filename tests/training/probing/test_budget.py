"""Looks take no more than their share of the time."""

import pytest

from layerloom.training.probing.budget import Budget


def looks(share: float, epoch_s: float, epochs: int, first_cost: float, cost: float) -> tuple[int, float]:
    """How many looks an even training gets at the ends of its epochs, and the share of its time that they take."""
    budget, elapsed, count = Budget(share, first_cost), 0.0, 0
    for _ in range(epochs):
        elapsed += epoch_s
        if budget.allows(elapsed, epochs * epoch_s + budget.spent, in_epoch=False):
            took = cost if count else first_cost
            elapsed += took
            budget.paid(took, cost, elapsed)
            count += 1
    return count, budget.spent / elapsed


@pytest.mark.parametrize(
    ("epoch_s", "epochs", "first_cost", "cost", "most", "least"),
    [
        (4.0, 10, 0.4, 0.01, 10, 10),
        (4.0, 10, 0.4, 0.5, 2, 1),
        (0.05, 20, 0.4, 0.01, 0, 0),
        (0.1, 36_000, 0.4, 0.01, 700, 300),
        (600.0, 50, 5.0, 2.0, 50, 50),
    ],
    ids=["every-epoch", "dear", "too-short", "an-hour-of-short-epochs", "long-epochs"],
)
def test_looks_keep_within_their_share(
    epoch_s: float, epochs: int, first_cost: float, cost: float, most: int, least: int
) -> None:
    count, share = looks(0.03, epoch_s, epochs, first_cost, cost)
    assert (least <= count <= most, share <= 0.03) == (True, True), (count, share)


def test_within_a_long_epoch_the_first_look_waits_for_some_seconds() -> None:
    budget = Budget(0.03, 0.4)
    assert [budget.allows(elapsed, 1_000, in_epoch=True) for elapsed in (1.0, 4.9, 5.0)] == [False, False, True]


def test_the_last_epoch_is_looked_at_where_it_is_cheap() -> None:
    cheap, dear, off = Budget(0.03, 0.9), Budget(0.03, 30.0), Budget(0.0, 0.1)
    told = [cheap.allows_last(1.0), dear.allows_last(100.0), dear.allows_last(334.0), off.allows_last(100.0)]
    assert told == [True, False, True, False]
