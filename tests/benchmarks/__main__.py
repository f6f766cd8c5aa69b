"""`make bench`: each figure beside its rival, measured in the same run; medians, since machines are noisy."""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table
from websockets.sync.client import connect

from tests.benchmarks.deep_graph import deep_graph
from tests.server import ROOT, Server, serve

MNIST = ROOT / "backend" / "layerloom" / "data" / "sets" / "mnist.npz"
EXAMPLES = ROOT / "backend" / "layerloom" / "api" / "examples"


@dataclass
class Job:
    """One training, by whoever did it. Seconds count from the moment it was asked for."""

    first_step_s: float
    whole_s: float
    accuracy: float


@dataclass
class Row:
    """One line of the table: what we took against what the rival took, or against a limit."""

    what: str
    ours: float
    rival: float
    unit: str
    at_most: float
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours as a share of the rival's (or of 1 where there is only a limit)."""
        return self.ours / self.rival


def plain(which: str, seed: int) -> Job:
    """The course's script in a cold Python."""
    began = time.time()
    command = [sys.executable, str(Path(__file__).with_name("plain_script.py")), which, str(MNIST), str(seed)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    ended = time.time()
    said = json.loads(printed.strip().splitlines()[-1])
    return Job(said["first_step_at"] - began, ended - began, said["accuracy"])


def app(server: Server, which: str, seed: int) -> Job:
    """The same job in the app, with a reader on the live stream as the page is."""
    project = json.loads((EXAMPLES / f"mnist_{which}.json").read_text())
    body = {"name": which, "graph": project["graph"], "recipe": {**rival_recipe(project["recipe"]), "seed": seed}}
    began = time.time()
    run = server.post("/runs", body)["id"]
    first, accuracy = None, 0.0
    with connect(f"{server.url.replace('http', 'ws')}/api/runs/{run}/stream?after=0", max_size=None) as socket:
        while True:
            for event in json.loads(socket.recv(timeout=300)):
                if event["kind"] == "step" and first is None:
                    first = time.time() - began
                if event["kind"] == "evaluation":
                    accuracy = event["metrics"]["accuracy"]
                if event["kind"] == "failed":
                    raise RuntimeError(event["message"])
                if event["kind"] == "state" and event["state"] == "finished" and first is not None:
                    return Job(first, time.time() - began, accuracy)


def rival_recipe(recipe: dict[str, Any]) -> dict[str, Any]:
    """The example's recipe with the rival's optimizer, batch size and epochs, whatever the example says."""
    optimizer = {"type": "SGD", "config": {"learning_rate": 0.1}}
    fit = {"epochs": 5, "batch_size": 32, "shuffle": True}
    return {**recipe, "compile": {**recipe["compile"], "optimizer": optimizer}, "fit": fit, "callbacks": []}


def jobs(server: Server, which: str, repeats: int, at_most: float) -> list[Row]:
    """Whole job and first step, ours and the rival's in turns so that noise meets both; another seed each time."""
    pairs = [(app(server, which, seed), plain(which, seed)) for seed in range(1, repeats + 1)]
    ours, rivals = zip(*pairs, strict=True)
    gap = 100 * (median(ours, lambda job: job.accuracy) - median(rivals, lambda job: job.accuracy))
    name = which.upper()
    first = Row(f"{name}: Train to first step", *both(ours, rivals, lambda job: job.first_step_s), "s", 0.4)
    whole = Row(f"{name}: whole job", *both(ours, rivals, lambda job: job.whole_s), "s", at_most)
    whole.note = f"test accuracy {median(ours, lambda job: job.accuracy):.4f}, {gap:+.2f} points to the script's"
    return [first, whole]


def both(ours: tuple[Job, ...], rivals: tuple[Job, ...], of: Callable[[Job], float]) -> tuple[float, float]:
    """The two medians of one figure."""
    return median(ours, of), median(rivals, of)


def median(of_jobs: tuple[Job, ...], of: Callable[[Job], float]) -> float:
    """The median of one figure over jobs."""
    return statistics.median(of(job) for job in of_jobs)


def checks(server: Server, repeats: int) -> list[Row]:
    """Check of 150 layers over HTTP: never seen before, and after one edit in the middle."""
    cold, edited = [], []
    with httpx.Client(base_url=server.url, timeout=60) as client:

        def timed(graph: dict[str, Any]) -> float:
            began = time.perf_counter()
            report = client.post("/api/graphs/check", json={"graph": graph}).raise_for_status().json()
            took_ms = 1000 * (time.perf_counter() - began)
            if not report["ready"]:
                raise RuntimeError(str(report["problems"]))
            return took_ms

        timed(deep_graph(16))
        for repeat in range(repeats):
            side = 24 + 2 * repeat  # another size makes every node new to the checker's memory
            cold.append(timed(deep_graph(side)))
            edited.extend(timed(deep_graph(side, rate=0.01 * (1 + edit))) for edit in range(5))
    return [
        Row("Check of 150 layers, cold", statistics.median(cold), 1, "ms", 500),
        Row("Check of 150 layers, after one edit", statistics.median(edited), 1, "ms", 30),
    ]


def predictions(server: Server) -> list[Row]:
    """One MNIST digit at a time over HTTP, once the model is loaded."""
    project = json.loads((EXAMPLES / "mnist_mlp.json").read_text())
    recipe = {**project["recipe"], "fit": {"epochs": 1, "batch_size": 512}}
    run = server.post("/runs", {"graph": project["graph"], "recipe": recipe})["id"]
    server.wait_for_run(run, "finished")
    digits = [row["image"] for row in server.get("/datasets/mnist/rows", split="test", limit=100)["rows"]]
    name = next(iter(recipe["data"]["inputs"]))
    took_ms = []
    with httpx.Client(base_url=server.url, timeout=60) as client:
        for digit in [digits[0], *digits]:
            began = time.perf_counter()
            client.post(f"/api/runs/{run}/predict", json={"inputs": {name: [digit]}}).raise_for_status()
            took_ms.append(1000 * (time.perf_counter() - began))
    return [Row("Predict one digit, warm", statistics.median(took_ms[1:]), 1, "ms", 15)]


def show(rows: list[Row]) -> None:
    """The table, and whether each figure keeps its promise."""
    table = Table("figure", "ours", "rival", "ratio", "promise", "kept", "note")
    for row in rows:
        limit = row.rival == 1
        kept = "yes" if row.ratio <= row.at_most else "NO"
        rival, ratio = ("", "") if limit else (f"{row.rival:.2f} {row.unit}", f"{row.ratio:.2f}")
        promise = f"≤ {row.at_most:g}" + (f" {row.unit}" if limit else "")
        table.add_row(row.what, f"{row.ours:.2f} {row.unit}", rival, ratio, promise, kept, row.note)
    Console(width=160).print(table)


def main() -> None:
    """Measure, print, and end with 1 where a promise is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", choices=["mlp", "cnn", "check", "predict"])
    chosen = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as server:
        server.get("/catalog")  # waits until Keras is warm: the first Train is not pressed in the first second
        if chosen.only in (None, "check"):
            rows += checks(server, max(5, chosen.repeats))
        if chosen.only in (None, "predict"):
            rows += predictions(server)
        if chosen.only in (None, "mlp"):
            rows += jobs(server, "mlp", chosen.repeats, at_most=0.6)
        if chosen.only in (None, "cnn"):
            rows += jobs(server, "cnn", chosen.repeats, at_most=0.8)
    show(rows)
    sys.exit(any(row.ratio > row.at_most for row in rows))


if __name__ == "__main__":
    main()
