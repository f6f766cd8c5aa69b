"""What the columns of a set have to do with each other: words that travel as JSON, and where they are kept."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from layerloom.data.dataset import Word

RELATIONS = "relations"
"""The folder beside the columns; what is in it can be worked out again."""
DUPLICATES, REPEATS, PROGRESS = "duplicates.json", "repeats.json", "progress.json"
MOST_REPEATS = 100_000
"""As many rows as the edits that make a version may name."""

Measure = Literal["pearson", "cramers_v", "eta"]
Reason = Literal["identical", "correlated", "determines", "orders-target"]


class Relation(Word):
    """How much a column has to do with the target: Pearson's r (-1 to 1), Cramér's V or the ratio eta (0 to 1)."""

    column: str
    measure: Measure
    value: float


class Duplicates(Word):
    """Rows that are equal to one before them in every column (names of rows apart): how many, and some of them.

    `examples` are (split, row from 0), at most 20. `across_splits` of these rows are equal to one of another split.
    """

    rows: int
    across_splits: int
    examples: list[tuple[str, int]] = Field(default_factory=list)


class Repeats(Word):
    """The rows that `Duplicates` counts, by split in ascending order, for each split that has any.

    `across` are those of them that are equal to a row of a split before theirs. Of each the first 100,000 at most.
    """

    rows: dict[str, list[int]]
    across: dict[str, list[int]]


class Comparing(Word):
    """How far the comparing of a set's columns is, from 0 to 1; null while it waits, or where nothing is compared."""

    done: float | None


class Leak(Word):
    """A column that gives the target away. `value` is the measure that says so."""

    column: str
    reason: Reason
    value: float


class Relations(Word):
    """Everything about one target. The measures are those of `rows_looked_at` evenly spaced training rows."""

    target: str | None
    columns: list[Relation] = Field(default_factory=list)
    duplicates: Duplicates
    across_splits: int
    leaks: list[Leak] = Field(default_factory=list)
    rows_looked_at: int


def place(folder: Path, target: int | None) -> Path:
    """Where the relations to the `target`-th column are kept, once they are known."""
    return folder / RELATIONS / ("none.json" if target is None else f"{target:05d}.json")
