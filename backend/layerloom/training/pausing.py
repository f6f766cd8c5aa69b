"""A training that waits: because somebody asked it to, or because a checkpoint can not be saved for now."""

import time
from collections.abc import Callable

from layerloom.job import Pauses
from layerloom.training.reporter import Reporter, Stopped


class Waiting:
    """Waits without losing anything, and without counting the time as training."""

    def __init__(self, pauses: Pauses, should_stop: Callable[[], bool], reporter: Reporter) -> None:
        self._pauses = pauses
        self._should_stop = should_stop
        self._reporter = reporter

    def asked(self) -> bool:
        """Whether somebody asked for a pause that has not begun yet."""
        return self._pauses.asked()

    def wait(self, reason: str | None) -> bool:
        """Be paused for this reason until the run may go on; False where nobody could let it. Raises Stopped."""
        began = time.monotonic()
        waited = self._pauses.hold(reason)
        self._reporter.leave_out(time.monotonic() - began)
        if self._should_stop():
            raise Stopped
        return waited
