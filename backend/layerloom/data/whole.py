"""Which rows have no empty cell where a recipe allows none."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.data.dataset import Column, DatasetInfo
from layerloom.data.library import Library
from layerloom.data.split_column import split_column
from layerloom.problem import Refusal
from layerloom.recipe import DataRecipe

BLOCK_ROWS = 262_144

Rows = NDArray[np.int64]


def needed(info: DatasetInfo, data: DataRecipe) -> list[str]:
    """The columns that are read: the bound ones and, where rows are left out, the one that decides who is held out."""
    return sorted({name for columns in data.inputs.values() for name in columns} | to_be_filled(info, data))


def to_be_filled(info: DatasetInfo, data: DataRecipe) -> set[str]:
    """The columns in which a row may have no empty cell. Without a target or a weight nothing can be learned of it."""
    bound = [*data.targets.values(), *([] if data.missing == "keep" else data.inputs.values())]
    names = {name for columns in bound for name in columns} | ({data.sample_weight} if data.sample_weight else set())
    column = None if data.missing == "refuse" else _decides(info, data)
    return names | ({column.name} if column else set())


def whole_rows(library: Library, data: DataRecipe, split: str) -> Rows:
    """The numbers of the rows that can be used, in ascending order; a block of rows is in memory at a time.

    Raises what `Library` raises.
    """
    info = library.get(data.dataset)
    names = sorted(to_be_filled(info, data))
    columns = library.columns(data.dataset, names, split)
    looked_at = [name for name in names if info.column(name).kind != "image"]
    found = []
    for start in range(0, info.rows[split], BLOCK_ROWS):
        stop = min(start + BLOCK_ROWS, info.rows[split])
        whole = np.ones(stop - start, bool)
        for name in looked_at:
            whole &= ~empty_cells(columns.read(name, start, stop), info.column(name))
        found.append(np.flatnonzero(whole) + start)
    return np.concatenate(found) if found else np.arange(0, dtype=np.int64)


def empty_cells(array: NDArray[Any], column: Column) -> NDArray[np.bool_]:
    """Which cells of a column hold no usable value, as one truth value a row: empty ones and numbers not finite."""
    match column.kind:
        case "image":
            return np.zeros(len(array), bool)
        case "category":
            return np.asarray(array < 0)
        case "text" | "identifier":
            return np.asarray(array == "", dtype=bool)
        case _:
            return np.asarray(~np.isfinite(array).all(axis=tuple(range(1, array.ndim))))


def _decides(info: DatasetInfo, data: DataRecipe) -> Column | None:
    try:
        return split_column(info, data)
    except Refusal:
        return None  # said where the rows are dealt out
