"""Runs: made from a drawing and a recipe, listed, looked into, steered, thrown away."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query

from layerloom.api.bodies import Metrics, NewRun, Place, RunChange, errors
from layerloom.api.deps import RoomsDep, RunId, SubmissionsDep
from layerloom.api.errors import ApiError
from layerloom.api.strict_json import StrictJsonRoute
from layerloom.api.submit import submit
from layerloom.checkpoint import whole_checkpoints
from layerloom.events import Event, RunState
from layerloom.runs.listing import MAX_SEARCH_LENGTH, METRIC_SORT, SORTS
from layerloom.runs.summary import RunDetail, RunPage

# A count within the pattern instead would be built at every start as that many copies of all of Unicode's letters.
MAX_SORT_LENGTH = 200
SORT = rf"^({'|'.join(SORTS)}|{METRIC_SORT.pattern})$"

router = APIRouter(tags=["runs"], responses=errors(), route_class=StrictJsonRoute)

IdempotencyKey = Annotated[str | None, Header(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")]
After = Annotated[int, Query(ge=0, lt=10**15)]


@router.post("/runs", status_code=201)
async def create(
    asked: NewRun, rooms: RoomsDep, submissions: SubmissionsDep, idempotency_key: IdempotencyKey = None
) -> RunDetail:
    """Queue a run of a drawing that is ready; one with errors is a 422 with its problems.

    Asked again with the same `Idempotency-Key`, it gives the run of the first time.
    """
    if idempotency_key is None:
        return await submit(rooms, asked)
    return await submissions.once(idempotency_key, asked, lambda: submit(rooms, asked))


@router.get("/runs")
def list_some(
    rooms: RoomsDep,
    state: RunState | None = None,
    search: Annotated[str, Query(max_length=MAX_SEARCH_LENGTH)] = "",
    sort: Annotated[str, Query(pattern=SORT, max_length=MAX_SORT_LENGTH)] = "created_at",
    order: Literal["ascending", "descending"] = "descending",
    offset: Annotated[int, Query(ge=0, lt=10**9)] = 0,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
) -> RunPage:
    """List runs, the newest first. `search` looks into name, dataset, notes and tags."""
    return rooms.store.list(state, search, sort, order == "descending", limit, offset)


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
    """Throw a run away with its events and files; 409 while it is running."""
    rooms.store.delete(run)


@router.post("/runs/{run}/stop", status_code=202, responses=errors(409))
async def stop(run: RunId, rooms: RoomsDep) -> RunDetail:
    """End a run: a queued or paused one at once, a running one after its current step, its checkpoints kept."""
    await rooms.dispatcher.stop(run)
    return await asyncio.to_thread(rooms.store.get, run)


@router.post("/runs/{run}/pause", status_code=202, responses=errors(409))
async def pause(run: RunId, rooms: RoomsDep) -> RunDetail:
    """Pause a run: a queued one at once, a running one after its current step; `/resume` lets it go on exactly there.

    Its process keeps everything in memory for a while, then goes; the run then goes on from what it saved.
    """
    await rooms.dispatcher.pause(run)
    return await asyncio.to_thread(rooms.store.get, run)


@router.post("/runs/{run}/resume", status_code=202, responses=errors(409))
async def resume(run: RunId, rooms: RoomsDep) -> RunDetail:
    """Queue a paused, stopped or failed run again; it goes on where it was paused, or from its newest checkpoint."""
    detail = await asyncio.to_thread(rooms.store.get, run)
    if detail.state in ("stopped", "failed") and not await asyncio.to_thread(whole_checkpoints, detail.folder):
        raise ApiError(409, "no-checkpoint", "This run has no checkpoint to go on from. Start a new run instead.")
    await rooms.dispatcher.resume(run)
    return await asyncio.to_thread(rooms.store.get, run)


@router.post("/runs/{run}/move", responses=errors(409))
def move(run: RunId, asked: Place, rooms: RoomsDep) -> RunDetail:
    """Put a run that waits at another place of the queue; 409 where it does not wait."""
    return rooms.store.move(run, asked.position)


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
