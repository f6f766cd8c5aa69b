"""Checkpoints that are whole or not there: written aside, synced to the disk, then given their name.

Keras's own `ModelCheckpoint` and `BackupAndRestore` truncate the last good file before they write the next one.
"""

import math
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
    sync,
    whole_checkpoints,
)
from layerloom.events import Event, LogEvent
from layerloom.problem import Refusal
from layerloom.training import signature as signatures
from layerloom.training import state as states
from layerloom.training.signature import Signature
from layerloom.training.state import State

KEPT_BYTES = 1_000_000_000
KEPT_COUNT = 1_000
FREE_BYTES = 10_000_000
"""To be left over on the disk after a checkpoint."""
ITEM_BYTES = 4
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
        self._kept = {manifest.epoch: manifest for manifest in whole_checkpoints(folder)}

    def save(self, model: keras.Model, state: State, epoch: int, monitor: str, value: float) -> Manifest:
        """Write the checkpoint of this epoch (from 1), in place of one of the same epoch. On disk when this returns.

        `value` is the `monitor`, lower is better. Raises Refusal `disk-full` before anything is written.
        """
        value = value if math.isfinite(value) else sys.float_info.max  # JSON has no infinity, and it is never the best
        _require_room(self._folder, model)
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
            best=all(value < other.value for other in self._kept.values() if other.epoch < epoch),
            created_at=time.time(),
            files={path.name: _settled(path) for path in sorted(aside.iterdir())},
        )
        (aside / MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
        self._publish(aside, manifest)
        self._thin_out()
        return manifest

    def of(self, epoch: int | None) -> Manifest | None:
        """The checkpoint of this epoch, if it was kept."""
        return None if epoch is None else self._kept.get(epoch)

    def newest(self, report: Callable[[Event], None]) -> Saved | None:
        """The newest checkpoint whose files are as they were written. Says which ones are not, and removes those."""
        for manifest in sorted(self._kept.values(), key=lambda manifest: -manifest.epoch):
            place = checkpoint_folder(self._folder, manifest.epoch)
            wrong = damage(place)
            if wrong is None:
                return _taken_up(manifest, place)
            message = f"The checkpoint of epoch {manifest.epoch} is damaged ({wrong}). An older one is used."
            report(LogEvent(level="warning", message=message))
            self._remove(manifest.epoch)
        return None

    def _publish(self, aside: Path, manifest: Manifest) -> None:
        """Give a finished folder its name. A kill at any moment leaves either the old state or the new one."""
        sync(aside / MANIFEST)
        sync(aside)
        # A folder cannot replace another in one step: a kill between the two costs this epoch, never an older one.
        if checkpoint_folder(self._folder, manifest.epoch).exists():
            self._remove(manifest.epoch)
        aside.rename(checkpoint_folder(self._folder, manifest.epoch))
        sync(self._folder / CHECKPOINTS)
        self._kept[manifest.epoch] = manifest

    def _thin_out(self) -> None:
        """Remove the oldest while all together are too many or too large; the best and the last two stay."""
        manifests = sorted(self._kept.values(), key=lambda manifest: manifest.epoch)
        best = min(manifests, key=lambda manifest: manifest.value)
        size_bytes = sum(manifest.size_bytes for manifest in manifests)
        for manifest in manifests[:-2]:
            if size_bytes <= KEPT_BYTES and len(self._kept) <= KEPT_COUNT:
                return
            if manifest is not best:
                self._remove(manifest.epoch)
                size_bytes -= manifest.size_bytes

    def _remove(self, epoch: int) -> None:
        leaving = self._folder / CHECKPOINTS / f"{TEMPORARY}{self._attempt}-leaving-{epoch}"
        checkpoint_folder(self._folder, epoch).rename(leaving)
        self._kept.pop(epoch, None)
        shutil.rmtree(leaving)


def _require_room(folder: Path, model: keras.Model) -> None:
    """Raise Refusal `disk-full` if the disk can not hold one more checkpoint of this compiled model."""
    weights = [*model.variables, *model.optimizer.variables]
    needed = FREE_BYTES + 2 * sum(math.prod(variable.shape) * ITEM_BYTES for variable in weights)
    free = shutil.disk_usage(folder).free
    if free < needed:
        megabytes = f"Saving a checkpoint needs {needed / 1e6:,.0f} MB of disk, {free / 1e6:,.0f} MB are free"
        raise Refusal("disk-full", f"{megabytes}. Delete old runs, then resume this one.")


def _taken_up(manifest: Manifest, place: Path) -> Saved:
    state = states.read(place)
    model = keras.models.load_model(place / MODEL)
    states.restore_seeds(model, state)
    return Saved(manifest, model, state)


def _settled(path: Path) -> StoredFile:
    sync(path)
    return StoredFile(size_bytes=path.stat().st_size, sha256=sha256(path))
