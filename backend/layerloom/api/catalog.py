"""What the installed Keras offers, reflected once by a child and kept in the home folder."""

import asyncio
import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Header, Response

from layerloom import __version__, catalog
from layerloom.api.bodies import errors
from layerloom.api.deps import RoomsDep
from layerloom.api.rooms import Rooms
from layerloom.catalog import Catalog

REFLECT = "layerloom.modeling.reflection:catalog_json"
REFLECT_TIMEOUT_S = 120.0

router = APIRouter(tags=["catalog"], responses=errors())


@router.get("/catalog", response_model=Catalog, responses={304: {"description": "Unchanged since If-None-Match"}})
async def get(rooms: RoomsDep, if_none_match: Annotated[str | None, Header()] = None) -> Response:
    """Give every layer, loss, metric, optimizer and so on with its parameters; waits for Keras the first time."""
    text = await _catalog(rooms)
    headers = {"etag": f'"{hashlib.sha256(text).hexdigest()[:32]}"', "cache-control": "no-cache"}
    if if_none_match == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return Response(text, headers=headers, media_type="application/json")


async def _catalog(rooms: Rooms) -> bytes:
    path = rooms.settings.home / f"catalog-{await asyncio.to_thread(_edition)}.json"
    if path.exists():
        return await asyncio.to_thread(path.read_bytes)
    text: str = await rooms.checker.call(REFLECT, timeout_s=REFLECT_TIMEOUT_S)
    await asyncio.to_thread(_write, path, text.encode())
    return text.encode()


def _edition() -> str:
    """Names the installed Keras and the code that reflects it: either may change what the catalog says."""
    digest = hashlib.sha256(Path(catalog.__file__).read_bytes())
    for source in sorted((Path(catalog.__file__).parent / "modeling").rglob("*.py")):
        digest.update(source.read_bytes())
    return f"keras-{version('keras')}-layerloom-{__version__}-{digest.hexdigest()[:12]}"


def _write(path: Path, text: bytes) -> None:
    temporary = path.with_suffix(".tmp")
    temporary.write_bytes(text)
    temporary.replace(path)
