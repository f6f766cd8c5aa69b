import numpy as np
import pytest

from layerloom.training.rate_curve import Choice, Smoother, choose, runs_away

RATES = np.geomspace(1e-7, 10, 200).tolist()


def valley(lowest_at: float, steepest_at: float) -> list[float]:
    """A loss of 2 that falls by a sigmoid around `steepest_at`, and rises again from `lowest_at` on."""
    at = np.log10(RATES)
    fall = 1 / (1 + np.exp(-(at - np.log10(steepest_at)) * 4))
    rise = np.maximum(0, at - np.log10(lowest_at)) ** 2
    return (2 - 1.5 * fall + rise).tolist()


def test_the_steepest_descent_and_a_tenth_of_the_minimum_are_found() -> None:
    choice = choose(RATES, valley(lowest_at=0.1, steepest_at=0.003))

    assert (choice.steepest, choice.tenth) == (pytest.approx(0.003, rel=0.3), pytest.approx(0.01, rel=0.3))


@pytest.mark.parametrize("losses", [[1.0] * 200, np.linspace(1, 5, 200).tolist(), [1.0] * 3, []])
def test_a_loss_that_never_falls_suggests_nothing(losses: list[float]) -> None:
    assert choose(RATES[: len(losses)], losses) == Choice(None, None)


def test_smoothing_starts_at_the_first_value() -> None:
    smoother = Smoother()

    assert [smoother(4.0), smoother(4.0), round(smoother(0.0), 2)] == [4.0, 4.0, pytest.approx(2.52)]


@pytest.mark.parametrize(
    ("smoothed", "away"),
    [([1.0] * 20 + [3.9], False), ([1.0] * 20 + [4.1], True), ([1.0, float("nan")], True), ([1.0, 9.0], False)],
)
def test_a_loss_runs_away_when_it_is_far_above_the_lowest(smoothed: list[float], away: bool) -> None:
    assert runs_away(smoothed) is away
