"""Edits that somebody gives up in the middle: nothing is left of them, and the set is as it was."""

import asyncio
import json
from pathlib import Path
from typing import Any

from tests.api.asgi import TestClient

EDITS = {"edits": [{"edit": "drop_column", "column": "petal_width"}]}
PATH = "/api/datasets/iris/versions"


def what_is_there(home: Path) -> list[str]:
    places = (*home.glob("uploads/*"), *home.glob("datasets/own/*"), *home.glob("datasets/own/.*"))
    return sorted(str(place) for place in places)


async def hang_up(client: TestClient, home: Path) -> list[str]:
    """A request whose sender goes away once the work on it has begun; gives what was received of it."""
    received, before = list[str](), what_is_there(home)

    async def receive() -> dict[str, Any]:
        received.append("disconnect" if received else "body")
        if received == ["body"]:
            return {"type": "http.request", "body": json.dumps(EDITS).encode()}
        while what_is_there(home) == before:
            await asyncio.sleep(0.01)
        return {"type": "http.disconnect"}

    async def send(_: Any) -> None:
        """Nobody listens."""

    host = client.base_url.netloc
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": PATH,
        "raw_path": PATH.encode(),
        "query_string": b"",
        "headers": [(b"host", host), (b"content-type", b"application/json")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    await client.app(scope, receive, send)
    return received


def test_edits_that_are_cancelled_leave_nothing(client: TestClient, home: Path) -> None:
    before = what_is_there(home)

    token = client.post(f"{PATH}?wait=false", json=EDITS).json()["token"]
    client.delete(f"/api/uploads/{token}").raise_for_status()

    assert (what_is_there(home), client.get(f"/api/uploads/{token}").status_code) == (before, 404)


def test_who_hangs_up_on_edits_leaves_nothing(client: TestClient, home: Path) -> None:
    before = what_is_there(home)
    assert client.portal is not None

    received = client.portal.call(hang_up, client, home)

    assert (what_is_there(home), received) == (before, ["body", "disconnect"])
