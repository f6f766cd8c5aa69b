"""The datasets there are: their profiles, their rows to look at, their columns as arrays to train on."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue

import layerloom
from layerloom.data import builtin, storage
from layerloom.data.cells import cells
from layerloom.data.columns import Columns, StoredColumn
from layerloom.data.dataset import Column, DatasetInfo
from layerloom.data.own import OwnSets
from layerloom.data.values import TEXTS
from layerloom.problem import Refusal

MAX_ROWS = 1_000
PREPARE_TIMEOUT_S = 300.0
PACKAGE_PARENT = Path(layerloom.__file__).parents[1]

Rows = list[dict[str, JsonValue]]


class UnknownDataset(LookupError):
    """There is no dataset with this id."""

    def __str__(self) -> str:
        return f"There is no dataset '{self.args[0]}'; it may have been deleted."


class PreparationFailed(Exception):
    """A dataset's file could not be made ready to read."""


class Library:
    """All datasets: those of the package, whose columns are put under `home` at their first use, and people's own.

    Profiles are read once, so listing touches no data. May be used from several threads and processes.
    """

    def __init__(self, home: Path) -> None:
        self._folder = home / "datasets"
        self._preparing = Lock()
        self.own = OwnSets(home)

    def list(self) -> list[DatasetInfo]:
        """Every dataset: people's own, the newest first, then those of the package, MNIST first."""
        return [*self.own.list(), *builtin.profiles().values()]

    def get(self, id: str) -> DatasetInfo:
        """One dataset. Raises UnknownDataset."""
        info = builtin.profiles().get(id) or self.own.get(id)
        if info is None:
            raise UnknownDataset(id)
        return info

    def rows(self, id: str, split: str, offset: int, limit: int) -> Rows:
        """Rows to look at, from `offset`, at most `limit` (up to 1 000) of them.

        Categories are class names, images nested lists in stored units, empty cells null; not to be changed, parts are
        shared. Raises UnknownDataset, Refusal for an unknown split, ValueError for a negative offset or a limit out of
        bounds.
        """
        if offset < 0 or not 0 <= limit <= MAX_ROWS:
            raise ValueError(f"expected offset >= 0 and 0 <= limit <= {MAX_ROWS}, got {offset} and {limit}")
        info = self._with_split(id, split)
        folder = self._ready(info)
        wanted = slice(min(offset, info.rows[split]), min(offset + limit, info.rows[split]))
        columns = [cells(folder, split, index, column, wanted) for index, column in enumerate(info.columns)]
        names = [column.name for column in info.columns]
        return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]

    def arrays(self, id: str, columns: Sequence[str], split: str) -> dict[str, NDArray[Any]]:
        """Whole columns to train on, rows first; images, categories and sequences are mapped read-only into memory.

        number: float32, NaN for an empty cell; category: int32 class index, -1 for an empty cell; text: str objects,
        "" for an empty cell; image: uint8 (rows, height, width, channels); sequence: float32 (rows, steps, channels).
        Raises UnknownDataset, Refusal for an unknown split or column.
        """
        info, numbers = self._numbered(id, columns, split)
        folder = self._ready(info)
        return {name: _array(folder, split, numbers[name], info.columns[numbers[name]]) for name in columns}

    def columns(self, id: str, columns: Sequence[str], split: str) -> Columns:
        """Columns to be read a few rows at a time, as `arrays` has them. Raises as `arrays` does."""
        info, numbers = self._numbered(id, columns, split)
        folder = self._ready(info)
        return Columns(
            {name: StoredColumn(folder, split, numbers[name], info.columns[numbers[name]]) for name in columns}
        )

    def _numbered(self, id: str, columns: Sequence[str], split: str) -> tuple[DatasetInfo, dict[str, int]]:
        """The dataset, and the places of its columns by name."""
        info = self._with_split(id, split)
        numbers = {column.name: index for index, column in enumerate(info.columns)}
        if stray := [name for name in columns if name not in numbers]:
            raise Refusal("unknown-column", f"Dataset '{id}' has no column '{stray[0]}', but {_listed(numbers)}.")
        return info, numbers

    def folder(self, id: str) -> Path:
        """Where the columns of a set lie, ready to be read. Raises UnknownDataset, PreparationFailed."""
        return self._ready(self.get(id))

    def _with_split(self, id: str, split: str) -> DatasetInfo:
        info = self.get(id)
        if split not in info.rows:
            raise Refusal("unknown-split", f"Dataset '{id}' has no split '{split}', but {_listed(info.rows)}.")
        return info

    def _ready(self, info: DatasetInfo) -> Path:
        """The folder with the set's columns. Its name holds the profile too, so that a new release makes a new one."""
        if info.source != "package":
            return self.own.folder(info.id)
        version = hashlib.sha256(info.model_dump_json().encode()).hexdigest()
        folder = self._folder / f"{info.id}-{info.fingerprint[:12]}-{version[:8]}"
        if not folder.exists():
            with self._preparing:
                if not folder.exists():
                    _prepare(info.id, folder)
        return folder


def _prepare(id: str, folder: Path) -> None:
    """Run `layerloom.data.prepare` in a process of its own. Raises PreparationFailed."""
    paths = os.pathsep.join(filter(None, [str(PACKAGE_PARENT), os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-P", "-m", "layerloom.data.prepare", id, str(folder)]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, timeout=PREPARE_TIMEOUT_S
    )
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        raise PreparationFailed(f"Dataset '{id}' could not be made ready: {reason}")


def _array(folder: Path, split: str, index: int, column: Column) -> NDArray[Any]:
    if column.kind in TEXTS:
        return np.array(storage.read_texts(folder, split, index, slice(None)), dtype=object)
    array = storage.read_array(folder, split, index)
    return array.astype(np.float32) if column.kind == "number" else array


def _listed(names: Sequence[str] | dict[str, int]) -> str:
    return ", ".join(f"'{name}'" for name in names)
