"""Trained models: which epochs were kept, and one to ask."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Query

from layerloom.api.bodies import Predictions, Samples, errors
from layerloom.api.deps import RoomsDep, RunId
from layerloom.api.strict_json import StrictJsonRoute
from layerloom.checkpoint import Manifest, whole_checkpoints

PREDICT = "layerloom.training.predict:predict"

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


def parsed_epoch(text: str) -> Literal["last", "best"] | int:
    """The epoch that a query names."""
    return "last" if text == "last" else "best" if text == "best" else int(text)
