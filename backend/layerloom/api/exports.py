"""Models as files: every format of a run's model, tried before it is offered; drawings without a training."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import FileResponse

from layerloom.api.bodies import ExportAsked, GraphToExport, errors
from layerloom.api.checking import budget_bytes
from layerloom.api.deps import RoomsDep, RunId
from layerloom.api.downloads import Download, attachment, file_name, made_by, words_of
from layerloom.api.errors import ApiError
from layerloom.api.graphs import SOURCE
from layerloom.api.models import EpochText, parsed_epoch
from layerloom.api.rooms import Rooms
from layerloom.api.strict_json import StrictJsonRoute
from layerloom.checkpoint import MANIFEST, MODEL, Manifest, UnknownCheckpoint, find
from layerloom.model_file import (
    FORMAT_NAMES,
    FORMATS,
    PROGRAMS,
    Exportable,
    FormatName,
    ModelFile,
    exportables,
    made,
    path_of,
)
from layerloom.runs.summary import RunDetail

EXPORT = "layerloom.training.export:export"
EXPORT_UNTRAINED = "layerloom.modeling.exporting.untrained:export_untrained"
BINARY = {"schema": {"type": "string", "format": "binary"}}
FILES: dict[str, Any] = dict.fromkeys(sorted({one.media_type for one in FORMATS.values()}), BINARY)
TEXTS: dict[str, Any] = {one.media_type: {"schema": {"type": "string"}} for one in PROGRAMS.values()}
DOWNLOAD: dict[int | str, dict[str, Any]] = {
    200: {"content": {**FILES, **TEXTS}},
    304: {"description": "Unchanged since If-None-Match"},
}

router = APIRouter(tags=["exports"], responses=errors(), route_class=StrictJsonRoute)


@dataclass(frozen=True)
class _Place:
    """The checkpoint that is meant."""

    run: RunDetail
    folder: Path
    epoch: int
    model_sha256: str


@router.get("/runs/{run}/exports")
def exports(run: RunId, rooms: RoomsDep, epoch: EpochText = "last") -> list[Exportable]:
    """List every format with the file that was made of the model as it was after an epoch, if it was."""
    place = _place(rooms, run, parsed_epoch(epoch))
    return exportables(place.folder, place.model_sha256)


@router.post("/runs/{run}/exports")
async def make(run: RunId, asked: ExportAsked, rooms: RoomsDep) -> ModelFile:
    """Make and try a file of a run's model, once; `GET /runs/{run}/model` downloads it."""
    place = await asyncio.to_thread(_place, rooms, run, asked.epoch)
    return await _made(rooms, place, asked.format)


@router.head("/runs/{run}/model", include_in_schema=False)
@router.get("/runs/{run}/model", response_class=FileResponse, responses=DOWNLOAD)
async def model(
    run: RunId,
    rooms: RoomsDep,
    format: Annotated[str, Query(max_length=20)] = "keras",
    epoch: EpochText = "last",
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Download the model as it was after an epoch (a number, `last` or `best`) as a file of any format.

    The file is made and tried by its own runtime first, unless it was before. The formats `script` and `notebook` are
    Python that trains the run's drawing by its recipe.
    """
    if format in PROGRAMS:
        return await _program(rooms, await asyncio.to_thread(rooms.store.get, run), format)
    known = _known(format)
    place = await asyncio.to_thread(_place, rooms, run, parsed_epoch(epoch))
    file = await _made(rooms, place, known)
    headers = {"etag": f'"{file.sha256[:32]}"', "cache-control": "no-cache"}
    if if_none_match == headers["etag"]:
        return Response(status_code=304, headers=headers)
    name = file_name(place.run.name, run, place.epoch, FORMATS[known].suffix)
    return Download(path_of(place.folder, known), 200, headers, FORMATS[known].media_type, filename=name)


@router.post("/graphs/export", tags=["graphs"], response_class=Response, responses={200: {"content": FILES}})
async def export(asked: GraphToExport, rooms: RoomsDep) -> Response:
    """Write a drawing as a file without a training: its architecture, or a model with its initial weights."""
    arguments = (asked.graph, asked.seed, asked.format, budget_bytes(rooms.settings))
    return await made_by(
        rooms.exporter,
        EXPORT_UNTRAINED,
        *arguments,
        timeout_s=rooms.settings.export_timeout_s,
        name=f"{words_of(asked.graph.name)}{FORMATS[asked.format].suffix}",
        media_type=FORMATS[asked.format].media_type,
    )


async def _program(rooms: Rooms, run: RunDetail, format: str) -> Response:
    arguments = (run.graph, run.recipe, format, rooms.settings.home)
    text: str = await rooms.writer.call(SOURCE, *arguments, timeout_s=rooms.settings.source_timeout_s)
    name = f"{words_of(run.name)}-run-{run.id}{PROGRAMS[format].suffix}"
    return Response(text, media_type=PROGRAMS[format].media_type, headers={"content-disposition": attachment(name)})


def _place(rooms: Rooms, run: int, epoch: Any) -> _Place:
    detail = rooms.store.get(run)
    folder = find(detail.folder, epoch)
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        raise UnknownCheckpoint(epoch) from None
    return _Place(detail, folder, manifest.epoch, manifest.files[MODEL].sha256)


async def _made(rooms: Rooms, place: _Place, format: FormatName) -> ModelFile:
    """The file of this format; whoever asks while it is being made waits in line and finds it."""
    file = await asyncio.to_thread(made, place.folder, format, place.model_sha256)
    if file is None:
        arguments = (place.folder, place.model_sha256, format)
        file = await rooms.exporter.call(EXPORT, *arguments, timeout_s=rooms.settings.export_timeout_s)
    return file


def _known(format: str) -> FormatName:
    for name in FORMAT_NAMES:
        if format == name:
            return name
    names = ", ".join([*FORMAT_NAMES, *PROGRAMS])
    raise ApiError(422, "unsupported-format", f"This format is not available. Available: {names}.")
