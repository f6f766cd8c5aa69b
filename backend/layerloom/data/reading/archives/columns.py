"""Columns that were read whole or lie in scratch, as a source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from layerloom.data.dataset import Note, Reading
from layerloom.data.description import ColumnHint
from layerloom.data.source import Raw

MOST_NOTES = 100


@dataclass
class Columns:
    """A source of columns by name, each by split."""

    reading: Reading
    parts: Mapping[str, Mapping[str, Raw]]
    notes: list[Note] = field(default_factory=list)
    hints: Mapping[str, ColumnHint] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = list(self.parts)

    def column(self, name: str) -> Mapping[str, Raw]:
        """The cells of one column, by split."""
        return self.parts[name]


def capped(notes: Sequence[Note]) -> list[Note]:
    """The first notes; the last one then says how many more there are."""
    if len(notes) <= MOST_NOTES:
        return list(notes)
    more = len(notes) - MOST_NOTES
    return [*notes[:MOST_NOTES], Note(code="more", message=f"{more:,} more files were left out.")]
