"""Rows followed through a model, by HTTP."""

import pytest

from tests.api.asgi import TestClient
from tests.api.building import iris_recipe, mlp, start, wait_for


@pytest.fixture(scope="module")
def path(client: TestClient) -> str:
    return f"/api/runs/{wait_for(client, start(client)['id'], 'finished')['id']}/activations"


def test_a_run_and_its_drawing_tell_of_the_same_nodes(client: TestClient, path: str) -> None:
    asked = {"graph": mlp(4, 3, "softmax"), "recipe": iris_recipe(), "rows": [5, 0]}
    before = client.post("/api/graphs/activations", json=asked).json()
    after = client.get(path, params={"rows": "5,0"}).json()
    assert [seen["epoch"] for seen in (before, after)] == [None, 2]
    assert list(before["nodes"]) == list(after["nodes"]) == ["n1", "n2", "n3", "n4"]
    assert before["nodes"]["n1"] == after["nodes"]["n1"]


@pytest.mark.parametrize(
    ("tail", "status", "code"),
    [
        ("", 422, "bad-value"),
        ("?rows=-1", 422, "bad-value"),
        ("?rows=1,2,3,4,5,6", 422, "bad-value"),
        ("?rows=999999999", 422, "bad-row"),
        ("?rows=1&epoch=99", 404, "unknown-checkpoint"),
    ],
)
def test_rows_that_can_not_be_followed_are_refused(
    client: TestClient, path: str, tail: str, status: int, code: str
) -> None:
    response = client.get(path + tail)
    assert (response.status_code, response.json()["code"]) == (status, code), response.text
