"""Windows over rows in order: what came before each row, as a sequence to learn from."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def windows(history: NDArray[Any], length: int) -> NDArray[Any]:
    """Every run of `length` rows of `history` (rows, channels), as a view (rows - length + 1, length, channels).

    Raises ValueError where there are fewer rows than that.
    """
    return np.lib.stride_tricks.sliding_window_view(history, length, axis=0).swapaxes(1, 2)
