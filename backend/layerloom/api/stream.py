"""The socket: a tail of a run's event log. What was missed comes from the store, what happens now from the feed.

One frame is a JSON array of events, in order of `seq`, without gap or double. When the run has ended the socket closes
with 1000. A reader that is too slow is closed with 1013 and comes back with `after=`.
"""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import NoReturn

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from layerloom.api.deps import RoomsDep, parse_id
from layerloom.api.errors import ApiError, json_error
from layerloom.api.rooms import Rooms
from layerloom.events import StateEvent
from layerloom.runs.feed import Subscription
from layerloom.runs.store import ENDED, UnknownRun

BATCH_INTERVAL_S = 0.1
GOODBYE_S = 1.0
PAGE = 1_000
MAX_AFTER_DIGITS = 15

NORMAL, UNSUPPORTED, BROKE_RULE, TRY_AGAIN, UNKNOWN, BAD_AFTER = 1000, 1003, 1008, 1013, 4404, 4422

router = APIRouter()


class Goodbye(Exception):
    """The socket is to be closed with this code and reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


@router.websocket("/runs/{run}/stream")
async def stream(socket: WebSocket, run: str, rooms: RoomsDep) -> None:
    """Send the run's events from the one after `after` until it has ended."""
    if rooms.streams >= rooms.settings.max_streams:
        message = f"This server keeps at most {rooms.settings.max_streams} streams open (setting max_streams)."
        await socket.send_denial_response(json_error(ApiError(503, "too-many-streams", message)))
        return
    rooms.streams += 1
    try:
        await socket.accept()
        await _talk(socket, rooms, run)
    finally:
        rooms.streams -= 1


async def _talk(socket: WebSocket, rooms: Rooms, run: str) -> None:
    # No TaskGroup: in Python 3.11 it leaves its own task marked as being cancelled.
    sending = asyncio.create_task(_send_all(socket, rooms, run, socket.query_params.get("after", "0")))
    listening = asyncio.create_task(_refuse_input(socket))
    try:
        await asyncio.wait({sending, listening}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        sending.cancel()
        listening.cancel()
    await asyncio.wait({sending, listening})
    endings = [task.exception() for task in (sending, listening) if not task.cancelled()]
    for ending in endings:
        if isinstance(ending, Goodbye):
            await _close(socket, ending)
            return
        if ending is not None and not isinstance(ending, WebSocketDisconnect):
            raise ending


async def _close(socket: WebSocket, why: Goodbye) -> None:
    with suppress(TimeoutError, WebSocketDisconnect):  # a reader that has left, or reads nothing, hears no goodbye
        async with asyncio.timeout(GOODBYE_S):
            await socket.close(why.code, why.reason)


async def _refuse_input(socket: WebSocket) -> NoReturn:
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1000))
        if message.get("text") is None:
            raise Goodbye(UNSUPPORTED, "this socket takes no binary frames")
        if message["text"] != "ping":
            raise Goodbye(BROKE_RULE, "this socket takes no input but 'ping'")


async def _send_all(socket: WebSocket, rooms: Rooms, run: str, after: str) -> NoReturn:
    id, last = _parsed(run, after)
    try:
        last = await _replay(socket, rooms, id, last)
        with rooms.feed.subscribe(id) as news:
            # What happened between the replay and the subscription; from here on nothing falls between.
            last = await _replay(socket, rooms, id, last)
            run_now = await asyncio.to_thread(rooms.store.get, id)
            if run_now.state not in ENDED:
                await _follow(socket, rooms, news, last)
    except UnknownRun:
        raise Goodbye(UNKNOWN, "there is no run with this id") from None
    raise Goodbye(NORMAL, "the run has ended")


def _parsed(run: str, after: str) -> tuple[int, int]:
    try:
        id = parse_id(run)
    except ValueError:
        raise Goodbye(UNKNOWN, "there is no run with this id") from None
    if not (after.isascii() and after.isdigit() and len(after) <= MAX_AFTER_DIGITS):
        raise Goodbye(BAD_AFTER, "after must be a whole number from 0")
    return id, int(after)


async def _replay(socket: WebSocket, rooms: Rooms, run: int, last: int) -> int:
    """Send what the store has after `last`; the number of the newest event sent."""
    while page := await asyncio.to_thread(rooms.store.events, run, last, PAGE):
        await _send(socket, rooms, (event.model_dump_json() for event in page))
        last = page[-1].seq
    return last


async def _follow(socket: WebSocket, rooms: Rooms, news: Subscription, last: int) -> None:
    """Send what happens from now on, until the run has ended."""
    async for batch in news:
        fresh = [told for told in batch if told.event.seq > last]
        if fresh:
            await _send(socket, rooms, (told.json for told in fresh))
            last = fresh[-1].event.seq
        if any(isinstance(told.event, StateEvent) and told.event.state in ENDED for told in fresh):
            return
        await asyncio.sleep(_until_the_next_tick_s())
    raise Goodbye(TRY_AGAIN, "too slow, or the server is closing; come back with after=")


def _until_the_next_tick_s() -> float:
    """All readers are told at the same moments: that interrupts a training ten times a second, not for each of them."""
    return BATCH_INTERVAL_S - asyncio.get_running_loop().time() % BATCH_INTERVAL_S


async def _send(socket: WebSocket, rooms: Rooms, events: Iterable[str]) -> None:
    text = f"[{','.join(events)}]"
    try:
        # Not wait_for: until Python 3.12 it forgets a cancellation that comes as the send completes.
        async with asyncio.timeout(rooms.settings.stream_send_timeout_s):
            await socket.send_text(text)
    except TimeoutError:
        raise Goodbye(TRY_AGAIN, "too slow; come back with after=") from None
