"""The checkpoints of a run: after each epoch, which are kept, and within one, of which only the newest is.

Keras's own `ModelCheckpoint` and `BackupAndRestore` truncate the last good file before they write the next one.
"""

import math
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import keras

from layerloom.checkpoint import (
    CHECKPOINTS,
    MODEL,
    WITHIN,
    Manifest,
    damage,
    place_of,
    whole_checkpoints,
    whole_within,
)
from layerloom.events import CheckpointEvent, Event, LogEvent
from layerloom.training import publishing
from layerloom.training import signature as signatures
from layerloom.training import state as states
from layerloom.training.keeping import NEWEST, Keeping
from layerloom.training.signature import Signature
from layerloom.training.state import State

KEPT_BYTES = 1_000_000_000
KEPT_COUNT = 1_000
ITEM_BYTES = 4


@dataclass(frozen=True)
class Saved:
    """A checkpoint taken up again."""

    manifest: Manifest
    model: keras.Model
    state: State


class Checkpoints:
    """The checkpoints of one run, written by one attempt; `keeping` says which stay."""

    def __init__(self, folder: Path, attempt: int, signature: Signature, keeping: Keeping | None = None) -> None:
        self.keeping = keeping or Keeping()
        self._folder = folder
        self._attempt = attempt
        self._signature = signature
        for place in (folder / CHECKPOINTS, folder / WITHIN):
            place.mkdir(parents=True, exist_ok=True)
            publishing.recover(place, folder)
        self._kept = {manifest.epoch: manifest for manifest in whole_checkpoints(folder)}

    def save(
        self,
        model: keras.Model,
        state: State,
        epoch: int,
        monitor: str,
        value: float,
        mode: Literal["min", "max"] = "min",
    ) -> Manifest:
        """Write the checkpoint of this epoch (from 1), in place of one of the same epoch. On disk when this returns.

        `value` is the `monitor`, of which less (`mode` min) or more is better. Raises Refusal `disk-full` or
        `not-saved`; then the ones before are as they were.
        """
        if not math.isfinite(value):  # JSON has no infinity, and it is never the best
            value = sys.float_info.max if mode == "min" else -sys.float_info.max
        wanted = self._manifest(epoch, 0, monitor, value, best=False).model_copy(update={"mode": mode})
        best = all(wanted.rank < other.rank for other in self._kept.values() if other.epoch < epoch)
        wanted = wanted.model_copy(update={"best": best})
        with publishing.saving(self._folder, _size_bytes(model)):
            manifest = self._write(model, state, wanted)
            self._kept[epoch] = manifest
            self._thin_out()
            self._forget_within(before=(epoch, 0))
        return manifest

    def save_within(self, model: keras.Model, state: State, epoch: int, step: int) -> Manifest:
        """Write the checkpoint after `step` steps beyond `epoch` whole epochs, and let go of older ones of this kind.

        Raises as `save` does.
        """
        with publishing.saving(self._folder, _size_bytes(model)):
            manifest = self._write(model, state, self._manifest(epoch, step, "none", 0.0, best=False))
            self._forget_within(before=(epoch, step))
        return manifest

    @property
    def epochs(self) -> frozenset[int]:
        """The epochs of which there is one."""
        return frozenset(self._kept)

    def of(self, epoch: int | None) -> Manifest | None:
        """The checkpoint of this epoch, if it was kept."""
        return None if epoch is None else self._kept.get(epoch)

    def newest(self, report: Callable[[Event], None]) -> Saved | None:
        """The newest checkpoint whose files are as they were written. Says which ones are not, and removes those."""
        found = [*self._kept.values(), *whole_within(self._folder)]
        for manifest in sorted(found, key=lambda manifest: (-manifest.epoch, -manifest.step)):
            place = place_of(self._folder, manifest)
            wrong = damage(place)
            if wrong is None:
                return _taken_up(manifest, place)
            where = f"step {manifest.step} after " if manifest.step else ""
            message = f"The checkpoint of {where}epoch {manifest.epoch} is damaged ({wrong}). An older one is used."
            report(LogEvent(level="warning", message=message))
            self._remove(manifest)
        return None

    def _manifest(self, epoch: int, step: int, monitor: str, value: float, best: bool) -> Manifest:
        known = {"epoch": epoch, "step": step, "attempt": self._attempt, "created_at": time.time()}
        return Manifest(monitor=monitor, value=value, best=best, **known)

    def _write(self, model: keras.Model, state: State, wanted: Manifest) -> Manifest:
        target = place_of(self._folder, wanted)
        aside = target.with_name(f"{publishing.TEMPORARY}{self._attempt}-{target.name}")

        def fill(folder: Path) -> None:
            model.save(folder / MODEL)
            states.write(state, folder)
            (folder / signatures.FILE).write_text(self._signature.model_dump_json(), encoding="utf-8")

        shutil.rmtree(aside, ignore_errors=True)  # what a save that failed has left
        return publishing.write_whole(aside, target, fill, lambda files: wanted.model_copy(update={"files": files}))

    def _thin_out(self) -> None:
        """Remove what need not stay, then the oldest while all are too many or too large; best and newest stay."""
        for manifest in self.keeping.released(self._in_order()):
            self._remove(manifest)
        manifests = self._in_order()
        best = min(manifests, key=lambda manifest: manifest.rank)
        size_bytes = sum(manifest.size_bytes for manifest in manifests)
        for manifest in manifests[:-NEWEST]:
            if size_bytes <= KEPT_BYTES and len(self._kept) <= KEPT_COUNT:
                return
            if manifest is not best:
                self._remove(manifest)
                size_bytes -= manifest.size_bytes

    def _in_order(self) -> list[Manifest]:
        return sorted(self._kept.values(), key=lambda manifest: manifest.epoch)

    def _forget_within(self, before: tuple[int, int]) -> None:
        for manifest in whole_within(self._folder):
            if (manifest.epoch, manifest.step) < before:
                self._remove(manifest)

    def _remove(self, manifest: Manifest) -> None:
        publishing.remove(place_of(self._folder, manifest))
        if not manifest.step:
            self._kept.pop(manifest.epoch, None)


def checkpoint_event(manifest: Manifest, removed: Sequence[int]) -> CheckpointEvent:
    """What is told of a checkpoint, and of the epochs whose checkpoints are gone since."""
    told = manifest.model_dump(include={"epoch", "best", "monitor", "mode"})
    return CheckpointEvent(**told, size_bytes=manifest.size_bytes, removed=list(removed))


def _size_bytes(model: keras.Model) -> int:
    """About what a checkpoint of this compiled model takes, with as much again for what is written on the way."""
    weights = [*model.variables, *model.optimizer.variables]
    return 2 * sum(int(math.prod(variable.shape)) * ITEM_BYTES for variable in weights)


def _taken_up(manifest: Manifest, place: Path) -> Saved:
    state = states.read(place)
    model = keras.models.load_model(place / MODEL)
    states.restore_seeds(model, state)
    return Saved(manifest, model, state)
