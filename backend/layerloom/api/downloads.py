"""Files on their way to a client: under a name that every file system takes, whole or not at all."""

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

from fastapi.responses import FileResponse, StreamingResponse
from starlette.types import Receive, Scope, Send

from layerloom.checkpoint import UnknownCheckpoint
from layerloom.engine.workers import Worker

CHUNK_BYTES = 1 << 18


class Download(FileResponse):
    """A file that may be thrown away before it is sent: an older epoch makes room, the run is deleted."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file. Raises UnknownCheckpoint if it is gone."""
        try:
            await super().__call__(scope, receive, send)
        except RuntimeError:
            if Path(self.path).exists():
                raise
            raise UnknownCheckpoint(Path(self.path).parent.name) from None


async def made_by(
    worker: Worker, function: str, *arguments: Any, timeout_s: float, name: str, media_type: str
) -> StreamingResponse:
    """What a child writes to the path that it is handed as its last argument; nobody else ever sees that file."""
    with tempfile.TemporaryDirectory(prefix="layerloom-") as folder:
        path = Path(folder) / name.replace("/", "-")
        await worker.call(function, *arguments, path, timeout_s=timeout_s)
        file = path.open("rb")
    headers = {
        "content-length": str(os.fstat(file.fileno()).st_size),
        "content-disposition": attachment(name),
        "cache-control": "no-cache",
    }
    return StreamingResponse(_chunks(file), headers=headers, media_type=media_type)


def attachment(name: str) -> str:
    """The header that makes a browser save what comes under this name."""
    return f"attachment; filename*=utf-8''{quote(name)}"


def words_of(name: str) -> str:
    """Letters and digits of a name that a person typed, for a file name."""
    return re.sub(r"[^\w-]+", "-", name).strip("-_")[:60] or "model"


def file_name(name: str, run: int, epoch: int, suffix: str = ".keras") -> str:
    """A name that every file system takes: letters and digits of the run's name, its id, the epoch."""
    return f"{words_of(name)}-run-{run}-epoch-{epoch}{suffix}"


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk
