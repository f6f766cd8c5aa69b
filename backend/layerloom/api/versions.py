"""The versions of a dataset: edits make the next one, and no set ever changes."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from layerloom.api.bodies import errors
from layerloom.api.datasets import refused
from layerloom.api.deps import DatasetId, RoomsDep
from layerloom.api.leaving import unless_gone
from layerloom.api.rooms import Rooms
from layerloom.api.strict_json import StrictJsonRoute
from layerloom.data.dataset import DatasetInfo
from layerloom.data.edits import Edits, Revision, Version
from layerloom.data.family import family
from layerloom.data.uploads import UploadState

router = APIRouter(tags=["datasets"], responses=errors(), route_class=StrictJsonRoute)


@router.post(
    "/datasets/{dataset}/versions",
    status_code=201,
    response_model=DatasetInfo,
    responses={202: {"model": UploadState, "description": "Begun (`wait=false`)"}},
)
async def edit(
    dataset: DatasetId,
    edits: Edits,
    request: Request,
    rooms: RoomsDep,
    wait: Annotated[bool, Query()] = True,
) -> DatasetInfo | Response:
    """Make the next version of a dataset by edits, in order; the same edits again give the version there is.

    Hanging up ends the work. With `wait=false` the answer comes at once (202): `GET /uploads/{token}` then says how far
    it is and which dataset came of it, and `DELETE` ends it.
    """
    info = await asyncio.to_thread(rooms.library.get, dataset)
    token = await asyncio.to_thread(rooms.uploads.create, info.title, 0)
    rooms.ingestions.start(token, Revision(parent=dataset, edits=edits))
    if not wait:
        text = rooms.ingestions.state(token).model_dump_json()
        return Response(text, 202, media_type="application/json")
    return await unless_gone(request, _made(rooms, token))


@router.get("/datasets/{dataset}/versions")
def list_family(dataset: DatasetId, rooms: RoomsDep) -> list[Version]:
    """List every version of this dataset that is there, earlier and later ones, the first one first."""
    return family(rooms.library, dataset)


async def _made(rooms: Rooms, token: str) -> DatasetInfo:
    """The version, once it is there; what was left of its making is thrown away."""
    try:
        answer = (await rooms.ingestions.finished(token)).answer
        assert answer is not None
        if answer.dataset is None:
            raise refused(answer)
        return rooms.library.get(answer.dataset)
    finally:
        await rooms.ingestions.cancel(token)
        await asyncio.to_thread(rooms.uploads.delete, token)
