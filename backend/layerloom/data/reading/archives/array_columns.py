"""Named arrays put together to columns: their splits, their names, and what their numbers are likely to mean."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from layerloom.data.description import ColumnHint
from layerloom.data.reading.archives import array_names
from layerloom.data.reading.archives.filed import FOLD
from layerloom.data.reading.archives.folders import Fold
from layerloom.data.reading.source import Unreadable
from layerloom.data.source import Raw

Array = NDArray[Any]
Folds = dict[Fold, Array]

CLASS_NAMES = frozenset({"label", "labels", "y", "target", "targets", "class", "classes", "category"})
MOST_CLASSES = 1_000
ROWS_AT_ONCE = 1_024


def columns_of(arrays: Mapping[str, Array], scratch: Path) -> dict[str, dict[str, Raw]]:
    """The columns by split: `train`, with the rows for validation behind it, and `test`.

    The column `split` says of each row whether it was for validation, where any was. Raises Unreadable
    `unequal-lengths`, `unequal-shapes`.
    """
    named = array_names.by_column(array_names.parts(arrays))
    folds: dict[str, Folds] = {
        column: {fold: arrays[name] for fold, name in of.items()} for column, of in named.items()
    }
    _check_rows(arrays, list(folds.values()))
    columns = {}
    for number, (column, of) in enumerate(folds.items()):
        _check_shapes(column, of)
        columns[_called(column, of["train"])] = _by_split(of, scratch / f"column-{number}")
    first = next(iter(folds.values()))
    return columns | ({FOLD: _fold_names(first)} if "validation" in first else {})


def hints(columns: Mapping[str, Mapping[str, Raw]], classes: Mapping[str, list[str]]) -> dict[str, ColumnHint]:
    """Whole numbers that count from zero in a column called as targets are, or whose classes have names: categories."""
    found = {FOLD: ColumnHint(kind="category")}
    for name, parts in columns.items():
        cells = [cells for cells in parts.values() if isinstance(cells, pl.Series) and cells.dtype.is_integer()]
        if not cells:
            continue
        distinct = pl.concat(cells).drop_nulls().unique()
        counts_up = len(distinct) > 0 and distinct.min() == 0 and distinct.max() == len(distinct) - 1
        if name in classes and set(distinct) <= set(range(len(classes[name]))):
            found[name] = ColumnHint(kind="category", classes=classes[name])
        elif name.lower() in CLASS_NAMES and counts_up and len(distinct) <= MOST_CLASSES:
            found[name] = ColumnHint(kind="category")
    return found


def _check_rows(arrays: Mapping[str, Array], folds: list[Folds]) -> None:
    told = ", ".join(f"'{name}' {array.shape}" for name, array in list(arrays.items())[:20])
    if len({tuple((fold, len(array)) for fold, array in of.items()) for of in folds}) > 1:
        message = f"The arrays do not have the same number of rows (first axis): {told}."
        raise Unreadable("unequal-lengths", message)


def _check_shapes(column: str, of: Folds) -> None:
    if len({(array.shape[1:], array.dtype.kind) for array in of.values()}) > 1:
        told = ", ".join(f"{array.shape} of {array.dtype} for {fold}" for fold, array in of.items())
        raise Unreadable("unequal-shapes", f"The rows of column '{column}' are not alike: {told}.")


def _called(column: str, train: Array) -> str:
    is_image = train.dtype == np.uint8 and train.ndim in (3, 4)
    return array_names.called(column, is_image, _is_flat(train))


def _is_flat(array: Array) -> bool:
    """Whether it has one value a row."""
    return array.ndim == 1 or (array.ndim == 2 and array.shape[1] == 1)


def _by_split(of: Folds, scratch: Path) -> dict[str, Raw]:
    parts = {"train": [of["train"], *([of["validation"]] if "validation" in of else [])]}
    parts |= {"test": [of["test"]]} if "test" in of else {}
    joined = {split: _joined(some, scratch.with_suffix(f".{split}.npy")) for split, some in parts.items()}
    if not _is_flat(of["train"]):
        return dict(joined)
    dtype = np.result_type(*joined.values())
    return {split: _series(array.reshape(-1), dtype) for split, array in joined.items()}


def _joined(parts: list[Array], path: Path) -> Array:
    """The rows of all, on the disk and row after row, copied some at a time; a single array that is so stays as it is.

    Arrays written with the columns first can not be read a few rows at a time.
    """
    if len(parts) == 1 and parts[0].flags.c_contiguous:
        return parts[0]
    shape = (sum(map(len, parts)), *parts[0].shape[1:])
    rows = np.lib.format.open_memmap(path, "w+", np.result_type(*parts), shape)
    place = 0
    for part in parts:
        for start in range(0, len(part), ROWS_AT_ONCE):
            some = part[start : start + ROWS_AT_ONCE]
            rows[place : place + len(some)] = some
            place += len(some)
    rows.flush()
    return rows


def _series(values: Array, dtype: np.dtype[Any]) -> pl.Series:
    """One value a row, in this machine's order of bytes; -1 stands for no class in whole numbers that else count up."""
    if dtype.kind == "S":
        return pl.Series([text.decode("utf-8", "replace") for text in values.tolist()], dtype=pl.String)
    if dtype.kind == "U":
        return pl.Series(values.tolist(), dtype=pl.String)
    native = np.dtype("f4") if dtype == np.float16 else dtype.newbyteorder("=")
    return pl.Series(np.ascontiguousarray(values, dtype=native))


def _fold_names(of: Folds) -> dict[str, Raw]:
    train = pl.Series(["train"] * len(of["train"]) + ["validation"] * len(of["validation"]))
    return {"train": train, **({"test": pl.Series([None] * len(of["test"]), dtype=pl.String)} if "test" in of else {})}
