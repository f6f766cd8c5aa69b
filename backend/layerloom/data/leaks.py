"""Columns that give the target away: what they hold would not be known when it is to be predicted."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.data.dataset import Column
from layerloom.data.measures import pearson
from layerloom.data.relations import Leak, Relation

NEARLY_ONE = {"pearson": 0.999, "cramers_v": 0.99, "eta": 0.999}
ROWS_A_CLASS = 5
"""With fewer rows for each of its classes a column determines anything."""
FEWEST_ROWS = 10


class Sample:
    """Rows of one column: floats with NaN for an empty cell; the index of a category, -1 for an empty one."""

    def __init__(self, column: Column, cells: NDArray[Any]) -> None:
        self.column = column
        self.cells = cells

    @property
    def is_category(self) -> bool:
        """Whether the cells are indices."""
        return self.column.classes is not None

    @property
    def numbers(self) -> NDArray[np.float64]:
        """The cells as numbers, NaN where they are empty."""
        numbers = self.cells.astype(np.float64)
        return np.where(self.cells < 0, np.nan, numbers) if self.is_category else numbers


def leak(feature: Sample, target: Sample, relation: Relation | None) -> Leak | None:
    """Why this column gives the target away, if it does."""
    if relation is None or len(target.cells) < FEWEST_ROWS:
        return None
    if is_copy(feature, target):
        return Leak(column=feature.column.name, reason="identical", value=1.0)
    if abs(relation.value) <= NEARLY_ONE[relation.measure] or not _has_enough_rows(feature, target):
        return None
    reason = "correlated" if relation.measure == "pearson" else "determines"
    return Leak(column=feature.column.name, reason=reason, value=relation.value)


def order_leak(identifier: Column, names: NDArray[np.float64], target: Sample) -> Leak | None:
    """Rows that are numbered by the target: sorted by its number, its classes follow one another, or it only rises."""
    known = np.isfinite(names) & np.isfinite(target.numbers)
    aims = target.numbers[known][np.argsort(names[known], kind="stable")]
    if len(aims) < FEWEST_ROWS or aims.min() == aims.max():
        return None
    if target.is_category:
        classes = len(np.unique(aims))
        ordered = len(aims) >= ROWS_A_CLASS * classes and np.count_nonzero(np.diff(aims)) == classes - 1
    else:
        ordered = bool(np.all(np.diff(aims) >= 0) or np.all(np.diff(aims) <= 0))
    return Leak(column=identifier.name, reason="orders-target", value=1.0) if ordered else None


def is_copy(feature: Sample, target: Sample) -> bool:
    """Whether the column holds the same cells, or other names for the same classes, or numbers on a line."""
    if feature.is_category != target.is_category or len(target.cells) < FEWEST_ROWS:
        return False
    if target.is_category:
        return _are_renamed(feature.cells, target.cells)
    if np.array_equal(np.isfinite(feature.cells), np.isfinite(target.cells)):
        r = pearson(feature.numbers, target.numbers)
        return r is not None and abs(r) > 1 - 1e-9
    return False


def _are_renamed(feature: NDArray[Any], target: NDArray[Any]) -> bool:
    """Whether each class of one column stands for a single one of the other."""
    low, width = int(target.min()), int(target.max()) - int(target.min()) + 1
    pairs = len(np.unique(feature.astype(np.int64) * width + (target - low)))
    return 1 < pairs == len(np.unique(feature)) == len(np.unique(target))


def _has_enough_rows(feature: Sample, target: Sample) -> bool:
    classes = [len(sample.column.classes or []) for sample in (feature, target) if sample.is_category]
    return len(target.cells) >= ROWS_A_CLASS * max(classes, default=1)
