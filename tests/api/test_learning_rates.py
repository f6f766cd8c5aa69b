"""The range test of a real model on real data, through the server."""

import json
from typing import Any

from tests.api.asgi import TestClient
from tests.api.building import failing_at_its_second_node, iris_recipe, mlp

PATH = "/api/training/learning-rates"


def body(**optimizer: Any) -> dict[str, Any]:
    recipe = iris_recipe()
    if optimizer:
        recipe["compile"]["optimizer"] = optimizer
    return {"graph": mlp(4, 3, "softmax"), "recipe": recipe}


def test_the_sweep_rises_until_the_loss_runs_away_and_suggests_a_rate(client: TestClient) -> None:
    told = client.post(PATH, json=body(type="SGD", config={"learning_rate": 0.5})).json()

    rates = [point["rate"] for point in told["points"]]
    assert (rates[0], rates == sorted(rates), rates[-1] <= 10) == (1e-7, True, True)
    assert 1e-5 < told["steepest"] < 10
    assert 1e-5 < told["tenth"] < 1


def test_the_points_come_line_by_line_and_the_last_line_is_the_sweep(client: TestClient) -> None:
    schedule = {
        "type": "ExponentialDecay",
        "config": {"initial_learning_rate": 0.1, "decay_steps": 5, "decay_rate": 0.9},
    }
    asked = body(type="Adam", config={"learning_rate": schedule})

    response = client.post(PATH, json=asked, headers={"accept": "application/x-ndjson"})

    lines = [json.loads(line) for line in response.text.splitlines()]
    told = [point for line in lines for point in line["points"]]
    assert [line["sweep"] is None for line in lines] == [True] * (len(lines) - 1) + [False]
    assert lines[-1]["sweep"]["points"] == told


def test_a_step_that_fails_is_a_problem_at_its_node(client: TestClient) -> None:
    response = client.post(PATH, json=failing_at_its_second_node())

    [problem] = response.json()["problems"]
    assert (response.status_code, problem["code"], problem["node"]) == (422, "step-failed", "n2")


def test_a_drawing_that_is_not_ready_is_refused(client: TestClient) -> None:
    response = client.post(PATH, json={**body(), "graph": mlp(5, 3, "softmax")})

    assert (response.status_code, response.json()["code"]) == (422, "graph-not-ready")
