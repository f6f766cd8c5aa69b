from pathlib import Path
from typing import Any

import anyio
import pytest
from fastapi.routing import iter_route_contexts
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from layerloom.api import guard
from layerloom.api.app import create_app
from layerloom.api.guard import COOKIE, OPEN_PATHS, SECURITY_HEADERS, Guard, host_name
from layerloom.settings import Settings
from tests.api.asgi import TestClient, WebSocketDenialResponse

TOKEN = "a token; with, odd characters"
CHANGING = ("POST", "PUT", "PATCH", "DELETE")
READING = ("GET", "HEAD", "OPTIONS")
"""What a browser may do across sites without asking; it cannot read the answer."""


async def reached(scope: Scope, receive: Receive, send: Send) -> None:
    """Says that the guard let the call through."""
    if scope["type"] == "websocket":
        socket = WebSocket(scope, receive, send)
        await socket.accept()
        await socket.close()
        return
    size = 0
    while (message := await receive())["type"] == "http.request":
        size += len(message.get("body", b""))
        if not message.get("more_body"):
            break
    await PlainTextResponse(str(size))(scope, receive, send)


def guarded(**settings: Any) -> TestClient:
    guard = Guard(reached, Settings(home=Path("unused"), **settings))
    return TestClient(guard, base_url="http://127.0.0.1:8000", follow_redirects=False)


def code(response: Any) -> tuple[int, str | None]:
    return response.status_code, response.json()["code"] if response.status_code >= 400 else None


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("LocalHost:80", "localhost"),
        ("[::1]", "::1"),
        ("[0:0:0:0:0:0:0:1]:8000", "::1"),
        ("localhost.", "localhost."),
        ("::1", None),
        ("[::1", None),
        ("[evil]", None),
        ("localhost:", None),
        ("localhost:http", None),
        ("localhost:٨٠", None),
        ("", None),
    ],
)
def test_a_host_header_names_one_host(host: str, name: str | None) -> None:
    assert host_name(host) == name


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("LOCALHOST:1", 200),
        ("[::1]:8000", 200),
        ("evil.example", 400),
        ("localhost.", 400),
        ("localhost.evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("127.0.0.1@evil.example", 400),
        ("0.0.0.0", 400),
        ("2130706433", 400),
        ("localhost:80:80", 400),
        ("", 400),
    ],
)
def test_only_hosts_of_the_list_are_answered(host: str, status: int) -> None:
    assert guarded().get("/", headers={"host": host}).status_code == status


def test_two_host_headers_are_refused() -> None:
    response = guarded().request("GET", "/", headers=[("host", "localhost"), ("host", "localhost")])
    assert code(response) == (400, "bad-host")


FOREIGN = [
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "http://127.0.0.1:8001"},
    {"origin": "https://127.0.0.1:8000"},
    {"origin": "http://127.0.0.1:8000.evil.example"},
    {"origin": "http://localhost:8000"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
]
OWN = [
    {},
    {"origin": "http://127.0.0.1:8000"},
    {"origin": "HTTP://127.0.0.1:8000"},
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("method", CHANGING)
def test_another_site_cannot_change_anything(method: str, headers: dict[str, str]) -> None:
    assert code(guarded().request(method, "/", headers=headers)) == (403, "foreign-origin")


@pytest.mark.parametrize("headers", OWN)
@pytest.mark.parametrize("method", [*CHANGING, *READING])
def test_the_own_page_and_programs_pass(method: str, headers: dict[str, str]) -> None:
    assert guarded().request(method, "/", headers=headers).status_code == 200


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("method", READING)
def test_a_link_from_another_site_is_followed(method: str, headers: dict[str, str]) -> None:
    assert guarded().request(method, "/", headers=headers).status_code == 200


def handshake(client: TestClient, headers: dict[str, str]) -> int:
    """The status of a socket's handshake; 101 where it opens."""
    try:
        with client.websocket_connect("ws://127.0.0.1:8000/", headers=headers):
            return 101
    except WebSocketDenialResponse as refused:
        return refused.status_code


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_socket_of_another_site_is_refused_before_it_opens(headers: dict[str, str]) -> None:
    assert handshake(guarded(), headers) == 403


@pytest.mark.parametrize("headers", OWN)
def test_a_socket_of_the_own_page_opens(headers: dict[str, str]) -> None:
    assert handshake(guarded(), headers) == 101


def test_a_socket_to_a_foreign_host_is_refused() -> None:
    assert handshake(guarded(), {"host": "evil.example"}) == 400


def test_a_default_port_may_stand_in_the_origin_or_not() -> None:
    response = guarded().post("/", headers={"host": "localhost", "origin": "http://localhost:80"})
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"authorization": "Bearer wrong"}, 401),
        ({"authorization": "Bearer "}, 401),
        ({"authorization": f"Basic {TOKEN}"}, 401),
        ({"cookie": f"{COOKIE}="}, 401),
        ({"cookie": f"{COOKIE}=wrong"}, 401),
        ({"authorization": f"Bearer {TOKEN}"}, 200),
        ({"authorization": f"bearer {TOKEN}"}, 200),
    ],
)
def test_a_token_is_asked_for_when_one_is_set(headers: dict[str, str], status: int) -> None:
    assert guarded(token=TOKEN).get("/api/runs", headers=headers).status_code == status


def test_the_first_visit_with_the_token_gets_a_cookie_and_an_address_without_it() -> None:
    client = guarded(token=TOKEN)
    response = client.get("/runs/3", params={"token": TOKEN})
    assert (response.status_code, response.headers["location"]) == (303, "/runs/3")
    assert "HttpOnly" in response.headers["set-cookie"]
    assert TOKEN not in response.headers["set-cookie"]
    assert client.get("/api/runs").status_code == 200


def test_the_redirect_of_a_visit_stays_on_this_host() -> None:
    response = guarded(token=TOKEN).get("http://127.0.0.1:8000//evil.example/", params={"token": TOKEN})
    assert response.headers["location"] == "/evil.example/"


@pytest.mark.parametrize(("token", "status"), [("", 401), ("wrong", 401), (TOKEN, 101)])
def test_a_socket_needs_the_token_too(token: str, status: int) -> None:
    assert handshake(guarded(token=TOKEN), {"authorization": f"Bearer {token}"}) == status


def test_no_route_answers_without_the_token_but_those_of_the_list(tmp_path: Path) -> None:
    app = create_app(Settings(home=tmp_path, token=TOKEN))
    client = TestClient(app, base_url="http://127.0.0.1", headers={"authorization": "Bearer wrong"})
    addresses = ["/", "/assets/x.js", "/openapi.json", "/nothing", "/api/nothing"]
    for route in iter_route_contexts(app.routes):
        if route.path and route.path not in addresses:
            addresses.append(route.path.replace("{run}", "1").replace("{dataset}", "iris"))
    methods = [*CHANGING, *READING, "TRACE"]
    reached = {path for path in addresses for method in methods if client.request(method, path).status_code != 401}
    assert (reached, len(addresses) > 20) == (OPEN_PATHS, True)


def test_a_body_is_measured_by_its_declared_length() -> None:
    assert code(guarded(max_body_bytes=10).post("/", content=b"x" * 11)) == (413, "too-large")


def test_a_huge_declared_length_is_refused_unread() -> None:
    response = guarded(max_body_bytes=10).post("/", headers={"content-length": "9" * 30})
    assert code(response) == (413, "too-large")


def test_a_body_of_the_allowed_size_passes() -> None:
    assert guarded(max_body_bytes=10).post("/", content=b"x" * 10).text == "10"


def test_a_body_without_a_length_is_counted_while_it_is_read(tmp_path: Path) -> None:
    client = TestClient(create_app(Settings(home=tmp_path, max_body_bytes=1_000)), base_url="http://127.0.0.1")
    endless = (b" " * 100 for _ in range(1_000_000))
    response = client.post("/api/graphs/check", content=endless, headers={"content-type": "application/json"})
    assert code(response) == (413, "too-large")


def test_a_body_that_drips_is_ended(closed: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "BODY_TIMEOUT_S", 0.05)
    status = anyio.run(dripping, closed.app)
    assert status == 408


async def dripping(app: ASGIApp) -> int:
    """The status that a client gets which begins a body and never goes on."""
    parts: list[Message] = [{"type": "http.request", "body": b"{", "more_body": True}]
    sent: list[Message] = []

    async def receive() -> Message:
        return parts.pop() if parts else await anyio.sleep_forever()

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"localhost"), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/api/graphs/check", "query_string": b"", "headers": headers}
    await app({**scope, "scheme": "http"}, receive, send)
    return int(sent[0]["status"])


@pytest.mark.parametrize("path", ["/api/health", "/api/nothing", "/", "/api/runs/x"])
def test_every_answer_has_the_security_headers(path: str, closed: TestClient) -> None:
    headers = closed.get(path).headers
    assert {name: headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS


def test_a_refusal_of_the_guard_has_the_security_headers() -> None:
    headers = guarded().get("/", headers={"host": "evil.example"}).headers
    assert {name: headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS
