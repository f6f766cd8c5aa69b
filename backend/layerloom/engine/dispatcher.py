"""Takes queued runs to the executor, as many at a time as the machine has room for, and steers those at work."""

import asyncio
import logging
from collections.abc import Coroutine

from layerloom.engine.active import Active
from layerloom.engine.executor import Executor
from layerloom.engine.recording import Recorder
from layerloom.events import RunState
from layerloom.imported import START
from layerloom.job import Job, content_of
from layerloom.runs.feed import Feed
from layerloom.runs.store import RunStore, WrongState
from layerloom.runs.summary import RunDetail
from layerloom.settings import Settings

RESUMABLE: frozenset[RunState] = frozenset({"paused", "stopped", "failed"})

log = logging.getLogger(__name__)


class Dispatcher:
    """The one that decides what is trained when. Belongs to one event loop, and must be the only one on its store."""

    def __init__(self, store: RunStore, feed: Feed, executor: Executor, settings: Settings) -> None:
        self._store = store
        self._feed = feed
        self._executor = executor
        self._settings = settings
        self._recorder = Recorder(store, feed, settings)
        self._active: dict[int, Active] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._claiming = asyncio.Lock()
        self._woken = asyncio.Event()

    async def start(self) -> None:
        """Put the runs of a dead server back in the queue, then take up what waits."""
        self._loop = asyncio.get_running_loop()
        self._executor.warm()
        requeued = await self._recorder.stored(self._store.requeue_interrupted)
        if requeued:
            log.info("%d interrupted runs go on", requeued)
        self._queue = asyncio.create_task(self._take_up())

    def wake(self) -> None:
        """Look at the queue again: there may be a new run. Callable from any thread."""
        self._loop.call_soon_threadsafe(self._woken.set)

    async def stop(self, run_id: int) -> None:
        """End a run: one that waits or is paused at once; one in training is asked to, and will be.

        Raises UnknownRun, WrongState.
        """
        async with self._claiming:
            stopped = await self._at_once(run_id, "stopped", {"queued", "paused"})
            active = self._active.get(run_id)
            if active is not None and stopped:
                active.execution.kill()
            elif active is not None:
                active.stop_asked = True
                active.execution.stop()

    async def pause(self, run_id: int) -> None:
        """Pause a run: one that waits at once; one in training after its current step, its process kept for a while.

        Raises UnknownRun, WrongState.
        """
        async with self._claiming:
            paused = await self._at_once(run_id, "paused", {"queued"})
            active = self._active.get(run_id)
            if active is not None and not paused:
                active.execution.pause()

    async def resume(self, run_id: int) -> None:
        """Queue a paused, stopped or failed run; it goes on exactly where it was. Raises UnknownRun, WrongState."""
        event = await asyncio.to_thread(self._store.transition, run_id, "queued", RESUMABLE)
        self._feed.publish(run_id, [event])
        self.wake()

    async def aclose(self) -> None:
        """End what is being trained; it goes back in the queue for the next start."""
        self._recorder.closing = True
        self._executor.close()
        self._woken.set()
        async with self._claiming:
            for active in self._active.values():
                active.execution.kill()
        await asyncio.gather(self._queue, *self._tasks, return_exceptions=True)

    async def _at_once(self, run_id: int, to: RunState, allowed_from: set[RunState]) -> bool:
        """Change the state of a run that is not at work; False for one that is. Raises UnknownRun, WrongState."""
        try:
            event = await asyncio.to_thread(self._store.transition, run_id, to, allowed_from)
        except WrongState as wrong:
            if wrong.state == "running":
                return False
            raise
        self._feed.publish(run_id, [event])
        return True

    async def _take_up(self) -> None:
        while not self._recorder.closing:
            try:
                await self._fill()
            except Exception:
                log.exception("the queue could not be looked at; it will be at the next occasion")
            await self._woken.wait()
            self._woken.clear()

    async def _fill(self) -> None:
        async with self._claiming:
            while self._has_room() and not self._recorder.closing:
                held = [id for id, active in self._active.items() if active.held]
                run = await self._recorder.stored(self._store.claim_next, held)
                if run is None:
                    return
                self._begin(run)

    def _has_room(self) -> bool:
        at_work = sum(not active.held for active in self._active.values())
        return at_work < self._settings.runs_at_once

    def _begin(self, run: RunDetail) -> None:
        """Let the process of a paused run go on; else start one."""
        held = self._active.get(run.id)
        if held is not None and held.held:
            held.go_on(run)
            self._spawn(self._tell_claim(run))
            return
        job = Job(
            *(run.id, run.attempt, run.graph, run.recipe, self._settings.home, run.folder),
            probe_share=self._settings.probe_share,
            epochs_told=run.epochs_done,
            checkpoints_told=tuple(run.checkpoint_epochs),
            from_run=run.from_run,
            content=_content(run),
        )
        active = Active(run, self._executor.start(job))
        self._active[run.id] = active
        self._spawn(self._follow(active))

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _tell_claim(self, run: RunDetail) -> None:
        claimed = await self._recorder.stored(self._store.events, run.id, run.last_seq - 1, 1)
        self._feed.publish(run.id, claimed)

    async def _follow(self, active: Active) -> None:
        id = active.run.id
        try:
            await self._tell_claim(active.run)
            async for events in active.execution.batches():
                await self._recorder.record(active, events)
                if active.held:
                    self._woken.set()  # there is room for another
            await self._recorder.end(active, await active.execution.ended())
        except Exception:
            log.exception("run %d could not be recorded; it stays as it is until the next start", id)
        finally:
            active.execution.kill()
            if self._active.get(id) is active:  # else it was resumed already
                del self._active[id]
            self._woken.set()


def _content(run: RunDetail) -> str | None:
    """The content of a run that starts from nothing: its dry run began as it does."""
    if run.attempt > 1 or run.from_run is not None or (run.folder / START).exists():
        return None
    return content_of(run.graph, run.recipe, run.fingerprint)
