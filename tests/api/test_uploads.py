"""A file of data goes in and is a dataset, in one go or piece by piece; real processes read it."""

import time
from pathlib import Path
from typing import Any

import pytest

from tests.api.asgi import TestClient

FLOWERS = "length;width;kind\n" + "".join(
    f"{5 + k % 7};{k % 5 + 0.5};{'rose' if k % 2 else 'iris'}\n" for k in range(60)
)


def announced(client: TestClient, content: bytes, name: str = "flowers.csv") -> str:
    return str(client.post("/api/uploads", json={"name": name, "size_bytes": len(content)}).json()["token"])


def ended(client: TestClient, token: str) -> Any:
    deadline = time.monotonic() + 60
    while (state := client.get(f"/api/uploads/{token}").json())["state"] == "reading":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return state


def test_a_file_posted_in_one_go_is_a_dataset(client: TestClient) -> None:
    answer = client.post("/api/datasets", files={"file": ("my flowers.csv", FLOWERS.encode())})
    info = answer.json()
    kept = {key: info[key] for key in ("title", "id", "source", "task", "rows", "default_inputs", "default_targets")}
    assert (answer.status_code, kept) == (
        201,
        {
            "title": "my flowers",
            "id": "my_flowers",
            "source": "upload",
            "task": "classification",
            "rows": {"train": 60},
            "default_inputs": ["length", "width"],
            "default_targets": ["kind"],
        },
    )


def test_a_file_sent_in_pieces_is_the_dataset_that_the_whole_is(client: TestClient) -> None:
    content = FLOWERS.replace("iris", "lily").encode()
    token = announced(client, content)
    for start in range(0, len(content), 100):
        piece = content[start : start + 100]
        client.request("PATCH", f"/api/uploads/{token}?offset={start}", content=piece).raise_for_status()
    client.post(f"/api/uploads/{token}/read", json={"title": "Lilies"}).raise_for_status()
    dataset = ended(client, token)["answer"]["dataset"]
    rows = client.get(f"/api/datasets/{dataset}/rows?limit=2").json()
    assert rows == {
        "total": 60,
        "rows": [{"length": 5, "width": 0.5, "kind": "lily"}, {"length": 6, "width": 1.5, "kind": "rose"}],
    }


def test_a_piece_at_the_wrong_place_is_told_where_to_go_on(client: TestClient) -> None:
    token = announced(client, b"abcdef")
    client.request("PATCH", f"/api/uploads/{token}?offset=0", content=b"abc").raise_for_status()
    answer = client.request("PATCH", f"/api/uploads/{token}?offset=5", content=b"f")
    assert (answer.status_code, answer.json()["code"], "byte 3" in answer.json()["message"]) == (
        409,
        "wrong-offset",
        True,
    )


def test_more_bytes_than_announced_are_not_kept(client: TestClient) -> None:
    token = announced(client, b"abc")
    refused = client.request("PATCH", f"/api/uploads/{token}?offset=0", content=b"abcd")
    assert (refused.json()["code"], client.get(f"/api/uploads/{token}").json()["received_bytes"]) == ("too-long", 0)


def test_the_same_file_twice_is_one_dataset(client: TestClient) -> None:
    content = FLOWERS.replace("rose", "tulip").encode()
    ids = {client.post("/api/datasets", files={"file": (name, content)}).json()["id"] for name in ("a.csv", "b.csv")}
    assert ids == {"a"}


def test_a_deleted_upload_leaves_nothing(client: TestClient, home: Path) -> None:
    token = announced(client, b"abc")
    client.delete(f"/api/uploads/{token}").raise_for_status()
    assert (client.get(f"/api/uploads/{token}").status_code, (home / "uploads" / token).exists()) == (404, False)


def test_a_dataset_is_deleted_and_one_of_the_package_is_not(client: TestClient) -> None:
    content = FLOWERS.replace("rose", "daisy").encode()
    id = client.post("/api/datasets", files={"file": ("daisies.csv", content)}).json()["id"]
    statuses = [client.delete(f"/api/datasets/{name}").status_code for name in (id, id, "iris")]
    assert statuses == [204, 404, 409]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("a.csv", b"", "empty"), ("a.csv", b"x,y\n", "empty"), ("a.csv", b"\x89PNG\r\n\x1a\n....", "content-mismatch")],
)
def test_what_is_no_table_is_refused_with_a_reason(client: TestClient, name: str, content: bytes, code: str) -> None:
    answer = client.post("/api/datasets", files={"file": (name, content)})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
