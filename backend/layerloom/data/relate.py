"""How the columns of a stored set relate to a target: `python -m layerloom.data.relate FOLDER TARGET BYTES`.

A process of its own, so that it can be ended at any moment and that its memory, at most BYTES, is not the server's.
TARGET is the number of a column, or "none".
"""

import math
import os
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from pydantic import BaseModel

from layerloom.data import storage
from layerloom.data.dataset import Column, DatasetInfo
from layerloom.data.duplicates import Tell, duplicates
from layerloom.data.leaks import Sample, is_copy, leak, order_leak
from layerloom.data.measures import correlation_ratio, cramers_v, pearson
from layerloom.data.own import INFO
from layerloom.data.relations import (
    DUPLICATES,
    PROGRESS,
    RELATIONS,
    REPEATS,
    Comparing,
    Duplicates,
    Leak,
    Measure,
    Relation,
    Relations,
    place,
)

MOST_ROWS = 1_000_000
ROWS_FOR_A_GLANCE = 100_000
TELL_S = 0.2
MEASURED = frozenset({"number", "category", "date"})


def relate(folder: Path, info: DatasetInfo, target: int | None, tell: Tell = lambda _: None) -> Relations:
    """The relations of every column to the `target`-th one. Holds two columns of a million rows at a time.

    `tell` hears how far it is, from 0 to 1: as much for the looking for equal rows as for the comparing of columns.
    """
    found = _duplicates(folder, info, lambda done: tell(done / 2))
    step = -(-info.rows["train"] // MOST_ROWS) or 1
    relations, leaks = [], []
    if target is not None and info.columns[target].kind in MEASURED:
        aim = _sample(folder, target, info.columns[target], step)
        for index, column in enumerate(info.columns):
            tell(0.5 + index / len(info.columns) / 2)
            if index != target:
                relation, given_away = _compared(folder, index, column, aim, step)
                relations += [relation] if relation else []
                leaks += [given_away] if given_away else []
    return Relations(
        target=None if target is None else info.columns[target].name,
        columns=relations,
        duplicates=found,
        across_splits=found.across_splits,
        leaks=leaks,
        rows_looked_at=-(-info.rows["train"] // step),
    )


def copies(folder: Path, columns: Sequence[Column], target: str, rows: int) -> list[str]:
    """Names of the stored columns that hold the target over again, by the look of up to 100 000 rows."""
    step = -(-rows // ROWS_FOR_A_GLANCE) or 1
    places = {column.name: index for index, column in enumerate(columns)}
    aim = _sample(folder, places[target], columns[places[target]], step)
    alike = [c for c in columns if c.name != target and c.kind == aim.column.kind and (c.unique or 0) > 1]
    return [c.name for c in alike if is_copy(_sample(folder, places[c.name], c, step), aim)]


def _compared(folder: Path, index: int, column: Column, aim: Sample, step: int) -> tuple[Relation | None, Leak | None]:
    if column.kind == "identifier":
        stride = -(-len(aim.cells) // ROWS_FOR_A_GLANCE)
        glance = Sample(aim.column, aim.cells[::stride])
        return None, order_leak(column, _numbered(folder, index, step * stride), glance)
    if column.kind not in MEASURED:
        return None, None
    feature = _sample(folder, index, column, step)
    relation = _relation(feature, aim)
    return relation, leak(feature, aim, relation)


def _relation(feature: Sample, aim: Sample) -> Relation | None:
    """The measure for these two kinds; None where it is not defined, as for a column that is the same in every row."""
    measure: Measure
    match feature.is_category, aim.is_category:
        case True, True:
            measure, value = "cramers_v", cramers_v(feature.cells, aim.cells)
        case True, False:
            measure, value = "eta", correlation_ratio(feature.cells, aim.numbers)
        case False, True:
            measure, value = "eta", correlation_ratio(aim.cells, feature.numbers)
        case _:
            measure, value = "pearson", pearson(feature.numbers, aim.numbers)
    return None if value is None else Relation(column=feature.column.name, measure=measure, value=round(value, 6))


def _sample(folder: Path, index: int, column: Column, step: int) -> Sample:
    """Every `step`-th training row, copied so that the file is not kept in memory."""
    return Sample(column, np.array(storage.read_array(folder, "train", index)[::step]))


def _numbered(folder: Path, index: int, step: int) -> NDArray[np.float64]:
    """The numbers that rows are named by, NaN for a name that has none: 17 of "17" and of "row-17"."""
    names = storage.read_texts(folder, "train", index, slice(None, None, step))
    found = pl.Series(names, dtype=pl.String).str.extract(r"(\d{1,15})\D*$").cast(pl.Float64)
    return found.to_numpy().astype(np.float64)


def _duplicates(folder: Path, info: DatasetInfo, tell: Tell) -> Duplicates:
    """They do not hang on the target: once found, they are kept."""
    kept, named = folder / RELATIONS / DUPLICATES, folder / RELATIONS / REPEATS
    if kept.exists() and named.exists():
        return Duplicates.model_validate_json(kept.read_bytes())
    found, repeats = duplicates(folder, info, tell)
    _keep(named, repeats)
    _keep(kept, found)
    return found


class _Reporter:
    """Keeps how far it is beside the columns, for who waits; not oftener than somebody looks."""

    def __init__(self, folder: Path) -> None:
        self._place = folder / RELATIONS / PROGRESS
        self._last = -math.inf

    def tell(self, done: float) -> None:
        if time.monotonic() - self._last >= TELL_S:
            self._last = time.monotonic()
            _keep(self._place, Comparing(done=done))


def _keep(target: Path, word: BaseModel) -> None:
    """Whole or not at all, also where two processes do so at the same time."""
    target.parent.mkdir(exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}")
    storage.write_bytes(draft, word.model_dump_json().encode())
    draft.replace(target)


def main(folder: Path, target: int | None, most_bytes: int) -> None:
    """Work the relations out and keep them beside the columns."""
    resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))
    info = DatasetInfo.model_validate_json((folder / INFO).read_bytes())
    _keep(place(folder, target), relate(folder, info, target, _Reporter(folder).tell))


if __name__ == "__main__":
    main(Path(sys.argv[1]), None if sys.argv[2] == "none" else int(sys.argv[2]), int(sys.argv[3]))
