"""Trained models: which epochs were kept, one to take away, one to ask."""

import asyncio
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import FileResponse
from starlette.types import Receive, Scope, Send

from layerloom.api.bodies import Predictions, Samples, errors
from layerloom.api.deps import RoomsDep, RunId
from layerloom.api.errors import ApiError
from layerloom.api.strict_json import StrictJsonRoute
from layerloom.checkpoint import MODEL, Manifest, UnknownCheckpoint, checkpoint_folder, find, whole_checkpoints

PREDICT = "layerloom.training.predict:predict"
KERAS_FILE = "application/vnd.keras"
DOWNLOAD: dict[int | str, dict[str, Any]] = {
    200: {"content": {KERAS_FILE: {"schema": {"type": "string", "format": "binary"}}}},
    304: {"description": "Unchanged since If-None-Match"},
}

router = APIRouter(tags=["models"], responses=errors(), route_class=StrictJsonRoute)

EpochText = Annotated[str, Query(pattern=r"^(last|best|[1-9][0-9]{0,8})$")]


@router.get("/runs/{run}/checkpoints")
def checkpoints(run: RunId, rooms: RoomsDep) -> list[Manifest]:
    """List the whole checkpoints of a run, oldest first."""
    return whole_checkpoints(rooms.store.get(run).folder)


@router.get("/runs/{run}/model", response_class=FileResponse, responses=DOWNLOAD)
def model(
    run: RunId,
    rooms: RoomsDep,
    format: Annotated[str, Query(max_length=20)] = "keras",
    epoch: EpochText = "last",
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Download the model as it was after an epoch (a number, `last` or `best`), as a `.keras` file."""
    if format != "keras":
        raise ApiError(422, "unsupported-format", "This format is not available. Available: keras.")
    detail = rooms.store.get(run)
    checkpoint = find(detail.folder, parsed_epoch(epoch))
    manifest = next(
        m for m in whole_checkpoints(detail.folder) if checkpoint_folder(detail.folder, m.epoch) == checkpoint
    )
    headers = {"etag": f'"{manifest.files[MODEL].sha256[:32]}"', "cache-control": "no-cache"}
    if if_none_match == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return Download(checkpoint / MODEL, 200, headers, KERAS_FILE, filename=file_name(detail.name, run, manifest.epoch))


@router.post("/runs/{run}/predict")
async def predict(run: RunId, asked: Samples, rooms: RoomsDep) -> Predictions:
    """Ask the model of a run, as it was after an epoch, about some samples."""
    detail = await asyncio.to_thread(rooms.store.get, run)
    arguments = (detail.folder, asked.epoch, asked.inputs)
    outputs = await rooms.predictor.call(PREDICT, *arguments, timeout_s=rooms.settings.predict_timeout_s)
    return Predictions(outputs=outputs)


class Download(FileResponse):
    """A file that may be thrown away before it is sent: an older epoch makes room, the run is deleted."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file. Raises UnknownCheckpoint if it is gone."""
        try:
            await super().__call__(scope, receive, send)
        except RuntimeError:
            if Path(self.path).exists():
                raise
            raise UnknownCheckpoint(Path(self.path).parent.name) from None


def parsed_epoch(text: str) -> Literal["last", "best"] | int:
    """The epoch that a query names."""
    return "last" if text == "last" else "best" if text == "best" else int(text)


def file_name(name: str, run: int, epoch: int) -> str:
    """A name that every file system takes: letters and digits of the run's name, its id, the epoch."""
    words = re.sub(r"[^\w-]+", "-", name).strip("-_")[:60] or "model"
    return f"{words}-run-{run}-epoch-{epoch}.keras"
