"""Training in other precisions than float32."""

from pathlib import Path

import keras
import numpy as np
import pytest

from layerloom.checkpoint import MODEL, find
from layerloom.training.predict import predict
from tests.picking import one_in
from tests.training.making import SOFTMAX, flower, flower_recipe, of_kind, run


@pytest.mark.parametrize(
    ("policy", "computes", "weights"),
    one_in(
        3,
        [
            ("mixed_float16", "float16", "float32"),
            ("mixed_bfloat16", "bfloat16", "float32"),
            ("float64", "float64", "float64"),
        ],
    ),
)
def test_a_policy_trains_goes_on_and_predicts(
    policy: str, computes: str, weights: str, home: Path, tmp_path: Path
) -> None:
    graph = flower(("Dense", {"units": 8, "activation": "relu"}), SOFTMAX)
    run(graph, flower_recipe(dtype_policy=policy, fit__epochs=1), home, tmp_path)

    events = run(graph, flower_recipe(dtype_policy=policy, fit__epochs=3), home, tmp_path, attempt=2)

    layer = keras.models.load_model(find(tmp_path, "last") / MODEL).layers[1]
    answer = predict(tmp_path, "last", {"flower": [[5.1, 3.5, 1.4, 0.2]]})["species"]
    assert (layer.compute_dtype, layer.variable_dtype) == (computes, weights)
    assert [event.epoch for event in of_kind(events, "epoch")] == [2, 3]
    assert np.sum(answer) == pytest.approx(1, abs=0.01)


def test_a_policy_does_not_outlive_its_training(home: Path, tmp_path: Path) -> None:
    run(flower(SOFTMAX), flower_recipe(dtype_policy="mixed_bfloat16", fit__epochs=1), home, tmp_path)

    run(flower(SOFTMAX), flower_recipe(fit__epochs=1), home, tmp_path / "next")

    assert keras.models.load_model(find(tmp_path / "next", "last") / MODEL).layers[1].compute_dtype == "float32"
