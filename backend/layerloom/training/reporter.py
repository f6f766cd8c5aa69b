"""Keras's callbacks become events; a stop asked for, or a loss that is no number, ends the training at once."""

import math
import time
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from layerloom.events import EpochEvent, Event, StepEvent
from layerloom.problem import Refusal

NEWS_S = 0.1
SLACK_S = 0.02
"""Calls that take about `NEWS_S` are all told, not every second one."""

Logs = dict[str, Any] | None


class Stopped(Exception):
    """Training was asked to stop. Raised inside `fit`: its own way to stop would first validate half an epoch."""


class StopWatch(keras.callbacks.Callback):  # type: ignore[misc]
    """Looks whether to stop after every call of TensorFlow, about ten times a second."""

    def __init__(self, should_stop: Callable[[], bool]) -> None:
        super().__init__()
        self._should_stop = should_stop

    def on_train_batch_end(self, *_args: object, **_kwargs: object) -> None:
        """Raise Stopped if asked to."""
        self._look()

    def on_test_batch_end(self, *_args: object, **_kwargs: object) -> None:
        """Raise Stopped if asked to."""
        self._look()

    def _look(self) -> None:
        if self._should_stop():
            raise Stopped


class Reporter(keras.callbacks.Callback):  # type: ignore[misc]
    """Tells steps and epochs. Raises Refusal `diverged` when the loss is no finite number any more.

    Of the epoch in which a run goes on (from 0), the first `done_steps` are passed over: they were told before, and
    took `done_seconds`.
    """

    def __init__(
        self,
        report: Callable[[Event], None],
        steps_per_epoch: int,
        epochs: int,
        initial_epoch: int = 0,
        done_steps: int = 0,
        done_seconds: float = 0.0,
    ) -> None:
        super().__init__()
        self._report = report
        self._steps_per_epoch = steps_per_epoch
        self._epochs = epochs
        self._done = (initial_epoch, done_steps, done_seconds)
        self._done_steps = 0
        self._epoch = 0
        self._told_at = -math.inf
        self._epoch_began_at = 0.0
        self._first: tuple[int, float] | None = None
        self.told_last: EpochEvent | None = None

    @property
    def seconds(self) -> float:
        """How long this epoch has taken so far."""
        return time.monotonic() - self._epoch_began_at

    def place(self, batch: int) -> tuple[int, int]:
        """The epoch (from 1), and how many of its steps are done at the end of this batch (from 0)."""
        # Keras counts whole calls, the last of an epoch may have done fewer steps.
        return self._epoch, min(batch + 1, self._steps_per_epoch)

    def is_within(self, batch: int) -> bool:
        """Whether some steps of this epoch lie behind this attempt, and some before it."""
        return self._done_steps < self.place(batch)[1] < self._steps_per_epoch

    def leave_out(self, seconds: float) -> None:
        """So many seconds of this epoch were no training."""
        self._epoch_began_at += seconds
        if self._first is not None:
            self._first = (self._first[0], self._first[1] + seconds)

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:  # noqa: ARG002 (Keras's signature)
        """Remember when it began."""
        initial_epoch, steps, seconds = self._done
        self._done_steps, done_seconds = (steps, seconds) if epoch == initial_epoch else (0, 0.0)
        self._epoch = epoch + 1
        self._epoch_began_at = time.monotonic() - done_seconds

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:
        """Tell the running metrics, unless there was news a moment ago."""
        now = time.monotonic()
        _, step = self.place(batch)
        if step <= self._done_steps:
            return
        metrics = _metrics(logs)
        if not math.isfinite(metrics["loss"]):
            raise Refusal("diverged", self._diverged(metrics["loss"], step))
        left = self._seconds_left(self._global(step), now)
        if now - self._told_at < NEWS_S - SLACK_S:
            return
        self._told_at = now
        event = StepEvent.of(metrics, epoch=self._epoch, step=step, global_step=self._global(step), seconds_left=left)
        self._report(event)

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:  # noqa: ARG002 (Keras's signature)
        """Tell all metrics, and the learning rate that this epoch ended with."""
        event = EpochEvent.of(
            _metrics(logs),
            epoch=self._epoch,
            global_step=self._global(self._steps_per_epoch),
            seconds=self.seconds,
            learning_rate=float(keras.ops.convert_to_numpy(self.model.optimizer.learning_rate)),
        )
        self.told_last = event
        self._report(event)

    def _global(self, step: int) -> int:
        return (self._epoch - 1) * self._steps_per_epoch + step

    def _seconds_left(self, done: int, now: float) -> float | None:
        """From the pace since the first call, which is not counted itself: it also traced the graph."""
        if self._first is None:
            self._first = (done, now)
            return None
        steps, seconds = done - self._first[0], now - self._first[1]
        return seconds / steps * (self._epochs * self._steps_per_epoch - done)

    def _diverged(self, loss: float, step: int) -> str:
        became = "NaN" if math.isnan(loss) else "infinite"
        rate = float(keras.ops.convert_to_numpy(self.model.optimizer.learning_rate))
        where = f"step {self._global(step)} (learning rate {rate:g})"
        return f"The loss became {became} by {where}. Try 100 times less, or normalize the inputs."


def _metrics(logs: Logs) -> dict[str, float]:
    """What is one number; ReduceLROnPlateau adds the learning rate, which has a field of its own."""
    return {
        name: float(value) for name, value in (logs or {}).items() if name != "learning_rate" and np.ndim(value) == 0
    }
