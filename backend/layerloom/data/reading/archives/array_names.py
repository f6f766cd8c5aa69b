"""What the names of arrays say: the column that each holds a part of, and for what that part is."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from layerloom.data.reading.archives.folders import FOLDS, ORDER, Fold

CLASSES = "classes/"
"""Begins the names of arrays that name the classes of a column."""
INPUT, TARGET = "x", "y"
IMAGE, LABEL = "image", "label"


class Part(NamedTuple):
    """A column, and which of its rows an array holds."""

    column: str
    fold: Fold


def parts(names: Iterable[str]) -> dict[str, Part]:
    """The part that each array is: by names as `x_train`, `train_images` and `test/label`, else all for training."""
    told = {name: _told(name) for name in names}
    found = {name: part for name, part in told.items() if part}
    if len(found) == len(told) and any(part.fold == "train" for part in found.values()):
        return found
    return {name: Part(name, "train") for name in told}


def _told(name: str) -> Part | None:
    for mark in ("/", "_"):
        first, _, rest = name.partition(mark)
        if rest and first.lower() in FOLDS:
            return Part(rest, FOLDS[first.lower()])
        rest, _, last = name.rpartition(mark)
        if rest and last.lower() in FOLDS:
            return Part(rest, FOLDS[last.lower()])
    return None


def by_column(parts: Mapping[str, Part]) -> dict[str, dict[Fold, str]]:
    """The arrays of each column by fold, in the order of `ORDER`."""
    columns: dict[str, dict[Fold, str]] = {}
    for fold in ORDER:
        for name, part in parts.items():
            if part.fold == fold:
                columns.setdefault(part.column, {})[fold] = name
    return columns


def called(column: str, is_image: bool, is_flat: bool) -> str:
    """The name as people say it: Keras's own sets call their arrays x and y."""
    if column.lower() == INPUT and is_image:
        return IMAGE
    return LABEL if column.lower() == TARGET and is_flat else column
