from typing import Any

from tests.api.asgi import TestClient

BOUND = {"dataset": "iris", "inputs": {"flower": ["petal_width_cm"]}, "targets": {"species": ["species"]}}


def asked(client: TestClient, dataset: str = "iris", **fields: Any) -> Any:
    return client.post(f"/api/datasets/{dataset}/splits", json={"data": {**BOUND, **fields}, "seed": 7})


def test_rows_and_classes_of_each_split_are_counted(client: TestClient) -> None:
    answer = asked(client, test_fraction=0.2, validation_fraction=0.25, split={"by": "stratified"})

    assert answer.json()["splits"] == {
        "train": {"rows": 90, "classes": {"setosa": 30, "versicolor": 30, "virginica": 30}},
        "validation": {"rows": 30, "classes": {"setosa": 10, "versicolor": 10, "virginica": 10}},
        "test": {"rows": 30, "classes": {"setosa": 10, "versicolor": 10, "virginica": 10}},
    }


def test_a_column_that_can_not_decide_is_told(client: TestClient) -> None:
    answer = asked(client, split={"by": "column", "column": "species"})

    assert (answer.status_code, answer.json()["code"]) == (422, "split-column")
    assert "found 'setosa', 'versicolor', 'virginica'" in answer.json()["message"]


def test_an_unknown_column_and_an_unknown_dataset_are_told(client: TestClient) -> None:
    answers = [asked(client, targets={"species": ["kind"]}), asked(client, dataset="roses")]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(422, "unknown-column"), (404, "unknown")]
