"""A first drawing for a dataset, by HTTP."""

import pytest

from layerloom.data import builtin
from tests.api.asgi import TestClient
from tests.api.building import wait_for


def test_what_is_proposed_for_an_uploaded_file_is_ready_to_train(client: TestClient) -> None:
    rows = "".join(f"{k % 7},{'' if k % 3 else k},{'red' if k % 5 else 'blue'},{k % 7 * 2.5}\n" for k in range(60))
    upload = {"file": ("prices.csv", f"size,age,colour,price\n{rows}".encode())}
    dataset = client.post("/api/datasets", files=upload).json()["id"]
    proposed = client.post("/api/graphs/start", json={"dataset": dataset}).json()
    report = client.post("/api/graphs/check", json=proposed).json()
    assert (report["ready"], report["problems"], proposed["recipe"]["data"]["missing"]) == (True, [], "keep")


def test_a_copy_of_the_target_is_not_fed_and_a_note_says_so(client: TestClient) -> None:
    rows = "".join(f"{k % 7},{(k % 5) * 2},{k % 5}\n" for k in range(60))
    upload = {"file": ("copies.csv", f"size,pence,price\n{rows}".encode())}
    info = client.post("/api/datasets", files=upload).json()
    proposed = client.post("/api/graphs/start", json={"dataset": info["id"]}).json()
    told = [(note["code"], note["column"]) for note in info["notes"]]
    assert (told, proposed["recipe"]["data"]["inputs"]) == ([("copy-of-target", "pence")], {"size": ["size"]})


def test_a_file_without_anything_to_predict_is_refused(client: TestClient) -> None:
    upload = {"file": ("same.csv", b"a,b\n" + b"1.5,1.5\n" * 20)}
    dataset = client.post("/api/datasets", files=upload).json()["id"]
    refused = client.post("/api/graphs/start", json={"dataset": dataset})
    assert (refused.status_code, refused.json()["code"]) == (422, "no-target")


@pytest.mark.parametrize(("body", "status"), [({"dataset": "none"}, 404), ({}, 422)])
def test_no_dataset_is_no_start(client: TestClient, body: dict[str, str], status: int) -> None:
    assert client.post("/api/graphs/start", json=body).status_code == status


@pytest.mark.slow
def test_the_titanic_file_is_trained_as_proposed_and_beats_the_majority(client: TestClient) -> None:
    content = (builtin.SETS / "titanic.csv").read_bytes().replace(b"name,class", b"name,passenger class", 1)
    info = client.post("/api/datasets", files={"file": ("titanic people.csv", content)}).json()
    proposed = client.post("/api/graphs/start", json={"dataset": info["id"]}).json()
    assert client.post("/api/graphs/check", json=proposed).json()["problems"] == []
    run = client.post("/api/runs", json=proposed).json()["id"]
    wait_for(client, run, "finished", timeout_s=300)
    curve = client.get(f"/api/runs/{run}/metrics").json()["series"]["val_accuracy"]
    [survived] = [column for column in info["columns"] if column["name"] == "survived"]
    assert curve["y"][-1] >= max(survived["class_counts"]) / sum(survived["class_counts"]) + 0.10
