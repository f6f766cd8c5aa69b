"""A run against its own script in a clean process: the real training twice."""

import time
from typing import Any

import pytest

from layerloom.imported import START
from tests.api.asgi import TestClient
from tests.api.building import JSON, chain, iris_run, start, wait_for

LABEL = {"type": "SparseCategoricalCrossentropy", "config": {}}


def reproduced(client: TestClient, run: int, timeout_s: float = 240) -> JSON:
    """What came of it."""
    response = client.post(f"/api/runs/{run}/reproduce")
    assert response.status_code == 202, response.text
    deadline = time.monotonic() + timeout_s
    while (state := client.get(f"/api/runs/{run}/reproduction").json())["state"] == "running":
        assert time.monotonic() < deadline, state
        time.sleep(0.1)
    answer: JSON = state
    return answer


def finished(client: TestClient, body: Any) -> JSON:
    response = client.post("/api/runs", json=body)
    assert response.status_code == 201, response.text
    return wait_for(client, response.json()["id"], "finished", timeout_s=240)


def digits() -> JSON:
    """Augmentation, batch normalization, noise, dropout."""
    graph = chain(
        {"type": "Input", "name": "image", "config": {"shape": [28, 28, 1]}},
        {"type": "Rescaling", "config": {"scale": 1 / 255}},
        {"type": "RandomFlip", "config": {"mode": "horizontal"}},
        {"type": "RandomRotation", "config": {"factor": 0.1}},
        {"type": "Conv2D", "config": {"filters": 4, "kernel_size": 3, "strides": 2, "activation": "relu"}},
        {"type": "BatchNormalization", "config": {}},
        {"type": "GaussianNoise", "config": {"stddev": 0.1}},
        {"type": "Flatten", "config": {}},
        {"type": "Dropout", "config": {"rate": 0.3}},
        {"type": "Dense", "config": {"units": 10, "activation": "softmax"}},
        {"type": "Output", "name": "digit", "config": {}},
    )
    data = {"dataset": "fashion_mnist", "inputs": {"image": ["image"]}, "targets": {"digit": ["label"]}}
    recipe = {
        "data": {**data, "validation_fraction": 0.5},
        "compile": {"optimizer": {"type": "Adam", "config": {}}, "outputs": {"digit": {"loss": LABEL, "metrics": []}}},
        "fit": {"epochs": 2, "batch_size": 64},
    }
    return {"graph": graph, "recipe": recipe}


def passengers() -> JSON:
    """A recurrent network with dropout of both kinds, a schedule and callbacks."""
    graph = chain(
        {"type": "Input", "name": "year", "config": {"shape": [12, 1]}},
        {"type": "LSTM", "config": {"units": 6, "dropout": 0.2, "recurrent_dropout": 0.1}},
        {"type": "Dense", "config": {"units": 1}},
        {"type": "Output", "name": "next", "config": {}},
    )
    rate = {"type": "ExponentialDecay", "config": {"initial_learning_rate": 0.1, "decay_steps": 5, "decay_rate": 0.9}}
    recipe = {
        "data": {
            "dataset": "airline_passengers",
            "inputs": {"year": ["last_12_months"]},
            "targets": {"next": ["Passengers"]},
        },
        "compile": {
            "optimizer": {"type": "RMSprop", "config": {"learning_rate": rate}},
            "outputs": {"next": {"loss": {"type": "MeanSquaredError", "config": {}}, "metrics": []}},
        },
        "fit": {"epochs": 3, "batch_size": 16},
        "callbacks": [{"type": "EarlyStopping", "config": {"monitor": "val_loss", "patience": 1}}],
    }
    return {"graph": graph, "recipe": recipe}


@pytest.mark.slow
@pytest.mark.parametrize("body", [iris_run(3), digits(), passengers()], ids=["mlp", "cnn", "lstm"])
def test_the_script_gives_the_losses_of_the_run_to_the_last_bit(client: TestClient, body: JSON) -> None:
    run = finished(client, body)

    told = reproduced(client, run["id"])

    result = told["result"]
    assert (told["state"], result["verdict"], result["largest"], result["first"]) == ("done", "equal", 0.0, None)
    assert (result["epochs"], set(result["metrics"]) >= {"loss", "val_loss"}) == (run["epochs_done"], True)


@pytest.mark.slow
def test_a_run_whose_losses_were_others_is_different_from_that_epoch_on(client: TestClient) -> None:
    run = finished(client, iris_run(2))
    rooms = client.app.state.rooms  # type: ignore[attr-defined]
    [first, second] = rooms.store.epochs(run["id"])
    changed = second.model_copy(update={"metrics": {**second.metrics, "loss": 0.125}})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rooms.store, "epochs", lambda _: [first, changed])
        result = reproduced(client, run["id"])["result"]

    difference = {"epoch": 2, "metric": "loss", "expected": 0.125, "received": second.metrics["loss"]}
    assert (result["verdict"], result["first"]) == ("different", difference)


@pytest.mark.slow
def test_a_reproduction_is_cancelled_and_leaves_no_verdict(client: TestClient) -> None:
    run = finished(client, iris_run(2))["id"]
    begun = client.post(f"/api/runs/{run}/reproduce").json()

    cancelled = client.delete(f"/api/runs/{run}/reproduction")

    assert (begun["state"], cancelled.status_code, cancelled.json()["state"]) == ("running", 202, "none")


def test_a_run_that_has_not_ended_can_not_be_reproduced(client: TestClient) -> None:
    run = start(client, epochs=50)["id"]

    response = client.post(f"/api/runs/{run}/reproduce")

    client.post(f"/api/runs/{run}/stop")
    assert (response.status_code, response.json()["code"] in ("queued", "running")) == (409, True)


@pytest.fixture(scope="module")
def iris(client: TestClient) -> int:
    """A run that has ended and was never reproduced."""
    return int(finished(client, iris_run(1))["id"])


def test_what_was_never_reproduced_says_so(client: TestClient, iris: int) -> None:
    told = client.get(f"/api/runs/{iris}/reproduction").json()

    assert (told["state"], told["result"]) == ("none", None)


def test_a_run_without_an_epoch_has_nothing_to_reproduce(client: TestClient, iris: int) -> None:
    rooms = client.app.state.rooms  # type: ignore[attr-defined]
    detail = rooms.store.get(iris).model_copy(update={"epochs_done": 0})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rooms.store, "get", lambda _: detail)
        response = client.post(f"/api/runs/{iris}/reproduce")

    assert (response.status_code, response.json()["code"]) == (409, "no-epoch")


def test_a_run_that_started_from_weights_can_not_be_reproduced_by_its_script(client: TestClient, iris: int) -> None:
    rooms = client.app.state.rooms  # type: ignore[attr-defined]
    (rooms.store.get(iris).folder / START).write_bytes(b"")

    response = client.post(f"/api/runs/{iris}/reproduce")

    assert (response.status_code, response.json()["code"]) == (422, "not-reproducible")
