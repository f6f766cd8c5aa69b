"""A whole training: pressed in the app, with a reader on its stream, against the same as a script in a cold Python."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

from tests.benchmarks.projects import project
from tests.benchmarks.table import Row
from tests.server import Server

FIRST_STEP = 0.3
UNTRIED = 1_000
"""Seeds from here on have had no dry run."""


@dataclass
class Job:
    """One training, by whoever did it. Seconds count from the moment it was asked for."""

    first_step_s: float
    whole_s: float
    score: float


@dataclass(frozen=True)
class Training:
    """What is trained, by which figure the result is judged, and what share of the rival's time it may take."""

    which: str
    score: str
    at_most: float


TRAININGS = [
    Training("mlp", "test_accuracy", at_most=0.5),
    Training("cnn", "test_accuracy", at_most=0.7),
    Training("lstm", "val_mae", at_most=0.9),
    Training("transformer", "val_accuracy", at_most=1.0),
]


def plain(training: Training, seed: int) -> Job:
    """The script in a cold Python."""
    began = time.time()
    command = [sys.executable, str(Path(__file__).with_name("plain_script.py")), training.which, str(seed)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    ended = time.time()
    said = json.loads(printed.strip().splitlines()[-1])
    return Job(said["first_step_at"] - began, ended - began, said[training.score])


def app(server: Server, training: Training, seed: int) -> Job:
    """The same job in the app as it comes, with a reader on the live stream as the page is.

    Train is pressed when the page says "Ready" with its figures: a dry run of the drawing has ended.
    """
    body = _body(training, seed)
    server.post("/training/try", {"graph": body["graph"], "recipe": body["recipe"]})
    began = time.time()
    first, scores = None, {}
    for event in _events(server, server.post("/runs", body)["id"]):
        if event["kind"] == "step" and first is None:
            first = time.time() - began
        if event["kind"] == "epoch":
            scores.update(event["metrics"])
        if event["kind"] == "evaluation":
            scores.update({f"test_{name}": value for name, value in event["metrics"].items()})
    if first is None:
        raise RuntimeError("the run ended without a step")
    return Job(first, time.time() - began, scores[training.score])


def at_once(server: Server, training: Training, seed: int) -> float:
    """Seconds to the first step where Train is pressed before any dry run."""
    began = time.time()
    run = server.post("/runs", _body(training, seed))["id"]
    seconds = next(time.time() - began for event in _events(server, run) if event["kind"] == "step")
    server.post(f"/runs/{run}/stop")
    server.wait_for_run(run, "stopped", "finished")
    return seconds


def _body(training: Training, seed: int) -> dict[str, Any]:
    made = project(training.which)
    return {"name": training.which, "graph": made["graph"], "recipe": {**made["recipe"], "seed": seed}}


def _events(server: Server, run: int) -> Iterator[Any]:
    """What the run says, until it has finished. Raises RuntimeError where it fails."""
    address = f"{server.url.replace('http', 'ws')}/api/runs/{run}/stream?after=0"
    with connect(address, max_size=None) as socket:
        while True:
            for event in json.loads(socket.recv(timeout=300)):
                if event["kind"] == "failed":
                    raise RuntimeError(event["message"])
                yield event
                if event["kind"] == "state" and event["state"] == "finished":
                    return


def jobs(server: Server, training: Training, repeats: int) -> list[Row]:
    """Whole job and first step, ours and the rival's in turns so that noise meets both; another seed each time."""
    seeds = range(1, repeats + 1)
    pairs = [(app(server, training, seed), plain(training, seed)) for seed in seeds]
    ours, rivals = zip(*pairs, strict=True)
    name = training.which.upper()
    first = Row(f"{name}: Train to first step", *_both(ours, rivals, lambda job: job.first_step_s), "s", FIRST_STEP)
    without = statistics.median(at_once(server, training, UNTRIED + seed) for seed in seeds)
    first.note = f"{without:.2f} s if pressed before the dry run"
    whole = Row(f"{name}: whole job", *_both(ours, rivals, lambda job: job.whole_s), "s", training.at_most)
    score, its_score = _both(ours, rivals, lambda job: job.score)
    whole.note = f"{training.score} {score:.4g}, the script's {its_score:.4g}"
    return [first, whole]


def _both(ours: tuple[Job, ...], rivals: tuple[Job, ...], of: Callable[[Job], float]) -> tuple[float, float]:
    """The two medians of one figure."""
    return statistics.median(map(of, ours)), statistics.median(map(of, rivals))
