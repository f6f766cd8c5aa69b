"""What a training process is handed: one frozen run, and where its files go."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from layerloom.graph.document import Graph
from layerloom.probes import PROBE_SHARE
from layerloom.recipe import Recipe

CUSTOM_CODE = "LAYERLOOM_CUSTOM_CODE"
"""Environment variable of a child process: "1" where it may run code that drawings hold."""


@dataclass(frozen=True)
class DataMemory:
    """How much memory the data of a training may take.

    A split whose bound columns take at most `in_memory_bytes` on the disk lies in memory: bound, encoded and as tensors
    that is three to four times as much, and a machine of 8 GB should have room for the model. A larger one is read from
    the disk in blocks of neighbouring rows, large enough to be read fast, and rows are shuffled within windows of many
    blocks, of which about five are in memory.
    """

    in_memory_bytes: int = 256_000_000
    block_bytes: int = 1_000_000
    window_bytes: int = 64_000_000


USUAL_MEMORY = DataMemory()


@dataclass(frozen=True)
class Job:
    """One attempt at one run. `home` holds the data, `folder` is the run's own. `probe_share` 0 looks at no layer.

    `epochs_told` and `checkpoints_told` are what earlier attempts could still tell of what they did, null if all of it.
    `from_run` is the run whose checkpoint this one starts from. `content` is that of a dry run in which model, data and
    graphs came out as here; None where there is something to start from.
    """

    run_id: int
    attempt: int
    graph: Graph
    recipe: Recipe
    home: Path
    folder: Path
    probe_share: float = PROBE_SHARE
    epochs_told: int | None = None
    checkpoints_told: tuple[int, ...] | None = None
    from_run: int | None = None
    memory: DataMemory = USUAL_MEMORY
    content: str | None = None


def content_of(graph: Graph, recipe: Recipe, fingerprint: str) -> str:
    """A name for all that model, data and the first steps depend on; `fingerprint` is the dataset's."""
    drawn = graph.model_dump(mode="json", exclude={"layout", "name"})
    trained = recipe.model_dump(mode="json", exclude={"callbacks": True, "fit": {"epochs", "checkpoint_seconds"}})
    return hashlib.sha256(json.dumps([drawn, trained, fingerprint], sort_keys=True).encode()).hexdigest()


class Pauses(Protocol):
    """How a training hears that it is to pause, and how it waits."""

    def asked(self) -> bool:
        """Whether somebody asked for a pause that has not begun yet."""

    def hold(self, reason: str | None) -> bool:
        """Tell that the run is paused, and wait until it may go on or is to stop. False where there is no waiting."""


class NoPauses:
    """For a training that nobody steers."""

    def asked(self) -> bool:
        """Never."""
        return False

    def hold(self, reason: str | None) -> bool:  # noqa: ARG002 (as in Pauses)
        """There is nobody who could let it go on."""
        return False
