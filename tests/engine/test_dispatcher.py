"""Runs from the queue to their end, in real child processes."""

import asyncio
import itertools
import os
import random
import signal
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from layerloom.engine.dispatcher import Dispatcher
from layerloom.engine.executor import LocalExecutor
from layerloom.events import Event, LogEvent, StateEvent
from layerloom.runs.database import DatabaseUnavailable
from layerloom.runs.feed import Feed
from layerloom.runs.store import ENDED, RunStore, UnknownRun, WrongState
from layerloom.runs.summary import RunDetail
from layerloom.settings import Settings
from tests.engine.jobs import STEPS_PER_EPOCH
from tests.engine.waiting import gone, until
from tests.runs.building import create, open_store


class House:
    """A store, a feed and a dispatcher that trains with a function of `tests.engine.jobs`."""

    def __init__(self, home: Path, job: str, store: RunStore, stop_grace_s: float, **settings: Any) -> None:
        self.settings = Settings(home=home, stop_grace_s=stop_grace_s, **{"concurrent_runs": 1, **settings})
        self.store = store
        self.feed = Feed(10_000)
        executor = LocalExecutor(f"tests.engine.jobs:{job}", preload=[], warming=None, stop_grace_s=stop_grace_s)
        self.dispatcher = Dispatcher(store, self.feed, executor, self.settings)

    async def said(self, run: int, kind: type[Event] = LogEvent) -> Any:
        """The first event of this kind, once there is one."""
        await until(lambda: any(isinstance(event, kind) for event in self.store.events(run)))
        return next(event for event in self.store.events(run) if isinstance(event, kind))

    async def ended(self, run: int) -> RunDetail:
        await until(lambda: self.store.get(run).state in ENDED)
        return self.store.get(run)

    async def pid(self, run: RunDetail) -> int:
        """The process that trains the run, once there is one."""
        file = run.folder / "pid"
        await until(lambda: file.exists() and file.read_text())
        return int(file.read_text())

    async def is_in(self, run: int, state: str) -> None:
        await until(lambda: self.store.get(run).state == state)

    def states(self, run: int) -> list[str]:
        return [event.state for event in self.store.events(run, limit=10**6) if isinstance(event, StateEvent)]


@asynccontextmanager
async def house(
    home: Path, job: str = "train", store: RunStore | None = None, stop_grace_s: float = 10, **settings: Any
) -> AsyncIterator[House]:
    house = House(home, job, store or open_store(home), stop_grace_s, **settings)
    await house.dispatcher.start()
    try:
        yield house
    finally:
        await house.dispatcher.aclose()
        house.store.close()


def assert_numbered(events: list[Event]) -> None:
    assert [event.seq for event in events] == list(range(1, len(events) + 1))


def test_queued_runs_are_trained_one_after_another_to_their_end(tmp_path: Path) -> None:
    async def act() -> None:
        store = open_store(tmp_path)
        create(store, "first")
        async with house(tmp_path, store=store) as here:
            create(store, "second")
            here.dispatcher.wake()
            second = await here.ended(2)
            first = store.get(1)
            assert here.states(1) == here.states(2) == ["queued", "running", "finished"]
            assert first.ended_at is not None
            assert second.started_at is not None
            assert first.ended_at <= second.started_at
            assert (first.epochs_done, first.best_epoch, first.model_dump()["metrics"]["loss"]["last"]) == (3, 3, 1 / 3)
            assert_numbered(store.events(1))

    asyncio.run(act())


def test_the_feed_tells_exactly_what_the_store_has_written(tmp_path: Path) -> None:
    async def act() -> None:
        async with house(tmp_path) as here:
            create(here.store)
            with here.feed.subscribe(1) as news:
                here.dispatcher.wake()
                told: list[Event] = []
                async for batch in news:
                    told += [one.event for one in batch]
                    if isinstance(told[-1], StateEvent) and told[-1].state == "finished":
                        break
            assert told == here.store.events(1, after=1)

    asyncio.run(act())


def test_a_stopped_run_ends_after_its_step_and_its_process_is_niced(tmp_path: Path) -> None:
    async def act() -> None:
        async with house(tmp_path, "wait_for_stop") as here:
            create(here.store)
            here.dispatcher.wake()
            pid, niceness = map(int, (await here.said(1)).message.split())
            for _ in range(3):
                await here.dispatcher.stop(1)
            run = await here.ended(1)
            assert (run.state, run.error, niceness) == ("stopped", None, os.nice(0) + 5)
            await until(lambda: gone(pid))
            with pytest.raises(WrongState):
                await here.dispatcher.stop(1)

    asyncio.run(act())


def test_a_queued_run_is_stopped_at_once_and_an_unknown_one_is_unknown(tmp_path: Path) -> None:
    async def act() -> None:
        async with house(tmp_path, "wait_for_stop") as here:
            create(here.store)
            create(here.store)
            here.dispatcher.wake()
            await here.said(1)
            await here.dispatcher.stop(2)
            assert here.states(2) == ["queued", "stopped"]
            with pytest.raises(UnknownRun):
                await here.dispatcher.stop(3)

    asyncio.run(act())


def test_a_hung_process_is_ended_when_the_grace_time_is_over(tmp_path: Path) -> None:
    async def act() -> None:
        async with house(tmp_path, "hang", stop_grace_s=0.1) as here:
            create(here.store)
            here.dispatcher.wake()
            pid = int((await here.said(1)).message)
            await here.dispatcher.stop(1)
            assert (await here.ended(1)).state == "stopped"
            assert gone(pid)
            reason = here.store.events(1)[-1].model_dump()["reason"]
            assert reason == "The training process did not stop by itself within 0.1 s and was ended."

    asyncio.run(act())


@pytest.mark.parametrize(
    ("job", "error"),
    [
        ("refuse", {"code": "diverged", "message": "The loss became infinite at step 3.", "node": "n3"}),
        (
            "break_down",
            {
                "code": "training-failed",
                "message": "The training ended by a mistake (ValueError: cannot read …). Its log.txt has the details.",
                "node": None,
            },
        ),
        (
            "die",
            {
                "code": "process-died",
                "message": "The training ended 3 times in a row without getting to its next checkpoint. "
                "The training process was ended by signal 9 (SIGKILL). "
                "Often the system does this when memory runs out. "
                "Halve the batch size if memory ran out, see the run's log.txt if not; Resume tries again.",
                "node": None,
            },
        ),
        (
            "no_such_function",
            {
                "code": "training-failed",
                "message": "The training ended by a mistake (AttributeError: module 'tests.engine.jobs' has no "
                "attribute 'no_such_function'). Its log.txt has the details.",
                "node": None,
            },
        ),
    ],
)
def test_a_run_that_fails_says_why(tmp_path: Path, job: str, error: dict[str, str]) -> None:
    async def act() -> None:
        async with house(tmp_path, job) as here:
            create(here.store)
            here.dispatcher.wake()
            run = await here.ended(1)
            assert run.error is not None
            assert (run.state, run.error.model_dump()) == ("failed", error)
            assert [event.kind for event in here.store.events(1)][-2:] == ["failed", "state"]
            assert "Traceback" not in here.store.events(1)[-2].model_dump_json()

    asyncio.run(act())


def test_what_the_child_prints_and_its_traceback_go_to_the_log_of_the_run(tmp_path: Path) -> None:
    async def act() -> str:
        async with house(tmp_path, "break_down") as here:
            create(here.store)
            here.dispatcher.wake()
            return ((await here.ended(1)).folder / "log.txt").read_text()

    log = asyncio.run(act())
    assert "on the way" in log
    assert "ValueError: cannot read /home/someone/data/x.npy" in log


def test_the_run_of_a_child_killed_at_any_moment_goes_on_by_itself_to_the_same_curve(tmp_path: Path) -> None:
    moments = random.Random(7)

    async def kill_after(here: House, run: RunDetail, count: int) -> None:
        with here.feed.subscribe(run.id) as news:
            here.dispatcher.wake()
            heard = 0
            async for batch in news:
                heard += len(batch)
                if heard >= count:
                    break
        os.kill(int((run.folder / "pid").read_text()), signal.SIGKILL)

    async def act() -> None:
        async with house(tmp_path) as here:
            for _ in range(10):
                run = create(here.store)
                await kill_after(here, run, count=moments.randint(2, 14))
                await here.ended(run.id)
                assert here.states(run.id) == ["queued", "running", "queued", "running", "finished"]
                assert_numbered(here.store.events(run.id))
                curve = here.store.series(run.id, points=100)["loss"]
                assert curve["x"] == list(range(1, 3 * STEPS_PER_EPOCH + 1))

    asyncio.run(act())


def test_a_run_taken_over_by_another_attempt_is_written_by_that_one_only(tmp_path: Path) -> None:
    async def act() -> None:
        async with house(tmp_path) as here:
            run = create(here.store, epochs=100)
            here.dispatcher.wake()
            await until((run.folder / "pid").exists)
            here.store.requeue_interrupted()
            here.store.claim_next()
            written = here.store.events(1)
            await until(lambda: gone(int((run.folder / "pid").read_text())))
            await here.dispatcher.aclose()
            assert here.store.events(1) == written
            assert here.states(1)[-1] == "running"

    asyncio.run(act())


def test_a_shutdown_puts_the_run_back_in_the_queue_and_the_next_start_goes_on(tmp_path: Path) -> None:
    async def act() -> None:
        async with house(tmp_path) as here:
            run = create(here.store, epochs=12)
            here.dispatcher.wake()
            await until(lambda: here.store.get(1).epochs_done >= 1)
        assert gone(int((run.folder / "pid").read_text()))
        async with house(tmp_path) as here:
            await here.ended(1)
            assert here.states(1) == ["queued", "running", "queued", "running", "finished"]
            assert_numbered(here.store.events(1))

    asyncio.run(act())


class OftenAway(RunStore):
    """A store whose database is away at every second call."""

    calls = itertools.count()

    def append(self, id: int, attempt: int, events: Any) -> list[Event]:
        self._trip()
        return super().append(id, attempt, events)

    def claim_next(self, held: Collection[int] = ()) -> RunDetail | None:
        self._trip()
        return super().claim_next(held)

    def _trip(self) -> None:
        if next(self.calls) % 2 == 0:
            raise DatabaseUnavailable("disk full")


def test_a_database_that_is_away_for_moments_loses_nothing(tmp_path: Path) -> None:
    async def act() -> None:
        store = OftenAway(f"sqlite:///{tmp_path / 'layerloom.db'}", tmp_path / "runs")
        create(store)
        async with house(tmp_path, store=store) as here:
            await here.ended(1)
            steps = [event for event in store.events(1) if event.kind == "step"]
            assert len(steps) == 3 * STEPS_PER_EPOCH
            assert_numbered(store.events(1))

    asyncio.run(act())


def test_a_paused_run_says_nothing_and_goes_on_in_the_same_process(tmp_path: Path) -> None:
    async def act() -> None:
        async with house(tmp_path) as here:
            run = create(here.store, epochs=4)
            here.dispatcher.wake()
            pid = await here.pid(run)
            await here.dispatcher.pause(1)
            await here.is_in(1, "paused")
            paused = here.store.get(1)
            await asyncio.sleep(0.1)
            assert (here.store.get(1).last_seq, gone(pid)) == (paused.last_seq, False)
            await here.dispatcher.resume(1)
            ended = await here.ended(1)
            assert here.states(1) == ["queued", "running", "paused", "queued", "running", "finished"]
            assert (ended.attempt, int((run.folder / "pid").read_text())) == (1, pid)
            assert_numbered(here.store.events(1))

    asyncio.run(act())


def test_a_paused_run_makes_room_and_waits_for_room_when_it_is_to_go_on(tmp_path: Path) -> None:
    async def act() -> None:
        async with house(tmp_path) as here:
            first, second = create(here.store, epochs=1000), create(here.store, epochs=1000)
            here.dispatcher.wake()
            await here.pid(first)
            await here.dispatcher.pause(1)
            await here.pid(second)
            await here.dispatcher.resume(1)
            assert here.store.get(1).state == "queued"
            await here.dispatcher.stop(2)
            await here.is_in(1, "running")

    asyncio.run(act())


def test_the_process_of_a_paused_run_is_let_go_of_after_a_while_and_the_run_goes_on_in_another(tmp_path: Path) -> None:
    async def act() -> None:
        async with house(tmp_path, pause_keeps_process_s=0.05) as here:
            run = create(here.store)
            here.dispatcher.wake()
            pid = await here.pid(run)
            await here.dispatcher.pause(1)
            await until(lambda: gone(pid))
            assert here.states(1) == ["queued", "running", "paused"]
            await here.dispatcher.resume(1)
            ended = await here.ended(1)
            assert (ended.state, ended.attempt, int((run.folder / "pid").read_text()) != pid) == ("finished", 2, True)

    asyncio.run(act())


def test_a_paused_run_is_stopped_at_once_and_its_process_goes(tmp_path: Path) -> None:
    async def act() -> None:
        async with house(tmp_path) as here:
            run = create(here.store, epochs=1000)
            here.dispatcher.wake()
            pid = await here.pid(run)
            await here.dispatcher.pause(1)
            await here.is_in(1, "paused")
            await here.dispatcher.stop(1)
            assert here.states(1)[-1] == "stopped"
            await until(lambda: gone(pid))

    asyncio.run(act())


def test_a_paused_run_is_paused_still_when_the_server_comes_back(tmp_path: Path) -> None:
    async def act() -> None:
        async with house(tmp_path) as here:
            run = create(here.store)
            here.dispatcher.wake()
            pid = await here.pid(run)
            await here.dispatcher.pause(1)
            await here.is_in(1, "paused")
        assert gone(pid)
        async with house(tmp_path) as here:
            assert here.store.get(1).state == "paused"
            await here.dispatcher.resume(1)
            assert (await here.ended(1)).state == "finished"

    asyncio.run(act())


def test_a_run_that_waits_is_paused_at_once_and_commands_that_do_not_apply_are_refused(tmp_path: Path) -> None:
    async def act() -> None:
        async with house(tmp_path, "wait_for_stop") as here:
            create(here.store)
            create(here.store)
            here.dispatcher.wake()
            await here.said(1)
            await here.dispatcher.pause(2)
            assert here.states(2) == ["queued", "paused"]
            for command, run, state in ((here.dispatcher.pause, 2, "paused"), (here.dispatcher.resume, 1, "running")):
                with pytest.raises(WrongState) as refused:
                    await command(run)
                assert refused.value.state == state

    asyncio.run(act())


def test_as_many_runs_train_side_by_side_as_there_is_room_for(tmp_path: Path) -> None:
    async def act() -> None:
        async with house(tmp_path, "wait_for_stop", concurrent_runs=2) as here:
            for _ in range(3):
                create(here.store)
            here.dispatcher.wake()
            await here.said(1)
            await here.said(2)
            assert [here.store.get(run).state for run in (1, 2, 3)] == ["running", "running", "queued"]

    asyncio.run(act())
