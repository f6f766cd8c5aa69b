"""One layer before every path, method and socket: who may ask at all, how much they may send, what leaves with what.

A page on another site can make the visitor's browser call this server (its address is well known), so Host, Origin and
Sec-Fetch-Site are checked here once for HTTP and sockets, and no route can be forgotten.
"""

import asyncio
import hashlib
import hmac
import ipaddress
import re
from typing import NamedTuple
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from layerloom.api.errors import ApiError, json_error
from layerloom.settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_PATHS = frozenset({"/api/health"})
"""What answers without the token: a health check of a container has none."""

BODY_TIMEOUT_S = 30.0
UPLOAD_PATHS = frozenset({"/api/graphs/import"})
"""Where a file comes in, which may be far larger than JSON, and slower."""
DATA_PATH = re.compile(r"/api/datasets|/api/uploads/[0-9a-f]{32}")
"""Where a file of data comes in, whole or a piece of it."""
PREDICT_PATH = re.compile(r"/api/runs/[0-9]{1,18}/predict/file")
"""Where the rows of a table come in."""
UPLOAD_TIMEOUT_S = 600.0
DATA_TIMEOUT_S = 3_600.0
MULTIPART_BYTES = 10_000
"""What the wrapping of a file takes."""

COOKIE = "layerloom_session"
SECURITY_HEADERS = {
    # Styles may be inline: the menus and toasts of the page bring their own <style>. Scripts may not.
    "content-security-policy": (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'self'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


BOARD = "tensorboard"
BOARD_POLICY = (
    # TensorBoard compiles expressions and brings fonts and styles as data. What it would load from elsewhere stays out.
    "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline' data:; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
"""For what lies under `/tensorboard/`, which is TensorBoard's own page."""


class Guard:
    """Refuses foreign hosts and origins, wrong tokens and oversized bodies; sets the security headers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._session = session_of(settings.token) if settings.token else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the call through, or answer it here."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        shielded = _with_security_headers(scope, send)
        answer = self._refusal(scope)
        if answer is not None:
            await _answer(answer, scope, receive, shielded)
        elif scope["type"] == "websocket":
            await self._app(scope, receive, shielded)
        else:
            await self._app(scope, _Counted(receive, self._most(scope)), shielded)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        try:
            self._check_host(headers)
            if scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS:
                _check_origin(scope, headers)
            _check_length(headers, self._most(scope))
            return self._login(scope, headers)
        except ApiError as error:
            return json_error(error)

    def _most(self, scope: Scope) -> "_Most":
        """How large a body may be here, and how long it may take."""
        if scope["path"] in UPLOAD_PATHS:
            return _Most(self._settings.max_model_bytes + MULTIPART_BYTES, "max_model_bytes", UPLOAD_TIMEOUT_S)
        if DATA_PATH.fullmatch(scope["path"]):
            most = self._settings.max_upload_bytes + MULTIPART_BYTES
            return _Most(most, "max_upload_bytes", DATA_TIMEOUT_S)
        if PREDICT_PATH.fullmatch(scope["path"]):
            most = self._settings.max_predict_file_bytes + MULTIPART_BYTES
            return _Most(most, "max_predict_file_bytes", UPLOAD_TIMEOUT_S)
        return _Most(self._settings.max_body_bytes, "max_body_bytes", BODY_TIMEOUT_S)

    def _check_host(self, headers: Headers) -> None:
        hosts = headers.getlist("host")
        name = host_name(hosts[0]) if len(hosts) == 1 else None
        if name is None or name not in self._settings.allowed_hosts:
            message = (
                "The Host header names a host that this server does not answer to. "
                "Open the address that was printed at the start, or allow the name with --allow-host."
            )
            raise ApiError(400, "bad-host", message)

    def _login(self, scope: Scope, headers: Headers) -> Response | None:
        """None for who may pass; a first visit with the right `?token=` gets the cookie and the address without it."""
        if self._session is None or scope["path"] in OPEN_PATHS:
            return None
        if self._known(_bearer(headers)) or _equal(_cookie(headers), self._session):
            return None
        offered = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if scope["type"] == "http" and scope["method"] == "GET" and self._known(offered):
            return _welcome(scope, self._session)
        message = (
            "This server asks for its token. Open the address that was printed at the start (it ends in ?token=...), "
            "or send the header 'Authorization: Bearer TOKEN'."
        )
        raise ApiError(401, "token-needed", message, headers={"www-authenticate": "Bearer"})

    def _known(self, token: str) -> bool:
        return self._session is not None and bool(token) and _equal(session_of(token), self._session)


class _Most(NamedTuple):
    """A limit on bodies: bytes, the setting that says so, seconds."""

    size_bytes: int
    setting: str
    seconds: float


class _Counted:
    """`receive` that counts the body and its time: what declares no length, or drips, is ended at the limit."""

    def __init__(self, receive: Receive, most: _Most) -> None:
        self._receive = receive
        self._most = most
        self._seen = 0
        self._deadline: float | None = None
        self._whole = False

    async def __call__(self) -> Message:
        if self._whole:
            return await self._receive()
        if self._deadline is None:
            self._deadline = asyncio.get_running_loop().time() + self._most.seconds
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError:
            raise _too_slow(self._most) from None
        self._seen += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._seen > self._most.size_bytes:
            raise _too_large(self._most)
        return message


def session_of(token: str) -> str:
    """What the cookie holds: cookie-safe whatever the token is, and not the token itself."""
    return hashlib.sha256(b"layerloom session " + token.encode("utf-8", "surrogateescape")).hexdigest()


def host_name(host: str) -> str | None:
    """The name in a Host header, in lower case, without port and brackets; None where it is not one."""
    name, colon, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    if not colon:
        name = host
    elif not (port.isascii() and port.isdigit()):
        return None
    if name.startswith("[") or name.endswith("]") or ":" in name:
        return _ipv6(name)
    return name.lower() or None


def _ipv6(name: str) -> str | None:
    if not (name.startswith("[") and name.endswith("]")):
        return None
    try:
        return str(ipaddress.IPv6Address(name[1:-1]))
    except ValueError:
        return None


def _check_origin(scope: Scope, headers: Headers) -> None:
    origins = headers.getlist("origin")
    if origins:
        scheme = {"ws": "http", "wss": "https"}.get(scope["scheme"], scope["scheme"])
        own = f"{scheme}://{headers['host']}".lower()
        foreign = len(origins) > 1 or _without_default_port(origins[0].lower()) != _without_default_port(own)
    else:
        foreign = headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
    if foreign:
        message = "Another site asked for this. Use the page that this server serves, or a client without Origin."
        raise ApiError(403, "foreign-origin", message)


def _without_default_port(origin: str) -> str:
    for scheme, port in (("http://", ":80"), ("https://", ":443")):
        if origin.startswith(scheme):
            return origin.removesuffix(port)
    return origin


def _check_length(headers: Headers, most: _Most) -> None:
    declared = headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and (len(declared) > 18 or int(declared) > most.size_bytes):
        raise _too_large(most)


def _too_large(most: _Most) -> ApiError:
    message = f"The body may have at most {most.size_bytes:,} bytes (setting {most.setting}); this one has more."
    # Without the close, a client that does not listen would go on sending to nobody.
    return ApiError(413, "too-large", message, headers={"connection": "close"})


def _too_slow(most: _Most) -> ApiError:
    message = f"The body must arrive within {most.seconds:g} s. Send it again, all at once."
    return ApiError(408, "too-slow", message, headers={"connection": "close"})


def _bearer(headers: Headers) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _cookie(headers: Headers) -> str:
    for pair in headers.get("cookie", "").split(";"):
        name, _, value = pair.strip().partition("=")
        if name == COOKIE:
            return value
    return ""


def _equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogateescape"), other.encode())


def _welcome(scope: Scope, session: str) -> Response:
    # The path alone, so that the token leaves the address bar; one leading slash, so that it stays on this host.
    response = RedirectResponse("/" + scope["path"].lstrip("/\\"), status_code=303)
    secure = scope["scheme"] == "https"
    response.set_cookie(COOKIE, session, httponly=True, samesite="lax", secure=secure, max_age=30 * 24 * 3600)
    return response


def _with_security_headers(scope: Scope, send: Send) -> Send:
    headers = dict(SECURITY_HEADERS)
    if scope["path"].startswith(f"/{BOARD}/"):
        headers["content-security-policy"] = BOARD_POLICY

    async def shielded(message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.http.response.start"):
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return shielded


async def _answer(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket" and "websocket.http.response" not in scope.get("extensions", {}):
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    await response(scope, receive, send)
