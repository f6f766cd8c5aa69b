"""The folder of a run: it explains itself without the database.

<runs>/<id>/graph.json  recipe.json  log.txt  checkpoints/  and what it starts from, if not from nothing: start.h5 has
imported weights, origin/ the checkpoint of another run
"""

import os
import shutil
import uuid
from collections.abc import Collection
from pathlib import Path

from layerloom.checkpoint import ORIGIN, UnknownCheckpoint, sync
from layerloom.imported import START

LEAVING = ".leaving-"
ARRIVING = ".arriving-"


def create(
    folder: Path, graph_json: str, recipe_json: str, weights: Path | None = None, origin: Path | None = None
) -> None:
    """Make the folder with its files in one step: it is there whole or not at all, also after a power loss."""
    arriving = folder.with_name(f"{ARRIVING}{folder.name}-{uuid.uuid4().hex}")
    (arriving / "checkpoints").mkdir(parents=True)
    _write(arriving / "graph.json", graph_json)
    _write(arriving / "recipe.json", recipe_json)
    _write(arriving / "log.txt", "")
    if weights is not None:
        _copy(weights, arriving / START)
    if origin is not None:
        _adopt(origin, arriving / ORIGIN)
    sync(arriving)
    remove(folder)  # what a rolled back transaction of the same id may have left
    arriving.rename(folder)
    sync(folder.parent)


def remove(folder: Path) -> None:
    """Rename the folder away, then delete what it held. Does nothing where there is none."""
    leaving = folder.with_name(f"{LEAVING}{folder.name}-{uuid.uuid4().hex}")
    try:
        folder.rename(leaving)
    except FileNotFoundError:
        return
    shutil.rmtree(leaving, ignore_errors=True)  # what cannot be deleted now is swept at the next start


def sweep(runs_folder: Path, known: Collection[int]) -> None:
    """Delete what interrupted creations and removals left, and the folders of runs that no longer exist."""
    for folder in runs_folder.iterdir():
        if folder.name.startswith((LEAVING, ARRIVING)):
            shutil.rmtree(folder, ignore_errors=True)
        elif folder.name.isascii() and folder.name.isdigit() and int(folder.name) not in known:
            remove(folder)


def _adopt(checkpoint: Path, target: Path) -> None:
    """The files of a checkpoint, which never change, under a second name. Raises UnknownCheckpoint if it goes."""
    target.mkdir()
    try:
        for file in checkpoint.iterdir():
            if file.is_file():
                _link(file, target / file.name)
    except FileNotFoundError:
        raise UnknownCheckpoint(checkpoint.name) from None
    sync(target)


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except FileNotFoundError:
        raise
    except OSError:  # this file system has no hard links
        _copy(source, target)


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
