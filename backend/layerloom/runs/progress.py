"""How events move a run's summary forward, so that a list of runs never has to read events."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from layerloom.events import (
    CheckpointEvent,
    EpochEvent,
    EvaluationEvent,
    Event,
    FailedEvent,
    SnapshotEvent,
    StartedEvent,
    StepEvent,
)

BIGGER_IS_BETTER = (
    "acc", "auc", "precision", "recall", "f1", "fbeta", "iou", "r2", "dice", "similarity",
    "sensitivity", "specificity", "true_positives", "true_negatives", "score",
)  # fmt: skip

Metrics = dict[str, dict[str, float | None]]


@dataclass
class Progress:
    """The columns of a run that its events decide, by the same names."""

    epochs: int
    epochs_done: int = 0
    parameters: int = 0
    interruptions: int = 0
    metrics: Metrics = field(default_factory=dict)
    error: dict[str, Any] | None = None
    checkpoint_epochs: list[int] = field(default_factory=list)
    best_epoch: int | None = None

    def advance(self, events: Iterable[Event]) -> None:
        """Take these events in, in their order."""
        for event in events:
            self._take(event)

    def _take(self, event: Event) -> None:
        match event:
            case StartedEvent():
                self._start(event)
            case StepEvent():
                self._measure(event.metrics, judge=False)
            case EpochEvent():
                self.epochs_done = event.epoch
                self._measure(event.metrics)
            case EvaluationEvent(split="test"):
                self._measure({f"test_{name}": value for name, value in event.metrics.items()})
            case CheckpointEvent():
                if event.epoch > max(self.checkpoint_epochs, default=0):  # one written again is no progress
                    self.interruptions = 0
                self.checkpoint_epochs = sorted({*self.checkpoint_epochs, event.epoch} - {*event.removed})
                self.best_epoch = event.epoch if event.best else self.best_epoch
            case SnapshotEvent():
                self.interruptions = 0
            case FailedEvent():
                self.error = event.model_dump(include={"code", "message", "node"})

    def _start(self, event: StartedEvent) -> None:
        """A resumed run goes on from its newest whole checkpoint: what came after that is done again."""
        self.epochs, self.epochs_done, self.parameters = event.epochs, event.initial_epoch, event.parameters
        self.checkpoint_epochs = [epoch for epoch in self.checkpoint_epochs if epoch <= event.initial_epoch]
        if self.best_epoch not in self.checkpoint_epochs:
            self.best_epoch = None

    def _measure(self, values: Mapping[str, float | None], *, judge: bool = True) -> None:
        for name, value in values.items():
            best = self.metrics.get(name, {}).get("best")
            self.metrics[name] = {"last": value, "best": _better(name, best, value) if judge else best}


def bigger_is_better(metric: str) -> bool:
    """Whether a metric of this name improves upwards, as Keras's callbacks guess it; any loss improves downwards."""
    return "loss" not in metric and any(word in metric for word in BIGGER_IS_BETTER)


def _better(name: str, best: float | None, value: float | None) -> float | None:
    if best is None or value is None:
        return value if best is None else best
    return max(best, value) if bigger_is_better(name) else min(best, value)
