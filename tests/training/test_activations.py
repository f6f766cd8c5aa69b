"""Rows followed through a model say what Keras itself says."""

import json
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from layerloom.data.library import Library
from layerloom.problem import Refusal
from layerloom.training.activations import activations_json, initial_activations_json
from layerloom.training.loaded import loaded
from tests.training.making import FLOWER, SOFTMAX, flower, flower_recipe, run

ROWS = [0, 77, 149]
GRAPH = flower(("Normalization", {}), ("Dense", {"units": 100}), ("Dropout", {"rate": 0.5}), SOFTMAX)


def told(text: str) -> Any:
    return json.loads(text, parse_constant=pytest.fail)


def test_each_node_gives_what_its_layer_gives_for_these_rows(home: Path, tmp_path: Path) -> None:
    recipe = flower_recipe(fit__epochs=1)
    run(GRAPH, recipe, home, tmp_path)

    seen = told(activations_json(tmp_path, "last", GRAPH, recipe, home, ROWS))

    model = loaded(tmp_path, "last").model
    columns = Library(home).arrays("iris", FLOWER, "train")
    rows = np.stack([columns[name][ROWS] for name in FLOWER], axis=1)
    layers = {"n1": "normalization", "n2": "dense", "n3": "dropout", "n4": "dense_1"}
    expected = {
        id: np.asarray(keras.Model(model.input, model.get_layer(name).output)(rows)) for id, name in layers.items()
    }
    for id, values in (expected | {"in": rows, "out": expected["n4"]}).items():
        step = 2 if values.shape[1] > 64 else 1
        assert np.allclose(seen["nodes"][id]["vectors"], values[:, ::step], rtol=1e-3, atol=1e-4), id
    assert (seen["epoch"], seen["rows"], list(seen["nodes"])) == (1, ROWS, ["in", "n1", "n2", "n3", "n4", "out"])


def test_pictures_that_are_followed_are_not_changed_as_in_training(home: Path) -> None:
    layers = (("RandomFlip", {}), ("MixUp", {}), ("Flatten", {}), ("Dense", {"units": 10}))
    mnist: dict[str, Any] = {"dataset": "mnist", "inputs": {"flower": ["image"]}, "targets": {"species": ["label"]}}
    graph = flower(*layers, shape=[28, 28, 1])

    nodes = told(initial_activations_json(graph, flower_recipe(data=mnist), home, 10**9, ROWS))["nodes"]

    assert [nodes[id]["maps"] == nodes["in"]["maps"] for id in ("n1", "n2")] == [True, True]


def test_before_a_training_the_seed_decides(home: Path) -> None:
    def first(seed: int) -> Any:
        return told(initial_activations_json(GRAPH, flower_recipe(seed=seed), home, 10**9, [3]))["nodes"]["n4"]

    assert (first(7) == first(7), first(7) == first(8)) == (True, False)


def test_a_row_that_is_not_there_is_refused(home: Path) -> None:
    with pytest.raises(Refusal) as refused:
        initial_activations_json(GRAPH, flower_recipe(), home, 10**9, [0, 150])
    assert (refused.value.code, "0 to 149" in refused.value.message) == ("bad-row", True)


def test_before_a_training_layers_are_adapted_to_some_rows(home: Path) -> None:
    plain = flower(SOFTMAX)

    seen = told(initial_activations_json(GRAPH, flower_recipe(), home, 10**9, [3]))

    columns = Library(home).arrays("iris", FLOWER, "train")
    rows = np.stack([columns[name] for name in FLOWER], axis=1)
    standard = ((rows - rows.mean(axis=0)) / rows.std(axis=0))[3]
    assert np.allclose(seen["nodes"]["n1"]["vectors"], [standard], atol=1e-3)
    assert seen["adapted_rows"] == len(rows)
    assert told(initial_activations_json(plain, flower_recipe(), home, 10**9, [3]))["adapted_rows"] == 0
