"""One real batch before a training, through the server."""

from dataclasses import replace
from typing import Any

import pytest

from layerloom.api import trying
from tests.api.asgi import TestClient
from tests.api.building import JSON, failing_at_its_second_node, iris_recipe, mlp


def ask(client: TestClient, graph: JSON, recipe: JSON) -> Any:
    return client.post("/api/training/try", json={"graph": graph, "recipe": recipe})


def test_a_batch_that_runs_tells_its_time_and_memory(client: TestClient) -> None:
    told = ask(client, mlp(4, 3, "softmax"), iris_recipe()).json()

    assert (told["ok"], told["problems"], told["steps_per_epoch"]) == (True, [], 9)
    assert 0 < told["step_seconds"] < told["epoch_seconds"] < 10
    assert 0 < told["peak_bytes"] < 2e9


def test_what_was_measured_is_not_measured_again(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = mlp(4, 3, "softmax")
    first = ask(client, graph, iris_recipe()).json()
    monkeypatch.setattr(trying, "TRIAL", "tests.api.crashing:crash")

    moved = {**graph, "name": "another", "layout": {"n1": [5, 5]}}

    assert ask(client, moved, iris_recipe(epochs=9)).json() == first


def test_a_batch_that_can_not_pass_a_layer_is_a_problem_at_its_node(client: TestClient) -> None:
    told = ask(client, **failing_at_its_second_node()).json()

    [problem] = told["problems"]
    place = (problem["code"], problem["severity"], problem["node"], problem["parameter"])
    assert (told["ok"], place) == (False, ("step-failed", "error", "n2", "input_dim"))
    assert "Expected numbers from 0 to 1 (input_dim is 2), received" in problem["message"]


def test_a_drawing_that_is_not_ready_is_refused_with_its_problems(client: TestClient) -> None:
    response = ask(client, mlp(5, 3, "softmax"), iris_recipe())

    assert (response.status_code, response.json()["code"]) == (422, "graph-not-ready")
    assert response.json()["problems"]


def test_a_trial_waits_while_a_run_trains(client: TestClient) -> None:
    rooms = client.app.state.rooms  # type: ignore[attr-defined]
    page = rooms.store.list().model_copy(update={"total": 1})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rooms.store, "list", lambda *_, **__: page)
        response = ask(client, mlp(4, 3, "softmax"), {**iris_recipe(), "seed": 99})

    assert (response.status_code, response.json()["code"]) == (409, "busy")


@pytest.mark.parametrize(("doing", "ok", "code"), [("crash", False, "step-crashed"), ("hang", True, "step-slow")])
def test_a_trial_that_breaks_its_process_or_hangs_is_a_problem(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, doing: str, ok: bool, code: str
) -> None:
    rooms = client.app.state.rooms  # type: ignore[attr-defined]
    monkeypatch.setattr(trying, "TRIAL", f"tests.api.crashing:{doing}")
    monkeypatch.setattr(rooms, "settings", replace(rooms.settings, trial_timeout_s=0.5))

    told = ask(client, mlp(4, 3, "softmax"), {**iris_recipe(), "seed": 98 + ok}).json()

    assert (told["ok"], [problem["code"] for problem in told["problems"]]) == (ok, [code])
