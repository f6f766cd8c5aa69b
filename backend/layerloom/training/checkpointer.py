"""The Keras callback that saves a checkpoint after each epoch, within one when it is time, and before a pause.

It also puts back what callbacks and metrics knew when a run goes on.
"""

import time
from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple, TypeVar

import keras
import numpy as np

from layerloom.checkpoint import Manifest
from layerloom.events import Event, SnapshotEvent
from layerloom.problem import Refusal
from layerloom.training import callback_state, publishing, state
from layerloom.training.checkpointing import Checkpoints, Saved, checkpoint_event
from layerloom.training.pausing import Waiting
from layerloom.training.reporter import Reporter

Logs = dict[str, Any] | None
T = TypeVar("T")


class _Judged(NamedTuple):
    """What says how good an epoch was: a number by its name, and which way it gets better."""

    monitor: str
    value: float
    mode: Literal["min", "max"]


class Checkpointer(keras.callbacks.Callback):  # type: ignore[misc]
    """Must be the last callback: it saves what the others know, after they know it. `others` are the recipe's.

    `every_s` asks for checkpoints within an epoch. Where saving fails for now, the run is paused until it works.
    """

    def __init__(
        self,
        checkpoints: Checkpoints,
        others: Sequence[keras.callbacks.Callback],
        report: Callable[[Event], None],
        resumed: Saved | None,
        reporter: Reporter,
        waiting: Waiting,
        every_s: float | None = None,
    ) -> None:
        super().__init__()
        self._checkpoints = checkpoints
        self._others = others
        self._report = report
        self._resumed = resumed
        self._reporter = reporter
        self._waiting = waiting
        self._every_s = every_s
        self._saved_at = time.monotonic()
        self.last: Manifest | None = resumed.manifest if resumed and not resumed.manifest.step else None

    def on_train_begin(self, logs: Logs = None) -> None:  # noqa: ARG002 (Keras's signature)
        """Give the others their memory back, which they lost a moment ago."""
        if self._resumed:
            callback_state.restore(self._others, self._resumed.state.callbacks, self._resumed.state.arrays)
        self._saved_at = time.monotonic()

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:  # noqa: ARG002 (Keras's signature)
        """Give the metrics of a half epoch their memory back; Keras has just reset them."""
        if self._resumed and self._resumed.manifest.step and self._resumed.manifest.epoch == epoch:
            state.restore_metrics(self.model, self._resumed.state)

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:  # noqa: ARG002 (Keras's signature)
        """Save when it is time; pause when asked to."""
        asked = self._waiting.asked()
        is_due = self._every_s is not None and time.monotonic() - self._saved_at >= self._every_s
        if (asked or is_due) and self._reporter.is_within(batch):
            self._save_within(*self._reporter.place(batch))
        if asked:
            self._waiting.wait(None)

    def on_test_batch_end(self, *_args: object, **_kwargs: object) -> None:
        """Pause when asked to."""
        if self._waiting.asked():
            self._waiting.wait(None)

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Save, and tell it. Raises Refusal `diverged` if a weight is no finite number."""
        values, keeping = logs or {}, self._checkpoints.keeping
        monitor = keeping.monitored(values)
        judged = _Judged(monitor, float(values[monitor]), keeping.direction(self.model))
        self._save(epoch + 1, judged, ended=bool(self.model.stop_training))

    def save_final(self, last: Manifest, like: Manifest | None) -> None:
        """Save the weights as they are after training in place of the last checkpoint; they are as good as `like`."""
        self._save(last.epoch, _Judged(last.monitor, (like or last).value, last.mode), ended=True)

    def _save(self, epoch: int, judged: _Judged, ended: bool) -> None:
        _require_finite(self.model, epoch)
        kept = state.capture(self.model, self._others, ended, self._reporter.told_last)
        before = self._checkpoints.epochs
        self.last = self._patiently(lambda: self._checkpoints.save(self.model, kept, epoch, *judged))
        self._report(checkpoint_event(self.last, sorted(before - self._checkpoints.epochs)))

    def _save_within(self, epoch: int, step: int) -> None:
        _require_finite(self.model, epoch)
        kept = state.capture_within(self.model, self._others, self._reporter.seconds)
        saved = self._patiently(lambda: self._checkpoints.save_within(self.model, kept, epoch - 1, step))
        self._report(SnapshotEvent(epoch=epoch, step=step, size_bytes=saved.size_bytes))

    def _patiently(self, save: Callable[[], T]) -> T:
        """Save as soon as the disk takes it; until then the run is paused, if somebody can let it go on."""
        while True:
            try:
                saved = save()
            except Refusal as refused:
                if refused.code not in (publishing.DISK_FULL, publishing.NOT_SAVED):
                    raise
                if not self._waiting.wait(refused.message):
                    raise
            else:
                self._saved_at = time.monotonic()
                return saved


def _require_finite(model: keras.Model, epoch: int) -> None:
    """One NaN in a feature can leave the loss finite and the weights NaN; what the optimizer gathers may go first."""
    broken = next((variable for variable in model.weights if not _is_finite(variable)), None)
    if broken is not None:
        raise _diverged(f"Weights of layer '{broken.path.split('/')[0]}'", epoch)
    broken = next((variable for variable in model.optimizer.variables if not _is_finite(variable)), None)
    if broken is not None:
        raise _diverged(f"What the optimizer keeps ({broken.path})", epoch)


def _is_finite(variable: keras.Variable) -> bool:
    values = np.asarray(variable)
    # bfloat16 is no float to NumPy.
    return values.dtype.kind not in "fV" or bool(np.isfinite(values.astype("float32")).all())


def _diverged(what: str, epoch: int) -> Refusal:
    message = f"{what} became NaN or infinite in epoch {epoch} though the loss stayed finite."
    return Refusal("diverged", f"{message} Try a smaller learning rate, or look for extreme values in the data.")
