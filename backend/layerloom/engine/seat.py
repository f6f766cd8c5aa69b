"""A training process and the pipes to it. It may be forked, and warmed, before there is a job for it."""

import contextlib
import os
import pickle
import signal
from multiprocessing import Pipe
from multiprocessing.context import ForkServerProcess

from layerloom.engine import child, forkserver
from layerloom.job import Job


class Seat:
    """One child for one job. `control` takes words of steering at any time; what was said before the job is kept."""

    def __init__(self, function: str, custom_code: bool) -> None:
        self._function = function
        self._custom_code = custom_code
        self.heard, self._said = Pipe(duplex=False)
        self._control_end, self.control = Pipe(duplex=False)
        self._job_end, self._job = Pipe(duplex=False)
        self._process: ForkServerProcess | None = None

    @property
    def pid(self) -> int | None:
        """Its process; None if there is none, or none any more."""
        return self._process.pid if self._process is not None and self._process.is_alive() else None

    def fork(self, warming: str | None = None) -> None:
        """Start the process, which waits for its job; `warming` names what it does before. Blocks; raises OSError."""
        with self._said, self._control_end, self._job_end:
            ends = (self._job_end, self._said, self._control_end)
            arguments = (self._function, warming, *ends, self._custom_code)
            self._process = forkserver.fork(child.train, *arguments, name="training")

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
        """Hang up: a process that waits for its job ends."""
        for end in (self._job, self.control):
            end.close()
