"""Measuring how far numbers are off: errors, R², residuals. NumPy alone."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.evaluation import Residuals, Scatter

SCATTER_POINTS = 1_000
BINS = 30

Array = NDArray[Any]


def rmse(truth: Array, predicted: Array) -> float:
    """The root of the mean squared error of each value (rows, values), their mean."""
    return float(np.sqrt(np.square(predicted - truth).mean(axis=0)).mean())


def r2(truth: Array, predicted: Array) -> float:
    """The share of variance explained, of each value (rows, values), their mean; a constant: 1 if hit, else 0."""
    unexplained = np.square(predicted - truth).sum(axis=0)
    total = np.square(truth - truth.mean(axis=0)).sum(axis=0)
    varies = total > 0
    ratio = np.divide(unexplained, total, out=np.zeros_like(total), where=varies)
    share = np.where(varies, 1 - ratio, np.where(unexplained > 0, 0.0, 1.0))
    return float(share.mean())


def scatter(rows: Array, truth: Array, predicted: Array) -> Scatter:
    """Points of (rows, values), every n-th, the largest residuals of either sign always among them."""
    values = truth.shape[1]
    residuals = (predicted - truth).ravel()
    chosen = np.arange(0, residuals.size, max(1, -(-residuals.size // SCATTER_POINTS)))
    chosen = np.unique([*chosen, residuals.argmin(), residuals.argmax()])
    return Scatter(
        rows=rows[chosen // values].tolist(),
        true=truth.ravel()[chosen].tolist(),
        predicted=predicted.ravel()[chosen].tolist(),
    )


def histogram(truth: Array, predicted: Array) -> Residuals:
    """Equally wide bins over all residuals; a single one where they can not be told apart."""
    residuals = (predicted - truth).ravel()
    low, high = float(residuals.min()), float(residuals.max())
    edges = np.linspace(low, high, BINS + 1)
    if np.any(np.diff(edges) <= 0):
        return Residuals(edges=[low, high], counts=[residuals.size])
    counts, _ = np.histogram(residuals, bins=edges)
    return Residuals(edges=edges.tolist(), counts=counts.tolist())
