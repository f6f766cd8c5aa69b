"""Runs: made from a drawing and a recipe, listed, looked into, steered, thrown away."""

import asyncio
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query

from layerloom import __version__
from layerloom.api.bodies import Metrics, NewRun, RunChange, errors
from layerloom.api.checking import check_text
from layerloom.api.deps import Rooms, RoomsDep, RunId
from layerloom.api.errors import ApiError
from layerloom.api.strict_json import StrictJsonRoute
from layerloom.checkpoint import whole_checkpoints
from layerloom.events import Event, RunState
from layerloom.report import CheckReport
from layerloom.runs.store import WrongState
from layerloom.runs.summary import RunDetail, RunPage

PACKAGES = ("keras", "tensorflow", "numpy")

router = APIRouter(tags=["runs"], responses=errors(), route_class=StrictJsonRoute)

IdempotencyKey = Annotated[str | None, Header(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")]
After = Annotated[int, Query(ge=0, lt=10**15)]


@router.post("/runs", status_code=201)
async def create(asked: NewRun, rooms: RoomsDep, idempotency_key: IdempotencyKey = None) -> RunDetail:
    """Queue a run of a drawing that is ready; one with errors is a 422 with its problems."""
    if idempotency_key is None:
        return await _create(rooms, asked)
    return await rooms.submissions.once(idempotency_key, asked, lambda: _create(rooms, asked))


@router.get("/runs")
def list_some(
    rooms: RoomsDep,
    state: Annotated[list[RunState] | None, Query()] = None,
    search: Annotated[str | None, Query(max_length=200)] = None,
    sort: Literal["created_at", "name", "state"] = "created_at",
    order: Literal["ascending", "descending"] = "descending",
    offset: Annotated[int, Query(ge=0, lt=10**9)] = 0,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
) -> RunPage:
    """List runs, the newest first; `search` looks into names, notes and tags."""
    return rooms.store.list(
        states=state, search=search, sort=sort, descending=order == "descending", offset=offset, limit=limit
    )


@router.get("/runs/{run}")
def get(run: RunId, rooms: RoomsDep) -> RunDetail:
    """Give everything about a run but its events: the frozen drawing, recipe and versions, and what came of it."""
    return rooms.store.get(run)


@router.patch("/runs/{run}")
def change(run: RunId, asked: RunChange, rooms: RoomsDep) -> RunDetail:
    """Rename, tag or annotate a run."""
    return rooms.store.update(run, name=asked.name, tags=asked.tags, notes=asked.notes)


@router.delete("/runs/{run}", status_code=204, responses=errors(409))
def delete(run: RunId, rooms: RoomsDep) -> None:
    """Throw a run away with its events and files; 409 while it is queued or running."""
    rooms.store.delete(run)


@router.post("/runs/{run}/stop", status_code=202, responses=errors(409))
async def stop(run: RunId, rooms: RoomsDep) -> RunDetail:
    """End a run: a queued one at once, a running one after its current step, its checkpoints kept."""
    await rooms.dispatcher.stop(run)
    return await asyncio.to_thread(rooms.store.get, run)


@router.post("/runs/{run}/resume", status_code=202, responses=errors(409))
async def resume(run: RunId, rooms: RoomsDep) -> RunDetail:
    """Queue a stopped or failed run again; it goes on from its newest whole checkpoint."""
    detail = await asyncio.to_thread(rooms.store.get, run)
    if detail.state in ("stopped", "failed") and not await asyncio.to_thread(whole_checkpoints, detail.folder):
        raise ApiError(409, "no-checkpoint", "This run has no checkpoint to go on from. Start a new run instead.")
    event = await asyncio.to_thread(rooms.store.transition, run, "queued", {"stopped", "failed"})
    rooms.feed.publish(run, [event])
    rooms.dispatcher.wake()
    return await asyncio.to_thread(rooms.store.get, run)


@router.get("/runs/{run}/metrics")
def metrics(run: RunId, rooms: RoomsDep, points: Annotated[int, Query(ge=2, le=10_000)] = 1_000) -> Metrics:
    """Give each metric as a curve of at most `points`: first, last and extremes are kept."""
    return Metrics.model_validate({"series": rooms.store.series(run, points)})


@router.get("/runs/{run}/events")
def events(
    run: RunId, rooms: RoomsDep, after: After = 0, limit: Annotated[int, Query(ge=1, le=10_000)] = 1_000
) -> list[Event]:
    """Give what happened, in order, from the event after number `after`; an empty list says that this is all so far."""
    return rooms.store.events(run, after, limit)


async def _create(rooms: Rooms, asked: NewRun) -> RunDetail:
    report = CheckReport.model_validate_json(await check_text(rooms, asked.graph, asked.recipe))
    if not report.ready:
        raise _not_ready(report)
    dataset = await asyncio.to_thread(rooms.library.get, asked.recipe.data.dataset)
    detail = await asyncio.to_thread(
        rooms.store.create,
        name=asked.name or asked.graph.name or "Untitled",
        graph=asked.graph,
        recipe=asked.recipe,
        versions=versions(),
        fingerprint=dataset.fingerprint,
        parameters=report.parameters,
    )
    rooms.dispatcher.wake()
    return detail


def _not_ready(report: CheckReport) -> ApiError:
    errors = [problem for problem in report.problems if problem.severity == "error"]
    message = f"This drawing is not ready to train: {errors[0].message}"
    return ApiError(422, "graph-not-ready", message, report.problems)


def versions() -> dict[str, str]:
    """What computes here, by package; frozen into each run."""
    found = {"python": platform.python_version(), "layerloom": __version__}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue  # tensorflow goes by another name where only the CPU build is installed
    return found
