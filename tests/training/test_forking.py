"""A run that starts from a checkpoint of another."""

from pathlib import Path

import keras
import numpy as np
import pytest

from layerloom.checkpoint import MODEL, ORIGIN, find
from layerloom.events import Event
from layerloom.graph.document import Graph
from layerloom.job import Job
from layerloom.recipe import Recipe
from layerloom.training.fit import train
from tests.training.making import SOFTMAX, Layer, flower, flower_recipe, of_kind, run

HIDDEN: Layer = ("Dense", {"units": 6})
STILL = {"type": "SGD", "config": {"learning_rate": 1e-12}}


def fork(graph: Graph, recipe: Recipe, home: Path, source: Path, folder: Path) -> list[Event]:
    """Train from the last checkpoint of the run in `source`, which is number 7."""
    folder.mkdir()
    (folder / ORIGIN).symlink_to(find(source, "last"))
    events: list[Event] = []
    train(Job(8, 1, graph, recipe, home, folder, from_run=7), events.append, lambda: False)
    return events


def weights(folder: Path) -> dict[str, list[np.ndarray]]:
    model = keras.models.load_model(find(folder, "last") / MODEL)
    return {layer.name: layer.get_weights() for layer in model.layers if layer.weights}


def messages(events: list[Event]) -> list[str]:
    return [event.message for event in of_kind(events, "log")]


def test_the_same_drawing_goes_on_with_its_weights_and_its_optimizer(home: Path, tmp_path: Path) -> None:
    run(flower(HIDDEN, SOFTMAX), flower_recipe(fit__epochs=1), home, tmp_path / "source")
    slower = {"type": "Adam", "config": {"learning_rate": 1e-12}}
    recipe = flower_recipe(fit__epochs=1, compile__optimizer=slower)

    events = fork(flower(HIDDEN, SOFTMAX), recipe, home, tmp_path / "source", tmp_path / "fork")

    model = keras.models.load_model(find(tmp_path / "fork", "last") / MODEL)
    assert messages(events) == [
        "Starting from epoch 1 of run 7: 2 of 2 layers with weights.",
        "Adam goes on with what it had gathered, at the new learning rate.",
    ]
    steps = of_kind(events, "started")[0].steps_per_epoch
    assert (int(model.optimizer.iterations), float(model.optimizer.learning_rate)) == (2 * steps, pytest.approx(1e-12))
    before, after = weights(tmp_path / "source"), weights(tmp_path / "fork")
    assert all(np.allclose(before[name][0], after[name][0], atol=1e-6) for name in before)


def test_layers_that_do_not_fit_start_afresh_and_are_told(home: Path, tmp_path: Path) -> None:
    run(flower(HIDDEN, SOFTMAX), flower_recipe(fit__epochs=1), home, tmp_path / "source")
    wider = flower(HIDDEN, ("Dense", {"units": 5}), SOFTMAX)
    recipe = flower_recipe(fit__epochs=1, compile__optimizer=STILL)

    events = fork(wider, recipe, home, tmp_path / "source", tmp_path / "fork")

    assert messages(events) == [
        "Starting from epoch 1 of run 7: 1 of 3 layers with weights. These start afresh: dense_1, dense_2."
    ]
    [kept, *_] = weights(tmp_path / "source")["dense"]
    assert np.allclose(kept, weights(tmp_path / "fork")["dense"][0], atol=1e-6)


def test_what_a_layer_has_learned_from_the_data_is_not_learned_anew(home: Path, tmp_path: Path) -> None:
    drawing = flower(("Normalization", {}), ("Discretization", {"num_bins": 4}), ("Rescaling", {"scale": 0.1}), SOFTMAX)
    run(drawing, flower_recipe(fit__epochs=1), home, tmp_path / "source")

    events = fork(drawing, flower_recipe(fit__epochs=1), home, tmp_path / "source", tmp_path / "fork")

    assert messages(events)[0] == "Starting from epoch 1 of run 7: 2 of 2 layers with weights."
    assert not [message for message in messages(events) if "adapted" in message]


def test_another_optimizer_begins_with_nothing(home: Path, tmp_path: Path) -> None:
    run(flower(SOFTMAX), flower_recipe(fit__epochs=1), home, tmp_path / "source")

    recipe = flower_recipe(fit__epochs=1, compile__optimizer={"type": "RMSprop"})
    events = fork(flower(SOFTMAX), recipe, home, tmp_path / "source", tmp_path / "fork")

    assert messages(events) == ["Starting from epoch 1 of run 7: 1 of 1 layers with weights."]
