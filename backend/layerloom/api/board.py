"""TensorBoard under `/tensorboard/`: started when first asked for, behind the same guard as everything else."""

import asyncio
from contextlib import suppress

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from layerloom.api import board_pages
from layerloom.api.bodies import BoardRuns, errors
from layerloom.api.deps import RoomsDep
from layerloom.api.guard import BOARD
from layerloom.api.rooms import Rooms
from layerloom.engine.calls import WorkerDied, WorkerFailed, WorkerTimedOut
from layerloom.runs.board_logs import link, logged
from layerloom.runs.store import UnknownRun

PATIENCE_S = 1.5
"""How long the page waits for a TensorBoard that is starting before it says so."""

router = APIRouter(tags=["tensorboard"], responses=errors())
board_router = APIRouter(include_in_schema=False)


@router.get("/tensorboard")
def board_runs(rooms: RoomsDep) -> BoardRuns:
    """List the runs that have written logs for TensorBoard, which is at `/tensorboard/`."""
    return BoardRuns(runs=logged(rooms.settings.runs_folder))


@board_router.get(f"/{BOARD}")
async def without_slash() -> Response:
    """TensorBoard's page finds its files beside its address, so that has to end in a slash."""
    return RedirectResponse(f"/{BOARD}/")


@board_router.api_route(f"/{BOARD}/{{path:path}}", methods=["GET", "HEAD", "POST"])
async def board(path: str, request: Request, rooms: RoomsDep) -> Response:
    """Whatever TensorBoard answers; in place of its page, why there is none yet."""
    is_page = path == ""
    if is_page and not await asyncio.to_thread(_link_logs, rooms):
        return board_pages.no_logs()
    try:
        listens = await (rooms.board.listens(PATIENCE_S) if is_page else rooms.board.listens())
        return await rooms.board.answer(request) if listens else board_pages.starting()
    except (WorkerDied, WorkerFailed, WorkerTimedOut):
        return board_pages.failed()


def _link_logs(rooms: Rooms) -> bool:
    """Link the logs that there are under the names of their runs; whether there are any."""
    names = {}
    for id in logged(rooms.settings.runs_folder):
        with suppress(UnknownRun):  # deleted a moment ago
            names[id] = rooms.store.get(id).name
    link(rooms.settings.runs_folder, names, rooms.board.logs)
    return bool(names)
