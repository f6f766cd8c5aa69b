"""A disk that is really full: a small file system of its own, which only root may make."""

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.building import iris_recipe, mlp
from tests.server import Server, serve

SIZE, LEFT = 400_000_000, 6_000_000

pytestmark = pytest.mark.slow


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """An empty file system of SIZE bytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("only root may mount a small file system")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextlib.contextmanager
def filled(disk: Path, left: int) -> Iterator[None]:
    """So many bytes are left on the disk within, or none."""
    filler = disk / "filler"
    with filler.open("wb") as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(1_000_000))
            file.flush()  # the last bytes that fit stay
    with filler.open("rb+") as file:
        file.truncate(max(0, filler.stat().st_size - left))
    yield
    filler.unlink()


def started(server: Server, epochs: int, units: int) -> int:
    graph = mlp(4, 3, "softmax")
    for node in graph["nodes"]:
        if node["type"] == "Dense" and node["config"]["units"] != 3:
            node["config"]["units"] = units
    return int(server.post("/runs", {"name": "full", "graph": graph, "recipe": iris_recipe(epochs=epochs)})["id"])


def events(server: Server, run: int) -> list[Any]:
    told: list[Any] = []
    while page := server.get(f"/runs/{run}/events", after=told[-1]["seq"] if told else 0):
        told += page
    return told


def test_a_run_whose_checkpoint_does_not_fit_is_paused_and_goes_on_when_there_is_room(disk: Path) -> None:
    with serve(disk / "home") as server:
        server.get("/catalog")
        with filled(disk, LEFT):
            run = started(server, 2, 400_000)
            server.wait_for_run(run, "paused")
            [reason] = [event["reason"] for event in events(server, run) if event.get("state") == "paused"]
        server.post(f"/runs/{run}/resume")
        ended = server.wait_for_run(run, "finished", "failed")

    assert "MB" in reason
    assert (ended["state"], ended["epochs_done"]) == ("finished", 2)


def test_a_database_without_a_byte_left_loses_no_event(disk: Path) -> None:
    with serve(disk / "home") as server:
        server.get("/catalog")
        run = started(server, 200, 8)
        server.wait_for_run(run, "running")
        with filled(disk, 0), contextlib.suppress(TimeoutError):
            server.wait_for_run(run, "finished", "failed", "paused", timeout_s=5)
        if server.get(f"/runs/{run}")["state"] == "paused":
            server.post(f"/runs/{run}/resume")
        ended = server.wait_for_run(run, "finished", "failed")
        told = events(server, run)

    assert (ended["state"], [event["seq"] for event in told]) == ("finished", list(range(1, len(told) + 1)))
    assert [event["epoch"] for event in told if event["kind"] == "epoch"] == list(range(1, 201))
