"""How a recipe deals out the rows of a dataset, as counts: rows and classes of each split."""

import numpy as np

from layerloom.data.dataset import Column, DatasetInfo, Word
from layerloom.data.library import Library
from layerloom.data.parts import deal
from layerloom.data.split import Rows
from layerloom.data.split_column import split_column
from layerloom.data.whole import whole_rows
from layerloom.recipe import DataRecipe


class PartCount(Word):
    """One split: its rows, and how many of them each class has; null where no class is predicted."""

    rows: int
    classes: dict[str, int] | None


def counted(library: Library, data: DataRecipe, seed: int) -> dict[str, PartCount]:
    """What each split of this recipe holds, of rows without empty cells; splits that are empty are left out.

    Raises what `deal` and `Library` raise.
    """
    info = library.get(data.dataset)
    column = class_column(info, data)
    dealt = deal(library, data, seed, whole_rows(library, data, "train"))
    parts = {"train": dealt.train, "validation": dealt.validation, "test": dealt.test}
    found = {
        name: _count(library, info, "train", column, rows)
        for name, rows in parts.items()
        if len(rows) or name == "train"
    }
    if "test" in info.rows:
        found["test"] = _count(library, info, "test", column, whole_rows(library, data, "test"))
    return found


def class_column(info: DatasetInfo, data: DataRecipe) -> Column | None:
    """The category whose classes are counted: that by which rows are split evenly, else the first that is predicted.

    Raises Refusal `split-column`.
    """
    if data.split.by == "stratified":
        return split_column(info, data)
    names = {name for columns in data.targets.values() for name in columns}
    targets = [column for column in info.columns if column.name in names]
    return next((column for column in targets if column.kind == "category"), None)


def _count(library: Library, info: DatasetInfo, split: str, column: Column | None, rows: Rows) -> PartCount:
    if column is None:
        return PartCount(rows=len(rows), classes=None)
    numbers = library.arrays(info.id, [column.name], split)[column.name][rows]
    labels = column.classes or []
    counts = np.bincount(numbers[numbers >= 0], minlength=len(labels))
    return PartCount(rows=len(rows), classes=dict(zip(labels, counts.tolist(), strict=True)))
