"""Samples followed through a drawing or a run's model: what each node gives out for them."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Response

from layerloom.activations import MOST_ROWS, Activations, Augmented
from layerloom.api.bodies import RowsToAugment, RowsToFollow, errors
from layerloom.api.checking import budget_bytes
from layerloom.api.deps import RoomsDep, RunId
from layerloom.api.models import EpochText, parsed_epoch
from layerloom.api.strict_json import StrictJsonRoute

ACTIVATIONS = "layerloom.training.activations:activations_json"
AUGMENTED = "layerloom.training.augmenting:augmented_json"
INITIAL = "layerloom.training.activations:initial_activations_json"

router = APIRouter(tags=["activations"], responses=errors(), route_class=StrictJsonRoute)

RowNumbers = Annotated[str, Query(pattern=rf"^[0-9]{{1,9}}(,[0-9]{{1,9}}){{0,{MOST_ROWS - 1}}}$", examples=["0,7"])]


@router.get("/runs/{run}/activations", response_model=Activations)
async def activations(run: RunId, rooms: RoomsDep, rows: RowNumbers, epoch: EpochText = "last") -> Response:
    """Give what each node of a run's drawing gives out for rows of the training split, as it was after an epoch.

    `rows` are numbers from 0 with commas between them, at most five.
    """
    detail = await asyncio.to_thread(rooms.store.get, run)
    wanted = [int(row) for row in rows.split(",")]
    about = (detail.folder, parsed_epoch(epoch), detail.graph, detail.recipe, rooms.settings.home, wanted)
    text: str = await rooms.predictor.call(ACTIVATIONS, *about, timeout_s=rooms.settings.predict_timeout_s)
    return Response(text, media_type="application/json")


@router.post("/graphs/activations", tags=["graphs"], response_model=Activations)
async def initial_activations(asked: RowsToFollow, rooms: RoomsDep) -> Response:
    """Give the same with the weights that a run would start from.

    Layers that learn from the data before a training see 1,024 of its rows.
    """
    rooms.library.get(asked.recipe.data.dataset)
    settings = rooms.settings
    about = (asked.graph, asked.recipe, settings.home, budget_bytes(settings), asked.rows)
    text: str = await rooms.predictor.call(INITIAL, *about, timeout_s=settings.predict_timeout_s)
    return Response(text, media_type="application/json")


@router.post("/graphs/augmented", tags=["graphs"], response_model=Augmented)
async def augmented(asked: RowsToAugment, rooms: RoomsDep) -> Response:
    """Give pictures of the training split before and after a layer that changes them in training.

    Each `seed` is another draw; the same one is the same.
    """
    rooms.library.get(asked.recipe.data.dataset)
    settings = rooms.settings
    drawn = (asked.graph, asked.recipe, settings.home, budget_bytes(settings))
    about = (*drawn, asked.node, asked.rows, asked.seed)
    text: str = await rooms.predictor.call(AUGMENTED, *about, timeout_s=settings.predict_timeout_s)
    return Response(text, media_type="application/json")
