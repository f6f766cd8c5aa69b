"""Takes queued runs to the executor, writes down what they say, tells the feed, and ends them in the right state."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from layerloom.engine.executor import Ended, Execution, Executor
from layerloom.events import Event, FailedEvent, RunState
from layerloom.job import Job
from layerloom.runs.database import DatabaseUnavailable
from layerloom.runs.feed import Feed
from layerloom.runs.store import RunStore, WrongState
from layerloom.runs.summary import RunDetail
from layerloom.settings import Settings

RETRY_FIRST_S = 0.1
RETRY_LONGEST_S = 5.0
SHUT_DOWN = "The server was shut down. The run goes on when it is started again."

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class _Active:
    """A run that is being trained."""

    run: RunDetail
    execution: Execution
    stop_asked: bool = False
    dropped: bool = False


class Dispatcher:
    """The one that decides what is trained when. Belongs to one event loop, and must be the only one on its store."""

    def __init__(self, store: RunStore, feed: Feed, executor: Executor, settings: Settings) -> None:
        self._store = store
        self._feed = feed
        self._executor = executor
        self._settings = settings
        self._active: dict[int, _Active] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._claiming = asyncio.Lock()
        self._woken = asyncio.Event()
        self._closing = False

    async def start(self) -> None:
        """Put the runs of a dead server back in the queue, then take up what waits."""
        self._loop = asyncio.get_running_loop()
        self._executor.warm()
        requeued = await self._stored(self._store.requeue_interrupted)
        if requeued:
            log.info("%d interrupted runs go on", requeued)
        self._queue = asyncio.create_task(self._take_up())

    def wake(self) -> None:
        """Look at the queue again: there may be a new run. Callable from any thread."""
        self._loop.call_soon_threadsafe(self._woken.set)

    async def stop(self, run_id: int) -> None:
        """End a run: a queued one at once; one in training is asked to, and will be. Raises UnknownRun, WrongState."""
        async with self._claiming:
            active = self._active.get(run_id)
            if active is None:
                event = await asyncio.to_thread(self._store.transition, run_id, "stopped", {"queued"})
                self._feed.publish(run_id, [event])
                return
        state = (await asyncio.to_thread(self._store.get, run_id)).state
        if state != "running":  # it has ended, and is let go of in a moment
            raise WrongState(state)
        active.stop_asked = True
        active.execution.stop()

    async def aclose(self) -> None:
        """End what is being trained; it goes back in the queue for the next start."""
        self._closing = True
        self._woken.set()
        async with self._claiming:
            for active in self._active.values():
                active.execution.kill()
        await asyncio.gather(self._queue, *self._tasks, return_exceptions=True)

    async def _take_up(self) -> None:
        while not self._closing:
            try:
                await self._fill()
            except Exception:
                log.exception("the queue could not be looked at; it will be at the next occasion")
            await self._woken.wait()
            self._woken.clear()

    async def _fill(self) -> None:
        async with self._claiming:
            while len(self._active) < self._settings.concurrent_runs and not self._closing:
                run = await self._stored(self._store.claim_next)
                if run is None:
                    return
                self._begin(run)

    def _begin(self, run: RunDetail) -> None:
        settings = self._settings
        job = Job(run.id, run.attempt, run.graph, run.recipe, settings.home, run.folder, settings.probe_share)
        active = _Active(run, self._executor.start(job))
        self._active[run.id] = active
        task = asyncio.create_task(self._follow(active))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _follow(self, active: _Active) -> None:
        run = active.run
        try:
            claimed = await self._stored(self._store.events, run.id, run.last_seq - 1, 1)
            self._feed.publish(run.id, claimed)
            async for events in active.execution.batches():
                await self._record(active, events)
            await self._end(active, await active.execution.ended())
        except Exception:
            log.exception("run %d could not be recorded; it stays as it is until the next start", run.id)
        finally:
            active.execution.kill()
            if self._active.get(run.id) is active:  # else it was resumed already
                del self._active[run.id]
            self._woken.set()

    async def _record(self, active: _Active, events: list[Event]) -> None:
        """Write, then tell. A run that another attempt has taken up is ended here."""
        run = active.run
        recorded = await self._stored(self._store.append, run.id, run.attempt, events)
        if not recorded and not active.dropped:
            log.warning("run %d is no longer trained by attempt %d", run.id, run.attempt)
            active.dropped = True
            active.execution.kill()
        self._feed.publish(run.id, recorded)

    async def _end(self, active: _Active, ended: Ended) -> None:
        if active.dropped:
            return
        state, reason = self._verdict(active, ended)
        if state == "failed" and ended.outcome is None:
            await self._record(active, [FailedEvent(code="process-died", message=ended.death)])
        run = active.run
        try:
            event = await self._stored(self._store.transition, run.id, state, {"running"}, reason, run.attempt)
        except WrongState as wrong:
            log.warning("run %d is %s already", run.id, wrong.state)
            return
        self._feed.publish(run.id, [event])

    def _verdict(self, active: _Active, ended: Ended) -> tuple[RunState, str | None]:
        """The state a run ends in, and why if it is not plain."""
        if ended.outcome is not None:
            return ended.outcome, None
        if active.stop_asked:
            grace_s = self._settings.stop_grace_s
            return "stopped", f"The training process did not stop by itself within {grace_s:g} s and was ended."
        if self._closing:
            return "queued", SHUT_DOWN
        return "failed", ended.death

    async def _stored(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of the store, waited for as long as the database is away; at the shutdown tried once."""
        pause_s = RETRY_FIRST_S
        while True:
            try:
                return await asyncio.to_thread(call, *args, **kwargs)
            except DatabaseUnavailable:
                if self._closing:
                    raise
                log.warning("the database is away, trying again in %.1f s", pause_s, exc_info=True)
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, RETRY_LONGEST_S)
