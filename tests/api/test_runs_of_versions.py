"""Runs name the version that they were trained on; it stays while they need it, and what was edited is judged too."""

from pathlib import Path
from typing import Any

import pytest

from layerloom.data.own import OwnSets
from tests.api.asgi import TestClient
from tests.api.building import iris_run, wait_for
from tests.api.test_versions import edited

pytestmark = pytest.mark.slow

HALF = {"edit": "drop_rows", "split": "train", "rows": list(range(0, 150, 2))}


def trained_on(client: TestClient, dataset: str, epochs: int = 1) -> Any:
    body = iris_run(epochs)
    body["recipe"]["data"]["dataset"] = dataset
    return client.post("/api/runs", json=body).raise_for_status().json()


def test_a_run_names_its_version_which_then_stays(client: TestClient) -> None:
    half = edited(client, "iris", HALF)
    run = trained_on(client, half["id"])["id"]
    ended = wait_for(client, run, "finished")
    refused = client.delete(f"/api/datasets/{half['id']}")
    assert (ended["dataset"], ended["fingerprint"], refused.status_code, f"run {run}" in refused.json()["message"]) == (
        half["id"],
        half["fingerprint"],
        409,
        True,
    )


def test_a_run_is_judged_on_another_version(client: TestClient) -> None:
    relabel = {"edit": "relabel", "split": "train", "row": 0, "column": "species", "value": "virginica"}
    other = edited(client, "iris", HALF, relabel)
    run = trained_on(client, "iris")["id"]
    wait_for(client, run, "finished")
    found = client.post(f"/api/runs/{run}/evaluate", json={"dataset": other["id"]}).raise_for_status().json()
    assert (found["dataset"], found["split"], found["rows"]) == (other["id"], "train", 75)


def test_a_queued_run_whose_version_is_gone_says_so(client: TestClient, home: Path) -> None:
    doomed = edited(client, "iris", HALF, {"edit": "title", "title": "Doomed"})["id"]
    before = trained_on(client, "iris", epochs=100_000)["id"]
    wait_for(client, before, "running")
    run = trained_on(client, doomed)["id"]
    OwnSets(home).delete(doomed)
    client.post(f"/api/runs/{before}/stop").raise_for_status()
    ended = wait_for(client, run, "finished", "failed")
    said = f"There is no dataset '{doomed}'; it may have been deleted. Choose another one, or bring it again."
    assert (ended["state"], ended["error"]["code"], ended["error"]["message"]) == ("failed", "unknown-dataset", said)
