"""Writes down what runs say and how they end, then tells the feed."""

import asyncio
import itertools
import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from layerloom.engine.active import Active
from layerloom.engine.execution import Ended
from layerloom.events import Event, RunState, StateEvent
from layerloom.runs.database import DatabaseUnavailable
from layerloom.runs.feed import Feed
from layerloom.runs.store import RunStore, WrongState
from layerloom.settings import Settings

RETRY_FIRST_S = 0.1
RETRY_LONGEST_S = 5.0
SHUT_DOWN = "The server was shut down. The run goes on when it is started again."
AT_WORK: frozenset[RunState] = frozenset({"running", "paused"})

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


class Recorder:
    """The store and the feed, kept in step. Waits for a database that is away, until `closing`."""

    def __init__(self, store: RunStore, feed: Feed, settings: Settings) -> None:
        self._store = store
        self._feed = feed
        self._settings = settings
        self.closing = False

    async def record(self, active: Active, events: list[Event]) -> None:
        """Write, then tell. A run that another attempt has taken up is ended here."""
        for is_state, some in itertools.groupby(events, lambda event: isinstance(event, StateEvent)):
            if not is_state:
                await self._append(active, list(some))
                continue
            for event in some:
                if isinstance(event, StateEvent) and event.state == "paused":
                    await self._pause(active, event.reason)

    async def end(self, active: Active, ended: Ended) -> None:
        """Put a run whose process is gone into the state that follows from how it went."""
        waited = active.held and ended.outcome is None and not active.stop_asked
        if active.dropped or waited:
            return
        run = active.run
        try:
            events = await self._final(active, ended)
        except WrongState as wrong:
            log.warning("run %d is %s already", run.id, wrong.state)
            return
        self._feed.publish(run.id, events)

    async def _final(self, active: Active, ended: Ended) -> list[Event]:
        run = active.run
        if ended.outcome is None and not active.stop_asked and not self.closing:
            return await self.stored(self._store.died, run.id, run.attempt, ended.death)
        state, reason = self._verdict(active, ended)
        return [await self.stored(self._store.transition, run.id, state, AT_WORK, reason, run.attempt)]

    def _verdict(self, active: Active, ended: Ended) -> tuple[RunState, str | None]:
        """The state a run ends in, and why if it is not plain."""
        if ended.outcome is not None:
            return ended.outcome, None
        if active.stop_asked:
            grace_s = self._settings.stop_grace_s
            return "stopped", f"The training process did not stop by itself within {grace_s:g} s and was ended."
        return "queued", SHUT_DOWN

    async def _append(self, active: Active, events: list[Event]) -> None:
        run = active.run
        recorded = await self.stored(self._store.append, run.id, run.attempt, events)
        if not recorded:
            self._drop(active)
        self._feed.publish(run.id, recorded)

    async def _pause(self, active: Active, reason: str | None) -> None:
        run = active.run
        active.held = True  # before anybody can read that it is paused
        try:
            event = await self.stored(self._store.transition, run.id, "paused", {"running"}, reason, run.attempt)
        except WrongState:
            active.held = False
            self._drop(active)
            return
        active.release_in(self._settings.pause_keeps_process_s)
        self._feed.publish(run.id, [event])

    def _drop(self, active: Active) -> None:
        if not active.dropped:
            log.warning("run %d is no longer trained by attempt %d", active.run.id, active.run.attempt)
            active.dropped = True
            active.execution.kill()

    async def stored(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of the store, waited for as long as the database is away; at the shutdown tried once."""
        pause_s = RETRY_FIRST_S
        while True:
            try:
                return await asyncio.to_thread(call, *args, **kwargs)
            except DatabaseUnavailable:
                if self.closing:
                    raise
                log.warning("the database is away, trying again in %.1f s", pause_s, exc_info=True)
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, RETRY_LONGEST_S)
