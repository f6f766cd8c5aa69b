"""The rooms below, opened for as long as a server (or a command) lives."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from layerloom.api.board_process import Board
from layerloom.api.ingesting import Ingestions
from layerloom.api.reproducing import Reproductions
from layerloom.api.trial_memory import TrialMemory
from layerloom.data.library import Library
from layerloom.data.uploads import Uploads
from layerloom.engine.dispatcher import Dispatcher
from layerloom.engine.executor import Executor, LocalExecutor
from layerloom.engine.workers import Worker
from layerloom.imported import imports_folder, sweep
from layerloom.runs.feed import Feed
from layerloom.runs.store import RunStore
from layerloom.settings import Settings

EXPORTS_OF_A_CHILD = 20


@dataclass
class Rooms:
    """What routes and commands work with. `streams` counts the open sockets."""

    settings: Settings
    library: Library
    store: RunStore
    feed: Feed
    checker: Worker
    predictor: Worker
    exporter: Worker
    writer: Worker
    executor: Executor
    dispatcher: Dispatcher
    board: Board
    reproductions: Reproductions
    uploads: Uploads
    ingestions: Ingestions
    streams: int = 0
    rates_turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    trials: TrialMemory = field(default_factory=TrialMemory)
    importing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    evaluating: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    relating: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))


@asynccontextmanager
async def open_rooms(settings: Settings) -> AsyncIterator[Rooms]:
    """Open what lies in the home folder, take up interrupted runs, close all at the end.

    Keras is loaded in the background by child processes. Raises DatabaseTooNew, DatabaseUnavailable.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    sweep(imports_folder(settings.home))
    store = RunStore(settings.database, settings.runs_folder)
    feed = Feed(settings.stream_queue_events)
    custom = settings.allow_custom_code
    checker = Worker("check", settings.worker_memory_bytes, custom)
    predictor = Worker("predict", settings.worker_memory_bytes, custom)
    exporter = Worker("export", settings.export_memory_bytes, custom, calls=EXPORTS_OF_A_CHILD)
    # A child of its own: code of a large drawing takes seconds to format, and checks must not wait for it.
    writer = Worker("write", settings.worker_memory_bytes, custom)
    executor = LocalExecutor(
        stop_grace_s=settings.stop_grace_s, custom_code=custom, rehearsal_memory_bytes=settings.trial_memory_bytes
    )
    dispatcher = Dispatcher(store, feed, executor, settings)
    await dispatcher.start()
    library, uploads = Library(settings.home), Uploads(settings.home)
    library.own.sweep()
    uploads.sweep()
    ingestions = Ingestions(uploads, settings)
    reproductions = Reproductions(store, library, writer, settings)
    board = Board(settings.home / "tensorboard", settings.worker_memory_bytes)
    warming = asyncio.create_task(checker.warm())
    try:
        yield Rooms(
            *(settings, library, store, feed, checker, predictor, exporter, writer, executor, dispatcher),
            *(board, reproductions, uploads, ingestions),
        )
    finally:
        feed.close()
        await dispatcher.aclose()
        await ingestions.aclose()
        await reproductions.aclose()
        await checker.aclose()
        await predictor.aclose()
        await exporter.aclose()
        await writer.aclose()
        await board.aclose()
        # A checker that could not start says so to whoever calls it; here is nobody left to tell.
        await asyncio.gather(warming, return_exceptions=True)
        store.close()
