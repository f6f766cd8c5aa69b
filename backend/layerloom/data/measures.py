"""How much two columns have to do with each other, as one number: for numbers, for categories, for one of each."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Indices = NDArray[np.int32]


def pearson(first: Numbers, second: Numbers) -> float | None:
    """The correlation coefficient of Pearson (1895), -1 to 1, over rows where both are numbers.

    r = cov(x, y) / (std(x) std(y)); None if one of the two is constant.
    """
    both = np.isfinite(first) & np.isfinite(second)
    x, y = first[both], second[both]
    if len(x) < 2 or x.min() == x.max() or y.min() == y.max():
        return None
    x, y = x - x.mean(), y - y.mean()
    spread = float(np.sqrt(np.dot(x, x)) * np.sqrt(np.dot(y, y)))
    return float(np.clip(np.dot(x, y) / spread, -1, 1))


def correlation_ratio(indices: Indices, numbers: Numbers) -> float | None:
    """The correlation ratio of Fisher (1925), 0 to 1, over rows without an empty cell.

    eta = sqrt(sum n_c (mean_c - mean)^2 / sum (y - mean)^2): the share of the spread that lies between the classes c.
    None if the numbers are constant.
    """
    both = (indices >= 0) & np.isfinite(numbers)
    classes, y = indices[both], numbers[both]
    if len(y) < 2 or y.min() == y.max():
        return None
    y = y - y.mean()
    counts = np.bincount(classes)
    sums = np.bincount(classes, weights=y)
    between = float(np.sum(np.square(sums[counts > 0]) / counts[counts > 0]))
    return float(np.sqrt(np.clip(between / np.dot(y, y), 0, 1)))


def cramers_v(first: Indices, second: Indices) -> float | None:
    """The V of Cramér (1946), 0 to 1, over rows without an empty cell; None if one of the two has a single class.

    V = sqrt((chi^2 / n) / min(rows - 1, columns - 1)) of the table of counts, without a correction.
    """
    both = (first >= 0) & (second >= 0)
    rows, row = np.unique(first[both], return_inverse=True)
    columns, column = np.unique(second[both], return_inverse=True)
    if min(len(rows), len(columns)) < 2:
        return None
    cells, observed = np.unique(row.astype(np.int64) * len(columns) + column, return_counts=True)
    # chi^2 = n (sum of observed^2 / (row total * column total) - 1): cells that are empty add nothing.
    row_totals, column_totals = np.bincount(row), np.bincount(column)
    expected = row_totals[cells // len(columns)].astype(np.float64) * column_totals[cells % len(columns)]
    share = float(np.sum(np.square(observed.astype(np.float64)) / expected)) - 1
    return float(np.sqrt(np.clip(share / (min(len(rows), len(columns)) - 1), 0, 1)))
