"""kill -9 of the whole server: nothing of it stays, and the next one goes on."""

import asyncio
import random
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from layerloom.events import StateEvent, StepEvent
from tests.engine.jobs import STEPS_PER_EPOCH
from tests.engine.test_dispatcher import assert_numbered, house
from tests.engine.waiting import gone, wait_until
from tests.runs.building import create, open_store

ROOT = Path(__file__).parents[2]
EPOCHS = 20


def kill_a_server(home: Path, after_s: float) -> float:
    """Let a server train run 1 for so long, kill it; the seconds until its children and fork server were gone."""
    path = f"{ROOT}:{ROOT / 'backend'}"
    server = subprocess.Popen([sys.executable, "-m", "tests.engine.a_server", home], env={"PYTHONPATH": path}, cwd="/")
    pids = [home / "worker", home / "runs" / "1" / "pid"]
    wait_until(lambda: all(file.exists() and file.read_text() for file in pids))
    time.sleep(after_s)
    family = [process.pid for process in psutil.Process(server.pid).children(recursive=True)]
    server.kill()
    server.wait()
    killed = time.monotonic()
    assert {int(file.read_text()) for file in pids} <= set(family)
    wait_until(lambda: all(gone(pid) for pid in family), timeout_s=5)
    for file in pids:
        file.unlink()
    return time.monotonic() - killed


@pytest.mark.parametrize("kills", [1, pytest.param(3, marks=pytest.mark.slow)])
def test_a_killed_server_leaves_no_process_and_its_run_goes_on(kills: int, tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store, epochs=EPOCHS)
    moments = random.Random(3)
    for _ in range(kills):
        assert kill_a_server(tmp_path, after_s=moments.uniform(0, 0.3)) < 2

    async def go_on() -> None:
        async with house(tmp_path) as here:
            await here.ended(1)

    asyncio.run(go_on())
    events = store.events(1, limit=10**6)
    states = [event.state for event in events if isinstance(event, StateEvent)]
    assert states == ["queued", "running"] * (kills + 1) + ["finished"]
    assert_numbered(events)
    steps = {event.global_step for event in events if isinstance(event, StepEvent)}
    assert steps == set(range(1, EPOCHS * STEPS_PER_EPOCH + 1))
