"""Tables: whatever they come as, they become Parquet files of texts, one after the other, read column by column."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import polars as pl

from layerloom.data.dataset import Note, Reading
from layerloom.data.description import ColumnHint
from layerloom.data.source import Raw

Cells = Callable[[pl.LazyFrame, str, list[Note]], Raw]
"""Makes the values of one column, of this name, of the frame that has it alone; adds notes on it."""


class Table:
    """Parquet files with the same columns as a source; all rows are for training."""

    def __init__(self, parts: list[Path], names: list[str], reading: Reading, notes: list[Note], cells: Cells) -> None:
        self._parts, self._cells = parts, cells
        self._told: set[str] = set()
        self.reading, self.names, self.notes = reading, names, notes
        self.hints: Mapping[str, ColumnHint] = {}

    def column(self, name: str) -> Mapping[str, Raw]:
        """All cells of one column."""
        notes: list[Note] = []
        values = self._cells(pl.scan_parquet(self._parts, glob=False).select(name), name, notes)
        if name not in self._told:
            self._told.add(name)
            self.notes.extend(notes)
        return {"train": values}


def stored(frames: Iterable[pl.DataFrame], folder: Path) -> tuple[list[Path], int]:
    """Put frames with the same columns on the disk, each as a file; gives the files, and how many rows they have."""
    parts: list[Path] = []
    rows = 0
    for frame in frames:
        if frame.height:
            part = folder / f"part-{len(parts):05d}.parquet"
            frame.write_parquet(part, compression="lz4", statistics=False)
            parts.append(part)
            rows += frame.height
    return parts, rows
