"""Making a dataset ready: from its file to columns that are mapped into memory.

Runs as a short-lived process of its own (`python -m layerloom.data.prepare ID FOLDER`), so that Polars and the whole
of a file never weigh on the web process.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from layerloom.data import builtin, storage
from layerloom.data.dataset import DatasetInfo, Role
from layerloom.data.description import ColumnHint, Description
from layerloom.data.infer import infer
from layerloom.data.profile import profile
from layerloom.data.source import read
from layerloom.data.values import Values

INFO = "info.json"
ABANDONED_S = 3600.0


def load(description: Description) -> dict[str, Values]:
    """The dataset's columns, by name. Raises DamagedFile."""
    raw = read(description)
    return {name: infer(parts, description.columns.get(name, ColumnHint())) for name, parts in raw.items()}


def describe(description: Description, columns: Mapping[str, Values]) -> DatasetInfo:
    """The profile of the dataset."""
    first = next(iter(columns.values()))
    profiled = [profile(name, column, _role(description, name)) for name, column in columns.items()]
    return DatasetInfo(
        id=description.id,
        title=description.title,
        description=description.description,
        licence=description.licence,
        origin=description.origin,
        task=description.task,
        rows={split: len(part) for split, part in first.parts.items()},
        columns=profiled,
        size_bytes=description.file.stat().st_size,
        fingerprint=description.fingerprint,
        default_inputs=_default_inputs(description, columns),
        default_targets=description.default_targets,
    )


def prepare(description: Description, folder: Path) -> None:
    """Store the dataset at `folder`: whole or not at all, also when several processes do so at the same time."""
    columns = load(description)
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for index, column in enumerate(columns.values()):
            storage.write(draft, index, column)
        storage.write_bytes(draft / INFO, describe(description, columns).model_dump_json().encode())
        _publish(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Remove what processes that were killed while preparing this set left behind."""
    for draft in folder.parent.glob(f".{folder.name}-*"):
        if time.time() - _written_at(draft) > ABANDONED_S:
            shutil.rmtree(draft, ignore_errors=True)


def _written_at(draft: Path) -> float:
    """When the draft was last changed, in seconds since 1970; a draft that its owner has just published is new."""
    try:
        return draft.stat().st_mtime
    except FileNotFoundError:
        return time.time()


def _publish(draft: Path, folder: Path) -> None:
    """A rename is atomic, and fails where another process was quicker: then that one's folder is as good."""
    try:
        draft.rename(folder)
    except OSError:
        if not (folder / INFO).exists():
            raise


def _role(description: Description, name: str) -> Role | None:
    if name in description.targets:
        return "target"
    return None if name in description.ignored else "feature"


def _default_inputs(description: Description, columns: Mapping[str, Values]) -> list[str]:
    """All features; where columns are windows over others, only these: they hold the same numbers."""
    return [name for name in description.windows or columns if _role(description, name) == "feature"]


if __name__ == "__main__":
    prepare(Description.read(builtin.description_path(sys.argv[1])), Path(sys.argv[2]))
