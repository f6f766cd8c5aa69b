"""Where a run is trained: the contract, and its local form, one fresh child of this machine per run."""

import asyncio
import contextlib
import logging
import os
import signal
import threading
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.context import ForkServerProcess
from typing import Literal, Protocol

from layerloom.engine import child, forkserver, steering
from layerloom.engine.death import in_words
from layerloom.events import EVENT, Event
from layerloom.job import Job

TRAIN = "layerloom.training.fit:train"
TERMINATE_GRACE_S = 1.0

log = logging.getLogger(__name__)

Outcome = Literal["finished", "stopped", "failed"]
OUTCOMES: dict[bytes, Outcome] = {b"finished": "finished", b"stopped": "stopped", b"failed": "failed"}


@dataclass(frozen=True)
class Ended:
    """How an execution ended: the outcome its process told, or None if it died before; then `death` says how."""

    outcome: Outcome | None
    death: str = ""


class Execution(Protocol):
    """One attempt at one run, being trained somewhere. It has begun when it exists."""

    def batches(self) -> AsyncIterator[list[Event]]:
        """Everything said since the last batch, until the process has ended."""

    async def ended(self) -> Ended:
        """How it ended, once it has."""

    def stop(self) -> None:
        """Ask for an end after the current step; make one if there is no answer in time. Returns at once."""

    def pause(self) -> None:
        """Ask it to pause after the current step: then it says so by a `state` event, and waits. Returns at once."""

    def resume(self) -> None:
        """Let a paused one go on. Returns at once."""

    def kill(self) -> None:
        """End it now."""


class Executor(Protocol):
    """Trains jobs."""

    def warm(self) -> None:
        """Prepare for the first job in the background."""

    def start(self, job: Job) -> Execution:
        """Begin training. Called in an event loop; returns at once."""


class LocalExecutor:
    """One child process of this machine per run, forked from the fork server, niced."""

    def __init__(
        self,
        function: str = TRAIN,
        preload: Sequence[str] = forkserver.PRELOAD,
        stop_grace_s: float = 10.0,
        custom_code: bool = False,
    ) -> None:
        self._function = function
        self._preload = preload
        self._stop_grace_s = stop_grace_s
        self._custom_code = custom_code

    def warm(self) -> None:
        """Start the fork server, whose imports go on in the background."""
        forkserver.start(self._preload)

    def start(self, job: Job) -> "LocalExecution":
        """Begin training. Called in an event loop; returns at once."""
        return LocalExecution(self._function, job, self._stop_grace_s, self._custom_code)


class LocalExecution:
    """A child process, read by a thread of its own; everything else happens in the event loop."""

    def __init__(self, function: str, job: Job, stop_grace_s: float, custom_code: bool) -> None:
        self._job = job
        self._function = function
        self._stop_grace_s = stop_grace_s
        self._custom_code = custom_code
        self._loop = asyncio.get_running_loop()
        self._unread: list[Event] = []
        self._news = asyncio.Event()
        self._end: asyncio.Future[Ended] = self._loop.create_future()
        self._process: ForkServerProcess | None = None
        self._control_end, self._control = Pipe(duplex=False)
        self._stopping: asyncio.Task[None] | None = None
        threading.Thread(target=self._live, name=f"run-{job.run_id}", daemon=True).start()

    async def batches(self) -> AsyncIterator[list[Event]]:
        """Everything said since the last batch, until the process has ended."""
        while not self._end.done() or self._unread:
            await self._news.wait()
            self._news.clear()
            batch, self._unread = self._unread, []
            if batch:
                yield batch

    async def ended(self) -> Ended:
        """How it ended, once it has."""
        return await self._end

    def stop(self) -> None:
        """Ask for an end after the current step; make one after the grace time. Returns at once."""
        if self._stopping is None:
            self._stopping = self._loop.create_task(self._stop())

    def pause(self) -> None:
        """Ask it to pause after the current step. Returns at once."""
        self._say(steering.PAUSE)

    def resume(self) -> None:
        """Let a paused one go on. Returns at once."""
        self._say(steering.RESUME)

    def kill(self) -> None:
        """End it now."""
        self._signal(signal.SIGKILL)
        self._control.close()  # a child that is not forked yet ends as soon as it looks

    async def _stop(self) -> None:
        self._say(steering.STOP)
        for grace_s, ending in ((self._stop_grace_s, signal.SIGTERM), (TERMINATE_GRACE_S, signal.SIGKILL)):
            done, _ = await asyncio.wait({self._end}, timeout=grace_s)
            if done:
                return
            self._signal(ending)

    def _say(self, word: bytes) -> None:
        with contextlib.suppress(OSError):  # it ended by itself meanwhile
            self._control.send_bytes(word)

    def _signal(self, number: signal.Signals) -> None:
        """Signal the child's process group, which is its own: the child began a session."""
        if self._process is None or self._process.pid is None or self._end.done():
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)

    def _live(self) -> None:
        """The thread: fork, hear everything, say how it ended."""
        try:
            ended = self._run()
        except (OSError, EOFError) as error:
            log.exception("run %s: no process could be started", self._job.run_id)
            ended = Ended(None, f"The training process could not be started ({type(error).__name__}).")
        self._loop.call_soon_threadsafe(self._finish, ended)

    def _run(self) -> Ended:
        heard, said = Pipe(duplex=False)
        with heard:
            with said, self._control_end:
                arguments = (self._function, self._job, said, self._control_end, self._custom_code)
                self._process = forkserver.fork(child.train, *arguments, name=f"run-{self._job.run_id}")
            outcome: Outcome | None = None
            with contextlib.suppress(EOFError, OSError):
                while outcome is None:
                    outcome = self._hear(heard.recv_bytes())
        self._process.join()
        return Ended(outcome, in_words("The training process", self._process.exitcode))

    def _hear(self, message: bytes) -> Outcome | None:
        """The outcome if it is one; else it is an event, and noted."""
        if message in OUTCOMES:
            return OUTCOMES[message]
        try:
            event = EVENT.validate_json(message)
        except ValueError:
            log.exception("run %d said what is no event", self._job.run_id)
        else:
            self._loop.call_soon_threadsafe(self._add, event)
        return None

    def _add(self, event: Event) -> None:
        self._unread.append(event)
        self._news.set()

    def _finish(self, ended: Ended) -> None:
        if not self._control.closed:
            self._control.close()
        self._end.set_result(ended)
        self._news.set()
