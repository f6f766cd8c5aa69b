"""Drawings: what Keras makes of them, and how they could be trained. Nothing is kept."""

from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from layerloom.api.bodies import (
    DatasetToStart,
    GraphToCheck,
    GraphToSummarize,
    GraphToWrite,
    NodeToUnpack,
    RecipeQuestion,
    RecipeToPlan,
    Started,
    errors,
)
from layerloom.api.checking import check_text
from layerloom.api.deps import RoomsDep
from layerloom.api.strict_json import StrictJsonRoute
from layerloom.data.start import start
from layerloom.data.suggest import suggest
from layerloom.graph.document import Block
from layerloom.recipe import Recipe
from layerloom.report import CheckReport, LearningRates

SUMMARIZE = "layerloom.modeling.build:summary"
UNPACK = "layerloom.modeling.importing.unpacking:application_block_json"
RATES = "layerloom.training.schedule:learning_rates_json"
SOURCE = "layerloom.training.source:source"
NOTEBOOK = "application/x-ipynb+json"
TEXT: dict[int | str, dict[str, Any]] = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}
CODE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/plain": {"schema": {"type": "string"}}, NOTEBOOK: {"schema": {"type": "object"}}}}
}

router = APIRouter(tags=["graphs"], responses=errors(), route_class=StrictJsonRoute)


@router.post("/graphs/check", response_model=CheckReport)
async def check(asked: GraphToCheck, rooms: RoomsDep) -> Response:
    """Say what Keras makes of a drawing: shapes, counts and problems. 200 for any well-formed one, however wrong."""
    text = await check_text(rooms.checker, rooms.settings, asked.graph, asked.recipe)
    return Response(text, media_type="application/json")


@router.post("/graphs/summary", response_class=Response, responses=TEXT)
async def summary(asked: GraphToSummarize, rooms: RoomsDep) -> Response:
    """Give Keras's own `summary()` as text."""
    text: str = await rooms.checker.call(SUMMARIZE, asked.graph, timeout_s=rooms.settings.check_timeout_s)
    return PlainTextResponse(text)


@router.post("/graphs/source", response_class=Response, responses=CODE)
async def source(asked: GraphToWrite, rooms: RoomsDep) -> Response:
    """Write a drawing as Python code, or as a notebook. A drawing with errors is 422 with its problems."""
    settings = rooms.settings
    arguments = (asked.graph, asked.recipe, asked.style, settings.home)
    text: str = await rooms.writer.call(SOURCE, *arguments, timeout_s=settings.source_timeout_s)
    return Response(text, media_type=NOTEBOOK if asked.style == "notebook" else "text/plain; charset=utf-8")


@router.post("/graphs/unpack", response_model=Block)
async def unpack(asked: NodeToUnpack, rooms: RoomsDep) -> Response:
    """Give the layers of an application node as a block. A drawing with errors is 422 with its problems."""
    text: str = await rooms.writer.call(UNPACK, asked.graph, asked.node, timeout_s=rooms.settings.source_timeout_s)
    return Response(text, media_type="application/json")


@router.post("/graphs/start")
def begin(asked: DatasetToStart, rooms: RoomsDep) -> Started:
    """Propose a drawing for a dataset and how to train it. A dataset without a target or an input is 422."""
    proposed = start(rooms.library.get(asked.dataset))
    return Started(graph=proposed.graph, recipe=proposed.recipe)


@router.post("/recipes/learning-rates", tags=["recipes"], response_model=LearningRates)
async def learning_rates(asked: RecipeToPlan, rooms: RoomsDep) -> Response:
    """Give the learning rate of the steps of a training to come, as its optimizer and callbacks will set it."""
    dataset = rooms.library.get(asked.recipe.data.dataset)
    text: str = await rooms.writer.call(RATES, asked.recipe, dataset, timeout_s=rooms.settings.source_timeout_s)
    return Response(text, media_type="application/json")


@router.post("/recipes/suggest", tags=["recipes"])
def suggest_recipe(asked: RecipeQuestion, rooms: RoomsDep) -> Recipe:
    """Propose how to train a drawing on a dataset: columns bound, loss and metrics chosen by what is predicted."""
    return suggest(asked.graph, rooms.library.get(asked.dataset))
