"""A dataset under edit: its columns, what each is for, and the rows that are left."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from layerloom.data.dataset import DatasetInfo, Kind, Note, Role, Task
from layerloom.data.editing.held import Held, stored
from layerloom.data.editing.rows import Rows, taken
from layerloom.data.process import Work
from layerloom.data.reading.source import Unreadable
from layerloom.problem import Refusal

NOT_PREDICTED: frozenset[Kind] = frozenset({"text", "identifier", "date"})
NAMES_SHOWN = 20


class Draft:
    """What becomes of the set `parent`, whose columns lie in `folder`. Changed by the edits, written afterwards."""

    def __init__(self, parent: DatasetInfo, folder: Path, work: Work) -> None:
        self.parent = parent
        self.folder = folder
        self.work = work
        self.title = parent.title
        self.rows = dict(parent.rows)
        self.roles: dict[str, Role | None] = {column.name: column.role for column in parent.columns}
        self.inputs = list(parent.default_inputs)
        self.targets = list(parent.default_targets)
        self.is_forecast = parent.task == "forecast"
        self.notes: list[Note] = []
        self._held = [stored(folder, index, column, list(parent.rows)) for index, column in enumerate(parent.columns)]

    def __iter__(self) -> Iterator[Held]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def column(self, name: str) -> Held:
        """The column with this name. Raises Refusal `unknown-column`."""
        for held in self._held:
            if held.name == name:
                return held
        raise Refusal("unknown-column", f"There is no column '{name}', but {listed([h.name for h in self._held])}.")

    def check_row(self, split: str, row: int) -> None:
        """Raises Refusal `unknown-split`, `unknown-row` where there is no such row."""
        if split not in self.rows:
            raise Refusal("unknown-split", f"There is no split '{split}', but {listed(list(self.rows))}.")
        if row >= self.rows[split]:
            message = f"There is no row {row:,} in '{split}': it has {self.rows[split]:,}, numbered from 0."
            raise Refusal("unknown-row", message)

    def assign(self, name: str, role: Role | None) -> None:
        """Say what a column is for. Raises Refusal `unknown-column`, `not-a-target`."""
        kind = self.column(name).kind
        if role == "target" and kind in NOT_PREDICTED:
            message = f"Column '{name}' holds {kind}s, which are not predicted. Make it a category or a number first."
            raise Refusal("not-a-target", message)
        self.roles[name] = role
        self.inputs = [other for other in self.inputs if other != name] + ([name] if role == "feature" else [])
        self.targets = [other for other in self.targets if other != name] + ([name] if role == "target" else [])

    def add(self, held: Held) -> None:
        """One more column, behind the others."""
        self._held.append(held)
        self.roles[held.name] = None

    def drop(self, name: str) -> None:
        """Leave a column out. Raises Refusal `unknown-column`, Unreadable `empty` for the last one."""
        held = self.column(name)
        if len(self._held) == 1:
            raise Unreadable("empty", f"'{name}' is the only column that is left; a dataset needs one.")
        self.assign(name, None)
        del self.roles[name]
        self._held.remove(held)

    def keep(self, rows: dict[str, Rows]) -> None:
        """Keep these rows of these splits, in this order. Raises Unreadable `empty` where none are left."""
        for split, kept in rows.items():
            if not len(kept):
                raise Unreadable("empty", f"No row of '{split}' would be left; a split needs one.")
            self.rows[split] = len(kept)
        for held in self._held:
            held.then(lambda values: taken(values, rows, self.work.scratch))

    def dated(self) -> Held | None:
        """The first column of dates, which says in what order rows came."""
        return next((held for held in self._held if held.kind == "date"), None)

    @property
    def task(self) -> Task:
        """What the set is for, by what is to be predicted."""
        kinds = [self.column(name).kind for name in self.targets]
        if self.is_forecast and "number" in kinds:
            return "forecast"
        return "classification" if kinds[:1] == ["category"] else "regression"


def without(count: int, rows: Sequence[int]) -> Rows:
    """The numbers below `count` but these."""
    kept = np.ones(count, dtype=bool)
    kept[np.asarray(rows, dtype=np.int64)] = False
    return np.flatnonzero(kept).astype(np.int64)


def listed(names: Sequence[str]) -> str:
    """Names for a sentence, the first few of many."""
    more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    return ", ".join(f"'{name}'" for name in names[:NAMES_SHOWN]) + more
