"""Models made elsewhere, sent to a real server in this process: drawing, weights, and a run that starts from them."""

import io
import json
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import pytest

from layerloom.api.app import create_app
from layerloom.settings import Settings
from tests.api.asgi import TestClient
from tests.api.building import JSON, iris_recipe, start, wait_for

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
"""Keras saves with calls of an older NumPy."""


def saved(model: keras.Model, folder: Path, suffix: str = ".keras") -> bytes:
    path = folder / f"model{suffix}"
    model.save(path)
    return path.read_bytes()


def iris_model() -> keras.Model:
    """The network that `iris_recipe` trains, with weights of its own."""
    features = keras.Input((4,), name="features")
    hidden = keras.layers.Dense(8, activation="relu", name="hidden")(features)
    answer = keras.layers.Dense(3, activation="softmax", name="answer")(hidden)
    return keras.Model(features, answer)


def send(client: TestClient, body: bytes, filename: str = "model.keras") -> Any:
    return client.post("/api/graphs/import", files={"file": (filename, io.BytesIO(body))})


def imports(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "imports").glob("*"))


def test_a_keras_file_becomes_a_drawing_with_a_token_for_its_weights(
    client: TestClient, home: Path, tmp_path: Path
) -> None:
    answer = send(client, saved(iris_model(), tmp_path)).json()
    nodes = [(node["type"], node["name"], node["config"]) for node in answer["graph"]["nodes"]]
    assert (nodes, answer["format"], answer["problems"]) == (
        [
            ("Input", "features", {"shape": [4]}),
            ("Dense", "hidden", {"units": 8, "activation": "relu"}),
            ("Dense", "answer", {"units": 3, "activation": "softmax"}),
            ("Output", "answer", {}),
        ],
        "keras",
        [],
    )
    assert answer["weights"] in imports(home)


def test_a_run_starts_from_imported_weights_and_holds_its_own_copy(
    client: TestClient, home: Path, tmp_path: Path
) -> None:
    model = iris_model()
    answer = send(client, saved(model, tmp_path)).json()
    body = {"name": "tuned", "graph": answer["graph"], "recipe": still(), "weights": answer["weights"]}
    response = client.post("/api/runs", json=body)
    assert response.status_code == 201, response.text
    run = wait_for(client, response.json()["id"], "finished", "failed")
    with h5py.File(home / "runs" / str(run["id"]) / "start.h5") as held:
        assert np.array_equal(held["hidden"]["0"][()], model.get_layer("hidden").kernel)
    trained = keras.models.load_model(home / "runs" / str(run["id"]) / "checkpoints/epoch-00001/model.keras")
    assert np.array_equal(trained.get_layer("hidden").kernel, model.get_layer("hidden").kernel)


def still() -> JSON:
    """A recipe that changes no weight."""
    recipe = iris_recipe(epochs=1)
    recipe["compile"]["optimizer"] = {"type": "SGD", "config": {"learning_rate": 1e-12}}
    return recipe


@pytest.mark.parametrize("token", ["0" * 32, "../../etc", "", "x"])
def test_a_run_from_unknown_weights_is_refused_at_the_field(client: TestClient, token: str, tmp_path: Path) -> None:
    graph = send(client, saved(iris_model(), tmp_path)).json()["graph"]
    response = client.post("/api/runs", json={"graph": graph, "recipe": iris_recipe(), "weights": token})
    body = response.json()
    assert (response.status_code, body["code"], body["problems"][0]["parameter"]) == (422, "unknown-weights", "weights")


def test_weights_of_other_shapes_are_refused_with_layer_and_shapes(client: TestClient, tmp_path: Path) -> None:
    answer = send(client, saved(iris_model(), tmp_path)).json()
    answer["graph"]["nodes"][1]["config"]["units"] = 9
    body = {"graph": answer["graph"], "recipe": iris_recipe(), "weights": answer["weights"]}
    response = client.post("/api/runs", json=body)
    assert (response.status_code, response.json()["code"]) == (422, "weights-mismatch")
    assert "Layer 'hidden' needs weights of the shapes (4, 9), (9)" in response.json()["message"]


def test_a_new_head_starts_afresh_on_imported_weights(client: TestClient, home: Path, tmp_path: Path) -> None:
    model = iris_model()
    answer = send(client, saved(model, tmp_path)).json()
    answer["graph"]["nodes"][2]["name"] = "head"
    body = {"graph": answer["graph"], "recipe": still(), "weights": answer["weights"]}
    run = wait_for(client, client.post("/api/runs", json=body).json()["id"], "finished", "failed")
    trained = keras.models.load_model(home / "runs" / str(run["id"]) / "checkpoints/epoch-00001/model.keras")
    same = [
        np.array_equal(trained.get_layer(ours).kernel, model.get_layer(theirs).kernel)
        for ours, theirs in (("hidden", "hidden"), ("head", "answer"))
    ]
    assert same == [True, False]


def test_our_own_project_file_comes_back_as_it_was(client: TestClient) -> None:
    run = start(client)
    project = {"name": "mine", "graph": run["graph"], "recipe": run["recipe"]}
    answer = send(client, json.dumps(project).encode(), "mine.json").json()
    assert answer == {
        "graph": {**run["graph"], "name": "mine"},
        "recipe": run["recipe"],
        "format": "project",
        "problems": [],
        "weights": None,
    }
    wait_for(client, run["id"], "finished", "failed")


@pytest.mark.parametrize(
    ("content_type", "body", "refusal"),
    [
        ("application/json", b"{}", (415, "not-multipart")),
        ("multipart/form-data", b"", (415, "not-multipart")),
        ("multipart/form-data; boundary=b", b"--b\r\n", (400, "malformed")),
        ("multipart/form-data; boundary=b", b"", (400, "malformed")),
        ("multipart/form-data; boundary=b\xe9", b"--b", (400, "malformed")),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="other"\r\n\r\nx\r\n--b--',
            (400, "malformed"),
        ),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\ncut',
            (400, "malformed"),
        ),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--b\r\nmore',
            (400, "malformed"),
        ),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\n\r\n--b--',
            (422, "not-a-model"),
        ),
    ],
)
def test_a_body_that_is_no_upload_is_refused_and_leaves_nothing(
    client: TestClient, home: Path, content_type: str, body: bytes, refusal: tuple[int, str]
) -> None:
    before = imports(home)
    response = client.post("/api/graphs/import", content=body, headers={"content-type": content_type.encode("latin-1")})
    assert ((response.status_code, response.json()["code"]), imports(home)) == (refusal, before)


@pytest.mark.parametrize("declared", [True, False])
def test_a_file_beyond_the_limit_is_refused_while_it_arrives_and_leaves_nothing(tmp_path: Path, declared: bool) -> None:
    start = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.h5"\r\n\r\n'
    chunks = [start, *[b"x" * 50_000] * 5, b"\r\n--b--"]
    headers = {"content-type": "multipart/form-data; boundary=b"}
    content = b"".join(chunks) if declared else iter(chunks)
    with TestClient(
        create_app(Settings(home=tmp_path, max_model_bytes=100_000)), base_url="http://127.0.0.1"
    ) as client:
        response = client.post("/api/graphs/import", content=content, headers=headers)
    assert (response.status_code, response.json()["code"], imports(tmp_path)) == (413, "too-large", [])
    assert "setting max_model_bytes" in response.json()["message"]


def test_an_import_from_another_site_is_refused(client: TestClient) -> None:
    headers = {"origin": "https://elsewhere.example"}
    response = client.post("/api/graphs/import", files={"file": ("a.json", b"{}")}, headers=headers)
    assert (response.status_code, response.json()["code"]) == (403, "foreign-origin")
