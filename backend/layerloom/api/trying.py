"""Children that try something before a training: each has a process of its own, which ends with whoever asked."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from typing import Any, TypeVar

from starlette.requests import Request

from layerloom.api.bodies import GraphToTry
from layerloom.api.checking import budget_bytes, check_text
from layerloom.api.errors import ApiError
from layerloom.api.rooms import Rooms
from layerloom.api.submit import not_ready
from layerloom.engine.calls import WorkerDied, WorkerTimedOut
from layerloom.engine.workers import Worker
from layerloom.job import content_of
from layerloom.problem import Problem
from layerloom.report import CheckReport
from layerloom.trial import Trial

TRIAL = "layerloom.training.trial:trial_json"

KEPT_BYTES = 2_000_000_000
"""A larger process does not wait for its run."""

T = TypeVar("T")


async def trial_of(rooms: Rooms, asked: GraphToTry) -> Trial:
    """What one batch comes to, in a process that then waits for the run of this content.

    What is known is not measured again, unless that process is gone and there is time to make another one. Raises
    ApiError 409 while a run trains here, 422 if it is not ready.
    """
    fingerprint = (await asyncio.to_thread(rooms.library.get, asked.recipe.data.dataset)).fingerprint
    content = content_of(asked.graph, asked.recipe, fingerprint)
    async with rooms.trials.turn:
        known = rooms.trials.get(content)
        if known is None:
            await require_ready(rooms, asked)
            if await _is_busy(rooms):
                raise ApiError(409, "busy", "A run is training on this machine. Try again when it has ended.")
        elif not known.ok or rooms.executor.holds(content) or await _is_busy(rooms):
            return known
        tried = await _tried(rooms, asked, content)
        rooms.trials.keep(content, tried)
        return tried


async def require_ready(rooms: Rooms, asked: GraphToTry) -> None:
    """Raises ApiError 422 with the problems of a drawing that can not be trained."""
    report = CheckReport.model_validate_json(await check_text(rooms.checker, rooms.settings, asked.graph, asked.recipe))
    if not report.ready:
        raise not_ready(report)


@contextlib.asynccontextmanager
async def trying(rooms: Rooms, name: str) -> AsyncIterator[Worker]:
    """A child with limited memory, for as long as the block lasts."""
    worker = Worker(name, rooms.settings.trial_memory_bytes, rooms.settings.allow_custom_code)
    try:
        yield worker
    finally:
        await worker.aclose()


async def while_heard(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """What `work` gives; it is cancelled when whoever asked hangs up, and then ApiError 499 goes to nobody."""
    working = asyncio.create_task(work)
    leaving = asyncio.create_task(_left(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ApiError(499, "cancelled", "Whoever asked for this has hung up.")
        return working.result()
    finally:
        working.cancel()
        leaving.cancel()
        await asyncio.wait({working, leaving})


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _tried(rooms: Rooms, asked: GraphToTry, content: str) -> Trial:
    settings = rooms.settings
    arguments = (asked.graph, asked.recipe, settings.home, budget_bytes(settings), content)
    try:
        text: str = await rooms.executor.rehearse(content, TRIAL, *arguments, timeout_s=settings.trial_timeout_s)
    except WorkerDied as died:
        message = f"One batch of this training could not be tried. {died} Try a smaller batch_size or model."
        return Trial(ok=False, problems=[Problem(code="step-crashed", severity="warning", message=message)])
    except WorkerTimedOut:
        message = f"The first steps take longer than {settings.trial_timeout_s:g} s (setting trial_timeout_s)."
        return Trial(ok=True, problems=[Problem(code="step-slow", severity="warning", message=message)])
    tried = Trial.model_validate_json(text)
    if not tried.ok or (tried.peak_bytes or 0) > KEPT_BYTES:
        rooms.executor.let_go()
    return tried


async def _is_busy(rooms: Rooms) -> bool:
    running = await asyncio.to_thread(rooms.store.list, "running", limit=1)
    return running.total > 0
