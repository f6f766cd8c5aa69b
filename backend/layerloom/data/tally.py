"""How often each number occurs in a column, from which all its statistics follow."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from layerloom.data.dataset import Histogram, Statistics

BINS = 20
DIGITS = 7
PIXELS_AT_A_TIME = 4_000_000
MOST_PIXELS = 200_000_000
MOST_NUMBERS = 20_000_000
"""Of more pixels or numbers, evenly spaced rows are looked at: their distribution does not change any more."""


class Tally(NamedTuple):
    """How often each number occurs, in ascending order: small even for the 47 million pixels of MNIST."""

    numbers: NDArray[np.float64]
    counts: NDArray[np.int64]


def of_numbers(array: NDArray[Any]) -> Tally:
    """Of the finite ones among these, rows first; of some rows where they are more than 20 million."""
    some = spaced(array, MOST_NUMBERS)
    finite = some[np.isfinite(some)] if some.dtype.kind == "f" else some.reshape(-1)
    distinct, counts = np.unique(finite, return_counts=True)
    return Tally(distinct.astype(np.float64, copy=False), counts)


def of_pixels(images: NDArray[np.uint8]) -> Tally:
    """Of pictures (rows, height, width, channels); of some rows where they have more than 200 million pixels."""
    some = spaced(images, MOST_PIXELS)
    rows = max(1, PIXELS_AT_A_TIME // max(1, some[0].size if len(some) else 1))
    counts = np.zeros(256, dtype=np.int64)
    for start in range(0, len(some), rows):
        counts += np.bincount(some[start : start + rows].reshape(-1), minlength=256)
    present = np.flatnonzero(counts)
    return Tally(present.astype(np.float64), counts[present])


def spaced(array: NDArray[Any], most: int) -> NDArray[Any]:
    """Evenly spaced rows, so many that they hold no more than `most` numbers."""
    step = -(-array.size // most) if array.size > most else 1
    return array[::step]


def statistics(tally: Tally) -> Statistics | None:
    """What describes the numbers, to seven digits; None if there are none."""
    if tally.numbers.size == 0:
        return None
    mean = np.average(tally.numbers, weights=tally.counts)
    variance = np.average(np.square(tally.numbers - mean), weights=tally.counts)
    ends = np.cumsum(tally.counts)
    first, median, third = (_quantile(tally, ends, share) for share in (0.25, 0.5, 0.75))
    return Statistics(
        min=_rounded(tally.numbers[0]),
        max=_rounded(tally.numbers[-1]),
        mean=_rounded(mean),
        std=_rounded(np.sqrt(variance)),
        median=_rounded(median),
        quartiles=(_rounded(first), _rounded(third)),
    )


def _quantile(tally: Tally, ends: NDArray[np.int64], share: float) -> float:
    """The number below which this share lies, between the two nearest by linear interpolation, as NumPy has it."""
    position = share * float(ends[-1] - 1)
    below, above = tally.numbers[np.searchsorted(ends, [np.floor(position), np.ceil(position)], side="right")]
    return float(below + (above - below) * (position % 1))


def histogram(tally: Tally) -> Histogram | None:
    """Equally wide bins from the smallest to the largest number; a single one where they can not be told apart."""
    if tally.numbers.size == 0:
        return None
    low, high = float(tally.numbers[0]), float(tally.numbers[-1])
    edges = np.linspace(low, high, BINS + 1)
    if np.any(np.diff(edges) <= 0):
        return Histogram(edges=[low, high], counts=[int(tally.counts.sum())])
    # The numbers are in order, so each bin is a slice of them; the last includes its upper edge.
    ends = np.concatenate([[0], np.cumsum(tally.counts)])
    places = np.searchsorted(tally.numbers, edges[:-1], side="left")
    counts = np.diff(ends[np.append(places, len(tally.numbers))])
    return Histogram(edges=[_rounded(edge) for edge in edges], counts=[int(count) for count in counts])


def _rounded(number: float) -> float:
    """Seven significant digits: more than can be seen, and the same on every machine."""
    return float(f"{number:.{DIGITS}g}")
