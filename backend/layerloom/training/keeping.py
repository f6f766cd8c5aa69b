"""Which checkpoints of a run stay: what the recipe's ModelCheckpoint asks for, and what it takes to go on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

import keras

from layerloom.checkpoint import Manifest
from layerloom.modeling.reflection import find
from layerloom.problem import Refusal
from layerloom.recipe import KerasObject

MODEL_CHECKPOINT = "ModelCheckpoint"
NEWEST = 2
"""How many of the newest stay in any case: a run goes on from the last, or from the one before if that is damaged."""


@dataclass(frozen=True)
class Keeping:
    """The arguments of a ModelCheckpoint, by its names; a recipe without one keeps what there is room for.

    `monitor` null is the loss of the rows held out, else of training. `every_epochs` and `max_to_keep` count epochs.
    """

    monitor: str | None = None
    mode: Literal["auto", "min", "max"] = "auto"
    save_best_only: bool = False
    every_epochs: int = 1
    max_to_keep: int | None = None
    initial_value_threshold: float | None = None

    @classmethod
    def of(cls, callbacks: Sequence[KerasObject]) -> Self:
        """What a valid recipe's list of callbacks asks for."""
        config = next((one.config for one in callbacks if is_model_checkpoint(one)), None)
        if config is None:
            return cls()
        given: dict[str, Any] = {"monitor": "val_loss", **config}
        return cls(**given)

    def monitored(self, logs: dict[str, Any]) -> str:
        """The name of the number that says which epoch is best. Raises Refusal `unknown-metric`."""
        if self.monitor is None:
            return "val_loss" if "val_loss" in logs else "loss"
        if self.monitor not in logs:
            message = f"{MODEL_CHECKPOINT} watches '{self.monitor}', but training reports {', '.join(sorted(logs))}."
            raise Refusal("unknown-metric", f"{message} Watch one of these.")
        return self.monitor

    def direction(self, model: keras.Model) -> Literal["min", "max"]:
        """Whether less or more of it is better, as Keras has it for a model that was trained a step."""
        if self.monitor is None:
            return "min"
        return self.mode if self.mode != "auto" else _Watching(self.monitor).direction(model)

    def released(self, manifests: Sequence[Manifest]) -> list[Manifest]:
        """Those, of all in the order of their epochs, that may go: not asked for, not the best, not the newest."""
        asked = [manifest for manifest in manifests if self._asks_for(manifest)]
        if self.max_to_keep is not None:
            asked = asked[-self.max_to_keep :]
        stay = {manifest.epoch for manifest in (*asked, *manifests[-NEWEST:])}
        best = min(manifests, key=lambda manifest: manifest.rank, default=None)
        return [one for one in manifests if one.epoch not in stay and one is not best]

    def _asks_for(self, manifest: Manifest) -> bool:
        if manifest.epoch % self.every_epochs:
            return False
        return not self.save_best_only or (manifest.best and self._passes(manifest))

    def _passes(self, manifest: Manifest) -> bool:
        threshold = self.initial_value_threshold
        if threshold is None:
            return True
        return manifest.value < threshold if manifest.mode == "min" else manifest.value > threshold


class _Watching(keras.callbacks.EarlyStopping):  # type: ignore[misc]
    """Asks Keras which way a metric gets better: only its callbacks know, and only of themselves."""

    def __init__(self, monitor: str) -> None:
        super().__init__(monitor)

    def direction(self, model: keras.Model) -> Literal["min", "max"]:
        """Raises ValueError where Keras does not know."""
        self.set_model(model)
        self._set_monitor_op()
        return "min" if bool(self.monitor_op(0.0, 1.0)) else "max"


def is_model_checkpoint(described: KerasObject) -> bool:
    """Whether a callback of a recipe is Keras's ModelCheckpoint, by whatever name."""
    entry = find("callbacks", described.type)
    return entry is not None and entry.type == MODEL_CHECKPOINT
