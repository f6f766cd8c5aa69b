"""One shape for every error, and the place where exceptions become statuses.

What a client sent is never echoed: it may be huge, not encodable, or a script.
"""

import logging
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from layerloom.api.bodies import ErrorBody
from layerloom.checkpoint import UnknownCheckpoint
from layerloom.data.library import UnknownDataset
from layerloom.data.uploads import UnknownUpload
from layerloom.engine.calls import WorkerDied, WorkerTimedOut
from layerloom.inside import UnknownLayer
from layerloom.probes import UnknownProbe
from layerloom.problem import Problem, Refusal
from layerloom.runs.database import DatabaseUnavailable
from layerloom.runs.store import UnknownRun, WrongState
from layerloom.strict_json import Malformed

log = logging.getLogger(__name__)

MAX_PROBLEMS = 20
MAX_KEY = 80
HTTP_CODES = {
    401: ("token-needed", "This server asks for its token."),
    404: ("unknown", "There is nothing at this address."),
    405: ("wrong-method", "This address does not take this method; the Allow header lists those it takes."),
    413: ("too-large", "The body is larger than this server takes."),
}


class ApiError(HTTPException):
    """An answer with a status, in the one shape."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        problems: Sequence[Problem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, message, headers)
        self.body = ErrorBody(code=code, message=message, problems=list(problems))


def json_error(error: ApiError) -> Response:
    """The error as a response."""
    text = error.body.model_dump_json()
    return Response(text, error.status_code, error.headers, media_type="application/json")


def install(app: FastAPI) -> None:
    """Give every exception that a client can cause its answer."""
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    for kind, answer in _ANSWERS.items():
        app.add_exception_handler(kind, _handler(answer))


def _handler(answer: Any) -> Any:
    async def handle(_: Request, error: Exception) -> Response:
        return json_error(answer(error))

    return handle


def _refused(error: Refusal) -> ApiError:
    return ApiError(422, error.code, error.message, error.problems)


def _unknown_run(_: Exception) -> ApiError:
    return ApiError(404, "unknown", "There is no run with this id; it may have been deleted.")


def _unknown_dataset(_: Exception) -> ApiError:
    return ApiError(404, "unknown", "There is no dataset with this id; GET /api/datasets lists those there are.")


def _unknown_upload(_: Exception) -> ApiError:
    return ApiError(404, "unknown", "There is no upload with this token; it may have been thrown away after an hour.")


def _unknown_checkpoint(_: Exception) -> ApiError:
    message = "This run has no whole checkpoint of that epoch; GET its /checkpoints for those there are."
    return ApiError(404, "unknown-checkpoint", message)


def _unknown_layer(_: Exception) -> ApiError:
    message = "This model has no such layer, or the layer no such weight; GET its /layers for those there are."
    return ApiError(404, "unknown-layer", message)


def _unknown_probe(_: Exception) -> ApiError:
    return ApiError(404, "unknown-probe", "This run has no such probe; GET its /probes for those there are.")


def _wrong_state(error: WrongState) -> ApiError:
    return ApiError(409, error.state, f"This does not apply to a run that is {error.state}.")


def _database_away(_: Exception) -> ApiError:
    return ApiError(503, "database-unavailable", "The database does not answer. Try again in a moment.")


def _worker_died(_: Exception) -> ApiError:
    return ApiError(422, "worker-died", "Computing this ended the process that did it. It was replaced; try less.")


def _client_gone(_: Exception) -> ApiError:
    return ApiError(400, "malformed", "The client hung up before the answer; its work was ended.")


def _worker_timed_out(_: Exception) -> ApiError:
    return ApiError(422, "too-slow", "Computing this took longer than this server allows. Try a smaller request.")


_ANSWERS: dict[type[Exception], Any] = {
    Refusal: _refused,
    UnknownRun: _unknown_run,
    UnknownDataset: _unknown_dataset,
    UnknownUpload: _unknown_upload,
    UnknownCheckpoint: _unknown_checkpoint,
    UnknownLayer: _unknown_layer,
    UnknownProbe: _unknown_probe,
    WrongState: _wrong_state,
    DatabaseUnavailable: _database_away,
    WorkerDied: _worker_died,
    WorkerTimedOut: _worker_timed_out,
    ClientDisconnect: _client_gone,
}


async def _on_http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if isinstance(error, ApiError):
        return json_error(error)
    if isinstance(error.__cause__, Malformed):
        return json_error(ApiError(400, "malformed", str(error.__cause__)))
    code, message = HTTP_CODES.get(error.status_code, ("malformed", "The request could not be read."))
    return json_error(ApiError(error.status_code, code, message, headers=error.headers))


async def _on_invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return json_error(invalid(error.errors()))


def invalid(found: Sequence[Any]) -> ApiError:
    """What to answer to a request that pydantic refused."""
    if any(one["loc"][0] == "path" for one in found):
        return ApiError(404, "unknown", HTTP_CODES[404][1])
    if any(one["loc"] == ("body",) and isinstance(one.get("input"), bytes) for one in found):
        return ApiError(415, "not-json", "Expected a JSON body with the header 'Content-Type: application/json'.")
    problems = [_problem(one) for one in found[:MAX_PROBLEMS]]
    return ApiError(422, problems[0].code, problems[0].message, problems)


def readable(found: Mapping[str, Any], path: Sequence[str] | None = None) -> str:
    """What pydantic found, as a sentence that names the place and holds nothing of what was sent but keys."""
    place = ".".join(_path(found["loc"]) if path is None else path)
    said = str(found["msg"]).removeprefix("Value error, ")
    return f"{place or 'body'}: {said[:1].lower()}{said[1:]}."


def _problem(found: Mapping[str, Any]) -> Problem:
    path = _path(found["loc"][1:])
    in_recipe = path[:1] == ["recipe"]
    return Problem(code=_code(found, path), message=readable(found, path), recipe=path[1:] if in_recipe else None)


def _path(loc: Sequence[str | int]) -> list[str]:
    return [str(key)[:MAX_KEY] for key in loc]


def _code(found: Mapping[str, Any], path: list[str]) -> str:
    if path[:1] != ["graph"]:
        return "bad-value"
    return "too-large-document" if found["type"] == "too_long" else "bad-document"


class Boundary:
    """The last resort: a bug becomes a 500 with an id; the log has the id and the traceback, the client only the id."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the call through; answer for it where it breaks."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except ApiError as error:
            answer = json_error(error)
        except Exception:
            id = secrets.token_hex(4)
            log.exception("error %s in %s %s", id, scope.get("method", scope["type"]), scope.get("path"))
            message = f"Something broke here, not in your request. The log has it as {id}."
            answer = json_error(ApiError(500, "internal-error", message))
        else:
            return
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1011})
        elif not started:
            await answer(scope, receive, send)
        else:
            raise ConnectionAbortedError("the response had begun; a closed connection shows that it is not whole")
