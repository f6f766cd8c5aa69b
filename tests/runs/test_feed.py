"""News fanned out inside one event loop."""

import asyncio
import json

import pytest

from layerloom.events import LogEvent
from layerloom.runs.feed import Feed, Overflow


def events(*numbers: int) -> list[LogEvent]:
    return [LogEvent(seq=number, message="x") for number in numbers]


def test_every_subscriber_of_the_run_gets_all_of_it_at_a_time() -> None:
    async def listen() -> list[list[int]]:
        feed = Feed(10)
        with feed.subscribe(1) as first, feed.subscribe(1) as second, feed.subscribe(2) as other:
            feed.publish(1, events(1, 2))
            feed.publish(1, events(3))
            feed.publish(2, events(9))
            return [[told.event.seq for told in await anext(one)] for one in (first, second, other)]

    assert asyncio.run(listen()) == [[1, 2, 3], [1, 2, 3], [9]]


def test_what_is_told_is_written_as_json_with_its_number() -> None:
    async def listen() -> str:
        feed = Feed(10)
        with feed.subscribe(1) as subscription:
            feed.publish(1, [LogEvent(seq=7, at=1.5, message="ü")])
            return (await anext(subscription))[0].json

    told = json.loads(asyncio.run(listen()))
    assert told == {**told, "seq": 7, "at": 1.5, "kind": "log", "message": "ü"}


def test_a_subscriber_waits_for_news() -> None:
    async def listen() -> list[int]:
        feed = Feed(10)
        with feed.subscribe(1) as subscription:
            asyncio.get_running_loop().call_later(0.01, feed.publish, 1, events(1))
            return [told.event.seq for told in await anext(subscription)]

    assert asyncio.run(listen()) == [1]


def test_a_slow_subscriber_is_dropped_and_the_others_hear_on() -> None:
    async def listen() -> list[int]:
        feed = Feed(3)
        with feed.subscribe(1) as slow, feed.subscribe(1) as quick:
            feed.publish(1, events(1, 2))
            await anext(quick)
            feed.publish(1, events(3, 4))
            with pytest.raises(Overflow):
                await anext(slow)
            return [told.event.seq for told in await anext(quick)]

    assert asyncio.run(listen()) == [3, 4]


def test_one_batch_larger_than_the_queue_is_still_delivered() -> None:
    async def listen() -> int:
        feed = Feed(3)
        with feed.subscribe(1) as subscription:
            feed.publish(1, events(*range(10)))
            return len(await anext(subscription))

    assert asyncio.run(listen()) == 10


def test_closing_the_feed_ends_its_subscriptions_after_what_is_unread() -> None:
    async def listen() -> list[list[int]]:
        feed = Feed(10)
        subscription = feed.subscribe(1)
        feed.publish(1, events(1))
        feed.close()
        feed.publish(1, events(2))
        return [[told.event.seq for told in batch] async for batch in subscription]

    assert asyncio.run(listen()) == [[1]]
