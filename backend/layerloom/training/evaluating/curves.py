"""Receiver operating characteristic: every threshold at once. NumPy alone."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.evaluation import RocCurve

MOST_POINTS = 100
DIGITS = 6

Array = NDArray[Any]


def roc(is_class: Array, score: Array, label: str) -> RocCurve | None:
    """The curve of one class against all others; None where all rows lie on one side.

    `is_class` is one truth value a row, `score` how much the model takes a row for the class. The area is that of the
    whole curve, points are thinned afterwards.
    """
    positives = int(is_class.sum())
    negatives = len(is_class) - positives
    if not positives or not negatives:
        return None
    order = np.argsort(-score, kind="stable")
    falling, hit = score[order], is_class[order]
    # Rows of the same score fall on the same side of every threshold.
    ends = np.append(np.flatnonzero(np.diff(falling)), len(falling) - 1)
    true = np.append(0, np.cumsum(hit)[ends]) / positives
    false = np.append(0, (ends + 1) - np.cumsum(hit)[ends]) / negatives
    area = float(np.trapezoid(true, false))
    kept = _thinned(false, true)
    return RocCurve(
        label=label,
        auc=area,
        false_positives=false[kept].round(DIGITS).tolist(),
        true_positives=true[kept].round(DIGITS).tolist(),
    )


def _thinned(false: Array, true: Array) -> Array:
    """Points at equal distances along the curve, corners of a short one all kept."""
    if len(false) <= MOST_POINTS:
        return np.arange(len(false))
    length = false + true  # both only rise
    wanted = np.linspace(0, length[-1], MOST_POINTS)
    return np.unique(np.searchsorted(length, wanted).clip(0, len(false) - 1))
