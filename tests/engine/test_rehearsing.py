"""The process that was asked about a drawing trains it, if that is what is trained next."""

import asyncio
import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from layerloom.engine.calls import WorkerDied, WorkerTimedOut
from layerloom.engine.executor import LocalExecutor
from layerloom.engine.rehearsing import Rehearsals
from layerloom.engine.seat import Seat
from tests.engine.test_spare import job, said
from tests.engine.waiting import gone, until

JOBS = "tests.engine.jobs"


def executor() -> LocalExecutor:
    return LocalExecutor(f"{JOBS}:tell_warmth", preload=[], warming=None)


async def ask(hires: LocalExecutor, content: str, function: str = "pid", *args: Any, timeout_s: float = 30) -> Any:
    return await hires.rehearse(content, f"{JOBS}:{function}", *args, timeout_s=timeout_s)


async def trainer(hires: LocalExecutor, folder: Path, content: str | None) -> int:
    [warmth] = await said(hires.start(replace(job(folder), content=content)))
    return int(warmth.split()[0])


def test_a_job_of_this_content_is_trained_by_the_process_that_was_asked(tmp_path: Path) -> None:
    async def story() -> tuple[int, int, bool]:
        hires = executor()
        asked = await ask(hires, "drawing")
        return asked, await trainer(hires, tmp_path, "drawing"), hires.holds("drawing")

    asked, trained, held = asyncio.run(story())
    assert (trained, held) == (asked, False)


@pytest.mark.parametrize("content", ["another", None])
def test_a_job_of_other_content_has_its_own_process_and_ends_the_one_that_was_asked(
    tmp_path: Path, content: str | None
) -> None:
    async def story() -> bool:
        hires = executor()
        asked = await ask(hires, "drawing")
        trained = await trainer(hires, tmp_path, content)
        await until(lambda: gone(asked))
        return trained != asked

    assert asyncio.run(story())


def test_a_job_waits_until_the_process_has_answered(tmp_path: Path) -> None:
    async def story() -> tuple[int, int]:
        hires = executor()
        asking = asyncio.create_task(ask(hires, "drawing", "pid_after", 0.3))
        await until(lambda: hires.holds("drawing"))
        trained = await trainer(hires, tmp_path, "drawing")
        return await asking, trained

    asked, trained = asyncio.run(story())
    assert trained == asked


def test_a_job_is_trained_where_the_process_that_was_asked_was_killed(tmp_path: Path) -> None:
    async def story() -> tuple[int, int]:
        hires = executor()
        asked = await ask(hires, "drawing")
        os.kill(asked, signal.SIGKILL)
        await until(lambda: not hires.holds("drawing"))
        return asked, await trainer(hires, tmp_path, "drawing")

    asked, trained = asyncio.run(story())
    assert trained != asked


def test_a_call_that_takes_too_long_or_dies_leaves_no_process() -> None:
    async def story() -> list[bool]:
        hires = executor()
        held = []
        with pytest.raises(WorkerTimedOut, match=r"longer than 0\.2 s"):
            await ask(hires, "drawing", "pid_after", 60, timeout_s=0.2)
        held.append(hires.holds("drawing"))
        with pytest.raises(WorkerDied, match="exit code 3"):
            await ask(hires, "drawing", "exit_with", 3)
        held.append(hires.holds("drawing"))
        return held

    assert asyncio.run(story()) == [False, False]


def test_whoever_stops_asking_ends_the_process(tmp_path: Path) -> None:
    async def story() -> int:
        hires = executor()
        asking = asyncio.create_task(ask(hires, "drawing", "write_pid_and_wait", tmp_path / "pid"))
        await until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
        asking.cancel()
        await asyncio.wait({asking})
        pid = int((tmp_path / "pid").read_text())
        await until(lambda: gone(pid))
        return pid

    assert gone(asyncio.run(story()))


def test_a_process_that_nobody_needs_is_not_kept_for_ever() -> None:
    async def story() -> int:
        rehearsals = Rehearsals(lambda: Seat(f"{JOBS}:tell_warmth", custom_code=False), kept_s=0.5)
        pid: int = await rehearsals.ask("drawing", f"{JOBS}:pid", timeout_s=30)
        await until(lambda: gone(pid))
        return pid

    assert gone(asyncio.run(story()))
