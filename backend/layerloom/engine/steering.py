"""What a training process is told while it trains: to stop, to pause, to go on."""

import threading
from collections.abc import Callable

from layerloom.events import Event, StateEvent

STOP = b"stop"
PAUSE = b"pause"
RESUME = b"resume"


class Steering:
    """Heard by one thread, looked at by the one that trains. It is the training's `Pauses`."""

    def __init__(self, report: Callable[[Event], None]) -> None:
        self._report = report
        self._stop = threading.Event()
        self._pause = threading.Event()
        self._go_on = threading.Event()

    def hear(self, message: bytes) -> None:
        """Take a word from the server."""
        if message == STOP:
            self._stop.set()
        if message == PAUSE:
            self._pause.set()
        else:
            self._go_on.set()

    def should_stop(self) -> bool:
        """Whether the training is to end."""
        return self._stop.is_set()

    def asked(self) -> bool:
        """Whether somebody asked for a pause that has not begun yet."""
        return self._pause.is_set()

    def hold(self, reason: str | None) -> bool:
        """Tell that the run is paused, and wait until it may go on or is to stop."""
        self._pause.clear()
        self._go_on.clear()
        if not self._stop.is_set():  # it may have been asked to stop a moment before
            self._report(StateEvent(state="paused", reason=reason))
            self._go_on.wait()
        return True
