"""The Keras callback that saves a checkpoint after each epoch and puts back what callbacks knew when a run goes on."""

from collections.abc import Callable, Sequence
from typing import Any

import keras
import numpy as np

from layerloom.checkpoint import Manifest
from layerloom.events import CheckpointEvent, Event
from layerloom.problem import Refusal
from layerloom.training import callback_state, state
from layerloom.training.checkpointing import Checkpoints, Saved


class Checkpointer(keras.callbacks.Callback):  # type: ignore[misc]
    """Must be the last callback: it saves what the others know, after they know it. `others` are the recipe's."""

    def __init__(
        self,
        checkpoints: Checkpoints,
        others: Sequence[keras.callbacks.Callback],
        report: Callable[[Event], None],
        resumed: Saved | None,
    ) -> None:
        super().__init__()
        self._checkpoints = checkpoints
        self._others = others
        self._report = report
        self._resumed = resumed
        self.last: Manifest | None = resumed.manifest if resumed else None

    def on_train_begin(self, logs: dict[str, Any] | None = None) -> None:  # noqa: ARG002 (Keras's signature)
        """Give the others their memory back, which they lost a moment ago."""
        if self._resumed:
            callback_state.restore(self._others, self._resumed.state.callbacks, self._resumed.state.arrays)

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Save, and tell it. Raises Refusal `diverged` if a weight is no finite number."""
        values = logs or {}
        monitor = "val_loss" if "val_loss" in values else "loss"
        self._save(epoch + 1, monitor, float(values[monitor]), ended=bool(self.model.stop_training))

    def save_final(self, last: Manifest, like: Manifest | None) -> None:
        """Save the weights as they are after training in place of the last checkpoint; they are as good as `like`."""
        self._save(last.epoch, last.monitor, (like or last).value, ended=True)

    def _save(self, epoch: int, monitor: str, value: float, ended: bool) -> None:
        _require_finite(self.model, epoch)
        kept = state.capture(self.model, self._others, ended)
        self.last = self._checkpoints.save(self.model, kept, epoch, monitor, value)
        event = CheckpointEvent(epoch=epoch, best=self.last.best, monitor=monitor, size_bytes=self.last.size_bytes)
        self._report(event)


def _require_finite(model: keras.Model, epoch: int) -> None:
    """One NaN in a feature can leave the loss finite and the weights NaN."""
    for variable in model.weights:
        values = np.asarray(variable)
        if values.dtype.kind == "f" and not np.isfinite(values).all():
            layer = variable.path.split("/")[0]
            message = (
                f"Weights of layer '{layer}' became NaN or infinite in epoch {epoch} though the loss stayed finite."
            )
            raise Refusal("diverged", f"{message} Try a smaller learning rate, or look for extreme values in the data.")
