"""What a route asks for, as annotated types: the rooms below, and ids as they stand in a path."""

import re
from typing import Annotated

from fastapi import Depends, Path
from pydantic import BeforeValidator
from starlette.requests import HTTPConnection

from layerloom.api.rooms import Rooms
from layerloom.api.submissions import Submissions

_ID = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


def parse_id(text: str) -> int:
    """The whole number that a path spells. Raises ValueError for any other spelling (`1e3`, `+1`, 2^63)."""
    if not _ID.fullmatch(text):
        raise ValueError("an id is a whole number from 1")
    return int(text)


async def _rooms(connection: HTTPConnection) -> Rooms:
    rooms: Rooms = connection.app.state.rooms
    return rooms


async def _submissions(connection: HTTPConnection) -> Submissions:
    submissions: Submissions = connection.app.state.submissions
    return submissions


RoomsDep = Annotated[Rooms, Depends(_rooms)]
SubmissionsDep = Annotated[Submissions, Depends(_submissions)]
RunId = Annotated[int, BeforeValidator(parse_id), Path(ge=1, lt=10**18)]
DatasetId = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[a-z0-9_-]+$")]
