"""What the values of a weight are like, as numbers and as a histogram."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.inside import WeightHistogram, WeightStatistics

BINS = 30

Array = NDArray[Any]


def statistics(values: Array) -> WeightStatistics | None:
    """Statistics of the finite ones among these numbers, computed in double precision; None if there is none."""
    wide = values.astype(np.float64).ravel()
    finite = wide[np.isfinite(wide)]
    if not finite.size:
        return None
    scale = float(np.max(np.abs(finite))) or 1.0  # squares and differences of huge numbers would be infinite
    scaled = finite / scale
    return WeightStatistics(
        mean=float(np.mean(scaled)) * scale,
        deviation=float(np.std(scaled)) * scale,
        minimum=float(np.min(finite)),
        maximum=float(np.max(finite)),
        zeros=float(np.mean(finite == 0)),
        not_finite=wide.size - finite.size,
        histogram=_histogram(scaled, scale),
    )


def _histogram(scaled: Array, scale: float) -> WeightHistogram:
    counts, edges = np.histogram(scaled, bins=1 if scaled.min() == scaled.max() else BINS)
    return WeightHistogram(edges=(edges * scale).tolist(), counts=counts.tolist())
