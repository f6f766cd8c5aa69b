"""Rows that count differently, in the app and in plain Keras on the same data."""

from pathlib import Path

import keras
import numpy as np
import pytest

from layerloom.checkpoint import MODEL, find
from layerloom.data.library import Library
from layerloom.data.split import split
from tests.training.making import FLOWER, SOFTMAX, flower, flower_recipe, of_kind, run

FROZEN = {"type": "SGD", "config": {"learning_rate": 1e-12}}
"""Weights that stay where they are: what is reported for an epoch is then what Keras says of the saved model."""


def iris(home: Path) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    arrays = Library(home).arrays("iris", [*FLOWER, "species"], "train")
    return np.stack([arrays[name] for name in FLOWER], axis=1), arrays["species"], arrays


def reported(folder: Path, home: Path, **places: object) -> dict[str, float | None]:
    recipe = flower_recipe(compile__optimizer=FROZEN, fit__epochs=1, **places)
    [epoch] = of_kind(run(flower(SOFTMAX), recipe, home, folder), "epoch")
    return epoch.metrics


def judged_by_keras(folder: Path, rows: np.ndarray, weights: np.ndarray, home: Path) -> float:
    x, y, _ = iris(home)
    model = keras.models.load_model(find(folder, "last") / MODEL)
    return model.evaluate(x[rows], y[rows], sample_weight=weights[rows], batch_size=150, verbose=0, return_dict=True)[
        "loss"
    ]


def test_a_column_weighs_the_rows_of_training_and_validation(home: Path, tmp_path: Path) -> None:
    said = reported(tmp_path, home, data__sample_weight="petal_width_cm", fit__batch_size=150)

    training, held_out = split(150, 0.2, 7)
    weights = iris(home)[2]["petal_width_cm"]
    expected = [judged_by_keras(tmp_path, rows, weights, home) for rows in (training, held_out)]
    assert [said["loss"], said["val_loss"]] == pytest.approx(expected, rel=1e-5)


def test_class_weights_count_in_training_alone(home: Path, tmp_path: Path) -> None:
    said = reported(tmp_path, home, fit__class_weight={"setosa": 5.0, "virginica": 0.5}, fit__batch_size=150)

    training, held_out = split(150, 0.2, 7)
    weights = np.array([5, 1, 0.5], "float32")[iris(home)[1]]
    expected = [
        judged_by_keras(tmp_path, training, weights, home),
        judged_by_keras(tmp_path, held_out, np.ones(150), home),
    ]
    assert [said["loss"], said["val_loss"]] == pytest.approx(expected, rel=1e-5)


def test_weighted_metrics_heed_the_weights_and_metrics_do_not(home: Path, tmp_path: Path) -> None:
    accuracy = [{"type": "SparseCategoricalAccuracy", "config": {"name": "accuracy"}}]
    weighted = [{"type": "SparseCategoricalAccuracy", "config": {"name": "weighted"}}]
    judged = {"loss": {"type": "SparseCategoricalCrossentropy"}, "metrics": accuracy, "weighted_metrics": weighted}

    said = reported(
        tmp_path,
        home,
        compile__outputs__species=judged,
        data__sample_weight="petal_width_cm",
        data__validation_fraction=0,
    )

    x, y, arrays = iris(home)
    right = keras.models.load_model(find(tmp_path, "last") / MODEL).predict(x, verbose=0).argmax(axis=1) == y
    expected = [right.mean(), np.average(right, weights=arrays["petal_width_cm"])]
    assert [said["accuracy"], said["weighted"]] == pytest.approx(expected, rel=1e-5)
