"""Looking inside a model, by HTTP."""

import io

import numpy as np
import pytest

from tests.api.asgi import TestClient
from tests.api.building import JSON, mlp


@pytest.fixture(scope="module")
def path(finished: JSON) -> str:
    return f"/api/runs/{finished['id']}/layers"


def test_layers_are_listed_with_their_epoch(client: TestClient, path: str) -> None:
    listed = client.get(path, params={"epoch": 1}).json()
    assert (listed["epoch"], [layer["name"] for layer in listed["layers"]]) == (1, ["features", "dense", "dense_1"])


def test_a_weight_is_the_same_in_every_form(client: TestClient, path: str) -> None:
    shown = client.get(f"{path}/dense/weights/0").json()
    npy = client.get(f"{path}/1/weights/0?format=npy")
    csv = client.get(f"{path}/dense/weights/0?format=csv")
    whole = np.load(io.BytesIO(npy.content), allow_pickle=False)
    assert (shown["shape"], shown["steps"], shown["name"]) == ([4, 8], [1, 1], "kernel")
    assert np.allclose(shown["values"], whole, rtol=1e-5)
    assert np.allclose(np.loadtxt(io.StringIO(csv.text), delimiter=","), whole, rtol=1e-6)
    assert (npy.headers["content-type"], csv.headers["content-type"]) == (
        "application/octet-stream",
        "text/csv; charset=utf-8",
    )


@pytest.mark.parametrize(
    ("tail", "status", "code"),
    [
        ("/-1", 404, "unknown-layer"),
        (f"/{10**9}", 404, "unknown-layer"),
        ("/nothing", 404, "unknown-layer"),
        ("/..%2f..%2fetc", 404, "unknown"),
        ("/%2e%2e", 404, "unknown-layer"),
        ("/dense/weights/99", 404, "unknown-layer"),
        ("/dense/weights/-1", 404, "unknown"),
        ("/dense/weights/kernel", 404, "unknown"),
        (f"/dense/weights/{10**30}", 404, "unknown"),
        ("/dense/weights/0?format=exe", 422, "bad-value"),
        ("/dense?epoch=99", 404, "unknown-checkpoint"),
        ("/dense?epoch=0", 422, "bad-value"),
    ],
)
def test_what_is_not_inside_is_unknown(client: TestClient, path: str, tail: str, status: int, code: str) -> None:
    response = client.get(f"{path}{tail}")
    assert (response.status_code, response.json()["code"]) == (status, code), response.text


def test_initial_weights_come_from_the_seed(client: TestClient) -> None:
    def mean(seed: int) -> float:
        layer = client.post("/api/graphs/layers/dense", json={"graph": mlp(4, 3), "seed": seed}).json()
        return float(layer["weights"][0]["statistics"]["mean"])

    assert (mean(7) == mean(7), mean(7) == mean(8)) == (True, False)


@pytest.mark.parametrize(
    ("tail", "graph", "status", "code"),
    [
        ("", mlp(4, 0), 422, "graph-not-ready"),
        ("", mlp(10**5, 10**9), 422, "graph-not-ready"),
        ("/nothing", mlp(4, 3), 404, "unknown-layer"),
    ],
)
def test_a_drawing_without_initial_weights_says_why(
    client: TestClient, tail: str, graph: JSON, status: int, code: str
) -> None:
    response = client.post(f"/api/graphs/layers{tail}", json={"graph": graph})
    assert (response.status_code, response.json()["code"]) == (status, code)
