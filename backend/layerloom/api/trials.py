"""What can be tried before a training: one real batch."""

from fastapi import APIRouter, Request

from layerloom.api.bodies import GraphToTry, errors
from layerloom.api.deps import RoomsDep
from layerloom.api.strict_json import StrictJsonRoute
from layerloom.api.trying import trial_of, while_heard
from layerloom.trial import Trial

router = APIRouter(tags=["training"], responses=errors(409), route_class=StrictJsonRoute)


@router.post("/training/try")
async def try_one_batch(asked: GraphToTry, request: Request, rooms: RoomsDep) -> Trial:
    """Send one real batch forward and backward, and say what a step, an epoch and its memory come to.

    What goes wrong in the step is a problem at its node. 409 `busy` while a run trains on this machine.
    """
    return await while_heard(request, trial_of(rooms, asked))
