"""The checkpoint that a new run starts from: found, whole, and of use for its drawing."""

import asyncio

from layerloom.api.bodies import NewRun
from layerloom.api.errors import ApiError
from layerloom.api.rooms import Rooms
from layerloom.checkpoint import UnknownCheckpoint, damage, find, read_manifest
from layerloom.problem import Problem
from layerloom.runs.store import Origin

COMMON = "layerloom.modeling.matching:common_layers"


async def find_origin(rooms: Rooms, asked: NewRun, run: int) -> Origin:
    """The checkpoint that is asked for. Raises UnknownRun, UnknownCheckpoint, ApiError 422 if nothing of it fits."""
    detail = await asyncio.to_thread(rooms.store.get, run)
    place = await asyncio.to_thread(find, detail.folder, asked.from_epoch or "last")
    manifest = read_manifest(place)
    if manifest is None:
        raise UnknownCheckpoint(asked.from_epoch)
    wrong = await asyncio.to_thread(damage, place)
    if wrong is not None:
        message = f"The checkpoint of epoch {manifest.epoch} is damaged ({wrong}). Start from another epoch."
        raise _refused("checkpoint-damaged", message)
    timeout_s = rooms.settings.check_timeout_s
    if not await rooms.checker.call(COMMON, asked.graph, detail.graph, timeout_s=timeout_s):
        message = (
            f"No layer of this drawing has the name and the shapes of a layer of run {run}. "
            "Give layers their names of that run, or start afresh."
        )
        raise _refused("nothing-in-common", message)
    return Origin(run, manifest.epoch, place)


def _refused(code: str, message: str) -> ApiError:
    return ApiError(422, code, message, [Problem(code=code, message=message, parameter="from_run")])
