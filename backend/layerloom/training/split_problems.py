"""Whether the rows can be dealt out as the recipe says, and whether each split then has what it needs."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from layerloom.data.counting import PartCount, counted
from layerloom.data.dataset import DatasetInfo
from layerloom.data.library import Library, PreparationFailed
from layerloom.data.parts import expected_rows
from layerloom.data.split_column import fitting, split_column
from layerloom.data.whole import needed, to_be_filled
from layerloom.problem import Fix, Problem, Refusal
from layerloom.recipe import DataRecipe, SplitBy
from layerloom.training.plan import Plan, listed, set_recipe, warning

FEWEST_TRAINING_ROWS = 2
MOST_COUNTED_ROWS = 1_000_000
"""More are not dealt out at every check: it would take longer than a person waits for one."""
MOST_FIXES = 3
SPLIT = ["data", "split"]
VALIDATION = ["data", "validation_fraction"]
TEST = ["data", "test_fraction"]
AT_RANDOM = {"by": "random", "column": None}


def split_problems(plan: Plan, home: Path) -> Iterator[Problem]:
    """A column that can not decide, too few rows, splits without rows or without a class."""
    if plan.dataset is None:
        return
    data = plan.recipe.data
    if "test" in plan.dataset.rows and data.test_fraction:
        message = f"'{plan.dataset.title}' has a test split of its own: no rows are set apart for another."
        yield warning("test-split", message, TEST, [set_recipe(TEST, 0.0, "Set no rows apart")])
    try:
        column = split_column(plan.dataset, data)
        expected = expected_rows(plan.dataset, data, _filled_rows(plan, plan.dataset))
    except Refusal as refusal:
        fixes = _other_columns(plan.dataset, data.split.by)
        yield Problem(code=refusal.code, message=refusal.message, recipe=SPLIT, fixes=fixes)
        return
    if column and column.missing and column.name not in needed(plan.dataset, data):
        has = f"Column '{column.name}' decides who is held out, but has {column.missing:,} empty cells"
        message = f"{has} in {plan.dataset.rows['train']:,} rows. Leave those rows out, or split in another way."
        drop = set_recipe(["data", "missing"], "drop", "Leave out rows with empty cells")
        yield Problem(code="split-missing", message=message, recipe=SPLIT, fixes=[drop])
        return
    yield from _row_counts(plan, expected)
    if _worth_counting(plan, plan.dataset):
        yield from _missing_classes(plan, plan.dataset, home)


def _filled_rows(plan: Plan, dataset: DatasetInfo) -> int:
    """At most so many rows are without empty cells."""
    if plan.recipe.data.missing == "refuse":
        return dataset.rows["train"]
    columns = plan.columns(sorted(to_be_filled(dataset, plan.recipe.data)))
    return dataset.rows["train"] - max((column.missing for column in columns), default=0)


def _other_columns(dataset: DatasetInfo, by: SplitBy) -> list[Fix]:
    names = fitting(dataset, by)[:MOST_FIXES]
    offered = [set_recipe(SPLIT, {"by": by, "column": name}, f"Split by '{name}'") for name in names]
    return [*offered, set_recipe(SPLIT, AT_RANDOM, "Split at random")]


def _row_counts(plan: Plan, expected: dict[str, int]) -> Iterator[Problem]:
    training, rows = expected["train"], sum(expected.values())
    if training < FEWEST_TRAINING_ROWS:
        test = f", {expected['test']:,} for a test" if expected["test"] else ""
        held_out = f"{expected['validation']:,} are held out for validation{test}"
        split = f"{held_out} and {max(0, training):,} are left to train on"
        message = f"Of {rows:,} rows, {split}; at least {FEWEST_TRAINING_ROWS} are needed. Hold out fewer."
        fixes = [set_recipe(VALIDATION, 0.1, "Hold out a tenth")] if rows - expected["test"] >= 3 else []
        yield Problem(code="too-few-rows", message=message, recipe=VALIDATION, fixes=fixes)
    elif plan.recipe.fit.batch_size > training:
        size = plan.recipe.fit.batch_size
        message = f"A batch of {size:,} is larger than the {training:,} training rows: every epoch is one step."
        smaller = min(32, training)
        fix = set_recipe(["fit", "batch_size"], smaller, f"Set batch size to {smaller}")
        yield warning("batch-size", f"{message} Use a smaller batch.", ["fit", "batch_size"], [fix])


def _worth_counting(plan: Plan, dataset: DatasetInfo) -> bool:
    """Sets of the package have enough of each class for chance to find."""
    plain = dataset.source == "package" and plan.recipe.data.split.by == "random"
    return not plain and dataset.rows["train"] <= MOST_COUNTED_ROWS


def _missing_classes(plan: Plan, dataset: DatasetInfo, home: Path) -> Iterator[Problem]:
    try:
        parts = _counted(home, dataset.fingerprint, plan.recipe.data.model_dump_json(), plan.recipe.seed)
    except (Refusal, PreparationFailed):
        return  # said where the names of the recipe are looked at, or by the training itself
    data = plan.recipe.data
    for part, path, share in (("validation", VALIDATION, data.validation_fraction), ("test", TEST, data.test_fraction)):
        if share and part not in parts and data.split.by != "random":
            message = f"No rows are held out for {part}: '{data.split.column}' does not divide the rows that way."
            yield warning("empty-split", f"{message} Split in another way.", path)
    occurring = {label for part in parts.values() for label, count in (part.classes or {}).items() if count}
    for part, counts in parts.items():
        without = [label for label, count in (counts.classes or {}).items() if not count and label in occurring]
        if without and counts.rows:
            yield _without(part, without, data, parts)


def _without(part: str, labels: list[str], data: DataRecipe, parts: dict[str, PartCount]) -> Problem:
    to_do = "it can not be learned" if part == "train" else f"{part} figures say nothing of it"
    named = f"Class {listed(labels)} has no row" if len(labels) == 1 else f"Classes {listed(labels)} have no row"
    message = f"{named} in the split '{part}': {to_do}. Split by class, hold out more rows, or gather more."
    totals = [sum((one.classes or {}).get(label, 0) for one in parts.values()) for label in labels]
    enough = all(total * _share(part, data) >= 1 for total in totals)
    stratified = set_recipe(SPLIT, {"by": "stratified", "column": None}, "Split by class")
    return warning("class-missing", message, SPLIT, [stratified] if data.split.by == "random" and enough else [])


def _share(part: str, data: DataRecipe) -> float:
    held_out = {"validation": data.validation_fraction, "test": data.test_fraction}
    return held_out.get(part, 1 - sum(held_out.values()))


@lru_cache(maxsize=64)
def _counted(home: Path, fingerprint: str, data: str, seed: int) -> dict[str, PartCount]:  # noqa: ARG001 (part of the key)
    """The same question is asked at every stroke on the canvas; a dataset of this fingerprint never changes."""
    return counted(Library(home), DataRecipe.model_validate_json(data), seed)
