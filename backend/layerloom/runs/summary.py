"""What a run looks like from outside: a line of the list, and all of it."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from layerloom.events import RunState
from layerloom.graph.document import Graph
from layerloom.recipe import Recipe


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class MetricSummary(_Answer):
    """The newest and the best value of one metric; null where it was not finite or there is none yet."""

    last: float | None = None
    best: float | None = None


class RunError(_Answer):
    """Why a run failed: a kebab-case word, a sentence for a person, the node at fault if known."""

    code: str
    message: str
    node: str | None = None


class RunSummary(_Answer):
    """A run without its drawing. Times are seconds since 1970; `last_seq` is the number of its newest event.

    `position` is its place in the queue, from 1, while it waits there.
    """

    id: int
    name: str
    state: RunState
    created_at: float
    started_at: float | None = None
    ended_at: float | None = None
    epochs_done: int = 0
    epochs: int
    metrics: dict[str, MetricSummary] = Field(default_factory=dict)
    parameters: int
    error: RunError | None = None
    dataset: str
    attempt: int = 0
    tags: list[str] = Field(default_factory=list)
    notes: str = ""
    checkpoint_epochs: list[int] = Field(default_factory=list)
    best_epoch: int | None = None
    last_seq: int = 0
    position: int | None = None


class RunDetail(RunSummary):
    """A run with everything that was frozen when it was made.

    `from_run` and `from_epoch` name the checkpoint that it started from; that run may be gone.
    """

    graph: Graph
    recipe: Recipe
    versions: dict[str, str]
    fingerprint: str
    folder: Path
    from_run: int | None = None
    from_epoch: int | None = None


class RunPage(_Answer):
    """A part of the list, and how many runs there are in all."""

    runs: list[RunSummary]
    total: int
