"""Callbacks that take a file or a function in Keras: the recipe gives neither."""

import csv
from pathlib import Path

import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from layerloom.training.callbacks import CSV, TENSORBOARD
from tests.training.making import SOFTMAX, flower, flower_recipe, of_kind, run


def rates(folder: Path, home: Path, schedule: object) -> list[float | None]:
    callback = {"type": "LearningRateScheduler", "config": {"schedule": schedule}}
    recipe = flower_recipe(callbacks=[callback], fit__epochs=4)
    return [event.learning_rate for event in of_kind(run(flower(SOFTMAX), recipe, home, folder), "epoch")]


def test_a_table_sets_the_rate_from_its_epochs_on(home: Path, tmp_path: Path) -> None:
    assert rates(tmp_path, home, [[2, 0.1], [4, 0.001]]) == pytest.approx([0.01, 0.1, 0.1, 0.001])


def test_a_schedule_is_asked_once_an_epoch(home: Path, tmp_path: Path) -> None:
    halving = {
        "type": "ExponentialDecay",
        "config": {"initial_learning_rate": 0.8, "decay_steps": 1, "decay_rate": 0.5},
    }

    assert rates(tmp_path, home, halving) == pytest.approx([0.8, 0.4, 0.2, 0.1])


def test_a_csv_file_in_the_run_folder_goes_on_where_the_run_does(home: Path, tmp_path: Path) -> None:
    logger = [{"type": "CSVLogger", "config": {"separator": ";"}}]
    run(flower(SOFTMAX), flower_recipe(callbacks=logger, fit__epochs=2), home, tmp_path)
    with (tmp_path / CSV).open("a", encoding="utf-8") as file:
        file.write("2;of a process that died before its checkpoint\n")

    run(flower(SOFTMAX), flower_recipe(callbacks=logger, fit__epochs=4), home, tmp_path, attempt=2)

    with (tmp_path / CSV).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert ([row["epoch"] for row in rows], sorted(rows[0])) == (
        ["0", "1", "2", "3"],
        ["accuracy", "epoch", "loss", "val_accuracy", "val_loss"],
    )


def test_tensorboard_gets_scalars_histograms_and_images(home: Path, tmp_path: Path) -> None:
    writing = {"type": "TensorBoard", "config": {"histogram_freq": 1, "write_images": True}}

    run(flower(SOFTMAX), flower_recipe(callbacks=[writing]), home, tmp_path)

    tags = board_logs(tmp_path).Tags()["tensors"]
    assert {"epoch_loss", "dense/kernel/histogram", "dense/kernel/image"} <= set(tags)


def test_tensorboard_gets_the_operations_of_a_training_step_once(home: Path, tmp_path: Path) -> None:
    run(flower(SOFTMAX), flower_recipe(callbacks=[{"type": "TensorBoard"}], fit__epochs=2), home, tmp_path)

    functions = board_logs(tmp_path).Graph().library.function
    steps = [function for function in functions if "train_step" in function.signature.name]
    operations = [{node.op for node in step.node_def} for step in steps]
    wanted = {"BiasAdd", "BiasAddGrad", "MatMul"}
    assert [wanted & found for found in operations] == [wanted]


def board_logs(folder: Path) -> EventAccumulator:
    """What TensorBoard reads of a run's training."""
    logs = EventAccumulator(str(folder / TENSORBOARD / "train"))
    logs.Reload()
    return logs
