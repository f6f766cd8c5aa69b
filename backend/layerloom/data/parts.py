"""The rows of a dataset dealt out to training, validation and test as a recipe says: the one place that does it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.data.dataset import DatasetInfo
from layerloom.data.library import Library
from layerloom.data.split import Halves, Rows, Seed, grouped, latest, split, stratified
from layerloom.data.split_column import WORDS, named_parts, split_column
from layerloom.data.whole import empty_cells
from layerloom.problem import Refusal
from layerloom.recipe import DataRecipe

TEST = 2**32 - 2
"""Goes into the seed of the test split, so that validation is drawn anew and as it is without one."""
PARTS = ("train", "validation", "test")


@dataclass(frozen=True)
class Parts:
    """Row numbers in the training split of the dataset's files, each in ascending order, no row in two of them.

    `test` is empty where the dataset has a test split of its own.
    """

    train: Rows
    validation: Rows
    test: Rows


def deal(library: Library, data: DataRecipe, seed: int, rows: Rows) -> Parts:
    """Deal out these rows (ascending) of the training split.

    Test rows go first, validation rows are a share of what is left; a column that names the splits goes before shares.
    Raises Refusal `split-column`, or `split-missing` for empty cells in the column that decides.
    """
    info = library.get(data.dataset)
    keys = _keys(library, info, data, rows)
    taken, fixed = _by_name(info, data, keys, len(rows))
    if "test" not in fixed and (fraction := test_fraction(info, data)):
        taken["train"], taken["test"] = _held_out(data, keys, taken["train"], fraction, [seed, TEST])
    if "validation" not in fixed:
        fraction = data.validation_fraction
        taken["train"], taken["validation"] = _held_out(data, keys, taken["train"], fraction, seed)
    _require_apart(taken, len(rows))
    return Parts(*(rows[taken[part]] for part in PARTS))


def test_fraction(info: DatasetInfo, data: DataRecipe) -> float:
    """The share of rows set apart for the test: none where the dataset has a test split of its own."""
    return 0.0 if "test" in info.rows else data.test_fraction


def expected_rows(info: DatasetInfo, data: DataRecipe, rows: int | None = None) -> dict[str, int]:
    """About how many of `rows` rows (left out, all) each part gets, without a look at any; groups may differ a little.

    Raises Refusal `split-column`.
    """
    left = info.rows["train"] if rows is None else rows
    column = split_column(info, data)
    named = named_parts(column) if column and data.split.by == "column" else set()
    counted = dict.fromkeys(PARTS, 0)
    if named and column:
        for label, count in zip(column.classes or [], column.class_counts or [], strict=True):
            counted[WORDS[label.strip().lower()]] += count
        left = counted["train"]
    for part, share in (("test", test_fraction(info, data)), ("validation", data.validation_fraction)):
        if part not in named:
            counted[part] = round(left * share)
            left -= counted[part]
    return {**counted, "train": left}


def _keys(library: Library, info: DatasetInfo, data: DataRecipe, rows: Rows) -> NDArray[Any] | None:
    """The cells that decide, one a row."""
    column = split_column(info, data)
    if column is None:
        return None
    cells = library.arrays(info.id, [column.name], "train")[column.name][rows]
    if missing := int(empty_cells(cells, column).sum()):
        message = (
            f"Column '{column.name}' decides who is held out, but has {missing:,} empty cells in {len(rows):,} rows"
        )
        raise Refusal("split-missing", f"{message}. Leave those rows out, or split in another way.")
    return np.asarray(cells)


def _by_name(
    info: DatasetInfo, data: DataRecipe, keys: NDArray[Any] | None, rows: int
) -> tuple[dict[str, Rows], set[str]]:
    """Rows by the split that their cell names, and which splits are named at all; else everything is for training."""
    nothing = np.arange(0, dtype=np.int64)
    column = split_column(info, data)
    if data.split.by != "column" or column is None or keys is None:
        return {"train": np.arange(rows, dtype=np.int64), "validation": nothing, "test": nothing}, set()
    part_of = np.array([PARTS.index(WORDS[label.strip().lower()]) for label in column.classes or []])
    return {part: np.flatnonzero(part_of[keys] == place) for place, part in enumerate(PARTS)}, named_parts(column)


def _held_out(data: DataRecipe, keys: NDArray[Any] | None, rows: Rows, fraction: float, seed: Seed) -> Halves:
    """These rows, without and with those that are held out."""
    if keys is None or data.split.by == "column" or not fraction:
        kept, held_out = split(len(rows), fraction, seed)
    elif data.split.by == "stratified":
        kept, held_out = stratified(keys[rows], fraction, seed)
    elif data.split.by == "group":
        kept, held_out = grouped(keys[rows], fraction, seed)
    else:
        kept, held_out = latest(keys[rows], fraction)
    return rows[kept], rows[held_out]


def _require_apart(taken: dict[str, Rows], rows: int) -> None:
    """No row in two parts, none lost: held-out figures mean nothing otherwise."""
    times = np.zeros(rows, np.uint8)
    for places in taken.values():
        times[places] += 1
    if wrong := int((times != 1).sum()):
        raise AssertionError(f"{wrong} of {rows} rows were dealt out twice or not at all")
