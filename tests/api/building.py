"""Small drawings and recipes to send."""

import time
from itertools import pairwise
from typing import Any

from tests.api.asgi import TestClient

JSON = dict[str, Any]


def chain(*nodes: JSON) -> JSON:
    """Nodes in a row; each gets the id n1, n2, ... unless it has one."""
    numbered = [{"id": f"n{number}", **node} for number, node in enumerate(nodes, start=1)]
    return {"nodes": numbered, "edges": [{"source": a["id"], "target": b["id"]} for a, b in pairwise(numbered)]}


def mlp(inputs: int, outputs: int, activation: str | None = None) -> JSON:
    """A network with one hidden layer from Input 'features' to Output 'answer'."""
    return chain(
        {"type": "Input", "name": "features", "config": {"shape": [inputs]}},
        {"type": "Dense", "config": {"units": 8, "activation": "relu"}},
        {"type": "Dense", "config": {"units": outputs, "activation": activation}},
        {"type": "Output", "name": "answer", "config": {}},
    )


def iris_recipe(epochs: int = 2) -> JSON:
    """How to train `mlp(4, 3, "softmax")` on iris."""
    columns = ["sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm"]
    loss = {"type": "SparseCategoricalCrossentropy", "config": {}}
    accuracy = {"type": "SparseCategoricalAccuracy", "config": {"name": "accuracy"}}
    return {
        "data": {"dataset": "iris", "inputs": {"features": columns}, "targets": {"answer": ["species"]}},
        "compile": {"outputs": {"answer": {"loss": loss, "metrics": [accuracy]}}},
        "fit": {"epochs": epochs, "batch_size": 16},
    }


def iris_run(epochs: int = 2) -> JSON:
    """A body of POST /api/runs that is ready."""
    return {"name": "iris", "graph": mlp(4, 3, "softmax"), "recipe": iris_recipe(epochs)}


def start(client: TestClient, epochs: int = 2) -> JSON:
    """A new run on iris, as the server answered."""
    response = client.post("/api/runs", json=iris_run(epochs))
    assert response.status_code == 201, response.text
    answer: JSON = response.json()
    return answer


def wait_for(client: TestClient, run: int, *states: str, timeout_s: float = 120) -> JSON:
    """The run once it is in one of these states."""
    deadline = time.monotonic() + timeout_s
    while (detail := client.get(f"/api/runs/{run}").json())["state"] not in states:
        assert time.monotonic() < deadline, f"run {run} is {detail['state']}, not one of {states}: {detail['error']}"
        time.sleep(0.05)
    answer: JSON = detail
    return answer


def failing_at_its_second_node() -> JSON:
    """Drawing and recipe that pass the check and fail in the first step: indices beyond the Embedding of `n2`."""
    graph = chain(
        {"type": "Input", "name": "features", "config": {"shape": [1]}},
        {"type": "Embedding", "config": {"input_dim": 2, "output_dim": 4}},
        {"type": "Flatten", "config": {}},
        {"type": "Dense", "config": {"units": 3, "activation": "softmax"}},
        {"type": "Output", "name": "answer", "config": {}},
    )
    recipe = iris_recipe()
    recipe["data"]["inputs"] = {"features": ["sepal_length_cm"]}
    return {"graph": graph, "recipe": recipe}
