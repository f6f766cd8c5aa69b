"""kill -9 at any moment: no run lost, no unreadable checkpoint, no gap in the events, the same curve, bit by bit."""

import os
import random
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from tests.end_to_end.killing import (
    Events,
    Victim,
    all_events,
    assert_same_curve,
    assert_whole,
    body,
    training_processes,
    wait,
)
from tests.server import Server, serve

ORPHANS_END_S = 30.0  # a second on a quiet machine, several where many others wait for the cores
FIRST_STEP_S = 5.0
SIDE_BY_SIDE = ("--concurrent-runs", "4")
DEATHS = [pytest.param(1, id="one"), pytest.param(30, id="30", marks=pytest.mark.slow)]


def begin(server: Server, name: str, epochs: int) -> Victim:
    detail = server.post("/runs", body(name, epochs))
    return Victim(detail["id"], Path(detail["folder"]))


def uninterrupted(server: Server, epochs: int) -> Events:
    run = begin(server, "whole", epochs).run
    assert server.wait_for_run(run, "finished", "failed")["state"] == "finished"
    return assert_whole(server, run, epochs)


def hunt(victim: Victim, kills: int) -> None:
    """Kill the training process so often: every other time within a save, else at any moment."""
    moments = random.Random(victim.run)
    for number in range(kills):
        victim.advance()
        [process] = wait(lambda: training_processes(victim.folder), "a training process")
        if number % 2:
            time.sleep(moments.uniform(0, 0.3))
        victim.kill(process, in_save=number % 2 == 0)


def seconds_to_next_step(victim: Victim, events: Events) -> list[float]:
    """From each kill to the first step of the next attempt."""
    steps = [event["at"] for event in events if event["kind"] == "step"]
    return [min(at for at in steps if at > killed_at + 0.05) - killed_at for killed_at in victim.killed_at]


@pytest.mark.slow  # `tests/engine/test_dispatcher.py` has one such kill that is quick
@pytest.mark.timeout(900)
def test_runs_whose_processes_are_killed_go_on_by_themselves_to_the_same_curve(tmp_path: Path) -> None:
    kills, epochs = 25, 80
    with serve(tmp_path, None, *SIDE_BY_SIDE) as server:
        whole = uninterrupted(server, epochs)
        victims = [begin(server, f"killed {number}", epochs) for number in range(4)]
        with ThreadPoolExecutor(len(victims)) as hunters:
            list(hunters.map(lambda victim: hunt(victim, kills), victims))
        waited: list[float] = []
        for victim in victims:
            ended = server.wait_for_run(victim.run, "finished", "failed")
            assert (ended["state"], ended["attempt"]) == ("finished", kills + 1), ended["error"]
            events = assert_whole(server, victim.run, epochs)
            assert_same_curve(events, whole)
            waited += seconds_to_next_step(victim, events)
    in_saves = sum(victim.in_saves for victim in victims)
    took = f"{statistics.median(waited):.1f} s (median), {max(waited):.1f} s (longest)"
    print(f"\n{len(waited)} kills of training processes, {in_saves} within a save; first step after {took}")  # noqa: T201
    assert in_saves >= 0.3 * len(waited)


@pytest.mark.slow
def test_the_first_step_after_a_kill_comes_soon(tmp_path: Path) -> None:
    with serve(tmp_path) as server:
        victim = begin(server, "killed", 40)
        hunt(victim, 5)
        server.wait_for_run(victim.run, "finished", "failed")
        waited = seconds_to_next_step(victim, all_events(server, victim.run))
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    print(f"\nfirst step {statistics.median(waited):.1f} s (median) after a kill; {busy:.1f} wait for each core")  # noqa: T201
    assert statistics.median(waited) < FIRST_STEP_S * max(1, busy)


@pytest.mark.parametrize("deaths", DEATHS)
@pytest.mark.timeout(900)
def test_a_killed_server_leaves_no_orphan_and_its_runs_go_on_by_themselves(deaths: int, tmp_path: Path) -> None:
    moments = random.Random(deaths)
    epochs = 4 * deaths + 2
    home = tmp_path / "killed"
    victims: list[Victim] = []
    for _ in range(deaths):
        with serve(home, None, *SIDE_BY_SIDE) as server:
            victims = victims or [begin(server, f"killed {number}", epochs) for number in range(min(deaths, 2))]
            for victim in victims:
                victim.advance()
            time.sleep(moments.uniform(0, 0.3))
            family = psutil.Process(server.process.pid).children(recursive=True)
            server.kill()
            _, alive = psutil.wait_procs(family, timeout=ORPHANS_END_S)
            left = [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]
            assert [(process.pid, process.nice(), process.cmdline()[-2:]) for process in left] == []
    with serve(home, None, *SIDE_BY_SIDE) as server:
        whole = uninterrupted(server, epochs)
        for victim in victims:
            ended = server.wait_for_run(victim.run, "finished", "failed")
            assert ended["state"] == "finished", ended["error"]
            assert_same_curve(assert_whole(server, victim.run, epochs), whole)
    print(f"\n{deaths} kills of the server, {len(victims)} runs at work each time")  # noqa: T201
