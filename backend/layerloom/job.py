"""What a training process is handed: one frozen run, and where its files go."""

from dataclasses import dataclass
from pathlib import Path

from layerloom.graph.document import Graph
from layerloom.probes import PROBE_SHARE
from layerloom.recipe import Recipe

CUSTOM_CODE = "LAYERLOOM_CUSTOM_CODE"
"""Environment variable of a child process: "1" where it may run code that drawings hold."""


@dataclass(frozen=True)
class Job:
    """One attempt at one run. `home` holds the data, `folder` is the run's own. `probe_share` 0 looks at no layer."""

    run_id: int
    attempt: int
    graph: Graph
    recipe: Recipe
    home: Path
    folder: Path
    probe_share: float = PROBE_SHARE
