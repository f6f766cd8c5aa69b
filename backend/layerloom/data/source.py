"""Reading a dataset's file: raw columns by split, whatever the format."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import polars as pl

from layerloom.data import windows as over
from layerloom.data.description import Description, Window

Raw = pl.Series | np.ndarray
"""One value a row is a Series; several a row (images, vectors, sequences) an array with the rows as first axis."""

NPZ_COLUMNS = {"x": "image", "y": "label"}


class DamagedFile(Exception):
    """A data file is not the one its description was written for."""


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read(description: Description) -> dict[str, dict[str, Raw]]:
    """Columns by name, each by split. Raises DamagedFile if the file's fingerprint is another."""
    found = fingerprint(description.file)
    if found != description.fingerprint:
        raise DamagedFile(
            f"{description.file.name} is damaged: its SHA-256 is {found}, expected {description.fingerprint}. "
            "Install the package again."
        )
    if description.file.suffix == ".npz":
        return _read_arrays(description.file)
    table = pl.read_csv(description.file, infer_schema_length=None, null_values=description.missing)
    return {name: {"train": column} for name, column in _with_windows(table, description.windows).items()}


def _read_arrays(path: Path) -> dict[str, dict[str, Raw]]:
    """An archive as Keras's own sets have it: the arrays x_train, y_train, x_test and y_test."""
    columns: dict[str, dict[str, Raw]] = {}
    with np.load(path, allow_pickle=False) as archive:
        for key in archive.files:
            letter, part = key.split("_")
            values = archive[key]
            column = columns.setdefault(NPZ_COLUMNS[letter], {})
            column[part] = pl.Series(values) if values.ndim == 1 else values
    return columns


def _with_windows(table: pl.DataFrame, windows: Mapping[str, Window]) -> dict[str, Raw]:
    """The columns and the windows over them, without the first rows, whose windows would reach before the start."""
    skipped = max((window.length for window in windows.values()), default=0)
    columns: dict[str, Raw] = {name: table[name].slice(skipped) for name in table.columns}
    for name, window in windows.items():
        history = table[window.source].cast(pl.Float64).to_numpy()
        columns[name] = over.windows(history[:, np.newaxis], window.length)[skipped - window.length : -1]
    return columns
