"""The routes by which a run is trained again by its script alone."""

import asyncio

from fastapi import APIRouter

from layerloom.api.bodies import ReproductionState, errors
from layerloom.api.deps import RoomsDep, RunId

router = APIRouter(tags=["runs"], responses=errors())


@router.post("/runs/{run}/reproduce", status_code=202, responses=errors(409))
async def reproduce(run: RunId, rooms: RoomsDep) -> ReproductionState:
    """Train an ended run again by its exported script in a clean process, and compare the losses of every epoch.

    409 for a run that has not ended or has no epoch; 422 where its script does not hold all that it depended on.
    """
    detail = await asyncio.to_thread(rooms.store.get, run)
    await rooms.reproductions.begin(detail)
    return await rooms.reproductions.state(detail)


@router.get("/runs/{run}/reproduction")
async def reproduction(run: RunId, rooms: RoomsDep) -> ReproductionState:
    """Say how far the reproduction of a run is, or what came of the newest one."""
    return await rooms.reproductions.state(await asyncio.to_thread(rooms.store.get, run))


@router.delete("/runs/{run}/reproduction", status_code=202)
async def cancel(run: RunId, rooms: RoomsDep) -> ReproductionState:
    """End a reproduction that is under way; what came of an earlier one stays."""
    detail = await asyncio.to_thread(rooms.store.get, run)
    await rooms.reproductions.cancel(run)
    return await rooms.reproductions.state(detail)
