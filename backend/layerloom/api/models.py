"""Trained models: which epochs were kept, and one to ask, about samples or a whole file."""

import asyncio
import secrets
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from layerloom.api.bodies import Predictions, Samples, errors
from layerloom.api.deps import RoomsDep, RunId
from layerloom.api.downloads import made_by, words_of
from layerloom.api.imports import BODY, arriving
from layerloom.api.leaving import unless_gone
from layerloom.api.multipart import receive_file
from layerloom.api.rooms import Rooms
from layerloom.api.strict_json import StrictJsonRoute
from layerloom.checkpoint import Manifest, whole_checkpoints
from layerloom.engine.workers import Worker
from layerloom.imported import UPLOAD
from layerloom.runs.summary import RunDetail

PREDICT = "layerloom.training.predict:predict"
PREDICT_FILE = "layerloom.training.predicting.file:predict_file"
CSV = "text/csv; charset=utf-8"
DOWNLOAD: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}

router = APIRouter(tags=["models"], responses=errors(), route_class=StrictJsonRoute)

EpochText = Annotated[str, Query(pattern=r"^(last|best|[1-9][0-9]{0,8})$")]


@router.get("/runs/{run}/checkpoints")
def checkpoints(run: RunId, rooms: RoomsDep) -> list[Manifest]:
    """List the whole checkpoints of a run, oldest first."""
    return whole_checkpoints(rooms.store.get(run).folder)


@router.post("/runs/{run}/predict")
async def predict(run: RunId, asked: Samples, rooms: RoomsDep) -> Predictions:
    """Ask the model of a run, as it was after an epoch, about some samples."""
    detail = await asyncio.to_thread(rooms.store.get, run)
    arguments = (detail.folder, asked.epoch, asked.inputs)
    outputs = await rooms.predictor.call(PREDICT, *arguments, timeout_s=rooms.settings.predict_timeout_s)
    return Predictions(outputs=outputs)


@router.post("/runs/{run}/predict/file", response_class=Response, responses=errors(408) | DOWNLOAD, openapi_extra=BODY)
async def predict_file(run: RunId, request: Request, rooms: RoomsDep, epoch: EpochText = "last") -> Response:
    """Ask the model of a run about every row of a file; the answer is a CSV file.

    A CSV file with the columns of the run's dataset (others are passed on), an NPZ file with an array for each Input,
    or PNG and JPEG pictures, one or a ZIP of them. Nothing of it is kept.
    """
    detail = await asyncio.to_thread(rooms.store.get, run)
    with arriving(rooms.settings.home, secrets.token_hex(16)) as folder:
        filename = await receive_file(request, folder / UPLOAD)
        about = (detail.folder, parsed_epoch(epoch), detail.recipe, rooms.settings.home, folder / UPLOAD, filename)
        return await unless_gone(request, _answered(rooms, detail, about))


async def _answered(rooms: Rooms, run: RunDetail, about: tuple[Any, ...]) -> StreamingResponse:
    """Made by a child of its own, one at a time, so that single samples do not wait for a whole file."""
    settings = rooms.settings
    async with rooms.evaluating:
        reader = Worker("predict", settings.worker_memory_bytes, settings.allow_custom_code)
        name = f"{words_of(run.name)}-run-{run.id}-predictions.csv"
        timeout_s = settings.evaluate_timeout_s
        try:
            return await made_by(reader, PREDICT_FILE, *about, timeout_s=timeout_s, name=name, media_type=CSV)
        finally:
            await reader.aclose()


def parsed_epoch(text: str) -> Literal["last", "best"] | int:
    """The epoch that a query names."""
    return "last" if text == "last" else "best" if text == "best" else int(text)
