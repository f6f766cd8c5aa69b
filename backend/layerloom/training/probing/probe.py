"""The Keras callback that looks at the layers after epochs, and within long ones, as often as its budget lets it."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import keras

from layerloom.events import Event, LogEvent
from layerloom.probes import ProbeTime, forget_probes, write_probe
from layerloom.training.pipeline import TrainingData
from layerloom.training.probing.budget import Budget
from layerloom.training.probing.figures import event_of, report_of
from layerloom.training.probing.meter import Meter
from layerloom.training.probing.taps import taps

MOST_SAMPLES = 256
ACTIVATION_BYTES = 200_000_000
"""Of all layers' outputs together, for the samples of a look."""
ITEM_BYTES = 4
FIRST_COST_PER_LAYER_S = 0.02
FIRST_COST_PER_TRACE = 0.5
"""In relation to making the graph of a training step and measuring how long a step takes."""

FIRST_COST_PER_LOOK = 2.0
"""A look is also told and written."""

Report = Callable[[Event], None]


class ReadyMeter(NamedTuple):
    """A meter whose graph is made; `seconds` is what reading it takes."""

    meter: Meter
    seconds: float


def ready_meter(model: keras.Model, data: TrainingData) -> ReadyMeter:
    """Make what the first look of a training would have to make. Raises whatever a layer raises."""
    meter = _traced_meter(model, data)
    began = time.monotonic()
    meter.look()
    return ReadyMeter(meter, time.monotonic() - began)


class Probe(keras.callbacks.Callback):  # type: ignore[misc]
    """Tells a ProbeEvent and writes a file for each look. A look that fails ends the looking, not the training."""

    def __init__(
        self,
        report: Report,
        data: TrainingData,
        folder: Path,
        share: float,
        traced_s: float,
        first_epoch: int,
        ready: ReadyMeter | None = None,
    ) -> None:
        """`share` is the part of the training's time that looks may take, 0 for none; `traced_s` is what making the
        graph of a training step took; `first_epoch` counts epochs that were trained before; `ready` is there where a
        dry run has made it.
        """
        super().__init__()
        self._report = report
        self._data = data
        self._folder = folder
        self._share = share
        self._traced_s = traced_s
        self._epoch = self._first_epoch = first_epoch
        self._next = forget_probes(folder, first_epoch * data.training.steps)
        self._ready = ready
        self._meter = ready.meter if ready else None
        self._looked_at = -1

    def on_train_begin(self, logs: object = None) -> None:  # noqa: ARG002 (Keras's signature)
        """Start the clock."""
        self._budget = Budget(self._share, self._first_cost())
        self._began = time.monotonic()

    def on_epoch_begin(self, epoch: int, logs: object = None) -> None:  # noqa: ARG002 (Keras's signature)
        """Remember which epoch it is, from 1."""
        self._epoch = epoch + 1

    def on_train_batch_end(self, batch: int, logs: object = None) -> None:  # noqa: ARG002 (Keras's signature)
        """Look within a long epoch."""
        step = min(batch + 1, self._data.training.steps)
        if step < self._data.training.steps:
            self._perhaps(self._global(step), in_epoch=True)

    def on_epoch_end(self, epoch: int, logs: object = None) -> None:  # noqa: ARG002 (Keras's signature)
        """Look after an epoch."""
        self._perhaps(self._global(self._data.training.steps), in_epoch=False)

    def on_train_end(self, logs: object = None) -> None:  # noqa: ARG002 (Keras's signature)
        """Look at the last epoch, unless that was done just now."""
        step = self._global(self._data.training.steps)
        trained = self._epoch > self._first_epoch
        if trained and self._looked_at != step and self._budget.allows_last(time.monotonic() - self._began):
            self._look(step)

    def _first_cost(self) -> float:
        if self._ready:
            return FIRST_COST_PER_LOOK * self._ready.seconds
        return max(FIRST_COST_PER_TRACE * self._traced_s, FIRST_COST_PER_LAYER_S * len(self.model.operations))

    def _perhaps(self, step: int, in_epoch: bool) -> None:
        elapsed = time.monotonic() - self._began
        before = self._first_epoch * self._data.training.steps
        whole = elapsed / (step - before) * (self.params["epochs"] * self._data.training.steps - before)
        if self._budget.allows(elapsed, whole, in_epoch):
            self._look(step)

    def _look(self, step: int) -> None:
        """Look, tell and write; pays the budget."""
        began = time.monotonic()
        try:
            meter = self._meter or self._made()
            traced = time.monotonic()
            self._take(meter, step, began)
        except Exception as error:  # noqa: BLE001 (whatever a layer raises here, the training itself can go on)
            self._budget.share = 0.0
            message = f"The layers can not be looked at while they learn ({type(error).__name__}: {str(error)[:200]})."
            self._report(LogEvent(level="warning", message=f"{message} The training goes on without it."))
            return
        now = time.monotonic()
        self._budget.paid(now - began, now - traced, now - self._began)

    def _made(self) -> Meter:
        self._meter = _traced_meter(self.model, self._data)
        return self._meter

    def _take(self, meter: Meter, step: int, began: float) -> None:
        look = meter.look()
        at = ProbeTime(k=self._next, epoch=self._epoch, global_step=step)
        write_probe(self._folder, report_of(look, meter.taps, at, meter.samples))
        self._report(event_of(look, at, meter.samples, time.monotonic() - began))
        self._next += 1
        self._looked_at = step

    def _global(self, step: int) -> int:
        return (self._epoch - 1) * self._data.training.steps + step


def _traced_meter(model: keras.Model, data: TrainingData) -> Meter:
    meter = Meter(model, data.sample(_samples(model)))
    meter.trace()
    return meter


def _samples(model: keras.Model) -> int:
    """How many samples a look takes: so many that what all layers give out for them fits in ACTIVATION_BYTES."""
    per_sample = ITEM_BYTES * sum(_items(tensor.shape[1:]) for tap in taps(model) for tensor in tap.tensors)
    return max(1, min(MOST_SAMPLES, ACTIVATION_BYTES // max(per_sample, 1)))


def _items(shape: tuple[int | None, ...]) -> int:
    """How many numbers; a free size counts as a hundred."""
    items = 1
    for size in shape:
        items *= size or 100
    return items
