"""Looking inside: the layers of a run's model and of a drawing, their configuration and weights."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BeforeValidator

from layerloom.api.bodies import GraphToOpen, errors
from layerloom.api.checking import budget_bytes
from layerloom.api.deps import RoomsDep, RunId
from layerloom.api.downloads import made_by, words_of
from layerloom.api.models import EpochText, parsed_epoch
from layerloom.api.rooms import Rooms
from layerloom.api.strict_json import StrictJsonRoute
from layerloom.inside import LayerList, LayerReport, ValuesFormat, WeightValues

LAYERS = "layerloom.training.layers:layers_json"
LAYER = "layerloom.training.layers:layer_json"
VALUES = "layerloom.training.layers:values_json"
VALUES_FILE = "layerloom.training.layers:values_file"
INITIAL_LAYERS = "layerloom.training.layers:initial_layers_json"
INITIAL_LAYER = "layerloom.training.layers:initial_layer_json"
MEDIA_TYPES = {"npy": "application/octet-stream", "csv": "text/csv"}
BINARY = {"schema": {"type": "string", "format": "binary"}}

router = APIRouter(tags=["layers"], responses=errors(), route_class=StrictJsonRoute)


def parse_index(text: str) -> int:
    """The place that a path spells. Raises ValueError for what is no whole number from 0."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError("an index is a whole number from 0")
    return int(text)


WeightIndex = Annotated[int, BeforeValidator(parse_index)]


@router.get("/runs/{run}/layers", response_model=LayerList)
async def layers(run: RunId, rooms: RoomsDep, epoch: EpochText = "last") -> Response:
    """List the layers of a run's model, as it was after an epoch, with their weights."""
    folder = (await asyncio.to_thread(rooms.store.get, run)).folder
    return await _asked(rooms, LAYERS, folder, parsed_epoch(epoch))


@router.get("/runs/{run}/layers/{layer}", response_model=LayerReport)
async def layer(run: RunId, layer: str, rooms: RoomsDep, epoch: EpochText = "last") -> Response:
    """Give one layer, by name or index: its configuration, and statistics and a histogram of each weight."""
    folder = (await asyncio.to_thread(rooms.store.get, run)).folder
    return await _asked(rooms, LAYER, folder, parsed_epoch(epoch), layer)


@router.get(
    "/runs/{run}/layers/{layer}/weights/{weight}",
    response_model=WeightValues,
    responses={200: {"content": dict.fromkeys(MEDIA_TYPES.values(), BINARY)}},
)
async def weight(
    run: RunId,
    layer: str,
    weight: WeightIndex,
    rooms: RoomsDep,
    format: Annotated[ValuesFormat, Query()] = "json",
    epoch: EpochText = "last",
) -> Response:
    """Give the values of one weight: thinned as JSON, whole as `.npy` or CSV."""
    folder = (await asyncio.to_thread(rooms.store.get, run)).folder
    asked = (folder, parsed_epoch(epoch), layer, weight)
    if format == "json":
        return await _asked(rooms, VALUES, *asked)
    return await made_by(
        rooms.predictor,
        VALUES_FILE,
        *asked,
        format,
        timeout_s=rooms.settings.predict_timeout_s,
        name=f"{words_of(layer)}-{weight}-run-{run}.{format}",
        media_type=MEDIA_TYPES[format],
    )


@router.post("/graphs/layers", tags=["graphs"], response_model=LayerList)
async def initial_layers(asked: GraphToOpen, rooms: RoomsDep) -> Response:
    """List the layers of a drawing with the weights that a run with this seed starts from."""
    return await _asked(rooms, INITIAL_LAYERS, asked.graph, asked.seed, budget_bytes(rooms.settings))


@router.post("/graphs/layers/{layer}", tags=["graphs"], response_model=LayerReport)
async def initial_layer(layer: str, asked: GraphToOpen, rooms: RoomsDep) -> Response:
    """Give one layer of a drawing, by name or index, with statistics of the weights that a run starts from."""
    return await _asked(rooms, INITIAL_LAYER, asked.graph, asked.seed, budget_bytes(rooms.settings), layer)


async def _asked(rooms: Rooms, function: str, *arguments: object) -> Response:
    text: str = await rooms.predictor.call(function, *arguments, timeout_s=rooms.settings.predict_timeout_s)
    return Response(text, media_type="application/json")
