"""How well a run's model does: judged once on rows with known answers, looked into as often as one likes."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import StringConstraints

from layerloom.api.bodies import EvaluationAsked, errors
from layerloom.api.deps import RoomsDep, RunId
from layerloom.api.leaving import unless_gone
from layerloom.api.models import EpochText, parsed_epoch
from layerloom.api.rooms import Rooms
from layerloom.api.strict_json import StrictJsonRoute
from layerloom.checkpoint import MANIFEST, MODEL, Manifest, UnknownCheckpoint, find
from layerloom.data.dataset import DatasetInfo
from layerloom.data.parts import expected_rows
from layerloom.engine.workers import Worker
from layerloom.evaluation import (
    Evaluation,
    EvaluationProgress,
    Order,
    RowsFound,
    SplitName,
    end_progress,
    kept,
    place_of,
    told_progress,
)
from layerloom.recipe import Recipe

EVALUATE = "layerloom.training.evaluating.evaluate:evaluate_json"
ROWS = "layerloom.training.evaluating.finding:rows_json"

router = APIRouter(tags=["evaluate"], responses=errors(), route_class=StrictJsonRoute)

Label = Annotated[str | None, Query(max_length=1_000)]
Offset = Annotated[int, Query(ge=0, lt=10**9)]
Limit = Annotated[int, Query(ge=1, le=100)]
DatasetName = Annotated[str, StringConstraints(min_length=1, max_length=200)]


@dataclass(frozen=True)
class _Question:
    """One evaluation: of which weights on which rows, and where it is kept."""

    checkpoint: Path
    recipe: Recipe
    dataset: str
    split: SplitName
    place: Path


@router.post("/runs/{run}/evaluate", response_model=Evaluation)
async def evaluate(run: RunId, asked: EvaluationAsked, request: Request, rooms: RoomsDep) -> Response:
    """Judge the model of a run, as it was after an epoch, on rows of a dataset with known answers.

    The same weights on the same rows are judged once; hanging up ends the work.
    """
    question = await asyncio.to_thread(_question, rooms, run, asked)
    return _json(await unless_gone(request, _evaluated(rooms, question)))


@router.get("/runs/{run}/evaluate/progress")
async def progress(
    run: RunId,
    rooms: RoomsDep,
    dataset: Annotated[DatasetName | None, Query()] = None,
    split: SplitName | None = None,
    epoch: EpochText = "last",
) -> EvaluationProgress | None:
    """Give how far an evaluation is that somebody waits for; null while there is none, or it waits for its turn."""
    asked = EvaluationAsked(dataset=dataset, split=split, epoch=parsed_epoch(epoch))
    question = await asyncio.to_thread(_question, rooms, run, asked)
    return await asyncio.to_thread(told_progress, question.place)


@router.get("/runs/{run}/evaluate/rows", response_model=RowsFound)
async def rows(
    run: RunId,
    request: Request,
    rooms: RoomsDep,
    dataset: Annotated[DatasetName | None, Query()] = None,
    split: SplitName | None = None,
    epoch: EpochText = "last",
    output: Label = None,
    true: Label = None,
    predicted: Label = None,
    mistakes: bool = False,
    order: Order = "confident",
    offset: Offset = 0,
    limit: Limit = 24,
) -> Response:
    """Give the rows behind an evaluation: those of one true and one predicted class, the worst, the surest mistakes.

    `output` is the first unless named. `order` is by probability (`confident`, `unsure`), `loss`, or `row` number; rows
    of numbers are ordered by their error. Judges first what was not judged yet.
    """
    asked = EvaluationAsked(dataset=dataset, split=split, epoch=parsed_epoch(epoch))
    question = await asyncio.to_thread(_question, rooms, run, asked)
    wanted = (output, true, predicted, mistakes, order, offset, limit)
    return _json(await unless_gone(request, _found(rooms, question, wanted)))


async def _found(rooms: Rooms, question: _Question, wanted: tuple[Any, ...]) -> str:
    await _evaluated(rooms, question)
    where = (question.place, question.recipe, rooms.settings.home, question.dataset, question.split)
    text: str = await rooms.predictor.call(ROWS, *where, wanted, timeout_s=rooms.settings.predict_timeout_s)
    return text


async def _evaluated(rooms: Rooms, question: _Question) -> str:
    """The report; made now by a child of its own if it is not kept. One at a time: each may take much of the memory."""
    if known := await asyncio.to_thread(kept, question.place):
        return known
    async with rooms.evaluating:
        if known := await asyncio.to_thread(kept, question.place):
            return known
        settings = rooms.settings
        judge = Worker("evaluate", settings.worker_memory_bytes, settings.allow_custom_code)
        about = (question.checkpoint, question.recipe, settings.home, question.dataset, question.split, question.place)
        try:
            text: str = await judge.call(EVALUATE, *about, timeout_s=settings.evaluate_timeout_s)
        finally:
            await judge.aclose()
            end_progress(question.place)
        return text


def _question(rooms: Rooms, run: int, asked: EvaluationAsked) -> _Question:
    """What is meant, defaults filled in. Raises UnknownRun, UnknownCheckpoint, UnknownDataset."""
    detail = rooms.store.get(run)
    checkpoint = find(detail.folder, asked.epoch)
    try:
        manifest = Manifest.model_validate_json((checkpoint / MANIFEST).read_bytes())
    except FileNotFoundError:
        raise UnknownCheckpoint(asked.epoch) from None
    info = rooms.library.get(asked.dataset or detail.recipe.data.dataset)
    split = asked.split or _held_out(info, detail.recipe)
    place = place_of(detail.folder, manifest.files[MODEL].sha256, info.id, info.fingerprint, split)
    return _Question(checkpoint, detail.recipe, info.id, split, place)


def _held_out(info: DatasetInfo, recipe: Recipe) -> SplitName:
    """Rows that were not trained on, if there are any."""
    if "test" in info.rows:
        return "test"
    held_out = expected_rows(info, recipe.data) if info.id == recipe.data.dataset else {}
    chosen: list[SplitName] = [split for split in ("test", "validation") if held_out.get(split)]
    return chosen[0] if chosen else "train"


def _json(text: str) -> Response:
    return Response(text, media_type="application/json")
