"""One file out of a multipart body, written to disk as it arrives: memory holds a chunk of it, never the whole."""

import re
from collections.abc import AsyncIterator
from email.message import Message
from pathlib import Path
from typing import IO

from starlette.requests import ClientDisconnect, Request

from layerloom.api.errors import ApiError

FIELD = "file"
MAX_HEADER_BYTES = 8_192
MAX_FILENAME = 200
_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,\-./:=? ]{1,70}")
_END = b"\r\n\r\n"


async def receive_file(request: Request, target: Path) -> str:
    """Write the part named `file` to `target`; the name that the client gave it, for its ending alone.

    Raises ApiError: 415 `not-multipart`, 400 `malformed` where the body is cut, has no such part or a second one.
    """
    boundary = _boundary(request)
    body = _Body(request.stream())
    try:
        await body.upto(b"--" + boundary, MAX_HEADER_BYTES)
        filename = _filename(await body.upto(_END, MAX_HEADER_BYTES))
        with target.open("wb") as file:
            await body.into(file, b"\r\n--" + boundary)
        if not (await body.rest(MAX_HEADER_BYTES)).startswith(b"--"):
            raise _malformed(f"Expected one part, named '{FIELD}'; there are more.")
    except ClientDisconnect:
        raise _malformed("The upload was cut before its end.") from None
    return filename


class _Body:
    """A stream of chunks, read up to a mark."""

    def __init__(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks
        self._buffer = b""

    async def upto(self, mark: bytes, most: int) -> bytes:
        """Everything before the mark, which is passed over. Raises ApiError after `most` bytes without it."""
        while (place := self._buffer.find(mark)) < 0:
            if len(self._buffer) > most:
                raise _malformed("Expected multipart/form-data; a part has no end of its headers.")
            await self._more()
        before, self._buffer = self._buffer[:place], self._buffer[place + len(mark) :]
        return before

    async def into(self, file: IO[bytes], mark: bytes) -> None:
        """Write everything before the mark, which is passed over."""
        keep = len(mark) - 1
        while (place := self._buffer.find(mark)) < 0:
            ready = max(0, len(self._buffer) - keep)
            file.write(self._buffer[:ready])
            self._buffer = self._buffer[ready:]
            await self._more()
        file.write(self._buffer[:place])
        self._buffer = self._buffer[place + len(mark) :]

    async def rest(self, most: int) -> bytes:
        """What is left. Raises ApiError if it is longer than `most` bytes."""
        async for chunk in self._chunks:
            self._buffer += chunk
            if len(self._buffer) > most:
                break
        return self._buffer

    async def _more(self) -> None:
        async for chunk in self._chunks:
            if chunk:
                self._buffer += chunk
                return
        raise _malformed("The multipart body ends before its last boundary.")


def _boundary(request: Request) -> bytes:
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    boundary = header.get_param("boundary")
    if header.get_content_type() != "multipart/form-data" or not isinstance(boundary, str):
        message = f"Expected multipart/form-data with one part named '{FIELD}' (curl -F {FIELD}=@model.keras ...)."
        raise ApiError(415, "not-multipart", message)
    if not _BOUNDARY.fullmatch(boundary):
        raise _malformed("The boundary of the multipart body has characters that a boundary may not have.")
    return boundary.encode("ascii")


def _filename(headers: bytes) -> str:
    part = Message()
    for line in headers.decode("utf-8", "replace").split("\r\n"):
        key, colon, value = line.partition(":")
        if colon and key.strip().lower() == "content-disposition":
            part["content-disposition"] = " ".join(value.split())
    name = part.get_param("name", header="content-disposition") if "content-disposition" in part else None
    if name != FIELD:
        raise _malformed(f"Expected a part named '{FIELD}'.")
    filename = part.get_filename() or ""
    return filename.replace("\\", "/").rsplit("/", 1)[-1][-MAX_FILENAME:]


def _malformed(message: str) -> ApiError:
    return ApiError(400, "malformed", message)
