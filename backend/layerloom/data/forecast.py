"""A table over time that somebody brings is made a forecast without being asked how: which windows fit its dates."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.data.dataset import DatasetInfo
from layerloom.data.edits import Windows

HOUR, DAY = 3_600.0, 86_400.0
LENGTHS = ((2 * HOUR, 24), (2 * DAY, 14))
"""Up to this many seconds between rows, the window is this long: a day of hours, two weeks of days."""

OTHERWISE = 12
"""A year of months; as good as any for weeks, quarters and years."""

LARGEST_SHARE = 4
"""A window takes at most a quarter of the rows."""

MOST_COLUMNS = 32


def fitting_windows(info: DatasetInfo, moments: NDArray[Any] | None) -> Windows | None:
    """Windows over the numbers of the table, one row ahead of its target; None where it has too few rows, or no number.

    `moments` are the dates of the training rows, in seconds; None where the rows have none.
    """
    numbers = [column.name for column in info.columns if column.kind == "number" and column.role is not None]
    targets = [name for name in info.default_targets if name in numbers]
    length = min(_length(moments), info.rows["train"] // LARGEST_SHARE)
    if not targets or length < 1:
        return None
    columns = [name for name in numbers if name in targets[:1] or len(numbers) <= MOST_COLUMNS]
    return Windows(edit="windows", columns=columns, target=targets[0], length=length)


def _length(moments: NDArray[Any] | None) -> int:
    known = np.sort(moments[np.isfinite(moments)]) if moments is not None else np.empty(0)
    if len(known) < 2:
        return OTHERWISE
    between = float(np.median(np.diff(known)))
    return next((length for most, length in LENGTHS if between <= most), OTHERWISE)
