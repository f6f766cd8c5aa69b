import hashlib
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from layerloom.api.submit import versions
from tests.api.asgi import TestClient
from tests.api.building import JSON, iris_run, mlp, start, wait_for

LONG = 100_000


@pytest.fixture
def running(client: TestClient) -> JSON:
    return wait_for(client, start(client, LONG)["id"], "running")


def stop(client: TestClient, run: int) -> JSON:
    client.post(f"/api/runs/{run}/stop")
    return wait_for(client, run, "stopped", "finished", "failed")


def leave(client: TestClient, *runs: int) -> None:
    """Let nobody after us wait for runs that have shown what they should."""
    for run in runs:
        client.post(f"/api/runs/{run}/stop")


def wait_for_a_checkpoint(client: TestClient, run: int) -> None:
    while not client.get(f"/api/runs/{run}/checkpoints").json():
        time.sleep(0.05)


def code(client: TestClient, method: str, path: str) -> tuple[int, str]:
    response = client.request(method, path)
    return response.status_code, response.json()["code"]


def test_a_run_is_a_frozen_copy_of_what_was_asked(client: TestClient, finished: JSON) -> None:
    dataset = client.get("/api/datasets/iris").json()
    assert (finished["graph"]["nodes"][2]["config"], finished["recipe"]["fit"]["epochs"]) == (
        {"units": 3, "activation": "softmax"},
        2,
    )
    assert (finished["fingerprint"], finished["versions"], finished["parameters"]) == (
        dataset["fingerprint"],
        versions(),
        67,
    )


def test_a_run_trains_and_finishes(finished: JSON) -> None:
    assert (finished["state"], finished["epochs_done"], finished["error"]) == ("finished", 2, None)
    assert {"loss", "accuracy", "val_loss", "val_accuracy"} <= set(finished["metrics"])


def test_a_finished_run_is_in_the_list(client: TestClient, finished: JSON) -> None:
    page = client.get("/api/runs", params={"state": "finished", "search": "IRIS", "sort": "metric:accuracy"}).json()
    assert finished["id"] in [run["id"] for run in page["runs"]]


def test_events_tell_the_story_in_order(client: TestClient, finished: JSON) -> None:
    events = client.get(f"/api/runs/{finished['id']}/events").json()
    states = [event["state"] for event in events if event["kind"] == "state"]
    assert states == ["queued", "running", "finished"]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))


def test_events_go_on_after_a_number(client: TestClient, finished: JSON) -> None:
    path = f"/api/runs/{finished['id']}/events"
    whole = client.get(path).json()
    assert client.get(path, params={"after": 2, "limit": 3}).json() == whole[2:5]


def test_metrics_are_curves(client: TestClient, finished: JSON) -> None:
    series = client.get(f"/api/runs/{finished['id']}/metrics", params={"points": 2}).json()["series"]
    assert len(series["val_loss"]["x"]) == len(series["val_loss"]["y"]) == 2


def test_a_model_is_downloaded_under_a_clean_name(client: TestClient, finished: JSON) -> None:
    id = finished["id"]
    response = client.get(f"/api/runs/{id}/model", params={"format": "keras", "epoch": 1})
    manifest = client.get(f"/api/runs/{id}/checkpoints").json()[0]
    stored = manifest["files"]["model.keras"]
    assert response.headers["content-disposition"] == f'attachment; filename="iris-run-{id}-epoch-1.keras"'
    assert (hashlib.sha256(response.content).hexdigest(), int(response.headers["content-length"])) == (
        stored["sha256"],
        stored["size_bytes"],
    )


def test_an_unchanged_model_is_not_sent_again(client: TestClient, finished: JSON) -> None:
    path = f"/api/runs/{finished['id']}/model"
    response = client.get(path, headers={"if-none-match": client.get(path).headers["etag"]})
    assert response.status_code == 304


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("epoch=99", (404, "unknown-checkpoint")),
        ("epoch=0", (422, "bad-value")),
        ("epoch=newest", (422, "bad-value")),
        ("format=exe", (422, "unsupported-format")),
        ("format=../onnx", (422, "unsupported-format")),
    ],
)
def test_what_cannot_be_downloaded_says_why(
    client: TestClient, finished: JSON, query: str, answer: tuple[int, str]
) -> None:
    assert code(client, "GET", f"/api/runs/{finished['id']}/model?{query}") == answer


def test_a_model_predicts(client: TestClient, finished: JSON) -> None:
    asked = {"inputs": {"features": [[5.1, 3.5, 1.4, 0.2], [6.3, 3.3, 6.0, 2.5]]}, "epoch": "best"}
    response = client.post(f"/api/runs/{finished['id']}/predict", json=asked)
    assert response.status_code == 200, response.text
    first, second = response.json()["outputs"]["answer"]
    assert (sum(first), sum(second)) == (pytest.approx(1, abs=1e-5), pytest.approx(1, abs=1e-5))


FLOWER = [5.1, 3.5, 1.4, 0.2]


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({}, "inputs"),
        ({"other": [FLOWER]}, "features"),
        ({"features": [FLOWER], "other": [FLOWER]}, "other"),
        ({"features": []}, "samples"),
        ({"features": [FLOWER[:3]]}, "features"),
        ({"features": [FLOWER, FLOWER[:3]]}, "features"),
        ({"features": [[FLOWER, FLOWER]]}, "features"),
        ({"features": [["a", "b", "c", "d"]]}, "features"),
        ({"features": [[True, None, {}, []]]}, "features"),
        ({"features": [[1e300, 0, 0, 0]]}, "features"),
        ({"features": FLOWER}, "features"),
        ({"features": {"a": 1}}, "features"),
        ({"features": [10**40, 0, 0, 0]}, "features"),
    ],
)
def test_samples_that_do_not_fit_are_refused_by_the_name_of_their_input(
    client: TestClient, finished: JSON, inputs: JSON, said: str
) -> None:
    response = client.post(f"/api/runs/{finished['id']}/predict", json={"inputs": inputs})
    assert (response.status_code, said in response.json()["message"]) == (422, True), response.text


@pytest.mark.parametrize(("epoch", "status"), [(99, 404), (0, 422), ("newest", 422), (1.5, 422), (True, 422)])
def test_an_epoch_that_is_not_there_does_not_predict(
    client: TestClient, finished: JSON, epoch: object, status: int
) -> None:
    asked = {"inputs": {"features": [FLOWER]}, "epoch": epoch}
    assert client.post(f"/api/runs/{finished['id']}/predict", json=asked).status_code == status


@pytest.mark.parametrize(
    "change",
    [{}, {"name": ""}, {"name": "   "}, {"name": 3}, {"tags": "a"}, {"tags": [""]}, {"state": "finished"}, {"id": 7}],
)
def test_what_cannot_be_changed_is_refused(client: TestClient, finished: JSON, change: JSON) -> None:
    response = client.patch(f"/api/runs/{finished['id']}", json=change)
    assert (response.status_code, response.json()["code"]) == (422, "bad-value")


def test_a_person_may_rename_tag_and_annotate(client: TestClient, finished: JSON) -> None:
    change = {"name": " flowers ", "tags": ["a", "b"], "notes": "한글 ✓"}
    detail = client.patch(f"/api/runs/{finished['id']}", json=change).json()
    assert (detail["name"], detail["tags"], detail["notes"]) == ("flowers", ["a", "b"], "한글 ✓")
    client.patch(f"/api/runs/{finished['id']}", json={"name": "iris"})


def test_a_finished_run_takes_no_commands(client: TestClient, finished: JSON) -> None:
    path = f"/api/runs/{finished['id']}"
    answers = [code(client, "POST", f"{path}/{command}") for command in ("stop", "resume", "pause")]
    assert answers == [(409, "finished")] * 3


def test_a_running_run_cannot_be_deleted_and_stops(client: TestClient, running: JSON) -> None:
    path = f"/api/runs/{running['id']}"
    assert code(client, "DELETE", path) == (409, "running")
    assert client.post(f"{path}/stop").status_code == 202
    assert wait_for(client, running["id"], "stopped", "failed")["state"] == "stopped"
    assert code(client, "POST", f"{path}/stop") == (409, "stopped")


def test_a_stopped_run_goes_on_from_its_checkpoint(client: TestClient, running: JSON) -> None:
    id = running["id"]
    wait_for_a_checkpoint(client, id)
    before = stop(client, id)["epochs_done"]
    resumed = client.post(f"/api/runs/{id}/resume")
    wait_for(client, id, "running")
    after = stop(client, id)
    assert (resumed.status_code, after["attempt"], after["epochs_done"] >= before) == (202, 2, True)


def test_a_paused_run_goes_on_where_it_was(client: TestClient, running: JSON) -> None:
    path = f"/api/runs/{running['id']}"
    wait_for_a_checkpoint(client, running["id"])
    asked = client.post(f"{path}/pause").status_code
    paused = wait_for(client, running["id"], "paused")
    refused = code(client, "POST", f"{path}/pause"), code(client, "DELETE", path)
    resumed = client.post(f"{path}/resume").status_code
    wait_for(client, running["id"], "running")
    stopped = stop(client, running["id"])
    assert (asked, refused, resumed) == (202, ((409, "paused"), (409, "paused")), 202)
    assert (stopped["attempt"], stopped["epochs_done"] >= paused["epochs_done"]) == (1, True)


def test_a_deleted_run_is_gone_with_its_folder(client: TestClient) -> None:
    run = wait_for(client, start(client, 1)["id"], "finished", "failed")
    response = client.delete(f"/api/runs/{run['id']}")
    assert (response.status_code, response.content, Path(run["folder"]).exists()) == (204, b"", False)
    assert code(client, "GET", f"/api/runs/{run['id']}") == (404, "unknown")


def test_a_drawing_with_errors_is_refused_with_its_problems(client: TestClient) -> None:
    body = iris_run()
    body["graph"]["nodes"][1]["config"]["units"] = 0
    response = client.post("/api/runs", json=body)
    answer = response.json()
    assert (response.status_code, answer["code"]) == (422, "graph-not-ready")
    assert [(problem["code"], problem["node"]) for problem in answer["problems"]] == [("bad-value", "n2")]


def test_one_key_makes_one_run(client: TestClient) -> None:
    def post(_: int) -> int:
        response = client.post("/api/runs", json=iris_run(1), headers={"idempotency-key": "double-click"})
        return int(response.json()["id"])

    with ThreadPoolExecutor(10) as pool:
        made = set(pool.map(post, range(50)))
    leave(client, *made)
    assert len(made) == 1


def test_a_key_is_not_for_two_different_runs(client: TestClient) -> None:
    headers = {"idempotency-key": "one-of-two"}
    first = client.post("/api/runs", json=iris_run(1), headers=headers).json()["id"]
    response = client.post("/api/runs", json=iris_run(2), headers=headers)
    leave(client, first)
    assert (response.status_code, response.json()["code"]) == (422, "idempotency-key-reused")


def test_a_key_whose_run_was_refused_may_be_used_again(client: TestClient) -> None:
    headers = {"idempotency-key": "mended"}
    broken = iris_run(1)
    broken["graph"]["nodes"][1]["config"]["units"] = 0
    answers = [client.post("/api/runs", json=body, headers=headers) for body in (broken, iris_run(1))]
    leave(client, answers[1].json()["id"])
    assert [answer.status_code for answer in answers] == [422, 201]


def forked(client: TestClient, **start: object) -> tuple[int, JSON]:
    """What the server answers to a fork of one more epoch."""
    response = client.post("/api/runs", json={**iris_run(1), **start})
    return response.status_code, response.json()


def test_a_run_starts_from_a_checkpoint_of_another_and_says_so(client: TestClient, finished: JSON) -> None:
    status, made = forked(client, from_run=finished["id"], from_epoch=1)
    run = wait_for(client, made["id"], "finished", "failed")
    assert (status, run["state"], run["from_run"], run["from_epoch"]) == (201, "finished", finished["id"], 1)
    events = client.get(f"/api/runs/{run['id']}/events").json()
    said = [event["message"] for event in events if event["kind"] == "log"]
    assert said[0] == f"Starting from epoch 1 of run {finished['id']}: 2 of 2 layers with weights."


def test_a_fork_without_an_epoch_takes_the_last(client: TestClient, finished: JSON) -> None:
    made = forked(client, from_run=finished["id"])[1]
    leave(client, made["id"])
    assert (made["from_run"], made["from_epoch"], finished["from_run"]) == (finished["id"], 2, None)


@pytest.mark.parametrize(
    ("start", "answer"),
    [
        ({"from_run": 10**9}, (404, "unknown")),
        ({"from_run": 0}, (422, "bad-value")),
        ({"from_epoch": 1}, (422, "bad-value")),
        ({"from_run": 1, "weights": "0" * 32}, (422, "bad-value")),
        ({"from_run": 1, "from_epoch": 0}, (422, "bad-value")),
        ({"from_run": 1, "from_epoch": "newest"}, (422, "bad-value")),
    ],
)
def test_a_start_that_is_not_there_is_refused(client: TestClient, start: JSON, answer: tuple[int, str]) -> None:
    status, body = forked(client, **start)
    assert (status, body["code"]) == answer


def test_an_epoch_that_was_not_kept_cannot_be_forked(client: TestClient, finished: JSON) -> None:
    status, body = forked(client, from_run=finished["id"], from_epoch=99)
    assert (status, body["code"]) == (404, "unknown-checkpoint")


def test_a_drawing_with_nothing_in_common_cannot_be_forked(client: TestClient, finished: JSON) -> None:
    body = {**iris_run(1), "graph": mlp(4, 3, "softmax"), "from_run": finished["id"]}
    for node in body["graph"]["nodes"][1:3]:
        node["name"] = f"other_{node['id']}"
    response = client.post("/api/runs", json=body)
    problem = response.json()["problems"][0]
    assert (response.status_code, problem["code"], problem["parameter"]) == (422, "nothing-in-common", "from_run")


def test_a_damaged_checkpoint_cannot_be_forked(client: TestClient) -> None:
    run = wait_for(client, start(client, 1)["id"], "finished", "failed")
    model = Path(run["folder"]) / "checkpoints" / "epoch-00001" / "model.keras"
    model.write_bytes(bytes(model.stat().st_size))
    status, body = forked(client, from_run=run["id"])
    assert (status, body["code"]) == (422, "checkpoint-damaged")


@pytest.fixture(scope="class")
def busy(client: TestClient) -> Iterator[JSON]:
    run = wait_for(client, start(client, LONG)["id"], "running")
    yield run
    stop(client, run["id"])


class TestWhileARunIsAtWork:
    """One run trains for all of them; what they start waits behind it, and never trains."""

    @pytest.mark.usefixtures("busy")
    def test_a_queued_run_stops_at_once(self, client: TestClient) -> None:
        waiting = start(client, LONG)
        stopped = client.post(f"/api/runs/{waiting['id']}/stop")
        assert (waiting["state"], stopped.status_code, stopped.json()["state"]) == ("queued", 202, "stopped")

    @pytest.mark.usefixtures("busy")
    def test_a_run_without_a_checkpoint_cannot_go_on(self, client: TestClient) -> None:
        waiting = start(client, LONG)["id"]
        client.post(f"/api/runs/{waiting}/stop")
        assert code(client, "POST", f"/api/runs/{waiting}/resume") == (409, "no-checkpoint")

    def test_runs_that_wait_are_put_in_another_order(self, client: TestClient, busy: JSON) -> None:
        first, second = (start(client, LONG)["id"] for _ in range(2))
        moved = client.post(f"/api/runs/{second}/move", json={"position": 1})
        listed = client.get("/api/runs", params={"state": "queued"}).json()["runs"]
        refused = client.post(f"/api/runs/{busy['id']}/move", json={"position": 1})
        leave(client, first, second)
        assert (moved.status_code, moved.json()["position"]) == (200, 1)
        assert {run["id"]: run["position"] for run in listed} == {second: 1, first: 2}
        assert (refused.status_code, refused.json()["code"]) == (409, "running")
