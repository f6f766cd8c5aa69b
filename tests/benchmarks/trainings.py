"""A whole training: pressed in the app, with a reader on its stream, against the same as a script in a cold Python."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from websockets.sync.client import connect

from tests.benchmarks.projects import project
from tests.benchmarks.table import Row
from tests.server import Server

FIRST_STEP = 0.3


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
    """The same job in the app as it comes, with a reader on the live stream as the page is."""
    made = project(training.which)
    body = {"name": training.which, "graph": made["graph"], "recipe": {**made["recipe"], "seed": seed}}
    began = time.time()
    run = server.post("/runs", body)["id"]
    first, scores = None, {}
    with connect(f"{server.url.replace('http', 'ws')}/api/runs/{run}/stream?after=0", max_size=None) as socket:
        while True:
            for event in json.loads(socket.recv(timeout=300)):
                if event["kind"] == "step" and first is None:
                    first = time.time() - began
                if event["kind"] == "epoch":
                    scores.update(event["metrics"])
                if event["kind"] == "evaluation":
                    scores.update({f"test_{name}": value for name, value in event["metrics"].items()})
                if event["kind"] == "failed":
                    raise RuntimeError(event["message"])
                if event["kind"] == "state" and event["state"] == "finished" and first is not None:
                    return Job(first, time.time() - began, scores[training.score])


def jobs(server: Server, training: Training, repeats: int) -> list[Row]:
    """Whole job and first step, ours and the rival's in turns so that noise meets both; another seed each time."""
    pairs = [(app(server, training, seed), plain(training, seed)) for seed in range(1, repeats + 1)]
    ours, rivals = zip(*pairs, strict=True)
    name = training.which.upper()
    first = Row(f"{name}: Train to first step", *_both(ours, rivals, lambda job: job.first_step_s), "s", FIRST_STEP)
    whole = Row(f"{name}: whole job", *_both(ours, rivals, lambda job: job.whole_s), "s", training.at_most)
    score, its_score = _both(ours, rivals, lambda job: job.score)
    whole.note = f"{training.score} {score:.4g}, the script's {its_score:.4g}"
    return [first, whole]


def _both(ours: tuple[Job, ...], rivals: tuple[Job, ...], of: Callable[[Job], float]) -> tuple[float, float]:
    """The two medians of one figure."""
    return statistics.median(map(of, ours)), statistics.median(map(of, rivals))
