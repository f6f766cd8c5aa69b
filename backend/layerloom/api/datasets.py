"""What a network learns from: the sets there are, their columns and rows."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse

from layerloom.api.bodies import Rows, errors
from layerloom.api.deps import DatasetId, RoomsDep
from layerloom.data.archive import archive
from layerloom.data.dataset import DatasetInfo

ARCHIVE = "application/octet-stream"
DOWNLOAD: dict[int | str, dict[str, Any]] = {
    200: {"content": {ARCHIVE: {"schema": {"type": "string", "format": "binary"}}}}
}

router = APIRouter(tags=["datasets"], responses=errors())

Split = Annotated[str, Query(min_length=1, max_length=20)]
Offset = Annotated[int, Query(ge=0, lt=10**9)]
Limit = Annotated[int, Query(ge=1, le=1_000)]


@router.get("/datasets")
def list_all(rooms: RoomsDep) -> list[DatasetInfo]:
    """List every dataset with its columns and statistics."""
    return rooms.library.list()


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
