"""What every reader makes of a file: columns by name, taken one at a time so that memory holds one of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from layerloom.data.dataset import Note, Reading
from layerloom.data.description import ColumnHint
from layerloom.data.source import Raw
from layerloom.data.uploads import Limits, Stage
from layerloom.problem import Refusal

Report = Callable[[Stage, float], None]
"""Told how far the work is: the stage, and from 0 to 1 how much of it is done."""


class Source(Protocol):
    """A file that was opened. `reading` is how it is read, `hints` what the file says of its columns' kinds."""

    reading: Reading
    names: list[str]
    notes: list[Note]
    hints: Mapping[str, ColumnHint]

    def column(self, name: str) -> Mapping[str, Raw]:
        """The cells of one column, by split; every column has the same splits and rows."""
        ...


@dataclass(frozen=True)
class Given:
    """A file to be read: where it lies, what it was called, how it is to be read if somebody said so.

    `scratch` is an empty folder that is gone afterwards, on the same disk as the dataset to be.
    """

    path: Path
    name: str
    reading: Reading | None
    scratch: Path
    report: Report
    limits: Limits = field(default_factory=Limits)


class Unreadable(Refusal):
    """A file can not be made a dataset; `notes` name the files, rows and columns at fault."""

    def __init__(self, code: str, message: str, notes: list[Note] | None = None) -> None:
        super().__init__(code, message)
        self.notes = notes or []
