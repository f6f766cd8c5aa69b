import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.types import ASGIApp, Message
from starlette.websockets import WebSocketDisconnect

from tests.api.asgi import TestClient, WebSocketDenialResponse
from tests.api.building import JSON, start, wait_for

HOST = "ws://127.0.0.1"


@pytest.fixture(scope="module")
def running(client: TestClient) -> Iterator[JSON]:
    run = wait_for(client, start(client, 100_000)["id"], "running")
    yield run
    client.post(f"/api/runs/{run['id']}/stop")
    wait_for(client, run["id"], "stopped", "failed")


def heard(client: TestClient, path: str, *frames: Any) -> tuple[list[JSON], int]:
    """Every event of a stream until it closes, and the code it closes with; the reader says `frames` first."""
    events: list[JSON] = []
    with client.websocket_connect(HOST + path) as socket:
        for frame in frames:
            socket.send(frame)
        while True:
            try:
                events += socket.receive_json()
            except WebSocketDisconnect as closed:
                return events, closed.code


def test_a_past_run_is_replayed_whole_and_ends(client: TestClient, finished: JSON) -> None:
    path = f"/api/runs/{finished['id']}"
    assert heard(client, f"{path}/stream") == (client.get(f"{path}/events").json(), 1000)


def test_a_reader_who_comes_back_gets_what_it_missed(client: TestClient, finished: JSON) -> None:
    path = f"/api/runs/{finished['id']}"
    assert heard(client, f"{path}/stream?after=3")[0] == client.get(f"{path}/events?after=3").json()


def test_a_run_is_followed_live_without_gap_or_double(client: TestClient) -> None:
    run = start(client, 8)["id"]
    events, code = heard(client, f"/api/runs/{run}/stream")
    assert ([event["seq"] for event in events], code) == (list(range(1, len(events) + 1)), 1000)
    assert events == client.get(f"/api/runs/{run}/events").json()


def test_two_readers_hear_the_same(client: TestClient, running: JSON) -> None:
    path = f"{HOST}/api/runs/{running['id']}/stream"
    with client.websocket_connect(path) as one, client.websocket_connect(path) as other:
        first, second = one.receive_json(), other.receive_json()
    shared = min(len(first), len(second))
    assert first[:shared] == second[:shared]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/runs/999999/stream", 4404),
        (f"/api/runs/{2**63}/stream", 4404),
        ("/api/runs/x/stream", 4404),
        ("/api/runs/-1/stream", 4404),
        ("/api/runs/1/stream?after=-1", 4422),
        ("/api/runs/1/stream?after=abc", 4422),
        (f"/api/runs/1/stream?after={10**18}", 4422),
        ("/api/runs/1/stream?after=%D9%A1", 4422),
        ("/api/runs/1/stream?after=", 4422),
    ],
)
def test_a_stream_of_nothing_is_closed_with_its_code(client: TestClient, path: str, code: int) -> None:
    assert heard(client, path) == ([], code)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ({"bytes": b"\x00"}, 1003),
        ({"text": "hello"}, 1008),
        ({"text": '{"after": 1}'}, 1008),
        ({"text": "x" * 60_000}, 1008),
    ],
)
def test_a_stream_takes_no_input(client: TestClient, running: JSON, frame: dict[str, Any], code: int) -> None:
    path = f"/api/runs/{running['id']}/stream"
    assert heard(client, path, {"type": "websocket.receive", **frame})[1] == code


def test_a_ping_is_taken(client: TestClient, running: JSON) -> None:
    with client.websocket_connect(f"{HOST}/api/runs/{running['id']}/stream") as socket:
        socket.send_text("ping")
        assert [socket.receive_json()[0]["seq"], bool(socket.receive_json())] == [1, True]


def test_another_site_hears_nothing(client: TestClient, finished: JSON) -> None:
    with (
        pytest.raises(WebSocketDenialResponse) as refused,
        client.websocket_connect(f"{HOST}/api/runs/{finished['id']}/stream", headers={"origin": "http://evil.example"}),
    ):
        pass
    assert (refused.value.status_code, refused.value.json()["code"]) == (403, "foreign-origin")


def test_one_stream_too_many_is_refused(client: TestClient, running: JSON) -> None:
    path = f"{HOST}/api/runs/{running['id']}/stream"
    rooms = client.app.state.rooms  # type: ignore[attr-defined]
    opened = rooms.streams
    rooms.streams = rooms.settings.max_streams
    with pytest.raises(WebSocketDenialResponse) as refused, client.websocket_connect(path):
        pass
    rooms.streams = opened
    assert (refused.value.status_code, refused.value.json()["code"]) == (503, "too-many-streams")


def test_closed_streams_make_room(client: TestClient, finished: JSON) -> None:
    for _ in range(5):
        heard(client, f"/api/runs/{finished['id']}/stream")
    assert client.app.state.rooms.streams == 0  # type: ignore[attr-defined]


def test_a_reader_who_reads_nothing_is_let_go(client: TestClient, finished: JSON) -> None:
    rooms = client.app.state.rooms  # type: ignore[attr-defined]
    usual, rooms.settings = rooms.settings, replace(rooms.settings, stream_send_timeout_s=0.2)
    sent = client.portal.call(stalled, client.app, f"/api/runs/{finished['id']}/stream")  # type: ignore[union-attr]
    rooms.settings = usual
    assert ([message["type"] for message in sent], sent[-1]["code"], rooms.streams) == (
        ["websocket.accept", "websocket.close"],
        1013,
        0,
    )


async def stalled(app: ASGIApp, path: str) -> list[Message]:
    """What a socket is told whose reader takes no events and says nothing."""
    sent: list[Message] = []
    connected = [{"type": "websocket.connect"}]
    for_ever = asyncio.Event()

    async def receive() -> Message:
        if not connected:
            await for_ever.wait()
        return connected.pop()

    async def send(message: Message) -> None:
        if message["type"] == "websocket.send":
            await for_ever.wait()
        sent.append(message)

    scope = {"type": "websocket", "path": path, "query_string": b"", "headers": [(b"host", b"localhost")]}
    await asyncio.wait_for(app({**scope, "scheme": "ws", "extensions": {}}, receive, send), 10)
    return sent
