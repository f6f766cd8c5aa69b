"""The column that decides who is held out, and whether it can."""

from collections.abc import Sequence

from layerloom.data.dataset import Column, DatasetInfo, Kind
from layerloom.problem import Refusal
from layerloom.recipe import DataRecipe, SplitBy

WORDS = {
    "train": "train",
    "training": "train",
    "val": "validation",
    "valid": "validation",
    "validation": "validation",
    "dev": "validation",
    "test": "test",
    "eval": "test",
}
"""What the classes of a column that names the splits may be, in any case; and which split each means."""
KINDS: dict[SplitBy, Sequence[Kind]] = {
    "stratified": ("category",),
    "group": ("category", "text", "identifier", "number", "date"),
    "time": ("date", "number"),
    "column": ("category",),
}
MOST_SHOWN = 10


def split_column(info: DatasetInfo, data: DataRecipe) -> Column | None:
    """The column that the rows are split by; None where chance alone decides.

    Raises Refusal `split-column`: none is named, there is no such column, or it is of a kind that can not say.
    """
    by, name = data.split.by, data.split.column
    if by == "random":
        return None
    offered = fitting(info, by)
    if name is None:
        targets = [info.column(one) for names in data.targets.values() for one in names if _has(info, one)]
        found = next((column for column in targets if column.kind == "category"), None)
        if by != "stratified" or found is None:
            raise Refusal("split-column", f"To split by {SAID[by]}, choose a column: {_listed(offered)}.")
        return found
    if not _has(info, name):
        message = f"The rows are to be split by column '{name}', which '{info.title}' has not. It has {_all(info)}."
        raise Refusal("split-column", message)
    column = info.column(name)
    if column.kind not in KINDS[by]:
        kinds = " or ".join(KINDS[by])
        message = f"To split by {SAID[by]}, a column of kind {kinds} is needed; '{name}' is {column.kind}."
        raise Refusal("split-column", f"{message} Choose {_listed(offered)}.")
    if by == "column":
        _require_words(info, column)
    return column


SAID: dict[SplitBy, str] = {
    "random": "chance",
    "stratified": "class",
    "group": "group",
    "time": "time",
    "column": "a column that names the splits",
}


def fitting(info: DatasetInfo, by: SplitBy) -> list[str]:
    """The columns that rows can be split by in this way."""
    columns = [column for column in info.columns if column.kind in KINDS.get(by, ())]
    return [column.name for column in columns if by != "column" or not _mistake(info, column)]


def named_parts(column: Column) -> set[str]:
    """The splits that the classes of a column name."""
    return {WORDS[word] for label in column.classes or [] if (word := label.strip().lower()) in WORDS}


def _require_words(info: DatasetInfo, column: Column) -> None:
    if mistake := _mistake(info, column):
        raise Refusal("split-column", mistake)


def _mistake(info: DatasetInfo, column: Column) -> str | None:
    labels = column.classes or []
    if any(label.strip().lower() not in WORDS for label in labels) or "train" not in named_parts(column):
        expected = "train (or training), validation (val, valid, dev), test (eval)"
        return (
            f"Column '{column.name}' was to name the split of each row: expected {expected}, found {_listed(labels)}."
        )
    if "test" in named_parts(column) and "test" in info.rows:
        return f"Column '{column.name}' names a split 'test', but '{info.title}' has one already. Choose another way."
    return None


def _has(info: DatasetInfo, name: str) -> bool:
    return any(column.name == name for column in info.columns)


def _all(info: DatasetInfo) -> str:
    return _listed([column.name for column in info.columns])


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_SHOWN} more" if len(names) > MOST_SHOWN else ""
    return (", ".join(f"'{name}'" for name in names[:MOST_SHOWN]) or "none") + more
