"""kill -9 at random moments: no run lost, no unreadable checkpoint, no gap in the events."""

import hashlib
import json
import random
import time
import zipfile
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.server import ROOT, Server, serve

EPOCHS = 6
ORPHANS_END_S = 5.0  # a second on a quiet machine; a niced child gets less of a busy one
MOMENTS = [pytest.param(range(2), id="2"), pytest.param(range(2, 10), id="8 more", marks=pytest.mark.slow)]


def start(server: Server) -> int:
    """A run of MNIST that takes a few seconds; its number."""
    project = json.loads((ROOT / "backend/layerloom/api/examples/mnist_mlp.json").read_text())
    recipe = project["recipe"]
    recipe["fit"] |= {"epochs": EPOCHS, "batch_size": 128}
    return int(server.post("/runs", {"name": "killed", "graph": project["graph"], "recipe": recipe})["id"])


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


def wait_for_epoch(server: Server, run: int, after_s: float) -> Any:
    """The run, once an epoch lies behind it and `after_s` more seconds."""
    deadline = time.monotonic() + 120
    while (detail := server.get(f"/runs/{run}"))["epochs_done"] < 1:
        assert time.monotonic() < deadline, detail
        time.sleep(0.02)
    time.sleep(after_s)
    return detail


def assert_whole(server: Server, run: int) -> None:
    """Every event number once, every epoch told, every checkpoint as its manifest says and a readable archive.

    An epoch whose checkpoint was cut off is done again, and told again.
    """
    events, after = [], 0
    while page := server.get(f"/runs/{run}/events", after=after, limit=1000):
        events += page
        after = page[-1]["seq"]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert {event["epoch"] for event in events if event["kind"] == "epoch"} == set(range(1, EPOCHS + 1))
    manifests = list(Path(server.get(f"/runs/{run}")["folder"]).glob("checkpoints/epoch-*/manifest.json"))
    assert len(manifests) == EPOCHS
    for manifest in manifests:
        for name, said in json.loads(manifest.read_text())["files"].items():
            assert hashlib.sha256((manifest.parent / name).read_bytes()).hexdigest() == said["sha256"]
        assert zipfile.ZipFile(manifest.parent / "model.keras").testzip() is None


@pytest.mark.parametrize("moments", MOMENTS)
def test_a_killed_training_fails_with_the_reason_and_goes_on_when_resumed(moments: range, server: Server) -> None:
    for moment in moments:
        run = start(server)
        detail = wait_for_epoch(server, run, random.Random(moment).uniform(0, 1.0))
        for process in training_processes(Path(detail["folder"])):
            process.kill()
        failed = server.wait_for_run(run, "failed", "finished", timeout_s=10)
        if failed["state"] == "failed":  # the kill came before the end
            assert "signal 9" in failed["error"]["message"]
            server.post(f"/runs/{run}/resume")
        server.wait_for_run(run, "finished")
        assert_whole(server, run)


@pytest.mark.parametrize("moments", MOMENTS)
def test_a_killed_server_leaves_no_orphan_and_its_run_goes_on_by_itself(moments: range, tmp_path: Path) -> None:
    for moment in moments:
        home = tmp_path / str(moment)
        with serve(home) as server:
            run = start(server)
            detail = wait_for_epoch(server, run, random.Random(moment).uniform(0, 1.0))
            family = psutil.Process(server.process.pid).children(recursive=True)
            server.kill()
            _, alive = psutil.wait_procs(family, timeout=ORPHANS_END_S)
            left = [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]
            assert [(process.pid, process.nice(), process.cmdline()[-2:]) for process in left] == []
        with serve(home) as server:
            assert server.wait_for_run(run, "finished", "failed")["state"] == "finished", detail
            assert_whole(server, run)
