"""Checkpoints that are whole or not there: written aside, synced to the disk, then given their name.

Keras's own `ModelCheckpoint` and `BackupAndRestore` truncate the last good file before they write the next one.
"""

import math
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import keras

from layerloom.checkpoint import (
    CHECKPOINTS,
    MANIFEST,
    MODEL,
    Manifest,
    StoredFile,
    checkpoint_folder,
    damage,
    sha256,
    whole_checkpoints,
)
from layerloom.events import Event, LogEvent
from layerloom.training import signature as signatures
from layerloom.training import state as states
from layerloom.training.signature import Signature
from layerloom.training.state import State

KEPT_BYTES = 1_000_000_000
TEMPORARY = "tmp-"


@dataclass(frozen=True)
class Saved:
    """A checkpoint taken up again."""

    manifest: Manifest
    model: keras.Model
    state: State


class Checkpoints:
    """The checkpoints of one run, written by one attempt."""

    def __init__(self, folder: Path, attempt: int, signature: Signature) -> None:
        self._folder = folder
        self._attempt = attempt
        self._signature = signature
        (folder / CHECKPOINTS).mkdir(parents=True, exist_ok=True)
        for left in (folder / CHECKPOINTS).glob(f"{TEMPORARY}*"):
            shutil.rmtree(left)

    def save(self, model: keras.Model, state: State, epoch: int, monitor: str, value: float) -> Manifest:
        """Write the checkpoint of this epoch (from 1), in place of one of the same epoch. On disk when this returns."""
        value = value if math.isfinite(value) else sys.float_info.max  # JSON has no infinity, and it is never the best
        others = [manifest for manifest in whole_checkpoints(self._folder) if manifest.epoch < epoch]
        aside = self._folder / CHECKPOINTS / f"{TEMPORARY}{self._attempt}-{epoch}"
        aside.mkdir()
        model.save(aside / MODEL)
        states.write(state, aside)
        (aside / signatures.FILE).write_text(self._signature.model_dump_json(), encoding="utf-8")
        manifest = Manifest(
            epoch=epoch,
            attempt=self._attempt,
            monitor=monitor,
            value=value,
            best=all(value < other.value for other in others),
            created_at=time.time(),
            files={path.name: _stored(path) for path in sorted(aside.iterdir())},
        )
        (aside / MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
        self._publish(aside, epoch)
        self._thin_out()
        return manifest

    def of(self, epoch: int | None) -> Manifest | None:
        """The checkpoint of this epoch, if it was kept."""
        return next((manifest for manifest in whole_checkpoints(self._folder) if manifest.epoch == epoch), None)

    def newest(self, report: Callable[[Event], None]) -> Saved | None:
        """The newest checkpoint whose files are as they were written. Says which ones are not, and removes those."""
        for manifest in reversed(whole_checkpoints(self._folder)):
            place = checkpoint_folder(self._folder, manifest.epoch)
            wrong = damage(place)
            if wrong is None:
                return _taken_up(manifest, place)
            message = f"The checkpoint of epoch {manifest.epoch} is damaged ({wrong}). An older one is used."
            report(LogEvent(level="warning", message=message))
            self._remove(manifest.epoch)
        return None

    def _publish(self, aside: Path, epoch: int) -> None:
        for path in (*aside.iterdir(), aside):
            _sync(path)
        # A folder cannot replace another in one step. A kill between the two steps costs this epoch, not the run.
        if checkpoint_folder(self._folder, epoch).exists():
            self._remove(epoch)
        aside.rename(checkpoint_folder(self._folder, epoch))
        _sync(self._folder / CHECKPOINTS)

    def _thin_out(self) -> None:
        """Remove the oldest while all together are too large; the best and the last two stay."""
        manifests = whole_checkpoints(self._folder)
        best = min(manifests, key=lambda manifest: manifest.value)
        spare = [manifest for manifest in manifests[:-2] if manifest is not best]
        size_bytes = sum(manifest.size_bytes for manifest in manifests)
        for manifest in spare:
            if size_bytes <= KEPT_BYTES:
                return
            self._remove(manifest.epoch)
            size_bytes -= manifest.size_bytes

    def _remove(self, epoch: int) -> None:
        leaving = self._folder / CHECKPOINTS / f"{TEMPORARY}{self._attempt}-leaving-{epoch}"
        checkpoint_folder(self._folder, epoch).rename(leaving)
        shutil.rmtree(leaving)


def _taken_up(manifest: Manifest, place: Path) -> Saved:
    state = states.read(place)
    model = keras.models.load_model(place / MODEL)
    states.restore_seeds(model, state)
    return Saved(manifest, model, state)


def _stored(path: Path) -> StoredFile:
    return StoredFile(size_bytes=path.stat().st_size, sha256=sha256(path))


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
