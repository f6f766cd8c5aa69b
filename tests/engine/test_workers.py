"""Calls into a long-lived child, and what happens when it dies or hangs."""

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from multiprocessing import forkserver
from pathlib import Path
from typing import Any, TypeVar

import pytest

from layerloom.engine.calls import WorkerDied, WorkerFailed, WorkerTimedOut
from layerloom.engine.workers import Worker
from layerloom.problem import Problem, Refusal
from tests.engine.waiting import gone, until

JOBS = "tests.engine.jobs"
T = TypeVar("T")


def with_worker(use: Callable[[Worker], Awaitable[T]], memory_bytes: int | None = None) -> T:
    async def run() -> T:
        worker = Worker("check", memory_bytes)
        try:
            return await use(worker)
        finally:
            await worker.aclose()

    return asyncio.run(run())


async def call(worker: Worker, function: str, *args: Any, timeout_s: float = 10) -> Any:
    return await worker.call(f"{JOBS}:{function}", *args, timeout_s=timeout_s)


def test_calls_are_answered_by_one_child_in_another_process() -> None:
    async def use(worker: Worker) -> set[int]:
        return {await call(worker, "pid") for _ in range(5)}

    pids = with_worker(use)
    assert len(pids) == 1
    assert os.getpid() not in pids


def test_a_child_is_replaced_after_so_many_calls() -> None:
    async def run() -> list[int]:
        worker = Worker("export", calls=2)
        try:
            return [await call(worker, "pid") for _ in range(4)]
        finally:
            await worker.aclose()

    first, second, third, fourth = asyncio.run(run())
    assert (first == second, second == third, third == fourth) == (True, False, True)


def test_a_refusal_passes_through_unchanged() -> None:
    with pytest.raises(Refusal) as refused:
        with_worker(lambda worker: call(worker, "refusal"))
    assert (refused.value.code, refused.value.message) == ("bad-value", "units must be positive.")
    assert refused.value.problems == [Problem(code="bad-value", message="units", node="n1")]


def test_an_ordinary_mistake_passes_through_with_its_traceback() -> None:
    with pytest.raises(TypeError) as raised:
        with_worker(lambda worker: call(worker, "sleep", "long"))
    assert "time.sleep(seconds)" in raised.value.__notes__[0]


def test_an_exception_that_only_the_child_knows_comes_as_text() -> None:
    with pytest.raises(WorkerFailed, match="odd"):
        with_worker(lambda worker: call(worker, "unknown_to_the_caller"))


def test_a_call_that_ends_its_process_fails_alone() -> None:
    async def use(worker: Worker) -> list[object]:
        calls = [call(worker, "echo", 1), call(worker, "exit_with", 3), call(worker, "echo", 2)]
        return await asyncio.gather(*calls, return_exceptions=True)

    first, died, second = with_worker(use)
    assert (first, second) == (1, 2)
    assert isinstance(died, WorkerDied)
    assert str(died) == "The check process ended by itself with exit code 3."


def test_a_call_that_hangs_is_killed_and_fails_alone() -> None:
    async def use(worker: Worker) -> list[object]:
        before = await call(worker, "pid")
        calls = [call(worker, "sleep", 60, timeout_s=0.1), call(worker, "echo", 2)]
        answers = await asyncio.gather(*calls, return_exceptions=True)
        await until(lambda: gone(before))
        return answers

    hung, second = with_worker(use)
    assert isinstance(hung, WorkerTimedOut)
    assert second == 2


def test_a_call_that_dies_of_what_another_left_behind_is_tried_again(tmp_path: Path) -> None:
    async def use(worker: Worker) -> object:
        await call(worker, "pid")
        return await call(worker, "die_once", tmp_path / "marker")

    assert with_worker(use) == "second time"


def test_a_call_that_kills_a_fresh_child_is_not_tried_again(tmp_path: Path) -> None:
    with pytest.raises(WorkerDied):
        with_worker(lambda worker: call(worker, "die_once", tmp_path / "marker"))


def test_a_child_killed_between_two_calls_is_replaced_unnoticed() -> None:
    async def use(worker: Worker) -> int:
        pids = set()
        for _ in range(10):
            pid = await call(worker, "pid")
            os.kill(pid, signal.SIGKILL)
            pids.add(pid)
        return len(pids)

    assert with_worker(use) >= 9, "a call may still be answered by a child that is just being killed"


def test_a_killed_fork_server_is_replaced_unnoticed() -> None:
    async def use(worker: Worker) -> list[object]:
        answers = []
        for _ in range(3):
            os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)
            answers += [await call(worker, "echo", 1)]
            os.kill(await call(worker, "pid"), signal.SIGKILL)
            answers += [await call(worker, "echo", 2)]
        return answers

    assert with_worker(use) == [1, 2] * 3


@pytest.mark.parametrize("calls", [8, pytest.param(60, marks=pytest.mark.slow)])
def test_among_many_poisonous_calls_every_good_one_is_answered(calls: int) -> None:
    poison = [("exit_with", 1), ("refusal",), ("sleep", 60)]
    chosen = random.Random(1).choices(range(5), k=calls)

    async def use(worker: Worker) -> list[object]:
        asked = [
            call(worker, *poison[kind], timeout_s=0.2) if kind < len(poison) else call(worker, "echo", n, timeout_s=9)
            for n, kind in enumerate(chosen)
        ]
        return await asyncio.gather(*asked, return_exceptions=True)

    answers = with_worker(use)
    expected = [WorkerDied, Refusal, WorkerTimedOut]
    for n, kind in enumerate(chosen):
        assert answers[n] == n if kind >= len(poison) else isinstance(answers[n], expected[kind])


def test_a_child_gets_no_more_memory_than_allowed() -> None:
    async def use(worker: Worker) -> list[object]:
        return await asyncio.gather(
            call(worker, "allocate", 10_000_000),
            call(worker, "allocate", 10_000_000_000),
            call(worker, "allocate", 20_000_000),
            return_exceptions=True,
        )

    small, huge, other = with_worker(use, memory_bytes=1_000_000_000)
    assert (small, other) == (10_000_000, 20_000_000)
    assert str(huge) == "The check process needed more memory than it is allowed."


def test_closing_ends_the_child_even_in_a_call() -> None:
    async def run() -> tuple[int, object]:
        worker = Worker("check")
        pid = await call(worker, "pid")
        hanging = asyncio.create_task(call(worker, "sleep", 60, timeout_s=60))
        await asyncio.sleep(0)
        await worker.aclose()
        return pid, (await asyncio.gather(hanging, return_exceptions=True))[0]

    pid, answer = asyncio.run(run())
    assert isinstance(answer, WorkerDied)
    assert gone(pid)


def test_children_do_not_run_the_callers_main_module_again() -> None:
    assert with_worker(lambda worker: call(worker, "has_loaded", "pytest")) is False


def test_the_engine_loads_no_keras() -> None:
    script = "import sys, layerloom.engine.dispatcher, layerloom.engine.executor, layerloom.engine.workers as w;"
    script += "print(sorted({'keras', 'tensorflow'} & set(sys.modules)))"
    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert printed == "[]\n"
