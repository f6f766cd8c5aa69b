"""A process that waits in reserve takes the next job, and ends when nobody needs it."""

import asyncio
import os
import signal
from pathlib import Path

from layerloom.engine.execution import LocalExecution
from layerloom.engine.executor import LocalExecutor
from layerloom.events import LogEvent
from layerloom.job import Job
from tests.engine.waiting import gone, until
from tests.runs.building import GRAPH, recipe


def executor(function: str = "tell_warmth") -> LocalExecutor:
    return LocalExecutor(f"tests.engine.jobs:{function}", preload=[], warming="tests.engine.jobs:get_warm")


async def reserve(executor: LocalExecutor) -> int:
    executor.warm()
    await until(lambda: executor.spare_pid is not None)
    assert executor.spare_pid is not None
    return executor.spare_pid


async def said(execution: LocalExecution) -> list[str]:
    return [event.message async for batch in execution.batches() for event in batch if isinstance(event, LogEvent)]


def job(folder: Path) -> Job:
    return Job(1, 1, GRAPH, recipe(), folder, folder)


def test_the_process_in_reserve_takes_the_job_and_is_warm(tmp_path: Path) -> None:
    async def story() -> tuple[list[str], str]:
        hires = executor()
        pid = await reserve(hires)
        heard = await said(hires.start(job(tmp_path)))
        hires.close()
        return heard, f"{pid} 1"

    heard, expected = asyncio.run(story())
    assert heard == [expected]


def test_a_job_is_trained_where_the_process_in_reserve_was_killed(tmp_path: Path) -> None:
    async def story() -> list[str]:
        hires = executor()
        pid = await reserve(hires)
        os.kill(pid, signal.SIGKILL)
        await until(lambda: hires.spare_pid is None)
        heard = await said(hires.start(job(tmp_path)))
        hires.close()
        return [warmth.split()[1] for warmth in heard]

    assert asyncio.run(story()) == ["0"]


def test_a_closed_executor_leaves_no_process() -> None:
    async def story() -> int:
        hires = executor()
        pid = await reserve(hires)
        hires.close()
        await until(lambda: gone(pid))
        return pid

    assert gone(asyncio.run(story()))
