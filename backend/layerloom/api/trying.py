"""Children that try something before a training: each has a process of its own, which ends with whoever asked."""

import asyncio
import contextlib
import hashlib
import json
from collections.abc import AsyncIterator, Coroutine
from typing import Any, TypeVar

from starlette.requests import Request

from layerloom.api.bodies import GraphToTry
from layerloom.api.checking import budget_bytes, check_text
from layerloom.api.errors import ApiError
from layerloom.api.rooms import Rooms
from layerloom.api.submit import not_ready
from layerloom.engine.workers import Worker, WorkerDied, WorkerTimedOut
from layerloom.problem import Problem
from layerloom.report import CheckReport
from layerloom.settings import NVIDIA
from layerloom.trial import Trial

TRIAL = "layerloom.training.trial:trial_json"

T = TypeVar("T")


async def trial_of(rooms: Rooms, asked: GraphToTry) -> Trial:
    """What one batch comes to, measured once. Raises ApiError 409 while a run trains here, 422 if it is not ready."""
    key = await asyncio.to_thread(_content, rooms, asked)
    async with rooms.trials.turn:
        known = rooms.trials.get(key)
        if known is None:
            await require_ready(rooms, asked)
            await _require_idle(rooms)
            known = await _tried(rooms, asked)
            rooms.trials.keep(key, known)
        return known


async def require_ready(rooms: Rooms, asked: GraphToTry) -> None:
    """Raises ApiError 422 with the problems of a drawing that can not be trained."""
    report = CheckReport.model_validate_json(await check_text(rooms.checker, rooms.settings, asked.graph, asked.recipe))
    if not report.ready:
        raise not_ready(report)


@contextlib.asynccontextmanager
async def trying(rooms: Rooms, name: str) -> AsyncIterator[Worker]:
    """A child with limited memory, for as long as the block lasts."""
    settings = rooms.settings
    # A limit on addresses would leave CUDA none: it maps far more than it uses.
    limit = None if NVIDIA.exists() else settings.export_memory_bytes
    worker = Worker(name, limit, settings.allow_custom_code)
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


async def _tried(rooms: Rooms, asked: GraphToTry) -> Trial:
    settings = rooms.settings
    arguments = (asked.graph, asked.recipe, settings.home, budget_bytes(settings))
    async with trying(rooms, "trial") as worker:
        try:
            text: str = await worker.call(TRIAL, *arguments, timeout_s=settings.trial_timeout_s)
        except WorkerDied as died:
            message = f"One batch of this training could not be tried. {died} Try a smaller batch_size or model."
            return Trial(ok=False, problems=[Problem(code="step-crashed", severity="warning", message=message)])
        except WorkerTimedOut:
            message = f"The first steps take longer than {settings.trial_timeout_s:g} s (setting trial_timeout_s)."
            return Trial(ok=True, problems=[Problem(code="step-slow", severity="warning", message=message)])
    return Trial.model_validate_json(text)


async def _require_idle(rooms: Rooms) -> None:
    running = await asyncio.to_thread(rooms.store.list, "running", limit=1)
    if running.total:
        raise ApiError(409, "busy", "A run is training on this machine. Try again when it has ended.")


def _content(rooms: Rooms, asked: GraphToTry) -> str:
    """All that the outcome depends on."""
    graph = asked.graph.model_dump(mode="json", exclude={"layout", "name"})
    recipe = asked.recipe.model_dump(mode="json", exclude={"callbacks": True, "fit": {"epochs"}})
    fingerprint = rooms.library.get(asked.recipe.data.dataset).fingerprint
    return hashlib.sha256(json.dumps([graph, recipe, fingerprint], sort_keys=True).encode()).hexdigest()
