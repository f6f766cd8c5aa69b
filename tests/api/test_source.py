import ast
import io
import json

import numpy as np
import pytest

from tests.api.asgi import TestClient
from tests.api.building import iris_run, mlp

MLP = '''"""Untitled: a Keras model as a list of layers."""

import keras

model = keras.Sequential(
    [
        keras.Input(shape=(4,), name="features"),
        keras.layers.Dense(8, activation="relu"),
        keras.layers.Dense(3, activation="softmax"),
    ],
    name="untitled",
)

if __name__ == "__main__":
    model.summary()
'''


def test_a_drawing_is_written_as_a_person_would_write_it(client: TestClient) -> None:
    answer = client.post("/api/graphs/source", json={"graph": mlp(4, 3, "softmax"), "style": "sequential"})

    assert (answer.headers["content-type"], answer.text) == ("text/plain; charset=utf-8", MLP)


@pytest.mark.parametrize("style", ["functional", "sequential_add", "subclass", "script"])
def test_every_style_is_python_that_imports_nothing_of_the_app(client: TestClient, style: str) -> None:
    run = iris_run()
    text = client.post("/api/graphs/source", json={"graph": run["graph"], "recipe": run["recipe"], "style": style}).text

    modules = {node.names[0].name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import)}
    assert "keras" in modules <= {"keras", "numpy", "sys"}


def test_a_notebook_is_one_by_its_type(client: TestClient) -> None:
    run = iris_run()
    body = {"graph": run["graph"], "recipe": run["recipe"], "style": "notebook"}

    answer = client.post("/api/graphs/source", json=body)

    assert (answer.headers["content-type"], json.loads(answer.text)["nbformat"]) == ("application/x-ipynb+json", 4)


def test_a_drawing_with_mistakes_is_refused_with_its_problems(client: TestClient) -> None:
    graph = mlp(4, 3)
    graph["nodes"][1]["config"]["units"] = -5

    answer = client.post("/api/graphs/source", json={"graph": graph, "style": "functional"})

    found = answer.json()
    assert (answer.status_code, found["code"]) == (422, "graph-not-ready")
    assert [(p["code"], p["node"], p["parameter"]) for p in found["problems"]] == [("bad-value", "n2", "units")]


def test_an_unknown_style_is_refused(client: TestClient) -> None:
    answer = client.post("/api/graphs/source", json={"graph": mlp(4, 3), "style": "os.system"})

    assert (answer.status_code, answer.json()["code"]) == (422, "bad-value")


def test_the_arrays_of_a_dataset_are_a_file(client: TestClient) -> None:
    answer = client.get("/api/datasets/iris/arrays")

    assert answer.headers["content-disposition"] == 'attachment; filename="iris.npz"'
    with np.load(io.BytesIO(answer.content), allow_pickle=False) as file:
        assert file["train/species"].shape == (150,)


def test_the_arrays_of_an_unknown_dataset_are_unknown(client: TestClient) -> None:
    assert client.get("/api/datasets/nothing/arrays").status_code == 404
