"""What a range test says: losses smoothed, the moment they run away, the rates to choose from (Smith 2017).

Pure numbers: knows no Keras.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

SMOOTHING = 0.9
RUNS_AWAY = 4.0
"""So many times the lowest loss is divergence."""
WARM_UP = 10
"""Steps before the smoothed loss means much."""
SLOPE_STEPS = 5
LEAST_FALL = 0.02
"""By how much of itself the loss must fall somewhere for its curve to say anything."""


@dataclass(frozen=True)
class Choice:
    """Rates to choose from; None where the loss never fell."""

    steepest: float | None
    tenth: float | None


class Smoother:
    """An exponential mean that starts at the first value, not at zero."""

    def __init__(self) -> None:
        self._sum = 0.0
        self._weight = 0.0

    def __call__(self, value: float) -> float:
        """The mean with one more value."""
        self._sum = SMOOTHING * self._sum + (1 - SMOOTHING) * value
        self._weight = SMOOTHING * self._weight + (1 - SMOOTHING)
        return self._sum / self._weight


def runs_away(smoothed: Sequence[float]) -> bool:
    """Whether the newest loss is no number, or far above the lowest."""
    newest = smoothed[-1]
    if not math.isfinite(newest):
        return True
    lowest = min(smoothed)
    return len(smoothed) > WARM_UP and newest > lowest + (RUNS_AWAY - 1) * max(abs(lowest), 1e-12)


def choose(rates: Sequence[float], smoothed: Sequence[float]) -> Choice:
    """Where the loss falls fastest over the logarithm of the rate, and a tenth of where it is lowest."""
    losses = np.asarray([loss for loss in smoothed if math.isfinite(loss)])
    if len(losses) <= WARM_UP + SLOPE_STEPS:
        return Choice(None, None)
    lowest = int(np.argmin(losses[WARM_UP:])) + WARM_UP
    fallen = float(losses[WARM_UP // 2] - losses[lowest])
    if lowest <= WARM_UP or fallen <= LEAST_FALL * max(abs(float(losses[WARM_UP // 2])), 1e-12):
        return Choice(None, None)
    slopes = np.gradient(losses[: lowest + 1], np.log(rates[: lowest + 1]))
    even = np.convolve(slopes, np.ones(SLOPE_STEPS) / SLOPE_STEPS, mode="same")
    steepest = int(np.argmin(even[WARM_UP // 2 :])) + WARM_UP // 2
    return Choice(_round(rates[steepest]), _round(rates[lowest] / 10))


def _round(rate: float) -> float:
    """To two digits: more would claim to know more."""
    return float(f"{rate:.1e}")
