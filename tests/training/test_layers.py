import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from layerloom.inside import UnknownLayer
from layerloom.problem import Refusal
from layerloom.training.layers import (
    initial_layer_json,
    initial_layers_json,
    layer_json,
    layers_json,
    values_file,
    values_json,
)
from layerloom.training.weight_statistics import statistics
from layerloom.training.weight_values import CSV_VALUES, thinned, write_values
from tests.training.making import SOFTMAX, flower, flower_recipe, run

BUDGET = 10**9


@pytest.fixture(scope="module")
def trained(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    run(flower(("Normalization", {}), SOFTMAX), flower_recipe(fit__epochs=2), home, folder)
    return folder


def told(text: str) -> Any:
    return json.loads(text, parse_constant=pytest.fail)


def test_the_list_has_every_layer_with_its_shapes_and_weights(trained: Path) -> None:
    listed = told(layers_json(trained, "last"))

    assert listed["epoch"] == 2
    assert [
        (layer["index"], layer["name"], layer["type"], layer["outputs"], [w["name"] for w in layer["weights"]])
        for layer in listed["layers"]
    ] == [
        (0, "flower", "InputLayer", [[None, 4]], []),
        (1, "normalization", "Normalization", [[None, 4]], ["mean", "variance", "count"]),
        (2, "dense", "Dense", [[None, 3]], ["kernel", "bias"]),
    ]


def test_a_layer_is_found_by_name_and_by_index(trained: Path) -> None:
    assert layer_json(trained, 1, "dense") == layer_json(trained, 1, "2")


def test_a_layer_tells_its_configuration_and_the_statistics_of_its_weights(trained: Path) -> None:
    layer = told(layer_json(trained, "last", "dense"))
    kernel = np.array(told(values_json(trained, "last", "dense", 0))["values"])

    assert (layer["config"]["units"], layer["config"]["activation"], layer["parameters"]) == (3, "softmax", 15)
    found = layer["weights"][0]["statistics"]
    assert [found[name] for name in ("mean", "deviation", "minimum", "maximum", "not_finite")] == pytest.approx(
        [kernel.mean(), kernel.std(), kernel.min(), kernel.max(), 0], rel=1e-4, abs=1e-6
    )
    assert sum(found["histogram"]["counts"]) == kernel.size


@pytest.mark.parametrize("name", ["-1", "3", "1000000000", "../dense", "Dense", "", "²", "1" * 5_000])
def test_a_layer_that_is_not_there_is_unknown(trained: Path, name: str) -> None:
    with pytest.raises(UnknownLayer):
        layer_json(trained, "last", name)


@pytest.mark.parametrize("index", [2, 99])
def test_a_weight_that_is_not_there_is_unknown(trained: Path, index: int) -> None:
    with pytest.raises(UnknownLayer):
        values_json(trained, "last", "dense", index)


def test_values_as_files_are_whole(trained: Path, tmp_path: Path) -> None:
    values_file(trained, "last", "dense", 0, "npy", tmp_path / "w.npy")
    values_file(trained, "last", "dense", 0, "csv", tmp_path / "w.csv")

    whole = np.load(tmp_path / "w.npy", allow_pickle=False)
    assert np.allclose(np.loadtxt(tmp_path / "w.csv", delimiter=","), whole, rtol=1e-6)
    assert (whole.shape, whole.dtype) == ((4, 3), np.float32)


def test_the_initial_weights_are_those_that_a_run_with_the_seed_starts_from(home: Path, tmp_path: Path) -> None:
    graph = flower(("Dense", {"units": 8}), SOFTMAX)
    still = {"type": "SGD", "config": {"learning_rate": 1e-12}}
    run(graph, flower_recipe(fit__epochs=1, compile__optimizer=still, seed=11), home, tmp_path)

    before = told(initial_layer_json(graph, 11, BUDGET, "dense"))
    after = told(layer_json(tmp_path, "last", "dense"))
    other = told(initial_layer_json(graph, 12, BUDGET, "dense"))

    means = [layer["weights"][0]["statistics"]["mean"] for layer in (before, after, other)]
    assert (means[0] == pytest.approx(means[1], rel=1e-5), means[0] == pytest.approx(means[2], rel=1e-5)) == (
        True,
        False,
    )
    assert (before["epoch"], after["epoch"]) == (None, 1)


def test_a_drawing_with_mistakes_has_no_initial_weights() -> None:
    with pytest.raises(Refusal) as refused:
        initial_layers_json(flower(("Dense", {"units": 0})), 7, BUDGET)
    assert [problem.code for problem in refused.value.problems] == ["bad-value"]


def test_the_layers_of_a_wrapper_name_its_weights_apart() -> None:
    lstm = {"type": "LSTM", "config": {"units": 2}}
    graph = flower(("Reshape", {"target_shape": [4, 1]}), ("Bidirectional", {"layer": lstm}), SOFTMAX)
    names = [weight["name"] for weight in told(initial_layer_json(graph, 7, BUDGET, "bidirectional"))["weights"]]
    assert len(set(names)) == 6, names


def test_a_long_vocabulary_is_not_told_whole() -> None:
    lookup = {"vocabulary": [f"w{number}" for number in range(1_000)]}
    graph = flower(("StringLookup", lookup), ("Embedding", {"input_dim": 1_001, "output_dim": 2}), dtype="string")
    config = told(initial_layer_json(graph, 7, BUDGET, "string_lookup"))["config"]
    assert (len(config["vocabulary"]), config["vocabulary"][-1]) == (51, "… 950 more")


@pytest.mark.parametrize(
    ("values", "mean", "deviation", "not_finite", "counts"),
    [
        ([2.0, 2.0, 2.0], 2.0, 0.0, 0, [3]),
        ([0.0, np.inf, np.nan], 0.0, 0.0, 2, [1]),
        ([-1.7e308, 1.7e308], 0.0, 1.7e308, 0, [1, *[0] * 28, 1]),
    ],
)
def test_statistics_hold_for_extreme_values(
    values: list[float], mean: float, deviation: float, not_finite: int, counts: list[int]
) -> None:
    found = statistics(np.array(values))
    assert found is not None
    assert (found.mean, found.deviation, found.not_finite, found.histogram.counts) == (
        mean,
        pytest.approx(deviation),
        not_finite,
        counts,
    )


@pytest.mark.parametrize("values", [np.zeros((0,)), np.array([np.nan])])
def test_nothing_finite_has_no_statistics(values: np.ndarray[Any, Any]) -> None:
    assert statistics(values) is None


def test_a_large_weight_is_thinned_along_its_longest_axes() -> None:
    steps, values = thinned(np.arange(3 * 3 * 64 * 128, dtype=np.float32).reshape(3, 3, 64, 128))
    assert (steps, np.array(values).shape) == ([1, 1, 2, 2], (3, 3, 32, 64))


def test_a_value_that_is_not_finite_is_null() -> None:
    assert thinned(np.array([1.23456789, np.nan, -np.inf])) == ([1], [1.23457, None, None])


def test_a_csv_file_has_a_largest_size(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        write_values(np.zeros(CSV_VALUES + 1, np.float32), "csv", tmp_path / "w.csv")
    assert (refused.value.code, "Take .npy instead." in refused.value.message) == ("too-large", True)
