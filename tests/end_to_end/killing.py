"""Runs that are made to be killed, the killing, and what must be true of them afterwards."""

import hashlib
import json
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil

from tests.server import Server

COLUMNS = ["sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm"]
Events = list[dict[str, Any]]


def body(name: str, epochs: int) -> dict[str, Any]:
    """A network that draws at random, with momentum and a patient callback: all that a run can forget."""
    layers = [
        {"id": "in", "type": "Input", "name": "flower", "config": {"shape": [4]}},
        {"id": "scale", "type": "Normalization", "config": {}},
        {"id": "wide", "type": "Dense", "config": {"units": 200, "activation": "relu"}},
        {"id": "drop", "type": "Dropout", "config": {"rate": 0.3}},
        {"id": "noise", "type": "GaussianNoise", "config": {"stddev": 0.1}},
        {"id": "last", "type": "Dense", "config": {"units": 3, "activation": "softmax"}},
        {"id": "out", "type": "Output", "name": "species"},
    ]
    edges = [{"source": one["id"], "target": other["id"]} for one, other in pairwise(layers)]
    plateau = {"type": "ReduceLROnPlateau", "config": {"monitor": "val_loss", "patience": 2, "factor": 0.7}}
    recipe = {
        "data": {"dataset": "iris", "inputs": {"flower": COLUMNS}, "targets": {"species": ["species"]}},
        "compile": {
            "optimizer": {"type": "Adam", "config": {"learning_rate": 0.003}},
            "outputs": {
                "species": {
                    "loss": {"type": "SparseCategoricalCrossentropy"},
                    "metrics": [{"type": "SparseCategoricalAccuracy", "config": {"name": "accuracy"}}],
                }
            },
        },
        "fit": {"epochs": epochs, "batch_size": 4},
        "callbacks": [plateau],
    }
    return {"name": name, "graph": {"nodes": layers, "edges": edges}, "recipe": recipe}


def training_processes(run_folder: Path) -> list[psutil.Process]:
    """The processes that hold this run's log open."""
    found = []
    for process in psutil.process_iter():
        try:
            if any(run_folder in Path(file.path).parents for file in process.open_files()):
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue  # it ended while we looked
    return found


def wait(true: Callable[[], Any], what: str, timeout_s: float = 120, pause_s: float = 0.02) -> Any:
    """What `true` gives once it gives something."""
    deadline = time.monotonic() + timeout_s
    while not (found := true()):
        assert time.monotonic() < deadline, f"{what} did not happen in {timeout_s:g} s"
        time.sleep(pause_s)
    return found


def all_events(server: Server, run: int) -> Events:
    events: Events = []
    while page := server.get(f"/runs/{run}/events", after=events[-1]["seq"] if events else 0, limit=10_000):
        events += page
    return events


@dataclass
class Victim:
    """A run that is killed again and again, always after a newer checkpoint than at the last kill."""

    run: int
    folder: Path
    epoch: int = 0
    kills: int = 0
    in_saves: int = 0
    killed_at: list[float] = field(default_factory=list)

    def newest(self) -> int:
        names = [path.name for path in self.folder.glob("checkpoints/epoch-*")]
        return max((int(name.removeprefix("epoch-")) for name in names), default=0)

    def advance(self) -> None:
        """Wait for a newer checkpoint."""
        wait(lambda: self.newest() > self.epoch, f"a checkpoint of run {self.run} after epoch {self.epoch}")
        self.epoch = self.newest()

    def is_saving(self) -> bool:
        return any("leaving" not in path.name for path in self.folder.glob("checkpoints/tmp-*"))

    def kill(self, process: psutil.Process, *, in_save: bool) -> None:
        """End the process, if wished as soon as it is at a save."""
        if in_save:
            wait(self.is_saving, f"a save of run {self.run}", pause_s=0)
        self.killed_at.append(time.time())
        process.kill()
        process.wait(10)
        self.kills += 1
        self.in_saves += self.is_saving()


def epochs_of(events: Events) -> dict[int, list[Any]]:
    """What was told of each epoch, as often as it was."""
    told: dict[int, list[Any]] = {}
    for event in events:
        if event["kind"] == "epoch":
            told.setdefault(event["epoch"], []).append((event["metrics"], event["learning_rate"]))
    return told


def assert_whole(server: Server, run: int, epochs: int) -> Events:
    """Every event number once, every epoch told, curves without doubles, every checkpoint whole and readable.

    An epoch whose checkpoint was cut off is done again, and told again.
    """
    events = all_events(server, run)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert sorted(epochs_of(events)) == list(range(1, epochs + 1))
    steps = next(event["steps_per_epoch"] for event in events if event["kind"] == "started")
    curve = server.get(f"/runs/{run}/metrics", points=10_000)["series"]["val_loss"]
    assert curve["x"] == [epoch * steps for epoch in range(1, epochs + 1)]
    detail = server.get(f"/runs/{run}")
    assert (detail["epochs_done"], detail["checkpoint_epochs"]) == (epochs, list(range(1, epochs + 1)))
    manifests = sorted(Path(detail["folder"]).glob("checkpoints/epoch-*/manifest.json"))
    assert len(manifests) == epochs
    for manifest in manifests:
        for name, said in json.loads(manifest.read_text())["files"].items():
            assert hashlib.sha256((manifest.parent / name).read_bytes()).hexdigest() == said["sha256"]
        assert zipfile.ZipFile(manifest.parent / "model.keras").testzip() is None
    return events


def assert_same_curve(events: Events, whole: Events) -> None:
    """Every epoch, however often it was done, gave the metrics of the run that was never interrupted, bit by bit."""
    expected = {epoch: told[0] for epoch, told in epochs_of(whole).items()}
    assert {
        epoch: told for epoch, told in epochs_of(events).items() if any(one != expected[epoch] for one in told)
    } == {}
