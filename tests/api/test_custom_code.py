"""Custom Python over the API: off unless the server was started with it, run in children alone."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from layerloom.api.app import create_app
from layerloom.modeling.nodes import STARTING_CODE
from layerloom.settings import Settings
from tests.api.asgi import TestClient
from tests.api.building import JSON, chain, iris_recipe, wait_for

CLASS = "import keras, os, time\nclass A(keras.layers.Layer):\n    def call(self, inputs):\n"


@pytest.fixture(scope="module")
def permitted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home: Path = tmp_path_factory.mktemp("permitted")
    settings = Settings(home=home, allow_custom_code=True, check_timeout_s=20.0)
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        client.get("/api/catalog")  # waits until Keras is warm
        yield client


def drawing(code: str) -> JSON:
    return chain(
        {"type": "Input", "name": "features", "config": {"shape": [4]}},
        {"type": "python", "name": "mine", "config": {"code": code}},
        {"type": "Dense", "config": {"units": 3, "activation": "softmax"}},
        {"type": "Output", "name": "answer", "config": {}},
    )


def problems(client: TestClient, code: str) -> list[tuple[str, str | None]]:
    report = client.post("/api/graphs/check", json={"graph": drawing(code)}).json()
    return [(problem["code"], problem["node"]) for problem in report["problems"]]


def test_a_server_without_it_says_so_at_the_node_and_trains_nothing(client: TestClient) -> None:
    response = client.post("/api/runs", json={"graph": drawing(STARTING_CODE), "recipe": iris_recipe()})
    codes = {(problem["code"], problem["node"]) for problem in response.json()["problems"]}
    assert (response.status_code, ("custom-python-off", "n2") in codes) == (422, True)


def test_a_layer_of_ones_own_trains_and_predicts(permitted: TestClient) -> None:
    body = {"graph": drawing(STARTING_CODE), "recipe": iris_recipe()}
    run = permitted.post("/api/runs", json=body).json()["id"]
    detail = wait_for(permitted, run, "finished", "failed")
    asked = {"inputs": {"features": [[5.1, 3.5, 1.4, 0.2]]}}
    answer = permitted.post(f"/api/runs/{run}/predict", json=asked).json()["outputs"]["answer"]
    assert (detail["state"], len(answer[0]), abs(sum(answer[0]) - 1) < 1e-5) == ("finished", 3, True), detail["error"]


def test_code_that_ends_the_checker_is_told_at_its_node_and_the_next_check_answers(permitted: TestClient) -> None:
    ended = problems(permitted, f"{CLASS}        os._exit(3)\n")
    assert (ended, problems(permitted, STARTING_CODE)) == ([("check-crashed", "n2")], [])


def test_code_that_never_ends_is_ended(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, allow_custom_code=True, check_timeout_s=3.0)
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        client.get("/api/catalog")
        assert problems(client, f"{CLASS}        time.sleep(3600)\n") == [("check-timeout", "n2")]


def test_what_code_does_to_its_process_does_not_reach_the_server(permitted: TestClient) -> None:
    problems(permitted, f"import sys\nsys.modules['layerloom'] = None\n{CLASS}        return inputs\n")
    assert (sys.modules["layerloom"] is None, permitted.get("/api/health").status_code) == (False, 200)
