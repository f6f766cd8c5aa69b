"""A training process and the pipes to it. It may be forked, and warmed or asked something, before it has a job."""

import contextlib
import os
import pickle
import signal
import threading
from multiprocessing import Pipe
from multiprocessing.context import ForkServerProcess
from typing import Any

from layerloom.engine import child, forkserver
from layerloom.engine.calls import WorkerDied, WorkerTimedOut, opened
from layerloom.engine.death import in_words
from layerloom.job import Job


class Seat:
    """One child for one job. `control` takes words of steering at any time; what was said before the job is kept.

    What it is asked before may add `memory_bytes` to what it holds; then `turn` is held until it has answered.
    `taken` says that a job has been promised to it.
    """

    def __init__(self, function: str, custom_code: bool, memory_bytes: int | None = None) -> None:
        self._function = function
        self._custom_code = custom_code
        self._memory_bytes = memory_bytes
        self.heard, self._said = Pipe(duplex=False)
        self._control_end, self.control = Pipe(duplex=False)
        self._job_end, self._job = Pipe(duplex=False)
        self._process: ForkServerProcess | None = None
        self._timed_out = False
        self.turn = threading.Lock()
        self.taken = False

    @property
    def pid(self) -> int | None:
        """Its process; None if there is none, or none any more."""
        return self._process.pid if self._process is not None and self._process.is_alive() else None

    def fork(self, warming: str | None = None) -> None:
        """Start the process, which waits for its job; `warming` names what it does before. Blocks; raises OSError."""
        with self._said, self._control_end, self._job_end:
            ends = (self._job_end, self._said, self._control_end)
            arguments = (self._function, warming, *ends, self._memory_bytes, self._custom_code)
            self._process = forkserver.fork(child.train, *arguments, name="training")

    def ask(self, function: str, *args: Any, timeout_s: float) -> Any:
        """What a call returns, before there is a job. Blocks.

        Raises what the function raises, as a Worker's call does; WorkerDied, WorkerTimedOut; then there is no process.
        """
        clock = threading.Timer(timeout_s, self._time_out)
        clock.start()
        try:
            self._job.send_bytes(pickle.dumps((function, args)))
            return opened(self.heard.recv_bytes())
        except (EOFError, OSError):
            self.leave()
            if self._timed_out:
                raise WorkerTimedOut(f"This took longer than {timeout_s:g} s and was ended.") from None
            raise WorkerDied(in_words("The process", self.wait())) from None
        finally:
            clock.cancel()

    def give(self, job: Job) -> None:
        """Hand over the job; the process begins it at once. Raises OSError where it has ended."""
        with self._job:
            self._job.send_bytes(pickle.dumps(job))

    def signal(self, number: signal.Signals) -> None:
        """Signal the child's process group, which is its own: the child began a session."""
        if self._process is not None and self._process.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)

    def wait(self) -> int | None:
        """The exit code, once it has ended; negative for a signal."""
        if self._process is None:
            return None
        self._process.join()
        return self._process.exitcode

    def leave(self) -> None:
        """Hang up: a process that waits for its job, or answers a call, ends."""
        for end in (self._job, self.control):
            end.close()

    def _time_out(self) -> None:
        self._timed_out = True
        self.signal(signal.SIGKILL)
