"""The one TensorBoard of a server, and how a request gets to it and its answer back."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from layerloom.api.guard import BOARD
from layerloom.engine.calls import WorkerDied
from layerloom.engine.workers import Worker

if TYPE_CHECKING:
    import httpx

START = "layerloom.training.board:start"
START_TIMEOUT_S = 120.0
ANSWER_TIMEOUT_S = 60.0
CONNECTIONS = 16

ASKED_WITH = frozenset({"accept", "accept-encoding", "content-type", "content-length", "if-none-match"})
"""What goes on to TensorBoard: no token, no cookie, nothing that concerns one connection."""
ASKED_WITH_PREFIX = "x-tensorboard"
ANSWERED_WITH = frozenset(
    {"cache-control", "content-disposition", "content-encoding", "content-length", "content-type", "etag", "expires"}
)


class Board:
    """TensorBoard on the logs in a folder. A child that ended is replaced at the next question."""

    def __init__(self, logs: Path, memory_bytes: int) -> None:
        self.logs = logs
        # A Unix socket's path may have about a hundred characters; a home folder may be deeper than that.
        self._folder = tempfile.TemporaryDirectory(prefix="layerloom-", ignore_cleanup_errors=True)
        self._socket = Path(self._folder.name) / "tensorboard"
        self._worker = Worker("tensorboard", memory_bytes)
        self._starting: asyncio.Task[None] | None = None
        self._client: httpx.AsyncClient | None = None

    async def listens(self, within_s: float = START_TIMEOUT_S) -> bool:
        """Start it if it is not there; whether it listens within this time. If not, it goes on starting.

        Raises WorkerDied, WorkerFailed, WorkerTimedOut where it can not be started.
        """
        if self._starting is None or self._starting.done():
            call = self._worker.call(START, self.logs, self._socket, f"/{BOARD}", timeout_s=START_TIMEOUT_S)
            self._starting = asyncio.create_task(call)
        done, _ = await asyncio.wait({self._starting}, timeout=within_s)
        for started in done:
            started.result()
        return bool(done)

    async def answer(self, request: Request) -> Response:
        """What it answers to this request, passed on as it comes. Raises WorkerDied where it does not answer."""
        import httpx  # a quarter of a second, which a server that nobody asks for TensorBoard starts without

        if self._client is None:
            limits = httpx.Limits(max_connections=CONNECTIONS)
            transport = httpx.AsyncHTTPTransport(uds=str(self._socket), limits=limits)
            self._client = httpx.AsyncClient(transport=transport, timeout=ANSWER_TIMEOUT_S)
        path = request.scope["raw_path"] + b"?" + request.scope["query_string"]
        asked = self._client.build_request(
            request.method,
            httpx.URL(scheme="http", host="tensorboard", raw_path=path),
            headers=_passed_on(request.headers),
            content=None if request.method in ("GET", "HEAD") else request.stream(),
        )
        try:
            answer = await self._client.send(asked, stream=True)
        except httpx.TransportError as error:
            raise WorkerDied(f"TensorBoard does not answer ({type(error).__name__}).") from None
        headers = {name: value for name, value in answer.headers.items() if name in ANSWERED_WITH}
        return StreamingResponse(_body(answer), answer.status_code, headers)

    async def aclose(self) -> None:
        """End it."""
        if self._client is not None:
            await self._client.aclose()
        await self._worker.aclose()
        if self._starting is not None:
            await asyncio.wait({self._starting})
        await asyncio.to_thread(self._folder.cleanup)


async def _body(answer: "httpx.Response") -> AsyncIterator[bytes]:
    try:
        async for chunk in answer.aiter_raw():
            yield chunk
    finally:
        await answer.aclose()


def _passed_on(headers: Headers) -> Mapping[str, str]:
    return {name: value for name, value in headers.items() if name in ASKED_WITH or name.startswith(ASKED_WITH_PREFIX)}
