"""News of runs to whoever listens, inside one event loop. The store is the truth; this is only its tail."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Sequence
from types import TracebackType
from typing import NamedTuple, Self

from layerloom.events import Event


class Overflow(Exception):
    """The listener was too slow and was dropped. The store has everything: resume from there by `after=`."""


class Told(NamedTuple):
    """An event, and its JSON: written once, however many listen."""

    event: Event
    json: str


class Subscription:
    """What one listener has not read yet: `async for batch in subscription` gives all of it at a time.

    Ends when it is closed; raises Overflow when it was closed because too much was unread.
    """

    def __init__(self, feed: "Feed", run_id: int, max_events: int) -> None:
        self._feed = feed
        self._run_id = run_id
        self._max_events = max_events
        self._unread: deque[Told] = deque()
        self._news = asyncio.Event()
        self._overflowed = False
        self._closed = False

    def put(self, batch: Sequence[Told]) -> None:
        """Queue this news; closes the subscription where too many are unread already. Never waits."""
        if self._unread and len(self._unread) + len(batch) > self._max_events:
            self._overflowed = True
            self._unread.clear()
            self.close()
            return
        self._unread.extend(batch)
        self._news.set()

    def close(self) -> None:
        """Listen no longer; what is unread can still be read. May be called twice."""
        self._closed = True
        self._feed.drop(self._run_id, self)
        self._news.set()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> list[Told]:
        while not self._unread:
            if self._overflowed:
                raise Overflow
            if self._closed:
                raise StopAsyncIteration
            self._news.clear()
            await self._news.wait()
        batch = list(self._unread)
        self._unread.clear()
        return batch

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class Feed:
    """Fans events out to the subscriptions of their run. Belongs to one event loop."""

    def __init__(self, max_queued_events: int) -> None:
        self._max_queued_events = max_queued_events
        self._subscriptions: defaultdict[int, set[Subscription]] = defaultdict(set)

    def publish(self, run_id: int, events: Sequence[Event]) -> None:
        """Hand recorded events of a run to everyone who listens to it, without waiting for anyone."""
        listeners = list(self._subscriptions.get(run_id, ()))
        if events and listeners:
            batch = [Told(event, event.model_dump_json()) for event in events]
            for subscription in listeners:
                subscription.put(batch)

    def subscribe(self, run_id: int) -> Subscription:
        """Listen to a run from now on. Subscribe first, then read the store: nothing falls between."""
        subscription = Subscription(self, run_id, self._max_queued_events)
        self._subscriptions[run_id].add(subscription)
        return subscription

    def drop(self, run_id: int, subscription: Subscription) -> None:
        """Forget a subscription."""
        listeners = self._subscriptions.get(run_id, set())
        listeners.discard(subscription)
        if not listeners:
            self._subscriptions.pop(run_id, None)

    def close(self) -> None:
        """Close every subscription."""
        for listeners in list(self._subscriptions.values()):
            for subscription in list(listeners):
                subscription.close()
