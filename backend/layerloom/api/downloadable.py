"""Sets that are fetched by Keras where the network allows it: which there are, and the fetching of one."""

import asyncio
from typing import Literal

from fastapi import APIRouter

from layerloom.api.bodies import errors
from layerloom.api.deps import RoomsDep
from layerloom.data.downloads import DOWNLOADABLE, Downloadable, Fetch
from layerloom.data.uploads import UploadState

Name = Literal["cifar10", "cifar100", "imdb", "reuters"]

router = APIRouter(tags=["datasets"], responses=errors())


@router.get("/datasets/downloadable")
def list_downloadable(rooms: RoomsDep) -> list[Downloadable]:
    """List the sets that can be fetched, and which of them are there already."""
    own = rooms.library.own.list()
    there = {info.title: info.id for info in own if info.source == "download" and info.version == 1}
    return [one.model_copy(update={"dataset": there.get(one.title)}) for one in DOWNLOADABLE.values()]


@router.post("/datasets/downloadable/{name}", status_code=202)
async def fetch(name: Name, rooms: RoomsDep) -> UploadState:
    """Begin to fetch a set. `GET /uploads/{token}` says how far it is and what came of it, `DELETE` ends it."""
    wanted = DOWNLOADABLE[name]
    token = await asyncio.to_thread(rooms.uploads.create, wanted.title, wanted.size_bytes)
    rooms.ingestions.start(token, Fetch(name=name))
    return rooms.ingestions.state(token)
