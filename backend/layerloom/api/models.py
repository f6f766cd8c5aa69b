"""Trained models: which epochs were kept, one to take away, one to ask."""

import asyncio
import re
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import FileResponse

from layerloom.api.bodies import Predictions, Samples, errors
from layerloom.api.deps import RoomsDep, RunId
from layerloom.api.errors import ApiError
from layerloom.api.strict_json import StrictJsonRoute
from layerloom.checkpoint import MODEL, Manifest, find, read_manifest, whole_checkpoints
from layerloom.runs.summary import RunDetail

PREDICT = "layerloom.training.predict:predict"
KERAS_FILE = "application/vnd.keras"
DOWNLOAD = {200: {"content": {KERAS_FILE: {"schema": {"type": "string", "format": "binary"}}}}, 304: {}}

router = APIRouter(tags=["models"], responses=errors(), route_class=StrictJsonRoute)

EpochText = Annotated[str, Query(pattern=r"^(last|best|[1-9][0-9]{0,8})$")]


@router.get("/runs/{run}/checkpoints")
def checkpoints(run: RunId, rooms: RoomsDep) -> list[Manifest]:
    """List the whole checkpoints of a run, oldest first."""
    return whole_checkpoints(Path(rooms.store.get(run).folder))
