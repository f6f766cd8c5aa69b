"""What looking at the layers costs a training: the same job with looks and without, in turns."""

import statistics
import time
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
    _seconds(graph, recipe, home, home / f"{which}-warm", 0.0)
    pairs = [
        tuple(_seconds(graph, recipe, home, home / f"{which}-{number}-{share}", share) for share in (PROBE_SHARE, 0.0))
        for number in range(repeats)
    ]
    ours, alone = (statistics.median(each) for each in zip(*((one[0], other[0]) for one, other in pairs), strict=True))
    count = statistics.median(looking[1] for looking, _ in pairs)
    what = f"{which.upper()}, {epochs} epochs: with looks at the layers, and without"
    return Row(what, ours, alone, "s", MOST, f"{count:g} looks")


def _seconds(graph: Graph, recipe: Recipe, home: Path, folder: Path, share: float) -> tuple[float, int]:
    """From the first step to the end of the last epoch; and how many looks there were."""
    folder.mkdir(parents=True)
    told: list[tuple[float, Event]] = []
    train(Job(1, 1, graph, recipe, home, folder, share), lambda event: told.append((time.monotonic(), event)), _never)
    first = next(at for at, event in told if event.kind == "step")
    last = max(at for at, event in told if event.kind in ("epoch", "probe"))
    return last - first, sum(event.kind == "probe" for _, event in told)


def _never() -> bool:
    return False
