"""Where a step fails that the check could not foresee."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from layerloom.graph.document import Block, Edge, Graph, Node
from layerloom.problem import Problem
from layerloom.recipe import Recipe
from layerloom.training.preflight import preflight
from layerloom.training.trial import trial

PLENTY = 2**40


def graph(*layers: Node) -> Graph:
    nodes = [*layers, Node(id="o", type="Output", name="answer")]
    return Graph(nodes=nodes, edges=[Edge(source=a.id, target=b.id) for a, b in pairwise(nodes)])


def wine(inputs: list[str], targets: list[str], loss: str = "SparseCategoricalCrossentropy") -> Recipe:
    content: Any = {
        "data": {"dataset": "wine", "inputs": {"wine": inputs}, "targets": {"answer": targets}},
        "compile": {"outputs": {"answer": {"loss": {"type": loss}}}},
        "fit": {"batch_size": 16},
    }
    return Recipe.model_validate(content)


ALCOHOL = Node(id="i", type="Input", name="wine", config={"shape": [1]})
EMBEDDING = Node(id="e", type="Embedding", config={"input_dim": 5, "output_dim": 2})
FLAT = Node(id="f", type="Flatten")
SOFTMAX = Node(id="d", type="Dense", config={"units": 3, "activation": "softmax"})


def failure(drawing: Graph, recipe: Recipe, home: Path) -> Problem:
    """The one problem of a step of a drawing that the check finds ready."""
    assert preflight(drawing, recipe, home, PLENTY).ready
    [problem] = trial(drawing, recipe, home, PLENTY).problems
    return problem


def test_an_index_beyond_the_embedding_is_told_at_its_input_dim(home: Path) -> None:
    problem = failure(graph(ALCOHOL, EMBEDDING, FLAT, SOFTMAX), wine(["alcohol"], ["cultivar"]), home)

    assert (problem.node, problem.parameter) == ("e", "input_dim")


def test_a_layer_inside_a_block_is_told_at_the_block(home: Path) -> None:
    inner = Graph(
        nodes=[Node(id="x", type="Input", name="in"), EMBEDDING, Node(id="y", type="Output", name="out")],
        edges=[Edge(source="x", target="e"), Edge(source="e", target="y")],
    )
    drawing = graph(ALCOHOL, Node(id="b", type="block:words"), FLAT, SOFTMAX)
    drawing = drawing.model_copy(update={"blocks": {"words": Block(graph=inner)}})

    problem = failure(drawing, wine(["alcohol"], ["cultivar"]), home)

    assert (problem.node, problem.inside) == ("b", ["1", "e"])


def test_labels_beyond_the_units_are_told_at_the_output_and_its_loss(home: Path) -> None:
    every_year = Node(id="i", type="Input", name="wine", config={"shape": [12, 1]})
    recipe = wine(["last_12_months"], ["last_12_months"])
    recipe = recipe.model_copy(update={"data": recipe.data.model_copy(update={"dataset": "airline_passengers"})})

    [problem] = trial(graph(every_year, SOFTMAX), recipe, home, PLENTY).problems

    assert (problem.node, problem.recipe) == ("o", ["compile", "outputs", "answer", "loss"])
    assert problem.message.startswith("Expected class numbers from 0 to 2, one for each unit, received")


def test_a_loss_that_is_no_number_is_a_warning(home: Path) -> None:
    huge = Node(id="r", type="Rescaling", config={"scale": 1e30})
    recipe = wine(["alcohol"], ["proline"], loss="MeanSquaredError")

    tried = trial(graph(ALCOHOL, huge, Node(id="d", type="Dense", config={"units": 1})), recipe, home, PLENTY)

    assert (tried.ok, [(problem.code, problem.severity) for problem in tried.problems]) == (
        True,
        [("loss-not-finite", "warning")],
    )


@pytest.mark.parametrize("batch_size", [1, 1_000])
def test_an_epoch_counts_its_steps(home: Path, batch_size: int) -> None:
    recipe = wine(["alcohol"], ["cultivar"])
    recipe = recipe.model_copy(update={"fit": recipe.fit.model_copy(update={"batch_size": batch_size})})

    tried = trial(graph(ALCOHOL, SOFTMAX), recipe, home, PLENTY)

    assert tried.steps_per_epoch == -(-160 // batch_size)
    assert tried.epoch_seconds is not None
    assert tried.step_seconds is not None
    assert tried.epoch_seconds >= tried.step_seconds * tried.steps_per_epoch
