"""What looking at the layers costs a training: the same job with looks and without, in turns.

In processor time: a machine that slows down for a moment would hide what a few looks cost.
"""

import statistics
import time
from functools import partial
from pathlib import Path

from layerloom.events import Event
from layerloom.graph.document import Graph
from layerloom.job import Job
from layerloom.probes import PROBE_SHARE
from layerloom.recipe import Recipe
from layerloom.training.fit import train
from tests.benchmarks.projects import project
from tests.benchmarks.table import Row

MOST = 1.03
EPOCHS = {"mlp": 10, "cnn": 3}


def looks(home: Path, repeats: int) -> list[Row]:
    """One row a network. The first training of each is not counted: it reads the data and warms the process."""
    return [_row(home, which, epochs, repeats) for which, epochs in EPOCHS.items()]


def _row(home: Path, which: str, epochs: int, repeats: int) -> Row:
    made = project(which)
    graph = Graph.model_validate(made["graph"])
    recipe = Recipe.model_validate({**made["recipe"], "fit": {**made["recipe"]["fit"], "epochs": epochs}})
    train_once = partial(_trained, graph, recipe, home)
    train_once(home / f"{which}-warm", 0.0)
    looking: list[tuple[float, int]] = []
    alone: list[float] = []
    for number in range(repeats):
        for share in (PROBE_SHARE, 0.0) if number % 2 else (0.0, PROBE_SHARE):
            seconds, count = train_once(home / f"{which}-{number}-{share}", share)
            if share:
                looking.append((seconds, count))
            else:
                alone.append(seconds)
    ours, looks_taken = (statistics.median(figure) for figure in zip(*looking, strict=True))
    what = f"{which.upper()}, {epochs} epochs: with looks at the layers, and without"
    return Row(what, ours, statistics.median(alone), "s", MOST, f"{looks_taken:g} looks; processor time")


def _trained(graph: Graph, recipe: Recipe, home: Path, folder: Path, share: float) -> tuple[float, int]:
    """Processor time from the first step to the end of the last epoch and its look; and how many looks there were."""
    folder.mkdir(parents=True)
    told: list[tuple[float, Event]] = []

    def hear(event: Event) -> None:
        told.append((time.process_time(), event))

    train(Job(1, 1, graph, recipe, home, folder, share), hear, lambda: False)
    first = next(at for at, event in told if event.kind == "step")
    last = max(at for at, event in told if event.kind in ("epoch", "probe"))
    return last - first, sum(event.kind == "probe" for _, event in told)
