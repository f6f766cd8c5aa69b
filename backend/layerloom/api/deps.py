"""What a route asks for, as annotated types: the rooms below, and ids as they stand in a path."""

import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Path
from pydantic import BeforeValidator
from starlette.requests import HTTPConnection

from layerloom.api.submissions import Submissions
from layerloom.data.library import Library
from layerloom.engine.dispatcher import Dispatcher
from layerloom.engine.workers import Worker
from layerloom.runs.feed import Feed
from layerloom.runs.store import RunStore
from layerloom.settings import Settings

_ID = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


@dataclass
class Rooms:
    """Everything that lives as long as the server, made by the lifespan. `streams` counts the open sockets."""

    settings: Settings
    library: Library
    store: RunStore
    feed: Feed
    checker: Worker
    predictor: Worker
    dispatcher: Dispatcher
    submissions: Submissions
    streams: int = 0


async def _rooms(connection: HTTPConnection) -> Rooms:
    rooms: Rooms = connection.app.state.rooms
    return rooms


def parse_id(text: object) -> object:
    """The whole number that a path spells. Raises ValueError for any other spelling (`1e3`, `+1`, 2^63)."""
    if isinstance(text, str) and not _ID.fullmatch(text):
        raise ValueError("an id is a whole number from 1")
    return text


RoomsDep = Annotated[Rooms, Depends(_rooms)]
RunId = Annotated[int, BeforeValidator(parse_id), Path(ge=1, lt=10**18)]
DatasetId = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[a-z0-9_-]+$")]
