"""Files of data on their way in, piece by piece: what was cut goes on where it stopped."""

import asyncio
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi import Path as InPath
from starlette.requests import ClientDisconnect

from layerloom.api.bodies import UploadAnnounced, UploadToRead, errors
from layerloom.api.deps import RoomsDep
from layerloom.api.errors import ApiError
from layerloom.data.uploads import FILE, Order, UploadState

Token = Annotated[str, InPath(pattern=r"^[0-9a-f]{32}$")]
PIECE = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}

router = APIRouter(tags=["uploads"], responses=errors())


@router.post("/uploads", status_code=201)
def announce(announced: UploadAnnounced, rooms: RoomsDep) -> UploadState:
    """Announce a file; its bytes follow with PATCH. What nobody touches for an hour is thrown away."""
    most = rooms.settings.max_upload_bytes
    if announced.size_bytes > most:
        message = f"The file has {announced.size_bytes:,} bytes; this server takes {most:,} (setting max_upload_bytes)."
        raise ApiError(413, "too-large", message)
    rooms.uploads.sweep()
    return rooms.ingestions.state(rooms.uploads.create(announced.name, announced.size_bytes))


@router.get("/uploads/{token}")
def state(token: Token, rooms: RoomsDep) -> UploadState:
    """Tell where an upload stands: how much has arrived, how far its reading is, what came of it."""
    return rooms.ingestions.state(token)


@router.patch("/uploads/{token}", responses=errors(404, 408, 409), openapi_extra=PIECE)
async def append(
    token: Token, request: Request, rooms: RoomsDep, offset: Annotated[int, Query(ge=0, lt=10**15)]
) -> UploadState:
    """Add the bytes from `offset` on, which must be where the last piece ended (409 says where that is)."""
    stands = rooms.ingestions.state(token)
    if stands.state != "receiving" or offset != stands.received_bytes:
        message = f"The upload is '{stands.state}' and goes on at byte {stands.received_bytes:,}, not {offset:,}."
        raise ApiError(409, "wrong-offset", message)
    try:
        await _write(request, rooms.uploads.folder(token) / FILE, stands.size_bytes - offset)
    except ClientDisconnect:
        raise ApiError(400, "malformed", "The piece was cut before its end; ask for the state and go on.") from None
    return rooms.ingestions.state(token)


@router.post("/uploads/{token}/read", status_code=202, responses=errors(404, 409))
async def read(token: Token, asked: UploadToRead, rooms: RoomsDep) -> UploadState:
    """Begin to make a dataset of a file that has arrived; its state says how far that is."""
    stands = rooms.ingestions.state(token)
    if stands.received_bytes != stands.size_bytes:
        message = f"{stands.received_bytes:,} of {stands.size_bytes:,} bytes have arrived. Send the rest first."
        raise ApiError(409, "wrong-state", message)
    rooms.ingestions.start(token, Order(reading=asked.reading, title=asked.title))
    return rooms.ingestions.state(token)


@router.delete("/uploads/{token}", status_code=204, response_class=Response, responses=errors(404))
async def delete(token: Token, rooms: RoomsDep) -> None:
    """Stop an upload or its reading, and throw away what has arrived. A dataset that came of it stays."""
    rooms.uploads.folder(token)
    await rooms.ingestions.cancel(token)
    await asyncio.to_thread(rooms.uploads.delete, token)


async def _write(request: Request, target: Path, most: int) -> None:
    """Append the body. Raises ApiError 409 where it is longer than what was announced; nothing is kept of it then."""
    before = target.stat().st_size
    with target.open("ab") as file:
        written = 0
        async for chunk in request.stream():
            written += len(chunk)
            if written > most:
                file.truncate(before)
                raise ApiError(409, "too-long", "More bytes came than were announced. Announce the file anew.")
            await asyncio.to_thread(file.write, chunk)
