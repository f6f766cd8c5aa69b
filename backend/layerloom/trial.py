"""What trying says before a training: what one step takes, and which learning rate suits. Words that rooms share."""

from pydantic import BaseModel, ConfigDict, Field

from layerloom.problem import Problem


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class Trial(_Answer):
    """One real batch went forward and backward, or `problems` say where it did not.

    `step_seconds` is a training step, `epoch_seconds` a whole epoch with its validation; `peak_bytes` is what the
    process took on top of Keras itself, data included. All are null where it failed or took too long. `device` is what
    it ran on, of a machine with so many `gpus`.
    """

    ok: bool
    step_seconds: float | None = None
    epoch_seconds: float | None = None
    peak_bytes: int | None = None
    steps_per_epoch: int = 0
    device: str | None = None
    gpus: int = 0
    problems: list[Problem] = Field(default_factory=list)


class RatePoint(_Answer):
    """The loss of one batch at a learning rate, and the smoothed loss up to it; null where it was not finite."""

    rate: float
    loss: float | None
    smoothed: float | None


class RateSweep(_Answer):
    """The range test: the learning rate rises from batch to batch, so long as the loss does not run away.

    `steepest` is the rate at which the loss falls fastest, `tenth` a tenth of the rate at which it is lowest, which is
    mostly lower and safer. Both are null where the loss never fell. `diverged` says that the loss ran away in the end.
    """

    points: list[RatePoint]
    diverged: bool
    steepest: float | None = None
    tenth: float | None = None


class RateProgress(_Answer):
    """A line of the stream: the points since the last line, of `steps` in all; the last line has the `sweep`."""

    points: list[RatePoint]
    steps: int
    sweep: RateSweep | None = None
