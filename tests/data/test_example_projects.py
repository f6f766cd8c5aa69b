import json
from pathlib import Path
from typing import Any

import pytest

import layerloom
from layerloom.data import builtin
from layerloom.data.dataset import Column
from layerloom.data.drawing import inputs, outputs
from layerloom.graph.document import Graph
from layerloom.recipe import Recipe

FOLDER = Path(layerloom.__file__).parent / "api" / "examples"
IDS = sorted(path.stem for path in FOLDER.glob("*.json"))


def project(id: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDER / f"{id}.json").read_text("utf-8"))
    return read


def parsed(id: str) -> tuple[Graph, Recipe]:
    read = project(id)
    return Graph.model_validate(read["graph"]), Recipe.model_validate(read["recipe"])


def test_the_examples_are_those_of_the_course_and_one_of_many_ends() -> None:
    assert IDS == [
        "clothing_reviews",
        "housing_regression",
        "iris_mlp",
        "mnist_cnn",
        "mnist_mlp",
        "my_model",
        "shared_layer",
        "two_inputs",
        "two_inputs_two_outputs",
        "two_outputs",
        "wide_and_deep",
    ]


@pytest.mark.parametrize("id", IDS)
def test_an_example_is_named_like_its_file_and_says_what_it_is(id: str) -> None:
    read = project(id)
    assert (read.keys(), read["id"], len(read["description"]) > 50) == (
        {"id", "title", "description", "graph", "recipe"},
        id,
        True,
    )


@pytest.mark.parametrize("id", IDS)
def test_every_input_gets_as_many_numbers_as_its_shape_has(id: str) -> None:
    graph, recipe = parsed(id)
    info = builtin.profiles()[recipe.data.dataset]
    fed = {name: [info.column(column) for column in columns] for name, columns in recipe.data.inputs.items()}
    assert {name: width(columns) for name, columns in fed.items()} == {
        form.name: list(form.shape or ()) for form in inputs(graph)
    }


def width(columns: list[Column]) -> list[int]:
    """The shape of one sample of these columns, side by side."""
    assert {column.role for column in columns} == {"feature"}
    numbers = [column for column in columns if column.kind == "number"]
    return columns[0].shape or [1 if columns[0].kind in ("text", "category") else len(numbers)]


@pytest.mark.parametrize("id", IDS)
def test_every_output_can_predict_its_target(id: str) -> None:
    graph, recipe = parsed(id)
    info = builtin.profiles()[recipe.data.dataset]
    targets = {name: info.column(column) for name, (column,) in recipe.data.targets.items()}
    units = {name: len(column.classes) if column.classes else 1 for name, column in targets.items()}
    bits = {form.name for form in outputs(graph) if form.activation == "sigmoid" and units[form.name] == 2}
    assert {form.name: form.units for form in outputs(graph)} == units | dict.fromkeys(bits, 1)


@pytest.mark.parametrize("id", IDS)
def test_every_output_is_judged(id: str) -> None:
    graph, recipe = parsed(id)
    assert set(recipe.compile.outputs) == {form.name for form in outputs(graph)}


@pytest.mark.parametrize("id", IDS)
def test_every_node_has_its_place(id: str) -> None:
    graph, _ = parsed(id)
    assert set(graph.layout) == {node.id for node in graph.nodes}


def test_the_course_network_is_784_200_100_10_with_sgd() -> None:
    graph, recipe = parsed("mnist_mlp")
    dense = [node.config["units"] for node in graph.nodes if node.type == "Dense"]
    assert (dense, recipe.compile.optimizer.type, recipe.compile.optimizer.config, recipe.fit.epochs) == (
        [200, 100, 10],
        "SGD",
        {"learning_rate": 0.1},
        5,
    )
