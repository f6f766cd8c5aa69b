"""Where a run is trained: the contract, and its local form, one fresh child of this machine per run."""

import logging
import threading
from collections.abc import Sequence
from typing import Any, Protocol

from layerloom.engine import forkserver
from layerloom.engine.execution import Execution, LocalExecution
from layerloom.engine.rehearsing import Rehearsals
from layerloom.engine.seat import Seat
from layerloom.job import Job

TRAIN = "layerloom.training.fit:train"
WARMING = "layerloom.training.warming:warm"
SPARE_AFTER_S = 10.0
"""A run that begins is not to share the machine with the warming of the next one's process."""
FIRST_SPARE_AFTER_S = 3.0
"""Nor is a server that starts."""

log = logging.getLogger(__name__)


class Executor(Protocol):
    """Trains jobs."""

    def warm(self) -> None:
        """Prepare for the first job in the background."""

    def start(self, job: Job) -> Execution:
        """Begin training. Called in an event loop; returns at once."""

    async def rehearse(self, content: str, function: str, *args: Any, timeout_s: float) -> Any:
        """What `function` says about what is likely to become a job of this `content`."""

    def holds(self, content: str) -> bool:
        """Whether a job of this `content` would go on from its rehearsal."""

    def let_go(self) -> None:
        """Forget the rehearsal."""

    def close(self) -> None:
        """Let go of what was prepared for the next job."""


class LocalExecutor:
    """One child process of this machine per run, forked from the fork server, niced.

    One more waits in reserve with everything warm, since the first graph that TensorFlow makes takes longest.
    """

    def __init__(
        self,
        function: str = TRAIN,
        preload: Sequence[str] = forkserver.PRELOAD,
        stop_grace_s: float = 10.0,
        custom_code: bool = False,
        warming: str | None = WARMING,
        rehearsal_memory_bytes: int | None = None,
    ) -> None:
        self._function = function
        self._preload = preload
        self._stop_grace_s = stop_grace_s
        self._custom_code = custom_code
        self._warming = warming
        self._spare: Seat | None = None
        self._later: threading.Timer | None = None
        self._rehearsals = Rehearsals(lambda: Seat(function, custom_code, rehearsal_memory_bytes))

    def warm(self) -> None:
        """Start the fork server, whose imports go on in the background, and then the process in reserve."""
        forkserver.start(self._preload)
        self._reserve(after_s=FIRST_SPARE_AFTER_S)

    def start(self, job: Job) -> "LocalExecution":
        """Begin training. Called in an event loop; returns at once."""
        rehearsed = self._rehearsals.take(job.content)
        return LocalExecution(rehearsed or self._next(), self._fresh, job, self._stop_grace_s)

    async def rehearse(self, content: str, function: str, *args: Any, timeout_s: float) -> Any:
        """Ask a new process, as a Worker is asked, and keep it: a job of this `content` goes on in it."""
        return await self._rehearsals.ask(content, function, *args, timeout_s=timeout_s)

    def holds(self, content: str) -> bool:
        """Whether there is a process that was asked about this."""
        return self._rehearsals.holds(content)

    def let_go(self) -> None:
        """End the process that was asked last, unless a job has it."""
        self._rehearsals.let_go()

    @property
    def spare_pid(self) -> int | None:
        """The process in reserve, if there is one."""
        return self._spare.pid if self._spare else None

    def close(self) -> None:
        """Let the processes go that have no job."""
        self._warming = None
        self._rehearsals.let_go()
        if self._later:
            self._later.cancel()
        if self._spare:
            self._spare.leave()

    def _next(self) -> Seat:
        """The process in reserve, which is then replaced, or a seat without one yet."""
        spare, self._spare = self._spare, None
        self._reserve(after_s=SPARE_AFTER_S)
        return spare if spare and spare.pid else self._fresh()

    def _fresh(self) -> Seat:
        return Seat(self._function, self._custom_code)

    def _reserve(self, after_s: float) -> None:
        if self._warming is not None:
            if self._later:
                self._later.cancel()
            self._later = threading.Timer(after_s, self._make_spare)
            self._later.daemon = True
            self._later.start()

    def _make_spare(self) -> None:
        warming = self._warming
        if warming is None or self._spare is not None:
            return
        seat = self._fresh()
        try:
            seat.fork(warming)
        except (OSError, EOFError):
            log.exception("no process could be started in reserve; the next run starts its own")
            return
        self._spare = seat
        if self._warming is None:  # closed meanwhile
            seat.leave()
