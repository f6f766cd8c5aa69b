"""The process of the newest dry run, kept for the run that it foretells: model, data and graphs are made already."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from layerloom.engine.seat import Seat

PRESENT = "os:getpid"
START_TIMEOUT_S = 120.0
KEPT_S = 900.0
"""Whoever has not pressed Train by then has gone away, and the memory is better used by others."""


@dataclass(frozen=True)
class _Kept:
    content: str
    seat: Seat


class Rehearsals:
    """At most one process. Belongs to one event loop."""

    def __init__(self, make_seat: Callable[[], Seat], kept_s: float = KEPT_S) -> None:
        self._make_seat = make_seat
        self._kept_s = kept_s
        self._kept: _Kept | None = None
        self._clock: asyncio.TimerHandle | None = None

    def holds(self, content: str) -> bool:
        """Whether there is a living process that was asked about this, or is being asked."""
        kept = self._kept
        return kept is not None and kept.content == content and (kept.seat.pid is not None or kept.seat.turn.locked())

    async def ask(self, content: str, function: str, *args: Any, timeout_s: float) -> Any:
        """Ask a new process, which is then kept for a job of this `content`. Raises as `Seat.ask` does, and OSError.

        A process whose call fails, or whose asker goes away, is ended, unless a job has taken it meanwhile.
        """
        self.let_go()
        seat = self._make_seat()
        self._kept = _Kept(content, seat)
        try:
            answer = await asyncio.to_thread(_asked, seat, function, args, timeout_s)
        except BaseException:
            self._let_go_of(seat)
            raise
        if self._is_kept(seat):
            self._clock = asyncio.get_running_loop().call_later(self._kept_s, self._let_go_of, seat)
        elif not seat.taken:
            seat.leave()
        return answer

    def take(self, content: str | None) -> Seat | None:
        """The process for a job of this content, if there is one; it may still be answering. Lets go of any other."""
        kept = self._forget()
        if kept is None:
            return None
        if kept.content == content:
            kept.seat.taken = True
            return kept.seat
        if not kept.seat.turn.locked():  # else it ends when it has answered
            kept.seat.leave()
        return None

    def let_go(self) -> None:
        """End the process that is kept."""
        if self._kept is not None:
            self._let_go_of(self._kept.seat)

    def _let_go_of(self, seat: Seat) -> None:
        if self._is_kept(seat):
            self._forget()
        if not seat.taken:
            seat.leave()

    def _forget(self) -> _Kept | None:
        if self._clock is not None:
            self._clock.cancel()
        kept, self._kept, self._clock = self._kept, None, None
        return kept

    def _is_kept(self, seat: Seat) -> bool:
        return self._kept is not None and self._kept.seat is seat


def _asked(seat: Seat, function: str, args: tuple[Any, ...], timeout_s: float) -> Any:
    """In a thread. The clock of the call begins when the process is there to answer."""
    with seat.turn:
        seat.fork()
        seat.ask(PRESENT, timeout_s=START_TIMEOUT_S)
        return seat.ask(function, *args, timeout_s=timeout_s)
