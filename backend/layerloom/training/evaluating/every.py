"""Many values thinned as they come: every n-th row, so that they fit into memory."""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

MOST_VALUES = 20_000_000


class EveryNth:
    """Room for `rows` rows of `values` values, or for every `step`-th where that would be more than MOST_VALUES."""

    def __init__(self, rows: int, values: int, dtype: DTypeLike) -> None:
        self.step = max(1, -(-rows * values // MOST_VALUES))
        self.kept: NDArray[Any] = np.empty((-(-rows // self.step), values), dtype)

    def put(self, at: int, values: NDArray[Any]) -> None:
        """Take rows (rows, values) from the `at`-th on."""
        first = -at % self.step
        some = values[first :: self.step]
        begin = (at + first) // self.step
        self.kept[begin : begin + len(some)] = some
