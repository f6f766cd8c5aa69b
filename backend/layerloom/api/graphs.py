"""Drawings: what Keras makes of them, and how they could be trained. Nothing is kept."""

from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from layerloom.api.bodies import GraphToCheck, GraphToSummarize, RecipeQuestion, errors
from layerloom.api.checking import check_text
from layerloom.api.deps import RoomsDep
from layerloom.api.strict_json import StrictJsonRoute
from layerloom.data.suggest import suggest
from layerloom.recipe import Recipe
from layerloom.report import CheckReport

SUMMARIZE = "layerloom.modeling.build:summary"
TEXT: dict[int | str, dict[str, Any]] = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}

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


@router.post("/recipes/suggest", tags=["recipes"])
def suggest_recipe(asked: RecipeQuestion, rooms: RoomsDep) -> Recipe:
    """Propose how to train a drawing on a dataset: columns bound, loss and metrics chosen by what is predicted."""
    return suggest(asked.graph, rooms.library.get(asked.dataset))
