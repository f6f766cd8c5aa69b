"""Models made elsewhere: a file goes in, a drawing comes out, its weights are kept here for a run to start from."""

import asyncio
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request

from layerloom.api.bodies import errors
from layerloom.api.deps import RoomsDep
from layerloom.api.errors import ApiError
from layerloom.api.multipart import FIELD, receive_file
from layerloom.api.rooms import Rooms
from layerloom.engine.calls import WorkerDied, WorkerTimedOut
from layerloom.engine.workers import Worker
from layerloom.imported import ARRIVING, UNPACKED, UPLOAD, Imported, imports_folder, tidy

IMPORT = "layerloom.modeling.importing.job:import_json"
BYTES_PER_SECOND = 25_000_000
"""A large file may take longer than a small one, by this."""
_FILE = {"type": "object", "required": [FIELD], "properties": {FIELD: {"type": "string", "format": "binary"}}}
BODY: dict[str, Any] = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FILE}}}}

router = APIRouter(tags=["graphs"], responses=errors(408))


@router.post("/graphs/import", openapi_extra=BODY)
async def import_model(request: Request, rooms: RoomsDep) -> Imported:
    """Read a `.keras`, `.h5`, JSON or YAML model, or a project of Layerloom, as a drawing.

    The file is read as data in a process of its own; nothing in it is run. What can not be drawn becomes a node that
    says so; a file that is no model, or a hostile one, is a 422.
    """
    token = secrets.token_hex(16)
    with arriving(rooms.settings.home, token) as folder:
        filename = await receive_file(request, folder / UPLOAD)
        imported = Imported.model_validate_json(await _read(rooms, folder, filename))
        if imported.weights is None:
            return imported
        await asyncio.to_thread(_keep, folder, token)
        return imported.model_copy(update={"weights": token})


@contextmanager
def arriving(home: Path, token: str) -> Iterator[Path]:
    """A folder for one upload; whatever happens, it is gone afterwards unless it was given its name."""
    folder = imports_folder(home) / f"{ARRIVING}{token}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _read(rooms: Rooms, folder: Path, filename: str) -> str:
    """What the child process makes of the file. One import at a time: each may take much of the memory."""
    settings = rooms.settings
    size = (folder / UPLOAD).stat().st_size
    timeout_s = settings.import_timeout_s + size / BYTES_PER_SECOND
    async with rooms.importing:
        reader = Worker("import", settings.worker_memory_bytes)
        try:
            text: str = await reader.call(IMPORT, folder / UPLOAD, filename, folder, timeout_s=timeout_s)
        except WorkerDied:
            raise ApiError(422, "unsafe-model", _DIED) from None
        except WorkerTimedOut:
            message = f"Reading this file took longer than {timeout_s:.0f} s (setting import_timeout_s). It was ended."
            raise ApiError(422, "unsafe-model", message) from None
        finally:
            await reader.aclose()
    return text


_DIED = "Reading this file ended the process that read it: it is damaged, or needs more memory than an import may take."


def _keep(folder: Path, token: str) -> None:
    for left in (UPLOAD, UNPACKED):
        (folder / left).unlink(missing_ok=True)
    folder.rename(folder.with_name(token))
    tidy(folder.parent)
