"""Two devices train as one does. They are two CPUs of a process of their own: see `two_devices`."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pydantic import JsonValue

from layerloom.data.library import Library
from layerloom.graph.document import Graph
from layerloom.recipe import Recipe
from layerloom.training.devices import devices_for, only_one
from layerloom.training.pipeline import TrainingData
from layerloom.training.source import source
from tests.server import ROOT
from tests.training.making import SOFTMAX, flower, flower_recipe, of_kind, run
from tests.training.test_script import put_archive
from tests.training.test_steps import SIGNATURE
from tests.training.two_devices import ANSWERS, ORDERS, Said, Told

ALL: dict[str, JsonValue] = {"fit__devices": "all"}
DENSE = ("Dense", {"units": 16, "activation": "relu"})
NORMALIZED = flower(("Normalization", {}), DENSE, ("BatchNormalization", {}), SOFTMAX)
NOISY = flower(("Normalization", {}), DENSE, ("BatchNormalization", {}), ("Dropout", {"rate": 0.3}), SOFTMAX)
UNEVEN: dict[str, JsonValue] = {
    "fit__batch_size": 32,
    "fit__epochs": 2,
    "fit__class_weight": {"setosa": 2.0},
    "data__validation_fraction": 0.21,  # 118 rows: 22 in the last batch; 32 to judge by
}

TWO_CPUS = """
import json, runpy, sys
import tensorflow as tf
[cpu] = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
sys.argv = ["script.py"]
history = runpy.run_path("script.py", run_name="__main__")["history"].history
print(json.dumps({name: list(map(float, values)) for name, values in history.items()}))
"""


def on_two(folder: Path, *told: Told) -> list[Said]:
    """What a process with two CPUs says to these trainings."""
    orders, answers = folder / "orders.json", folder / "answers.json"
    orders.write_bytes(ORDERS.dump_json(list(told)))
    command = [sys.executable, "-m", "tests.training.two_devices", orders, answers]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'backend'}"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return ANSWERS.validate_json(answers.read_bytes())


def largest_difference(some: list[dict[str, float]], others: list[dict[str, float]]) -> float:
    """Of metrics, epoch by epoch."""
    assert [sorted(one) for one in some] == [sorted(other) for other in others]
    return max(abs(one[name] - other[name]) for one, other in zip(some, others, strict=True) for name in one)


@pytest.mark.parametrize(
    ("graph", "validation_fraction", "rows"),
    [
        pytest.param(flower(SOFTMAX), 0, 150, id="plain"),
        pytest.param(NORMALIZED, 0.21, 118, id="normalized", marks=pytest.mark.slow),
    ],
)
def test_two_devices_train_as_one_with_weights_and_a_last_batch_that_is_not_full(
    graph: Graph, validation_fraction: float, rows: int, home: Path, tmp_path: Path
) -> None:
    uneven = {**UNEVEN, "data__validation_fraction": validation_fraction}
    recipe = flower_recipe(**uneven, **ALL)
    [shared] = on_two(tmp_path, Told(graph=graph, recipe=recipe, home=home, folder=tmp_path / "two"))

    alone = run(graph, flower_recipe(**uneven), home, tmp_path / "one")

    assert (shared.device, shared.rows) == ("2 × CPU", rows)
    assert largest_difference(shared.epochs, [event.metrics for event in of_kind(alone, "epoch")]) < 1e-5


@pytest.mark.slow
def test_on_two_devices_a_run_goes_on_exactly_where_it_was(home: Path, tmp_path: Path) -> None:
    recipe = flower_recipe(**{**UNEVEN, "fit__epochs": 4}, **ALL)
    whole = Told(graph=NOISY, recipe=recipe, home=home, folder=tmp_path / "whole")
    tried = whole.model_copy(update={"folder": tmp_path / "tried", "dry_run": True})
    first = whole.model_copy(update={"folder": tmp_path / "halves", "stop_after": 2})
    second = first.model_copy(update={"stop_after": None, "attempt": 2})

    uninterrupted, taken_over, one, other = on_two(tmp_path, whole, tried, first, second)

    assert taken_over.epochs == uninterrupted.epochs
    assert one.epochs + other.epochs == uninterrupted.epochs


@pytest.mark.slow
def test_rows_that_can_not_be_shared_evenly_are_left_out_of_training_from_the_disk_too(
    home: Path, tmp_path: Path
) -> None:
    recipe = flower_recipe(**{**UNEVEN, "data__validation_fraction": 0.22}, **ALL)  # 117 rows
    told = Told(graph=NORMALIZED, recipe=recipe, home=home, folder=tmp_path / "table")
    from_disk = told.model_copy(update={"folder": tmp_path / "disk", "in_memory": False})

    for said in on_two(tmp_path, told, from_disk):
        assert (said.device, said.rows) == ("2 × CPU", 116)
        assert said.notes[-1] == "Left out 1 training row: each of 2 × CPU gets as many."


@pytest.mark.slow
def test_the_script_trains_on_two_devices_as_the_app_does(home: Path, tmp_path: Path) -> None:
    recipe = flower_recipe(**{**UNEVEN, "data__validation_fraction": 0.22}, **ALL)
    [said] = on_two(tmp_path, Told(graph=NOISY, recipe=recipe, home=home, folder=tmp_path / "run"))
    text = source(NOISY, recipe, "script", home)
    assert 'tf.config.list_logical_devices("GPU")' in text
    (tmp_path / "script.py").write_text(text.replace('"GPU"', '"CPU"'), encoding="utf-8")
    put_archive("iris", home, tmp_path)

    done = subprocess.run([sys.executable, "-c", TWO_CPUS], cwd=tmp_path, capture_output=True, text=True, timeout=300)

    assert done.returncode == 0, done.stderr[-3000:]
    history: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    epochs = [dict(zip(history, values, strict=True)) for values in zip(*history.values(), strict=True)]
    assert largest_difference(epochs, said.epochs) < 1e-5


def test_a_recipe_that_asks_for_all_devices_is_content_with_one() -> None:
    devices = devices_for(NOISY, flower_recipe(**ALL), "CPU")

    assert (devices.name, devices.count, devices.why_one) == ("CPU", 1, None)


@pytest.mark.parametrize(
    ("recipe", "graph"),
    [
        pytest.param(flower_recipe(), NOISY, id="not asked for"),
        pytest.param(flower_recipe(**ALL, dtype_policy="mixed_float16"), NOISY, id="scaled loss"),
        pytest.param(flower_recipe(**ALL, compile__optimizer__config__clipnorm=1.0), NOISY, id="clipped gradients"),
        pytest.param(flower_recipe(**ALL, compile__jit_compile=True), NOISY, id="compiled"),
        pytest.param(
            flower_recipe(**ALL, compile__outputs__species__loss__config={"reduction": "sum"}), NOISY, id="summed loss"
        ),
        pytest.param(
            flower_recipe(**ALL), flower(("ActivityRegularization", {"l2": 0.1}), SOFTMAX), id="regularized activity"
        ),
    ],
)
def test_one_device_is_used_where_several_would_train_differently(recipe: Recipe, graph: Graph) -> None:
    assert only_one(graph, recipe)


def test_all_devices_are_used_where_they_train_as_one() -> None:
    assert not only_one(NOISY, flower_recipe(**ALL))


def test_as_many_rows_are_left_out_as_can_not_be_shared(home: Path) -> None:
    data = TrainingData(Library(home), flower_recipe(), SIGNATURE, sharers=7)

    data.begin_epoch(0)
    batches = [len(x) for x, _ in data.training.batches]

    assert (data.left_out, data.training.rows, int(np.sum(batches))) == (1, 119, 119)
