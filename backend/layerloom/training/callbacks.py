"""The recipe's callbacks as Keras's: files go into the run's folder, rates come from tables and schedules."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import keras
from pydantic import JsonValue

from layerloom.modeling import objects
from layerloom.modeling.nested import nested
from layerloom.modeling.reflection import find
from layerloom.recipe import KerasObject
from layerloom.training.keeping import is_model_checkpoint

CSV = "training.csv"
TENSORBOARD = "tensorboard"
RATES = "schedule"
"""The argument of LearningRateScheduler that is a function in Keras, a table or a schedule in a recipe."""


def make_callbacks(described: Sequence[KerasObject], folder: Path, epochs_done: int) -> list[keras.callbacks.Callback]:
    """One callback each, in order; `epochs_done` epochs were trained by attempts before. Raises ConfigError.

    ModelCheckpoint is none of them: it says which of the run's checkpoints stay, and those are saved by themselves.
    """
    return [_make(one, folder, epochs_done) for one in described if not is_model_checkpoint(one)]


def made_plainly(described: KerasObject) -> bool:
    """Whether Keras's class takes what the recipe gives, and nothing else."""
    return _type(described) not in _MADE and not is_model_checkpoint(described)


def _make(described: KerasObject, folder: Path, epochs_done: int) -> keras.callbacks.Callback:
    make = _MADE.get(_type(described))
    return make(described, folder, epochs_done) if make else objects.make("callbacks", described)


def _type(described: KerasObject) -> str:
    entry = find("callbacks", described.type)
    return entry.type if entry else described.type


def _csv_logger(described: KerasObject, folder: Path, epochs_done: int) -> keras.callbacks.Callback:
    _keep_epochs(folder / CSV, epochs_done)
    return objects.make("callbacks", described, filename=folder / CSV, append=epochs_done > 0)


def _keep_epochs(path: Path, count: int) -> None:
    """Leave the header and the first epochs: a process that died may have written one that is trained again."""
    if count and path.exists():
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        shorter = path.with_suffix(".tmp")
        shorter.write_text("".join(lines[: 1 + count]), encoding="utf-8")
        shorter.replace(path)  # a kill in between costs nothing


def _tensorboard(described: KerasObject, folder: Path, _epochs_done: int) -> keras.callbacks.Callback:
    return objects.make("callbacks", described, log_dir=folder / TENSORBOARD)


def _scheduler(described: KerasObject, _folder: Path, _epochs_done: int) -> keras.callbacks.Callback:
    return objects.make("callbacks", described, schedule=rate_of_epoch(described.config.get(RATES)))


def rate_of_epoch(rates: JsonValue) -> Callable[[int, float], float]:
    """The rate of an epoch (from 0), given the rate before it: what a table or a schedule of a recipe says."""
    return _by_table(rates) if isinstance(rates, list) else _scheduled(rates)


def rates_by_epoch(rates: list[Any]) -> dict[int, float]:
    """A table of [epoch from 1, rate] as rates by Keras's epoch, which counts from 0."""
    return {epoch - 1: float(rate) for epoch, rate in rates}


def _by_table(rates: list[Any]) -> Callable[[int, float], float]:
    """From each epoch of the table on its rate."""
    table = rates_by_epoch(rates)
    return lambda epoch, rate: table.get(epoch, rate)


def _scheduled(described: JsonValue) -> Callable[[int, float], float]:
    """A schedule of Keras's, asked once an epoch (from 0) instead of at every step."""
    type, config = nested(described) or ("", {})
    schedule = objects.make("schedules", KerasObject(type=type, config=config))
    return lambda epoch, _rate: float(schedule(epoch))


_MADE: Mapping[str, Callable[[KerasObject, Path, int], keras.callbacks.Callback]] = {
    "CSVLogger": _csv_logger,
    "LearningRateScheduler": _scheduler,
    "TensorBoard": _tensorboard,
}
