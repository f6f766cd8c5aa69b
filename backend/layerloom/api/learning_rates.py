"""Finding a learning rate: the curve as a whole, or line by line as it comes."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import StreamingResponse

from layerloom.api.bodies import ErrorBody, GraphToTry, errors
from layerloom.api.checking import budget_bytes
from layerloom.api.deps import RoomsDep
from layerloom.api.errors import ApiError
from layerloom.api.rooms import Rooms
from layerloom.api.strict_json import StrictJsonRoute
from layerloom.api.trying import require_ready, trying, while_heard
from layerloom.engine.calls import WorkerDied, WorkerFailed, WorkerTimedOut
from layerloom.problem import Refusal
from layerloom.trial import RateProgress, RateSweep

BEGIN = "layerloom.training.rates:begin"
ADVANCE = "layerloom.training.rates:advance_json"
NEWS_S = 0.3
LINES = "application/x-ndjson"
STREAM: dict[int | str, dict[str, Any]] = {200: {"content": {LINES: {"schema": {"type": "string"}}}}}

router = APIRouter(tags=["training"], responses=errors(), route_class=StrictJsonRoute)


@router.post("/training/learning-rates", response_model=RateSweep, responses=STREAM)
async def find_rates(
    asked: GraphToTry, request: Request, rooms: RoomsDep, accept: Annotated[str, Header()] = ""
) -> Response:
    """Raise the learning rate from 1e-7 to 10 over 200 batches on a model that is then thrown away.

    With `Accept: application/x-ndjson` the answer is a line of RateProgress now and then; the last has the sweep, or
    a line is an error. Hanging up ends it. 422 with its problem where a step fails.
    """
    await require_ready(rooms, asked)
    if LINES in accept:
        return StreamingResponse(_lines(rooms, asked), media_type=LINES)
    sweep = await while_heard(request, _whole(rooms, asked))
    return Response(sweep.model_dump_json(), media_type="application/json")


async def _progress(rooms: Rooms, asked: GraphToTry) -> AsyncIterator[RateProgress]:
    settings = rooms.settings
    async with rooms.rates_turn, trying(rooms, "rates") as worker:
        arguments = (asked.graph, asked.recipe, settings.home, budget_bytes(settings))
        await worker.call(BEGIN, *arguments, timeout_s=settings.trial_timeout_s)
        while True:
            text: str = await worker.call(ADVANCE, NEWS_S, timeout_s=settings.trial_timeout_s)
            progress = RateProgress.model_validate_json(text)
            yield progress
            if progress.sweep is not None:
                return


async def _whole(rooms: Rooms, asked: GraphToTry) -> RateSweep:
    sweep = None
    async for progress in _progress(rooms, asked):
        sweep = progress.sweep
    if sweep is None:
        raise ApiError(422, "worker-died", "The sweep ended before its last step.")
    return sweep


async def _lines(rooms: Rooms, asked: GraphToTry) -> AsyncIterator[str]:
    """Each as JSON on a line of its own; the status has gone out, so an error is a line too."""
    try:
        async for progress in _progress(rooms, asked):
            yield progress.model_dump_json() + "\n"
    except Refusal as refused:
        yield _error(ErrorBody(code=refused.code, message=refused.message, problems=refused.problems))
    except (WorkerDied, WorkerFailed, WorkerTimedOut):
        message = "The first steps took too long, or more memory than they may. Try a smaller batch_size or model."
        yield _error(ErrorBody(code="worker-died", message=message))


def _error(body: ErrorBody) -> str:
    return body.model_dump_json() + "\n"
