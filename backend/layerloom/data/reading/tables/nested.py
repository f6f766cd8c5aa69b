"""Lists of numbers of equal length as arrays, written to the disk in slices: a column of them may exceed memory."""

import secrets
from pathlib import Path

import numpy as np
import polars as pl
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

SLICE_NUMBERS = 4_000_000


class Uneven(Exception):
    """The lists of a column differ in their lengths, or one of them is empty or missing."""


def array(cells: pl.LazyFrame, rows: int, folder: Path) -> NDArray[np.float32]:
    """The lists of the one column of `cells` as (rows, length, …), mapped from a file in `folder`. Raises Uneven."""
    shape = np.shape(cells.head(1).collect().to_series().to_list()[0] or [])
    size = int(np.prod(shape))
    if not shape or not size:
        raise Uneven
    target = open_memmap(folder / f"{secrets.token_hex(8)}.npy", mode="w+", dtype=np.float32, shape=(rows, *shape))
    step = max(1, SLICE_NUMBERS // size)
    for start in range(0, rows, step):
        part = cells.slice(start, step).collect().to_series()
        target[start : start + step] = _flat(part, shape).reshape(len(part), *shape)
    target.flush()
    return target


def depth(dtype: pl.DataType) -> tuple[int, pl.DataType]:
    """How many lists are in one another, and what the innermost holds."""
    levels = 0
    while isinstance(dtype, pl.List | pl.Array):
        dtype, levels = _inner(dtype), levels + 1
    return levels, dtype


def _inner(dtype: pl.List | pl.Array) -> pl.DataType:
    return dtype.inner if isinstance(dtype.inner, pl.DataType) else dtype.inner()


def _flat(lists: pl.Series, shape: tuple[int, ...]) -> NDArray[np.float32]:
    for length in shape:
        if isinstance(lists.dtype, pl.Array):
            lists = lists.arr.to_list()
        if lists.null_count() or (lists.list.len() != length).any():
            raise Uneven
        lists = lists.explode()
    return lists.cast(pl.Float32).to_numpy().astype(np.float32)
