"""Everything from a table to a trained model by REST alone, with nothing but what the API itself says."""

import json

import pytest

from tests.api.asgi import TestClient
from tests.api.building import JSON, mlp, wait_for
from tests.picking import one_in


def numbers(dataset: JSON) -> list[str]:
    return [
        column["name"] for column in dataset["columns"] if (column["kind"], column["role"]) == ("number", "feature")
    ]


def trained(client: TestClient, name: str, epochs: int, missing: str = "refuse", rate: float = 0.001) -> JSON:
    """A network with one hidden layer on the numeric columns of a table, its recipe as suggested but for its rate."""
    dataset = client.get(f"/api/datasets/{name}").json()
    (target,) = dataset["default_targets"]
    column = next(column for column in dataset["columns"] if column["name"] == target)
    outputs, activation = (len(column["classes"]), "softmax") if column["classes"] else (1, None)
    graph = normalized(mlp(len(numbers(dataset)), outputs, activation))
    recipe = client.post("/api/recipes/suggest", json={"graph": graph, "dataset": name}).json()
    recipe["data"] |= {"inputs": {"features": numbers(dataset)}, "targets": {"answer": [target]}, "missing": missing}
    recipe["compile"]["optimizer"] = {"type": "Adam", "config": {"learning_rate": rate}}
    recipe["fit"]["epochs"] = epochs
    response = client.post("/api/runs", json={"graph": graph, "recipe": recipe})
    assert response.status_code == 201, response.text
    return wait_for(client, response.json()["id"], "finished", "failed")


def normalized(graph: JSON) -> JSON:
    """The same network on inputs of mean 0 and deviation 1."""
    graph["nodes"].append({"id": "scale", "type": "Normalization", "config": {}})
    graph["edges"][0] = {"source": "n1", "target": "scale"}
    graph["edges"].append({"source": "scale", "target": "n2"})
    return graph


@pytest.mark.parametrize(
    ("name", "missing"),
    one_in(
        3,
        [
            ("titanic", "drop"),
            ("iris", "refuse"),
            ("wine", "refuse"),
            ("auto_mpg", "refuse"),
            ("breast_cancer", "refuse"),
            ("california_housing", "refuse"),
        ],
    ),
)
def test_the_numeric_columns_of_every_table_train(client: TestClient, name: str, missing: str) -> None:
    run = trained(client, name, 1, missing)
    assert (run["state"], run["error"], run["epochs_done"]) == ("finished", None, 1)


def test_a_classification_learns_and_predicts(client: TestClient) -> None:
    run = trained(client, "wine", 10, rate=0.02)
    rows = client.get("/api/datasets/wine/rows", params={"limit": 178}).json()["rows"]
    dataset = client.get("/api/datasets/wine").json()
    samples = [[row[name] for name in numbers(dataset)] for row in rows]
    asked = {"inputs": {"features": samples}, "epoch": "best"}
    answers = client.post(f"/api/runs/{run['id']}/predict", json=asked).json()["outputs"]["answer"]
    classes = next(column["classes"] for column in dataset["columns"] if column["name"] == "cultivar")
    right = sum(
        classes[answer.index(max(answer))] == row["cultivar"] for answer, row in zip(answers, rows, strict=True)
    )
    assert (run["state"], right / len(rows) > 0.9) == ("finished", True), right


@pytest.mark.slow
def test_a_regression_learns(client: TestClient) -> None:
    run = trained(client, "auto_mpg", 60)
    mae = run["metrics"]["val_mae"]
    assert (run["state"], mae["best"] < 6) == ("finished", True), mae


def test_a_run_that_diverges_says_so_in_json_that_every_reader_reads(client: TestClient) -> None:
    graph = mlp(8, 1)
    recipe = client.post("/api/recipes/suggest", json={"graph": graph, "dataset": "california_housing"}).json()
    recipe["compile"]["optimizer"] = {"type": "SGD", "config": {"learning_rate": 1e6}}
    run = client.post("/api/runs", json={"graph": graph, "recipe": recipe}).json()["id"]
    failed = wait_for(client, run, "failed", "finished")
    for path in ("events", "metrics"):
        json.loads(client.get(f"/api/runs/{run}/{path}").text, parse_constant=pytest.fail)
    assert (failed["state"], failed["error"]["code"]) == ("failed", "diverged")
