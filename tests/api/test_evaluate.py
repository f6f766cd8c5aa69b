"""Judging a run by REST: once for the same weights on the same rows, looked into as often as one likes."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import ClientDisconnect, Request

from layerloom.api.leaving import unless_gone
from tests.api.asgi import TestClient
from tests.api.building import JSON, start, wait_for


@pytest.fixture(scope="module")
def run(finished: JSON) -> int:
    return int(finished["id"])


def evaluate(client: TestClient, run: int, **asked: Any) -> httpx.Response:
    return client.post(f"/api/runs/{run}/evaluate", json=asked)


def test_a_run_is_judged_on_what_it_was_not_trained_on(client: TestClient, run: int) -> None:
    found = evaluate(client, run).raise_for_status().json()

    output = found["outputs"]["answer"]
    assert (found["epoch"], found["dataset"], found["split"], found["rows"]) == (2, "iris", "validation", 15)
    assert sum(map(sum, output["matrix"])) == 15
    assert output["accuracy"] == pytest.approx(found["metrics"]["accuracy"])


def test_the_same_weights_on_the_same_rows_are_judged_once(client: TestClient, run: int) -> None:
    first, again = (evaluate(client, run, split="train", epoch=epoch).json() for epoch in ("last", 2))

    assert first == again


def test_the_rows_of_a_cell_need_no_evaluation_before(client: TestClient, run: int) -> None:
    asked = {"split": "train", "epoch": 1, "order": "row", "limit": 2}

    found = client.get(f"/api/runs/{run}/evaluate/rows", params=asked).raise_for_status().json()

    assert (found["total"], found["split"], len(found["rows"])) == (135, "train", 2)
    assert set(found["rows"][0]["cells"]) >= {"species", "petal_width_cm"}


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"split": "test"}, 422, "unknown-split"),
        ({"split": "holdout"}, 422, "bad-value"),
        ({"dataset": "nothing"}, 404, "unknown"),
        ({"dataset": "wine"}, 422, "dataset-differs"),
        ({"epoch": 99}, 404, "unknown-checkpoint"),
        ({"color": "red"}, 422, "bad-value"),
    ],
)
def test_what_can_not_be_judged_says_why(client: TestClient, run: int, asked: JSON, status: int, code: str) -> None:
    answer = evaluate(client, run, **asked)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("asked", "status"),
    [({"true": "oak"}, 422), ({"output": "leaf"}, 422), ({"limit": 0}, 422), ({"order": "height"}, 422)],
)
def test_rows_that_are_not_there_say_why(client: TestClient, run: int, asked: JSON, status: int) -> None:
    assert client.get(f"/api/runs/{run}/evaluate/rows", params=asked).status_code == status


def test_an_evaluation_that_is_over_is_under_way_no_more(client: TestClient, run: int) -> None:
    evaluate(client, run, split="train", epoch=1).raise_for_status()

    answer = client.get(f"/api/runs/{run}/evaluate/progress", params={"split": "train", "epoch": 1})

    assert (answer.status_code, answer.json()) == (200, None)


def test_nothing_is_judged_of_a_run_that_does_not_exist(client: TestClient) -> None:
    assert evaluate(client, 10**9).status_code == 404


def test_evaluations_go_with_their_run(client: TestClient, home: Path) -> None:
    id = start(client, epochs=1)["id"]
    wait_for(client, id, "finished")
    evaluate(client, id).raise_for_status()
    before = (home / "runs" / str(id) / "evaluations").exists()

    client.delete(f"/api/runs/{id}").raise_for_status()

    assert (before, (home / "runs" / str(id)).exists()) == (True, False)


async def _hangs_up() -> Any:
    return {"type": "http.disconnect"}


def test_work_ends_when_the_client_hangs_up() -> None:
    ended: list[str] = []

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("ended")

    with pytest.raises(ClientDisconnect):
        asyncio.run(unless_gone(Request({"type": "http"}, _hangs_up), work()))
    assert ended == ["ended"]
