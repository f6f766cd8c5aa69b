"""Which rows are held out: the same ones for the same seed, everywhere. Arrays in, row numbers out."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Halves = tuple[Rows, Rows]
"""Row numbers (kept, held out), each in ascending order."""
Seed = int | Sequence[int]


def split(rows: int, validation_fraction: float, seed: Seed) -> Halves:
    """Row numbers (training, validation), each in ascending order, drawn by a seeded shuffle.

    `round(rows * validation_fraction)` rows are held out. The bit generator and the way it is used are fixed here, so
    that the split does not follow NumPy's default. Raises ValueError for a fraction outside [0, 1) or negative rows.
    """
    if rows < 0 or not 0 <= validation_fraction < 1:
        raise ValueError(f"expected rows >= 0 and 0 <= validation_fraction < 1, got {rows} and {validation_fraction}")
    held_out = round(rows * validation_fraction)
    order = _drawn(rows, seed)
    return np.sort(order[held_out:]), np.sort(order[:held_out])


def stratified(classes: NDArray[np.integer[Any]], fraction: float, seed: Seed) -> Halves:
    """Hold out this share of each class, to within one row; of all rows as many as `split` does.

    `classes` are class numbers of at least 0, one a row.
    """
    shares = np.bincount(classes) * fraction
    counts = np.floor(shares).astype(np.int64)
    # The rows that are left over go to the classes that miss the largest part of one.
    left = round(len(classes) * fraction) - int(counts.sum())
    counts[np.argsort(counts - shares, kind="stable")[: max(0, left)]] += 1
    order = _drawn(len(classes), seed)
    by_class = order[np.argsort(classes[order], kind="stable")]
    sizes = np.bincount(classes)
    place = np.arange(len(classes)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return _halves(by_class[place < np.repeat(counts, sizes)], len(classes))


def grouped(groups: NDArray[Any], fraction: float, seed: Seed) -> Halves:
    """Hold out whole groups (equal values): those of a seeded order that bring the share closer; never all of them."""
    names, of_row, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    wanted, held = round(len(groups) * fraction), 0
    chosen = np.zeros(len(names), bool)
    for group in _drawn(len(names), seed):
        after = held + int(sizes[group])
        if after < len(groups) and abs(after - wanted) < abs(held - wanted):
            chosen[group], held = True, after
        if held >= wanted:
            break
    return _halves(np.flatnonzero(chosen[of_row]), len(groups))


def latest(moments: NDArray[Any], fraction: float) -> Halves:
    """Hold out the last rows by these values; of equal ones the last in the file."""
    kept = len(moments) - round(len(moments) * fraction)
    return _halves(np.argsort(moments, kind="stable")[kept:], len(moments))


def _halves(held_out: NDArray[np.integer[Any]], rows: int) -> Halves:
    mask = np.zeros(rows, bool)
    mask[held_out] = True
    return np.flatnonzero(~mask), np.flatnonzero(mask)


def _drawn(rows: int, seed: Seed) -> Rows:
    """Numbers from 0 in a seeded order."""
    # Sorting raw 64-bit draws is exactly defined; Generator.permutation may change between NumPy versions.
    return np.argsort(np.random.PCG64(seed).random_raw(rows), kind="stable").astype(np.int64, copy=False)
