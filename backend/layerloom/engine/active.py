"""Runs that have a process: at work, or paused and waiting for a word."""

import asyncio
from dataclasses import dataclass

from layerloom.engine.execution import Execution
from layerloom.runs.summary import RunDetail


@dataclass
class Active:
    """A run that has a process. `held` says that it is paused; `dropped`, that another attempt has taken it up."""

    run: RunDetail
    execution: Execution
    stop_asked: bool = False
    dropped: bool = False
    held: bool = False
    release: asyncio.TimerHandle | None = None

    def release_in(self, seconds: float) -> None:
        """Let go of the waiting process when nobody has wanted it for so long."""
        if not self.held:  # it was wanted already
            return
        self.release = asyncio.get_running_loop().call_later(seconds, self.execution.kill)

    def go_on(self, run: RunDetail) -> None:
        """The process that waited trains on, as `run` is now."""
        self.run, self.held = run, False
        if self.release is not None:
            self.release.cancel()
        self.execution.resume()
