"""Models as files, by HTTP: made once, tried, cached, refused with a reason."""

import concurrent.futures
import io
import json
import zipfile

import numpy as np
import pytest

from layerloom.model_file import FORMAT_NAMES
from tests.api.asgi import TestClient
from tests.api.building import JSON, chain, mlp, start, wait_for


def listed(client: TestClient, run: int) -> dict[str, JSON]:
    return {one["format"]: one for one in client.get(f"/api/runs/{run}/exports").json()}


def test_every_format_is_listed_before_it_is_made(client: TestClient) -> None:
    run = wait_for(client, start(client, 1)["id"], "finished")["id"]
    found = listed(client, run)
    assert [(name, one["installed"], one["file"]) for name, one in found.items()] == [
        (name, True, None) for name in FORMAT_NAMES
    ]


def test_a_file_that_was_made_tells_how_far_it_differs(client: TestClient, finished: JSON) -> None:
    path = f"/api/runs/{finished['id']}"
    made = client.post(f"{path}/exports", json={"format": "onnx", "epoch": "best"}).json()
    assert (made["samples"], made["relative_difference"] < 1e-5) == (4, True), made
    response = client.get(f"{path}/model?format=onnx&epoch=best")
    assert (len(response.content), response.headers["etag"]) == (made["size_bytes"], f'"{made["sha256"][:32]}"')


def test_the_file_of_another_runtime_answers_as_the_app_does(client: TestClient, finished: JSON) -> None:
    import onnxruntime

    flower = [5.1, 3.5, 1.4, 0.2]
    response = client.get(f"/api/runs/{finished['id']}/model?format=onnx")
    session = onnxruntime.InferenceSession(response.content)
    [answer] = session.run(None, {"features": np.array([flower], np.float32)})
    asked = client.post(f"/api/runs/{finished['id']}/predict", json={"inputs": {"features": [flower]}})
    assert answer.tolist()[0] == pytest.approx(asked.json()["outputs"]["answer"][0], abs=1e-6)


@pytest.mark.parametrize(
    ("format", "name", "media_type"),
    [
        ("savedmodel", "savedmodel.zip", "application/zip"),
        ("litert", "tflite", "application/vnd.tflite"),
        ("weights", "weights.h5", "application/x-hdf5"),
        ("json", "json", "application/json"),
        ("yaml", "yaml", "application/yaml"),
    ],
)
def test_a_file_has_a_name_and_a_type(
    client: TestClient, finished: JSON, format: str, name: str, media_type: str
) -> None:
    id = finished["id"]
    response = client.get(f"/api/runs/{id}/model?format={format}&epoch=1")
    assert (response.status_code, response.headers["content-disposition"], response.headers["content-type"]) == (
        200,
        f'attachment; filename="iris-run-{id}-epoch-1.{name}"',
        media_type,
    )


def test_a_saved_model_is_a_folder_in_a_zip_file(client: TestClient, finished: JSON) -> None:
    response = client.get(f"/api/runs/{finished['id']}/model?format=savedmodel")
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert {"saved_model.pb", "variables/variables.index"} <= set(archive.namelist())


def test_head_tells_what_get_would_send(client: TestClient, finished: JSON) -> None:
    path = f"/api/runs/{finished['id']}/model?format=json"
    head, get = client.head(path), client.get(path)
    names = ("etag", "content-length", "content-type", "content-disposition")
    assert (head.status_code, head.content, [head.headers[name] for name in names]) == (
        200,
        b"",
        [get.headers[name] for name in names],
    )


def test_many_who_ask_at_once_get_the_same_file(client: TestClient, finished: JSON) -> None:
    def ask(_: int) -> tuple[float, str]:
        made = client.post(f"/api/runs/{finished['id']}/exports", json={"format": "h5", "epoch": 1}).json()
        return made["created_at"], made["sha256"]

    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(ask, range(6)))) == 1


def test_a_run_that_is_deleted_while_a_file_is_made_is_unknown(client: TestClient) -> None:
    run = wait_for(client, start(client, 1)["id"], "finished")["id"]
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        asked = pool.submit(client.get, f"/api/runs/{run}/model?format=savedmodel")
        assert client.delete(f"/api/runs/{run}").status_code == 204
        answer = asked.result()
    assert (answer.status_code, answer.json()["code"]) in [(404, "unknown-checkpoint"), (404, "unknown")]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"format": "exe"}, 422, "bad-value"),
        ({"format": "onnx", "epoch": 99}, 404, "unknown-checkpoint"),
        ({"format": "onnx", "epoch": "../best"}, 422, "bad-value"),
        ({}, 422, "bad-value"),
    ],
)
def test_a_file_that_can_not_be_made_says_why(
    client: TestClient, finished: JSON, body: JSON, status: int, code: str
) -> None:
    response = client.post(f"/api/runs/{finished['id']}/exports", json=body)
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_a_drawing_is_written_as_a_file_without_a_training(client: TestClient) -> None:
    graph = {**mlp(4, 3), "name": "손글씨 \"; x='1"}
    response = client.post("/api/graphs/export", json={"graph": graph, "format": "json"})
    assert (response.status_code, json.loads(response.content)["class_name"]) == (200, "Functional")
    assert response.headers["content-disposition"].endswith("%EC%86%90%EA%B8%80%EC%94%A8-x-1.json")
    assert response.headers["content-length"] == str(len(response.content))


@pytest.mark.parametrize(
    ("graph", "format", "code"),
    [
        (mlp(4, 0), "json", "graph-not-ready"),
        (chain({"type": "Lambda", "config": {}}), "keras", "graph-not-ready"),
        (mlp(4, 3), "onnx", "bad-value"),
    ],
)
def test_a_drawing_that_can_not_be_written_says_why(client: TestClient, graph: JSON, format: str, code: str) -> None:
    response = client.post("/api/graphs/export", json={"graph": graph, "format": format})
    assert (response.status_code, response.json()["code"]) == (422, code)


@pytest.mark.parametrize(
    ("format", "ending", "media_type"),
    [("script", ".py", "text/x-python; charset=utf-8"), ("notebook", ".ipynb", "application/x-ipynb+json")],
)
def test_a_run_gives_the_program_that_trains_it_again(
    client: TestClient, finished: JSON, format: str, ending: str, media_type: str
) -> None:
    response = client.get(f"/api/runs/{finished['id']}/model?format={format}")
    asked = {"graph": finished["graph"], "recipe": finished["recipe"], "style": format}
    assert (response.status_code, response.headers["content-type"]) == (200, media_type)
    assert response.headers["content-disposition"].endswith(f"-run-{finished['id']}{ending}")
    assert response.text == client.post("/api/graphs/source", json=asked).text
