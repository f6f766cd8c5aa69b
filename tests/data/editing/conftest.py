"""Sets read from small files by the real reader, and their next versions."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from layerloom.data.dataset import DatasetInfo
from layerloom.data.editing.__main__ import version
from layerloom.data.edits import Edits
from layerloom.data.ingest import ingest
from layerloom.data.library import Library
from layerloom.data.process import Work
from layerloom.data.reading.source import Given
from layerloom.data.uploads import Limits


class Desk:
    """A home of its own in which sets are read and edited in this process."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.library = Library(home)
        self._scratches = 0

    def read(self, table: str, name: str = "table") -> DatasetInfo:
        file = self._scratch() / "file"
        file.write_text(table, "utf-8")
        given = Given(file, f"{name}.csv", None, self._scratch(), lambda *_: None)
        return ingest(given, name, self.home)

    def edited(self, id: str, *edits: Mapping[str, Any], most_bytes: int = 10**9) -> DatasetInfo:
        work = Work(self._scratch(), lambda *_: None, Limits(max_unpacked_bytes=most_bytes))
        return self.library.get(version(self.library, id, Edits.model_validate({"edits": edits}), work))

    def cells(self, id: str, column: str, split: str = "train") -> list[Any]:
        return [row[column] for row in self.library.rows(id, split, 0, 1_000)]

    def _scratch(self) -> Path:
        self._scratches += 1
        folder = self.home / f"scratch-{self._scratches}"
        folder.mkdir(parents=True)
        return folder


Change = Callable[[DatasetInfo], Sequence[Mapping[str, Any]]]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
