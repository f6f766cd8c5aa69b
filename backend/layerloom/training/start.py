"""Where the weights of a first attempt come from, if not from their initializers alone."""

from collections.abc import Callable

import keras

from layerloom.checkpoint import ORIGIN
from layerloom.events import Event, LogEvent
from layerloom.imported import START
from layerloom.job import Job
from layerloom.modeling.importing.starting import give
from layerloom.training import forking


class Start:
    """What lies in the run's folder to start from: imported weights, the checkpoint of another run, or nothing."""

    def __init__(self, job: Job, report: Callable[[Event], None]) -> None:
        self._job = job
        self._report = report
        self._given: frozenset[str] = frozenset()
        self._origin = forking.read(job.folder / ORIGIN) if (job.folder / ORIGIN).exists() else None

    def give_weights(self, model: keras.Model) -> frozenset[str]:
        """Give the model what there is for it, and say so; the names of the layers that got something."""
        if self._origin is not None:
            self._given = forking.give(model, self._origin.model)
            self._tell(model, f"epoch {self._origin.epoch} of run {self._job.from_run}")
        elif (self._job.folder / START).exists():
            self._given = give(model, self._job.folder / START)
            self._tell(model, "imported weights")
        return self._given

    def give_optimizer(self, model: keras.Model) -> None:
        """Let the compiled model's optimizer go on with what that of the other run had gathered, where it can."""
        if self._origin is None or not {layer.name for layer in model.layers if layer.weights} <= self._given:
            return
        if forking.give_optimizer(model, self._origin.model):
            kind = type(model.optimizer).__name__
            self._report(LogEvent(message=f"{kind} goes on with what it had gathered, at the new learning rate."))

    def _tell(self, model: keras.Model, source: str) -> None:
        holding = [layer.name for layer in model.layers if layer.weights]
        fresh = [name for name in holding if name not in self._given]
        given = len(holding) - len(fresh)
        afresh = f" These start afresh: {', '.join(fresh)}." if fresh else ""
        said = f"Starting from {source}: {given} of {len(holding)} layers with weights.{afresh}"
        self._report(LogEvent(message=said))
