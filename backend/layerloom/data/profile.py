"""Statistics, histograms and class counts of a column, as the page shows them."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from layerloom.data.dataset import Column, Histogram, Role, Statistics
from layerloom.data.values import DTYPES, MISSING_INDEX, TEXTS, Values

BINS = 20
DIGITS = 7
ROWS_AT_A_TIME = 2_000


class Tally(NamedTuple):
    """How often each number occurs, in ascending order: small even for the 47 million pixels of MNIST."""

    numbers: NDArray[np.float64]
    counts: NDArray[np.int64]


def profile(name: str, column: Values, role: Role | None) -> Column:
    """The column described by its training split."""
    train = column.parts["train"]
    tally = _tally(column, train)
    return Column(
        name=name,
        kind=column.kind,
        dtype=DTYPES[column.kind],
        shape=list(train.shape[1:]),
        missing=_missing(column, train),
        unique=_unique(column, train),
        classes=column.classes,
        class_counts=_class_counts(column, train),
        statistics=_statistics(tally),
        histogram=_histogram(tally),
        role=role,
    )


def _tally(column: Values, train: NDArray[Any]) -> Tally:
    """What can be measured of a column: its numbers, pixels, or words a text; nothing of categories."""
    match column.kind:
        case "category":
            return Tally(np.empty(0), np.empty(0, dtype=np.int64))
        case "image":
            return _tally_pixels(train)
        case "text" | "identifier":
            return _tally_numbers(np.array([len(text.split()) for text in train if text], dtype=np.float64))
        case _:
            return _tally_numbers(train[np.isfinite(train)].astype(np.float64))


def _tally_numbers(numbers: NDArray[np.float64]) -> Tally:
    distinct, counts = np.unique(numbers, return_counts=True)
    return Tally(distinct, counts.astype(np.int64))


def _tally_pixels(images: NDArray[np.uint8]) -> Tally:
    counts = np.zeros(256, dtype=np.int64)
    for start in range(0, len(images), ROWS_AT_A_TIME):
        counts += np.bincount(images[start : start + ROWS_AT_A_TIME].reshape(-1), minlength=256)
    present = np.flatnonzero(counts)
    return Tally(present.astype(np.float64), counts[present])


def _missing(column: Values, train: NDArray[Any]) -> int:
    match column.kind:
        case "category":
            return int(np.count_nonzero(train == MISSING_INDEX))
        case "text" | "identifier":
            return int(np.count_nonzero(train == ""))
        case _:
            return int(np.count_nonzero(~np.isfinite(train)))


def _unique(column: Values, train: NDArray[Any]) -> int | None:
    if column.kind == "category" or column.kind in TEXTS:
        return len(set(train.tolist()) - {MISSING_INDEX, ""})
    return len(np.unique(train[np.isfinite(train)])) if column.kind == "number" else None


def _class_counts(column: Values, train: NDArray[Any]) -> list[int] | None:
    if column.classes is None:
        return None
    counts: list[int] = np.bincount(train[train != MISSING_INDEX], minlength=len(column.classes)).tolist()
    return counts


def _statistics(tally: Tally) -> Statistics | None:
    if tally.numbers.size == 0:
        return None
    mean = np.average(tally.numbers, weights=tally.counts)
    variance = np.average(np.square(tally.numbers - mean), weights=tally.counts)
    first, median, third = (_quantile(tally, share) for share in (0.25, 0.5, 0.75))
    return Statistics(
        min=_rounded(tally.numbers[0]),
        max=_rounded(tally.numbers[-1]),
        mean=_rounded(mean),
        std=_rounded(np.sqrt(variance)),
        median=_rounded(median),
        quartiles=(_rounded(first), _rounded(third)),
    )


def _quantile(tally: Tally, share: float) -> float:
    """The number below which this share lies, between the two nearest by linear interpolation, as NumPy has it."""
    ends = np.cumsum(tally.counts)
    position = share * float(ends[-1] - 1)
    below, above = tally.numbers[np.searchsorted(ends, [np.floor(position), np.ceil(position)], side="right")]
    return float(below + (above - below) * (position % 1))


def _histogram(tally: Tally) -> Histogram | None:
    """Equally wide bins from the smallest to the largest number; a single one where they can not be told apart."""
    if tally.numbers.size == 0:
        return None
    low, high = float(tally.numbers[0]), float(tally.numbers[-1])
    edges = np.linspace(low, high, BINS + 1)
    if np.any(np.diff(edges) <= 0):
        return Histogram(edges=[low, high], counts=[int(tally.counts.sum())])
    counts, _ = np.histogram(tally.numbers, bins=edges, weights=tally.counts)
    return Histogram(edges=[_rounded(edge) for edge in edges], counts=[int(count) for count in counts])


def _rounded(number: float) -> float:
    """Seven significant digits: more than can be seen, and the same on every machine."""
    return float(f"{number:.{DIGITS}g}")
