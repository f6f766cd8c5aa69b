"""Which training rows are held out for validation: the same ones for the same seed, everywhere."""

import numpy as np
from numpy.typing import NDArray


def split(rows: int, validation_fraction: float, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Row numbers (training, validation), each in ascending order, drawn by a seeded shuffle.

    `round(rows * validation_fraction)` rows are held out. The bit generator and the way it is used are fixed here, so
    that the split does not follow NumPy's default. Raises ValueError for a fraction outside [0, 1) or negative rows.
    """
    if rows < 0 or not 0 <= validation_fraction < 1:
        raise ValueError(f"expected rows >= 0 and 0 <= validation_fraction < 1, got {rows} and {validation_fraction}")
    held_out = round(rows * validation_fraction)
    # Sorting raw 64-bit draws is exactly defined; Generator.permutation may change between NumPy versions.
    order = np.argsort(np.random.PCG64(seed).random_raw(rows), kind="stable").astype(np.int64)
    return np.sort(order[held_out:]), np.sort(order[:held_out])
