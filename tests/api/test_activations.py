"""Rows followed through a model, by HTTP."""

from typing import Any

import pytest

from tests.api.asgi import TestClient
from tests.api.building import JSON, chain, iris_recipe, mlp


@pytest.fixture(scope="module")
def path(finished: JSON) -> str:
    return f"/api/runs/{finished['id']}/activations"


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


def augmented(**changes: Any) -> dict[str, Any]:
    """MNIST through a RandomFlip, three pictures."""
    graph = chain(
        {"type": "Input", "name": "image", "config": {"shape": [28, 28, 1]}},
        {"type": "RandomFlip", "config": {"mode": "horizontal", "seed": 5}},
        {"type": "Flatten"},
        {"type": "Dense", "config": {"units": 10, "activation": "softmax"}},
        {"type": "Output", "name": "label"},
    )
    recipe = iris_recipe()
    recipe["data"] = {"dataset": "fashion_mnist", "inputs": {"image": ["image"]}, "targets": {"label": ["label"]}}
    recipe["compile"]["outputs"] = {"label": recipe["compile"]["outputs"]["answer"]}
    return {"graph": graph, "recipe": recipe, "node": "n2", "rows": [0, 1, 2], "seed": 1, **changes}


def test_pictures_are_flipped_as_in_training_and_otherwise_by_another_seed(client: TestClient) -> None:
    answers = [client.post("/api/graphs/augmented", json=augmented(seed=seed)).json() for seed in range(4)]
    flipped = [
        [[line[::-1] for line in before] == after for before, after in zip(one["before"], one["after"], strict=True)]
        for one in answers
    ]
    kept = [[before == after for before, after in zip(one["before"], one["after"], strict=True)] for one in answers]
    either = [[a != b for a, b in zip(*pair, strict=True)] for pair in zip(flipped, kept, strict=True)]
    assert (either, len({tuple(draw) for draw in flipped}) > 1) == ([[True] * 3] * 4, True)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"node": "n9"}, "unknown-node"), ({"node": "n4"}, "not-pictures"), ({"rows": [10**8]}, "bad-row")],
)
def test_what_is_no_picture_is_not_augmented(client: TestClient, changes: dict[str, Any], code: str) -> None:
    response = client.post("/api/graphs/augmented", json=augmented(**changes))
    assert (response.status_code, response.json()["code"]) == (422, code), response.text
