"""Which rows are judged: those of the run's own split, by the same seed, or those of another dataset like it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layerloom.data.dataset import Column, DatasetInfo
from layerloom.data.library import Library
from layerloom.data.parts import deal, expected_rows
from layerloom.evaluation import SplitName
from layerloom.problem import Refusal
from layerloom.recipe import DataRecipe, Recipe, SplitRecipe
from layerloom.training.arrays import Bound
from layerloom.training.plan import listed
from layerloom.training.signature import Signature
from layerloom.training.stored import Stored, opened


@dataclass(frozen=True)
class Chosen:
    """A whole split of the dataset, and the numbers of the rows in it that are judged."""

    info: DatasetInfo
    bound: Bound | Stored
    rows: NDArray[np.int64]


def choose(library: Library, recipe: Recipe, signature: Signature, dataset: str, split: SplitName) -> Chosen:
    """The rows of `split` of a dataset; of the run's own as it was dealt out for the training.

    Raises UnknownDataset, Refusal `dataset-differs` where another dataset has not the columns that the run was
    trained on, `unknown-split` and `too-few-rows`.
    """
    own = dataset == recipe.data.dataset
    data = recipe.data if own else _like(library, recipe.data, dataset)
    info = library.get(dataset)
    part = split_of(info, split)
    if split not in _splits(info, data):
        raise Refusal(
            "unknown-split", f"Dataset '{dataset}' has no split '{split}' here, but {listed(_splits(info, data))}."
        )
    bound = opened(library, data, signature, part)
    rows = bound.rows
    if part == "train":
        parts = deal(library, data, recipe.seed, rows)
        rows = {"train": parts.train, "validation": parts.validation, "test": parts.test}[split]
    if not len(rows):
        raise Refusal("too-few-rows", f"The split '{split}' of dataset '{dataset}' has no whole row to judge.")
    return Chosen(info, bound, rows)


def split_of(info: DatasetInfo, split: SplitName) -> str:
    """The split of the dataset's files that holds these rows."""
    return split if split in info.rows else "train"


def _splits(info: DatasetInfo, data: DataRecipe) -> list[str]:
    held_out = [part for part, rows in expected_rows(info, data).items() if rows and part not in info.rows]
    return [*info.rows, *held_out]


def _like(library: Library, data: DataRecipe, dataset: str) -> DataRecipe:
    """The binding on another dataset, none of whose rows was held out. Raises Refusal `dataset-differs`."""
    known, other = library.get(data.dataset), library.get(dataset)
    names = [name for columns in (*data.inputs.values(), *data.targets.values()) for name in columns]
    names += [data.sample_weight] if data.sample_weight else []
    have = {column.name: column for column in other.columns}
    if missing := [name for name in names if name not in have]:
        said = f"The run was trained on columns {listed(names)}; dataset '{dataset}' has no {listed(missing)}."
        raise Refusal("dataset-differs", f"{said} Choose a dataset with the same columns.")
    for name in names:
        if (wanted := _form(known.column(name))) != (found := _form(have[name])):
            said = f"Column '{name}' of dataset '{dataset}' is {found}, but the run was trained on {wanted}."
            raise Refusal("dataset-differs", f"{said} Choose a dataset with the same columns.")
    whole = {"validation_fraction": 0.0, "test_fraction": 0.0, "split": SplitRecipe()}
    return data.model_copy(update={"dataset": dataset, **whole})


def _form(column: Column) -> str:
    shape = f" of shape {'×'.join(map(str, column.shape))}" if column.shape else ""
    classes = f" with the classes {listed(column.classes)}" if column.classes else ""
    return f"{column.kind}{shape}{classes}"
