"""Real trainings that go wrong in each way, and one that goes well."""

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import JsonValue

from layerloom.events import Event
from layerloom.graph.document import Graph
from layerloom.job import Job
from layerloom.problem import Refusal
from layerloom.recipe import Recipe
from layerloom.training.fit import train
from tests.training.making import FLOWER, SOFTMAX, Layer, flower, flower_recipe, of_kind

RELU: Layer = ("Dense", {"units": 8, "activation": "relu"})
WIDE: Layer = ("Dense", {"units": 128, "activation": "relu"})


def sgd(rate: float, **places: Any) -> Recipe:
    return flower_recipe(compile__optimizer={"type": "SGD", "config": {"learning_rate": rate}}, **places)


def stack(activation: str, scale: float, layers: int, **more: Any) -> Graph:
    drawn = {"type": "RandomNormal", "config": {"stddev": scale, "seed": 1}}
    config = {"units": 16, "activation": activation, "kernel_initializer": drawn, **more}
    return flower(*[("Dense", config)] * layers, SOFTMAX)


def found(home: Path, folder: Path, graph: Graph, recipe: Recipe, probe_share: float = 1_000.0) -> Mapping[str, Any]:
    """The findings of a run by code; the run may diverge."""
    events: list[Event] = []
    with contextlib.suppress(Refusal):
        train(Job(1, 1, graph, recipe, home, folder, probe_share), events.append, lambda: False)
    return {event.code: event for event in of_kind(events, "finding")}


def test_a_healthy_run_has_no_findings(home: Path, tmp_path: Path) -> None:
    recipe = flower_recipe(fit__epochs=14)
    assert found(home, tmp_path, flower(("Normalization", {}), RELU, SOFTMAX), recipe) == {}


def test_a_run_that_diverges_names_the_layer_that_breaks(home: Path, tmp_path: Path) -> None:
    told = found(home, tmp_path, flower(RELU, SOFTMAX), sgd(1e30))["not-finite"]
    assert (told.node, told.layer, told.evidence["weights_not_finite"] > 0) == ("n1", "dense", True)


def test_equal_rows_in_two_splits_leak(home: Path, tmp_path: Path) -> None:
    loss = {"species": {"loss": {"type": "MeanSquaredError"}}}
    recipe = flower_recipe(
        data__inputs={"flower": FLOWER[3:]}, data__targets={"species": FLOWER[3:]}, compile__outputs=loss
    )
    told = found(home, tmp_path, flower(("Dense", {"units": 1}), shape=[1]), recipe)["split-leakage"]
    assert (told.metric, told.evidence["rows"], told.evidence["equal_rows"] > 20) == ("val_loss", 30, True)


FAR: JsonValue = {"type": "Constant", "config": {"value": -99}}
LITTLE_DATA = {"data__validation_fraction": 0.8, "fit__epochs": 100}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "graph", "recipe", "layer"),
    [
        ("dead-units", stack("relu", 0.1, 1, bias_initializer=FAR), sgd(0.01, fit__epochs=14), "dense"),
        ("saturated-units", stack("tanh", 50.0, 1), sgd(0.001, fit__epochs=14), "dense"),
        ("vanishing-gradients", stack("sigmoid", 0.1, 6), sgd(0.01), "dense"),
        ("exploding-gradients", stack("linear", 1.0, 3), sgd(0.01, fit__epochs=1), None),
        ("rate-too-low", flower(RELU, SOFTMAX), sgd(1e-6, fit__epochs=4), None),
        ("rate-too-high", flower(RELU, SOFTMAX), sgd(20.0, fit__epochs=6), None),
        ("overfitting", flower(WIDE, WIDE, SOFTMAX), flower_recipe(**LITTLE_DATA), None),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_run_that_goes_wrong_says_how(
    home: Path, tmp_path: Path, code: str, graph: Graph, recipe: Recipe, layer: str | None
) -> None:
    told = found(home, tmp_path, graph, recipe)
    assert code in told, list(told)
    assert layer in (None, told[code].layer)


@pytest.mark.slow
def test_a_loss_that_never_moves_is_told_without_looks(home: Path, tmp_path: Path) -> None:
    graph = flower(("Dense", {"units": 3, "activation": "softmax", "kernel_initializer": "zeros"}))
    assert "loss-stuck" in found(home, tmp_path, graph, sgd(1e-9), probe_share=0.0)


@pytest.mark.slow
def test_rare_classes_are_told_before_the_first_epoch(home: Path, tmp_path: Path) -> None:
    data = {"dataset": "clothing_reviews", "inputs": {"flower": ["Age"]}, "targets": {"species": ["Department Name"]}}
    recipe = flower_recipe(data={**data, "missing": "drop"}, fit__epochs=1)
    told = found(home, tmp_path, flower(("Dense", {"units": 6, "activation": "softmax"}), shape=[1]), recipe)
    assert (told["class-imbalance"].layer, told["class-imbalance"].epoch) == ("species", None)
