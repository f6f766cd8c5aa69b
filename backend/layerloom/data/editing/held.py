"""A column under edit: where its cells come from, and what is done to them once they are needed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.data import storage
from layerloom.data.dataset import Column, Kind
from layerloom.data.values import TEXTS, Values

Step = Callable[[Values], Values]


@dataclass
class Held:
    """A column of this name and kind; `stored` is its number in its parent's folder if nothing was done to it.

    `steps` wait until the column is written, so that memory holds one column and not all of them.
    """

    name: str
    kind: Kind
    load: Callable[[], Values]
    stored: int | None = None
    steps: list[Step] = field(default_factory=list)

    def then(self, step: Step, kind: Kind | None = None) -> None:
        """Do this to the cells too; they are of another kind after it if `kind` says so."""
        self.steps.append(step)
        self.stored = None
        self.kind = kind or self.kind

    def values(self) -> Values:
        """The cells with everything done to them. Raises what the steps raise."""
        values = self.load()
        for step in self.steps:
            values = step(values)
        return values


def stored(folder: Path, index: int, column: Column, splits: list[str]) -> Held:
    """The `index`-th column of the set in this folder, with its missing cells as `Values` has them."""
    return Held(column.name, column.kind, lambda: _read(folder, index, column, splits), stored=index)


def _read(folder: Path, index: int, column: Column, splits: list[str]) -> Values:
    def part(split: str) -> NDArray[Any]:
        if column.kind in TEXTS:
            return np.array([*storage.read_texts(folder, split, index, slice(None)), None], dtype=object)[:-1]
        return storage.read_array(folder, split, index)

    return Values(column.kind, {split: part(split) for split in splits}, column.classes)
