"""Which rows have no empty cell in the columns that a recipe binds."""

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
    """The columns whose cells a row must have: the bound ones and, where rows are left out, the one that decides."""
    names = {name for columns in (*data.inputs.values(), *data.targets.values()) for name in columns}
    names |= {data.sample_weight} if data.sample_weight else set()
    if data.missing == "drop" and (column := _decides(info, data)):
        names.add(column.name)
    return sorted(names)


def whole_rows(library: Library, data: DataRecipe, split: str) -> Rows:
    """The numbers of the rows without empty cells, in ascending order; a block of rows is in memory at a time.

    Raises what `Library` raises.
    """
    info = library.get(data.dataset)
    names = needed(info, data)
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
