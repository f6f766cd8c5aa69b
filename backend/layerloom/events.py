"""What training says: one closed, tagged union, the same on disk, on the socket and in the browser.

Training makes an event with its kind, time and fields; whoever records it gives it the next `seq` of its run.
JSON knows no NaN: a number that is not finite becomes null and its name goes into `not_finite`, here and nowhere else.
"""

import math
import time
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from layerloom.probes import LayerSigns

RunState = Literal["queued", "running", "paused", "finished", "stopped", "failed"]
Numbers = dict[str, float | None]


class _Event(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)

    seq: int = 0
    at: float = Field(default_factory=time.time)


class _Measured(_Event):
    metrics: Numbers = Field(default_factory=dict)
    not_finite: list[str] = Field(default_factory=list)

    @classmethod
    def of(cls, metrics: Mapping[str, float], **fields: Any) -> Self:
        """An event with these numbers, the ones that are not finite set to null and named."""
        finite = {name: float(value) if math.isfinite(value) else None for name, value in metrics.items()}
        named = [name for name, value in finite.items() if value is None]
        return cls(metrics=finite, not_finite=named, **fields)


class StateEvent(_Event):
    """The run changed state. `attempt` counts how often a process took the run up; `reason` says why, for a person."""

    kind: Literal["state"] = "state"
    state: RunState
    attempt: int = 0
    reason: str | None = None


class StartedEvent(_Event):
    """A process has built the model and the data: what is about to be done. Rows are counts of samples.

    It begins after `initial_epoch` epochs and `initial_step` steps of the next; what was told beyond is done again.
    """

    kind: Literal["started"] = "started"
    parameters: int
    epochs: int
    steps_per_epoch: int
    batch_size: int
    training_rows: int
    validation_rows: int
    test_rows: int
    initial_epoch: int = 0
    initial_step: int = 0
    device: str = "CPU"


class StepEvent(_Measured):
    """Running training metrics after `step` of `steps_per_epoch` in `epoch` (from 1), about ten times a second.

    `global_step` counts from the first step of the run; `seconds_left` estimates the whole run.
    """

    kind: Literal["step"] = "step"
    epoch: int
    step: int
    global_step: int
    seconds_left: float | None = None


class EpochEvent(_Measured):
    """An epoch (from 1) ended: training metrics by their names, validation metrics with the prefix `val_`."""

    kind: Literal["epoch"] = "epoch"
    epoch: int
    global_step: int
    seconds: float
    learning_rate: float | None = None


class CheckpointEvent(_Event):
    """The weights after `epoch` lie whole on disk. `best` says that no earlier epoch had a better `monitor`.

    Less (`mode` min) or more of it is better. `removed` are the epochs whose weights were let go in return.
    """

    kind: Literal["checkpoint"] = "checkpoint"
    epoch: int
    best: bool
    monitor: str
    size_bytes: int
    mode: Literal["min", "max"] = "min"
    removed: list[int] = Field(default_factory=list)


class SnapshotEvent(_Event):
    """All that the run needs to go on after `step` of `epoch` (from 1) lies whole on disk."""

    kind: Literal["snapshot"] = "snapshot"
    epoch: int
    step: int
    size_bytes: int


class StoppedEarlyEvent(_Event):
    """A callback ended the training before the last epoch; `restored_epoch` if it put earlier weights back."""

    kind: Literal["stopped_early"] = "stopped_early"
    epoch: int
    restored_epoch: int | None = None
    reason: str


class EvaluationEvent(_Measured):
    """The final weights, judged on a split that was never trained on."""

    kind: Literal["evaluation"] = "evaluation"
    split: Literal["validation", "test"]
    rows: int


class ProbeEvent(_Event):
    """The layers by name, as they were in `epoch` after `global_step` steps, seen on `samples` rows in `seconds`.

    `k` numbers the file with the histograms. A number that is not finite is null and named `layer/number`.
    """

    kind: Literal["probe"] = "probe"
    k: int
    epoch: int
    global_step: int
    samples: int
    seconds: float
    layers: dict[str, LayerSigns]
    not_finite: list[str] = Field(default_factory=list)


class FindingEvent(_Event):
    """Something in the data or the learning that a person should look at, told once for each `code` and `layer`.

    `node` is the node of the drawing that the layer belongs to, `metric` the curve that shows it, `epoch` when it began
    (null before the first), `evidence` the numbers behind it, `advice` what to do.
    """

    kind: Literal["finding"] = "finding"
    code: str
    message: str
    advice: str
    node: str | None = None
    layer: str | None = None
    metric: str | None = None
    epoch: int | None = None
    evidence: dict[str, float] = Field(default_factory=dict)


class LogEvent(_Event):
    """A line for a person to read."""

    kind: Literal["log"] = "log"
    level: Literal["info", "warning"] = "info"
    message: str


class FailedEvent(_Event):
    """The run ended by a mistake: `code` is a kebab-case word, `node` the place if known."""

    kind: Literal["failed"] = "failed"
    code: str
    message: str
    node: str | None = None


Event = Annotated[
    StateEvent
    | StartedEvent
    | StepEvent
    | EpochEvent
    | CheckpointEvent
    | SnapshotEvent
    | StoppedEarlyEvent
    | EvaluationEvent
    | ProbeEvent
    | FindingEvent
    | LogEvent
    | FailedEvent,
    Field(discriminator="kind"),
]

EVENT: TypeAdapter[Event] = TypeAdapter(Event)
