"""One attempt at one run, being trained: the contract, and its local form, a child of this machine."""

import asyncio
import contextlib
import logging
import signal
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from layerloom.engine import steering
from layerloom.engine.death import in_words
from layerloom.engine.seat import Seat
from layerloom.events import EVENT, Event
from layerloom.job import Job

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


class LocalExecution:
    """A child process, read by a thread of its own; everything else happens in the event loop."""

    def __init__(self, seat: Seat, fresh: Callable[[], Seat], job: Job, stop_grace_s: float) -> None:
        """`fresh` makes one in the place of a `seat` that died while it was asked something."""
        self._job = job
        self._seat = seat
        self._fresh = fresh
        self._words: list[bytes] = []
        self._killed = False
        self._stop_grace_s = stop_grace_s
        self._loop = asyncio.get_running_loop()
        self._unread: list[Event] = []
        self._news = asyncio.Event()
        self._end: asyncio.Future[Ended] = self._loop.create_future()
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
        self._killed = True
        self._signal(signal.SIGKILL)
        self._seat.control.close()  # a child that is not forked yet ends as soon as it looks

    async def _stop(self) -> None:
        self._say(steering.STOP)
        for grace_s, ending in ((self._stop_grace_s, signal.SIGTERM), (TERMINATE_GRACE_S, signal.SIGKILL)):
            done, _ = await asyncio.wait({self._end}, timeout=grace_s)
            if done:
                return
            self._signal(ending)

    def _say(self, word: bytes) -> None:
        self._words.append(word)
        with contextlib.suppress(OSError):  # it ended by itself meanwhile
            self._seat.control.send_bytes(word)

    def _signal(self, number: signal.Signals) -> None:
        if not self._end.done():
            self._seat.signal(number)

    def _live(self) -> None:
        """The thread: fork, hear everything, say how it ended."""
        try:
            ended = self._run()
        except (OSError, EOFError) as error:
            log.exception("run %s: no process could be started", self._job.run_id)
            ended = Ended(None, f"The training process could not be started ({type(error).__name__}).")
        self._loop.call_soon_threadsafe(self._finish, ended)

    def _run(self) -> Ended:
        self._sit_down()
        with contextlib.suppress(OSError):  # it has ended already: how, is told below
            self._seat.give(self._job)
        outcome: Outcome | None = None
        with self._seat.heard as heard, contextlib.suppress(EOFError, OSError):
            while outcome is None:
                outcome = self._hear(heard.recv_bytes())
        return Ended(outcome, in_words("The training process", self._seat.wait()))

    def _sit_down(self) -> None:
        """Have a process, which has answered what it was asked before."""
        with self._seat.turn:
            pass
        if self._seat.taken and self._seat.pid is None and not self._killed:
            self._seat = self._fresh()
            for word in self._words:
                self._seat.control.send_bytes(word)
        if self._seat.pid is None:
            self._seat.fork()

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
        if not self._seat.control.closed:
            self._seat.control.close()
        self._end.set_result(ended)
        self._news.set()
