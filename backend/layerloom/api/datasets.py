"""What a network learns from: the sets there are, their columns and rows."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from layerloom.api.bodies import Rows, errors
from layerloom.api.deps import DatasetId, RoomsDep
from layerloom.api.errors import ApiError
from layerloom.api.leaving import unless_gone
from layerloom.api.multipart import FIELD, receive_file
from layerloom.data.archive import archive
from layerloom.data.dataset import DatasetInfo, Note
from layerloom.data.uploads import FILE, Answer, Order
from layerloom.problem import Problem

ARCHIVE = "application/octet-stream"
DOWNLOAD: dict[int | str, dict[str, Any]] = {
    200: {"content": {ARCHIVE: {"schema": {"type": "string", "format": "binary"}}}}
}

_FILE = {"type": "object", "required": [FIELD], "properties": {FIELD: {"type": "string", "format": "binary"}}}
BODY: dict[str, Any] = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FILE}}}}
MOST_NAMED, MOST_PROBLEMS = 5, 20
TOO_LARGE = frozenset({"too-large", "unpacks-too-large"})

router = APIRouter(tags=["datasets"], responses=errors())

Split = Annotated[str, Query(min_length=1, max_length=20)]
Offset = Annotated[int, Query(ge=0, lt=10**9)]
Limit = Annotated[int, Query(ge=1, le=1_000)]


@router.get("/datasets")
def list_all(rooms: RoomsDep) -> list[DatasetInfo]:
    """List every dataset with its columns and statistics."""
    return rooms.library.list()


@router.post("/datasets", status_code=201, responses=errors(408), openapi_extra=BODY)
async def upload(request: Request, rooms: RoomsDep) -> DatasetInfo:
    """Make a dataset of a file, in one go: a table, or an archive of pictures, texts, sounds or arrays.

    For a file of many megabytes `POST /uploads` is the better way: it can be resumed and says how far it is.
    """
    token = await asyncio.to_thread(rooms.uploads.create, "file", 0)
    try:
        name = await receive_file(request, rooms.uploads.folder(token) / FILE)
        await asyncio.to_thread(rooms.uploads.name, token, name)
        rooms.ingestions.start(token, Order())
        answer = (await unless_gone(request, rooms.ingestions.finished(token))).answer
        assert answer is not None
        if answer.dataset is None:
            raise refused(answer)
        return rooms.library.get(answer.dataset)
    finally:
        await rooms.ingestions.cancel(token)
        await asyncio.to_thread(rooms.uploads.delete, token)


@router.delete("/datasets/{dataset}", status_code=204, response_class=Response, responses=errors(404, 409))
async def delete(dataset: DatasetId, rooms: RoomsDep) -> None:
    """Delete a dataset. What comes with the package stays, and so does what a run was trained on (409)."""
    info = rooms.library.get(dataset)
    if info.source == "package":
        raise ApiError(409, "in-use", f"'{info.title}' comes with Layerloom and stays.")
    if runs := await asyncio.to_thread(rooms.store.of_dataset, dataset):
        names = ", ".join(f"'{name}' (run {id})" for id, name in runs[:MOST_NAMED])
        more = f" and {len(runs) - MOST_NAMED} more" if len(runs) > MOST_NAMED else ""
        message = f"'{info.title}' is used by {names}{more}. Delete those runs first."
        raise ApiError(409, "in-use", message)
    await asyncio.to_thread(rooms.library.own.delete, dataset)


@router.get("/datasets/{dataset}")
def get(dataset: DatasetId, rooms: RoomsDep) -> DatasetInfo:
    """Describe one dataset."""
    return rooms.library.get(dataset)


@router.get("/datasets/{dataset}/rows", response_model=Rows)
def rows(
    dataset: DatasetId, rooms: RoomsDep, split: Split = "train", offset: Offset = 0, limit: Limit = 50
) -> Response:
    """Give rows of a split in file order, pictures as nested lists in stored units, empty cells as null."""
    some = rooms.library.rows(dataset, split, offset, limit)
    total = rooms.library.get(dataset).rows[split]
    # Not validated: looking again at every pixel of a thousand pictures took 2 s, writing them takes 0.1 s.
    answer = Rows.model_construct(total=total, rows=some)
    return Response(answer.model_dump_json(), media_type="application/json")


@router.get("/datasets/{dataset}/arrays", response_class=Response, responses=DOWNLOAD)
def arrays(dataset: DatasetId, rooms: RoomsDep) -> Response:
    """Download every column of every split as NumPy arrays (`.npz`), as programs outside of the app train on them."""
    pieces = archive(rooms.library, dataset)
    headers = {"content-disposition": f'attachment; filename="{dataset}.npz"'}
    return StreamingResponse(pieces, media_type=ARCHIVE, headers=headers)


def refused(answer: Answer) -> ApiError:
    """Why a file is no dataset, with the files, rows and columns at fault."""
    status = 413 if answer.code in TOO_LARGE else 422
    problems = [Problem(code=note.code, message=_placed(note)) for note in answer.notes[:MOST_PROBLEMS]]
    return ApiError(status, answer.code or "unreadable", answer.message or "This file can not be read.", problems)


def _placed(note: Note) -> str:
    places = (note.file, f"row {note.row:,}" if note.row else None, note.column and f"column '{note.column}'")
    place = ", ".join(filter(None, places))
    return f"{place}: {note.message}" if place else note.message
