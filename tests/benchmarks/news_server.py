"""A server with one run that says something at a steady rate, for as long as it lives: what readers are timed on.

Run as `python -m tests.benchmarks.news_server HOME PORT EVENTS_A_SECOND BYTES`. The events take the way of every
event, into the database and then to the feed; only what makes them is a clock instead of a training.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from layerloom.api.app import create_app
from layerloom.api.rooms import Rooms
from layerloom.api.server import configured, listening
from layerloom.events import LogEvent
from layerloom.settings import Settings
from tests.runs.building import create

BATCH_S = 0.05
STREAMS = 400


def news_app(settings: Settings, rate: int, size: int) -> FastAPI:
    """The app with its run, and a route that says how many sockets are open."""
    app = create_app(settings)
    opened = app.router.lifespan_context

    @asynccontextmanager
    async def telling(app: FastAPI) -> AsyncIterator[None]:
        async with opened(app):
            task = asyncio.create_task(_tell(app.state.rooms, rate, size))
            yield
            task.cancel()

    app.router.lifespan_context = telling
    # Before the page, which answers everything else.
    app.add_api_route("/api/streams", lambda: app.state.rooms.streams)
    return app


async def _tell(rooms: Rooms, rate: int, size: int) -> None:
    create(rooms.store)
    run = rooms.store.claim_next()  # nobody wakes the dispatcher, which would train it
    if run is None:
        raise RuntimeError("the run is gone")
    ticking = asyncio.get_running_loop().time()
    due = 0.0
    while True:
        due += rate * BATCH_S
        events = [LogEvent(message="x" * size) for _ in range(int(due))]
        due -= len(events)
        recorded = await asyncio.to_thread(rooms.store.append, run.id, run.attempt, events)
        rooms.feed.publish(run.id, recorded)
        ticking += BATCH_S
        await asyncio.sleep(max(0.0, ticking - asyncio.get_running_loop().time()))


def main(home: Path, port: int, rate: int, size: int) -> None:
    home.mkdir(parents=True, exist_ok=True)
    settings = Settings(home=home, port=port, max_streams=STREAMS)
    with listening(settings) as listener:
        uvicorn.Server(configured(news_app(settings, rate, size))).run([listener])


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
