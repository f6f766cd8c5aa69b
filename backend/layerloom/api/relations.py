"""What the columns of a set have to do with its target: worked out by a process of its own, then kept."""

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request

from layerloom.api.bodies import errors
from layerloom.api.deps import DatasetId, RoomsDep
from layerloom.api.errors import ApiError
from layerloom.api.ingesting import NICENESS, child_environment
from layerloom.api.leaving import unless_gone
from layerloom.api.rooms import Rooms
from layerloom.data.dataset import DatasetInfo
from layerloom.data.relations import PROGRESS, RELATIONS, REPEATS, Comparing, Relations, Repeats, place
from layerloom.problem import Refusal

MOST_NAMED = 20

router = APIRouter(tags=["datasets"], responses=errors())


@router.get("/datasets/{dataset}/relations", responses=errors(404))
async def relations(
    dataset: DatasetId,
    request: Request,
    rooms: RoomsDep,
    target: Annotated[str | None, Query(min_length=1, max_length=1_000)] = None,
) -> Relations:
    """Tell how much each column has to do with `target`, which rows are there twice, and what gives the target away.

    Left out, the target is the set's own. Looked at are at most a million evenly spaced training rows (duplicates: all
    rows). The first answer may take seconds, hanging up ends the work; later ones are kept.
    """
    info = rooms.library.get(dataset)
    number = _number(info, target)
    folder = await asyncio.to_thread(rooms.library.folder, dataset)
    wanted = place(folder, number)
    if not wanted.exists():
        await unless_gone(request, _worked_out(rooms, info, folder, number, wanted))
    return Relations.model_validate_json(wanted.read_bytes())


@router.get("/datasets/{dataset}/relations/progress", responses=errors(404))
async def progress(dataset: DatasetId, rooms: RoomsDep) -> Comparing:
    """Tell how far the comparing of a set's columns is that somebody waits for."""
    place = await asyncio.to_thread(rooms.library.folder, dataset) / RELATIONS / PROGRESS
    try:
        return Comparing.model_validate_json(place.read_bytes())
    except FileNotFoundError:
        return Comparing(done=None)


@router.get("/datasets/{dataset}/repeats", responses=errors(404))
async def repeats(dataset: DatasetId, request: Request, rooms: RoomsDep) -> Repeats:
    """Name the rows that are equal to one before them, which `relations` counts, by split.

    The first answer may take seconds, hanging up ends the work; later ones are kept.
    """
    info = rooms.library.get(dataset)
    folder = await asyncio.to_thread(rooms.library.folder, dataset)
    wanted = folder / RELATIONS / REPEATS
    if not wanted.exists():
        await unless_gone(request, _worked_out(rooms, info, folder, None, wanted))
    return Repeats.model_validate_json(wanted.read_bytes())


def _number(info: DatasetInfo, target: str | None) -> int | None:
    names = [column.name for column in info.columns]
    wanted = target or next(iter(info.default_targets), None)
    if wanted is None:
        return None
    if wanted not in names:
        named = ", ".join(f"'{name}'" for name in names[:MOST_NAMED])
        raise Refusal("unknown-column", f"Dataset '{info.id}' has no column of this name, but {named}.")
    return names.index(wanted)


async def _worked_out(rooms: Rooms, info: DatasetInfo, folder: Path, number: int | None, wanted: Path) -> None:
    """Run `layerloom.data.relate`, one at a time, so that the file `wanted` is there.

    Raises ApiError where it ends without a result or takes too long.
    """
    settings, target = rooms.settings, "none" if number is None else str(number)
    command = ("-P", "-m", "layerloom.data.relate", str(folder), target, str(settings.ingest_memory_bytes))
    async with rooms.relating:
        if wanted.exists():
            return
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, *command),
            env=child_environment(),
            stdout=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            with contextlib.suppress(ProcessLookupError):
                os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
            async with asyncio.timeout(settings.ingest_timeout_s):
                await process.wait()
        except TimeoutError:
            seconds = f"{settings.ingest_timeout_s:.0f} s (setting ingest_timeout_s)"
            raise ApiError(422, "too-slow", f"Comparing the columns took longer than {seconds}.") from None
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
            (folder / RELATIONS / PROGRESS).unlink(missing_ok=True)
    if not wanted.exists():
        rooms.library.get(info.id)  # a set that was deleted meanwhile is unknown now
        message = (
            "Comparing the columns ended before its result: it may need more memory (setting ingest_memory_bytes)."
        )
        raise ApiError(422, "worker-died", message)
