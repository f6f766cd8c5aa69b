import json
import logging
from dataclasses import replace
from importlib.metadata import version
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from layerloom import __version__
from layerloom.api import checking
from layerloom.api.errors import Boundary
from layerloom.recipe import Recipe
from tests.api.asgi import TestClient
from tests.api.building import iris_run, mlp


def test_health_answers_before_anything_is_open(closed: TestClient) -> None:
    assert closed.get("/api/health").json() == {"status": "ok", "version": __version__}


def test_the_catalog_is_asked_of_keras_once(client: TestClient) -> None:
    first = client.get("/api/catalog")
    again = client.get("/api/catalog")
    assert first.json()["keras"] == version("keras")
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])


def test_an_unchanged_catalog_is_not_sent_again(client: TestClient) -> None:
    etag = client.get("/api/catalog").headers["etag"]
    response = client.get("/api/catalog", headers={"if-none-match": etag})
    assert (response.status_code, response.content) == (304, b"")


def test_datasets_are_listed_and_described(client: TestClient) -> None:
    listed = client.get("/api/datasets").json()
    assert {"mnist", "iris", "titanic"} <= {dataset["id"] for dataset in listed}
    assert client.get("/api/datasets/iris").json() in listed


def test_rows_of_a_dataset_come_by_column(client: TestClient) -> None:
    rows = client.get("/api/datasets/iris/rows", params={"offset": 149, "limit": 5}).json()
    assert (rows["total"], len(rows["rows"]), rows["rows"][0]["species"]) == (150, 1, "virginica")


def test_pictures_are_nested_lists_in_stored_units(client: TestClient) -> None:
    row = client.get("/api/datasets/mnist/rows", params={"split": "test", "limit": 1}).json()["rows"][0]
    numbers = [value for line in row["image"] for (value,) in line]
    assert (len(numbers), min(numbers), max(numbers) > 100) == (784, 0, True)


def test_a_checked_drawing_has_shapes_and_counts(client: TestClient) -> None:
    report = client.post("/api/graphs/check", json={"graph": mlp(4, 3)}).json()
    shapes = {id: [tensor["shape"] for tensor in node["outputs"].values()] for id, node in report["nodes"].items()}
    assert (report["ready"], report["parameters"]) == (True, 4 * 8 + 8 + 8 * 3 + 3)
    assert shapes == {"n1": [[None, 4]], "n2": [[None, 8]], "n3": [[None, 3]], "n4": []}


def test_a_wrong_drawing_is_a_good_answer_with_problems(client: TestClient) -> None:
    graph = mlp(4, 3)
    graph["nodes"][1]["config"]["units"] = -5
    response = client.post("/api/graphs/check", json={"graph": graph})
    problem = response.json()["problems"][0]
    assert (response.status_code, response.json()["ready"]) == (200, False)
    assert (problem["code"], problem["node"], problem["parameter"]) == ("bad-value", "n2", "units")


def test_the_summary_is_that_of_keras(client: TestClient) -> None:
    response = client.post("/api/graphs/summary", json={"graph": mlp(4, 3)})
    assert response.headers["content-type"].startswith("text/plain")
    assert "Total params: 67" in response.text


def test_the_summary_of_a_drawing_that_cannot_be_built_is_refused(client: TestClient) -> None:
    graph = mlp(4, 3)
    graph["nodes"][1]["type"] = "Densse"
    response = client.post("/api/graphs/summary", json={"graph": graph})
    assert (response.status_code, "Densse" in response.text) == (422, True)


def test_a_suggested_recipe_trains_the_drawing(client: TestClient) -> None:
    graph = mlp(4, 3, "softmax")
    recipe = client.post("/api/recipes/suggest", json={"graph": graph, "dataset": "iris"}).json()
    Recipe.model_validate(recipe)
    assert client.post("/api/graphs/check", json={"graph": graph, "recipe": recipe}).json()["ready"]


def test_the_learning_rates_of_a_recipe_are_told_before_it_trains(client: TestClient) -> None:
    recipe = client.post("/api/recipes/suggest", json={"graph": mlp(4, 3, "softmax"), "dataset": "iris"}).json()
    recipe["callbacks"] = [{"type": "LearningRateScheduler", "config": {"schedule": [[1, 0.5]]}}]

    told = client.post("/api/recipes/learning-rates", json={"recipe": recipe}).json()

    assert (told["steps_per_epoch"], told["steps"][0], set(told["rates"])) == (8, 0, {0.5})


def test_the_first_example_is_the_mnist_network_of_the_course(client: TestClient) -> None:
    assert client.get("/api/examples").json()[0]["id"] == "mnist_mlp"


def test_every_block_of_the_library_goes_into_a_drawing_as_it_comes(client: TestClient) -> None:
    library = client.get("/api/blocks").json()
    graph = {**mlp(4, 3), "blocks": {each["name"]: each["block"] for each in library}}

    assert {"residual", "transformer_encoder", "unet_level"} <= set(graph["blocks"])
    assert all(each["title"] and each["description"] and each["block"]["parameters"] for each in library)
    assert client.post("/api/graphs/check", json={"graph": graph}).json()["ready"]


def test_every_example_is_ready_to_train(client: TestClient) -> None:
    reports = {
        example["id"]: client.post(
            "/api/graphs/check", json={"graph": example["graph"], "recipe": example["recipe"]}
        ).json()
        for example in client.get("/api/examples").json()
    }
    assert {id: (report["ready"], report["problems"]) for id, report in reports.items()} == dict.fromkeys(
        reports, (True, [])
    )


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/nothing", 404, "unknown"),
        ("GET", "/api", 404, "unknown"),
        ("POST", "/api/health", 405, "wrong-method"),
        ("GET", "/api/graphs/check", 405, "wrong-method"),
        ("PUT", "/api/runs/1", 405, "wrong-method"),
        ("OPTIONS", "/api/runs", 405, "wrong-method"),
        ("GET", "/api/datasets/none", 404, "unknown"),
        ("GET", "/api/datasets/none/rows", 404, "unknown"),
        ("GET", "/api/datasets/iris/rows?split=test", 422, "unknown-split"),
        ("GET", "/api/runs/999", 404, "unknown"),
        ("DELETE", "/api/runs/999", 404, "unknown"),
        ("POST", "/api/runs/999/stop", 404, "unknown"),
        ("POST", "/api/runs/999/resume", 404, "unknown"),
        ("GET", "/api/runs/999/metrics", 404, "unknown"),
        ("GET", "/api/runs/999/events", 404, "unknown"),
        ("GET", "/api/runs/999/checkpoints", 404, "unknown"),
        ("GET", "/api/runs/999/model", 404, "unknown"),
    ],
)
def test_errors_have_one_shape(client: TestClient, method: str, path: str, status: int, code: str) -> None:
    response = client.request(method, path)
    body = response.json()
    assert (response.status_code, body["code"], sorted(body)) == (status, code, ["code", "message", "problems"])


def test_a_wrong_method_names_the_right_ones(client: TestClient) -> None:
    assert client.delete("/api/health").headers["allow"] == "GET"


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_taken(client: TestClient, content_type: str) -> None:
    body = json.dumps(iris_run())
    response = client.post("/api/runs", content=body, headers={"content-type": content_type})
    assert (response.status_code, response.json()["code"]) == (415, "not-json")


def test_a_field_is_named_by_its_path(client: TestClient) -> None:
    body: Any = iris_run()
    body["recipe"]["fit"]["epochs"] = "3"
    problem = client.post("/api/runs", json=body).json()["problems"][0]
    assert (problem["code"], problem["recipe"]) == ("bad-value", ["fit", "epochs"])
    assert problem["message"].startswith("recipe.fit.epochs: ")


def test_a_bug_is_an_id_for_the_client_and_a_traceback_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise RuntimeError("/secret/path")

    with caplog.at_level(logging.ERROR):
        response = TestClient(Boundary(broken)).get("/")
    id = response.json()["message"].rsplit(" ", 1)[1].rstrip(".")
    assert (response.status_code, response.json()["code"]) == (500, "internal-error")
    assert ("secret" in response.text, id in caplog.text, "/secret/path" in caplog.text) == (False, True, True)


@pytest.mark.parametrize(("doing", "code"), [("crash", "check-crashed"), ("hang", "check-timeout")])
def test_a_check_that_breaks_its_process_is_a_problem_and_the_next_one_works(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, doing: str, code: str
) -> None:
    rooms = client.app.state.rooms  # type: ignore[attr-defined]
    with monkeypatch.context() as patch:
        patch.setattr(checking, "CHECK", f"tests.api.crashing:{doing}")
        patch.setattr(rooms, "settings", replace(rooms.settings, check_timeout_s=1.0))
        broken = client.post("/api/graphs/check", json={"graph": mlp(4, 3)})
    next_one = client.post("/api/graphs/check", json={"graph": mlp(4, 3)})
    assert (broken.status_code, [problem["code"] for problem in broken.json()["problems"]]) == (200, [code])
    assert next_one.json()["ready"]


def test_a_run_is_refused_when_its_check_breaks(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "CHECK", "tests.api.crashing:crash")
    response = client.post("/api/runs", json=iris_run())
    assert (response.status_code, response.json()["code"]) == (422, "graph-not-ready")
