"""Edits over HTTP: the next version, its family, what refuses them; real processes make it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.api.asgi import TestClient
from tests.api.test_uploads import ended

PETS = "age,legs,sort\n" + "".join(f"{k % 9 + 0.5},{k % 3},{('cat', 'dog')[k % 2]}\n" for k in range(40))


def read(client: TestClient, name: str, content: str = PETS) -> Any:
    answer = client.post("/api/datasets", files={"file": (f"{name}.csv", content.encode())})
    return answer.raise_for_status().json()


def edited(client: TestClient, id: str, *edits: Mapping[str, Any]) -> Any:
    return client.post(f"/api/datasets/{id}/versions", json={"edits": edits}).raise_for_status().json()


@pytest.mark.slow
def test_a_family_lists_what_was_made_of_what_also_past_a_deleted_one(client: TestClient, home: Path) -> None:
    first = read(client, "family pets", PETS.replace("cat", "hen"))["id"]
    second = edited(client, first, {"edit": "drop_rows", "split": "train", "rows": [0, 3]})["id"]
    cell = {"edit": "relabel", "split": "train", "row": 5, "column": "sort", "value": "fox"}
    third = edited(client, second, cell, {"edit": "title", "title": "Foxes"})["id"]
    client.delete(f"/api/datasets/{second}").raise_for_status()
    listed = [
        [(one["id"], one["version"], one["parent"], one["edits"]) for one in client.get(url).json()]
        for url in (f"/api/datasets/{first}/versions", f"/api/datasets/{third}/versions")
    ]
    family = [(first, 1, None, []), (third, 3, second, ["called 'Foxes'", "row 5 of 'train': 'sort' corrected"])]
    assert (listed, list((home / "uploads").iterdir())) == ([family, family], [])


def test_without_waiting_the_state_says_what_came_of_it(client: TestClient) -> None:
    first = read(client, "patient pets", PETS.replace("dog", "cow"))["id"]
    edits = {"edits": [{"edit": "drop_column", "column": "legs"}]}
    answer = client.post(f"/api/datasets/{first}/versions?wait=false", json=edits)
    made = ended(client, answer.json()["token"])["answer"]["dataset"]
    assert (answer.status_code, client.get(f"/api/datasets/{made}").json()["parent"]) == (202, first)


@pytest.mark.parametrize(
    ("id", "edit", "status", "code", "said"),
    [
        ("iris", {"edit": "kind", "column": "species", "kind": "number"}, 422, "impossible-kind", "row 1 of the data"),
        ("iris", {"edit": "explode"}, 422, "bad-value", "edits.0"),
        ("nothing", {"edit": "drop_column", "column": "x"}, 404, "unknown", "no dataset"),
    ],
)
def test_what_can_not_be_edited_is_refused_with_its_place(
    client: TestClient, id: str, edit: dict[str, Any], status: int, code: str, said: str
) -> None:
    answer = client.post(f"/api/datasets/{id}/versions", json={"edits": [edit]})
    body = answer.json()
    assert (answer.status_code, body["code"], said in body["message"]) == (status, code, True)
