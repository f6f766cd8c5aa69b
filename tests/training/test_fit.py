from pathlib import Path

import keras
import numpy as np
import pytest

from layerloom.checkpoint import MODEL, find, whole_checkpoints
from layerloom.data.library import Library
from layerloom.data.split import split
from layerloom.graph.document import Edge, Graph, Node
from layerloom.problem import Refusal
from layerloom.recipe import Recipe
from layerloom.training.predict import predict
from tests.picking import one_in
from tests.training.making import FLOWER, SOFTMAX, flower, flower_recipe, of_kind, run, run_until


def test_a_classification_tells_its_start_every_epoch_and_its_checkpoints(home: Path, tmp_path: Path) -> None:
    events = run(flower(SOFTMAX), flower_recipe(), home, tmp_path)

    [started] = of_kind(events, "started")
    assert started.model_dump(exclude={"seq", "at"}) == {
        "kind": "started",
        "parameters": 15,
        "epochs": 3,
        "steps_per_epoch": 8,
        "batch_size": 16,
        "training_rows": 120,
        "validation_rows": 30,
        "test_rows": 0,
        "initial_epoch": 0,
        "initial_step": 0,
        "device": "CPU",
    }
    epochs = of_kind(events, "epoch")
    assert [(e.epoch, e.global_step, sorted(e.metrics)) for e in epochs] == [
        (epoch, 8 * epoch, ["accuracy", "loss", "val_accuracy", "val_loss"]) for epoch in (1, 2, 3)
    ]
    assert [e.epoch for e in of_kind(events, "checkpoint")] == [1, 2, 3]


@pytest.mark.parametrize("name", one_in(3, ["층 1", "first layer", "l'été", "😀", "_x", "a-b"]))
def test_a_layer_of_any_name_trains_and_predicts(name: str, home: Path, tmp_path: Path) -> None:
    graph = flower(("Dense", {"units": 4}), SOFTMAX)
    named = [node.model_copy(update={"name": name}) if node.id == "n1" else node for node in graph.nodes]

    run(graph.model_copy(update={"nodes": named}), flower_recipe(fit__epochs=1), home, tmp_path)

    answers = predict(tmp_path, "last", {"flower": [[5.1, 3.5, 1.4, 0.2]]})["species"]
    assert [len(answer) for answer in answers] == [3]


def test_reported_validation_metrics_are_those_of_the_saved_model(home: Path, tmp_path: Path) -> None:
    recipe = flower_recipe()

    events = run(flower(SOFTMAX), recipe, home, tmp_path)

    arrays = Library(home).arrays("iris", [*FLOWER, "species"], "train")
    x = np.stack([arrays[name] for name in FLOWER], axis=1)
    _, held_out = split(150, 0.2, recipe.seed)
    model = keras.models.load_model(find(tmp_path, "last") / MODEL)
    loss, accuracy = model.evaluate(x[held_out], arrays["species"][held_out], verbose=0)
    said = of_kind(events, "epoch")[-1].metrics
    assert (said["val_loss"], said["val_accuracy"]) == pytest.approx((loss, accuracy), rel=1e-5)


def test_a_regression_learns(home: Path, tmp_path: Path) -> None:
    recipe = Recipe.model_validate(
        {
            "data": {"dataset": "auto_mpg", "inputs": {"car": ["weight", "hp"]}, "targets": {"mpg": ["mpg"]}},
            "compile": {
                "optimizer": {"type": "Adam", "config": {"learning_rate": 0.1}},
                "outputs": {"mpg": {"loss": {"type": "MeanSquaredError"}}},
            },
            "fit": {"epochs": 20, "batch_size": 32},
        }
    )
    nodes = [
        Node(id="a", type="Input", name="car", config={"shape": [2]}),
        Node(id="b", type="Normalization"),
        Node(id="c", type="Dense", config={"units": 1}),
        Node(id="d", type="Output", name="mpg"),
    ]
    edges = [Edge(source=s, target=t) for s, t in ("ab", "bc", "cd")]

    events = run(Graph(nodes=nodes, edges=edges), recipe, home, tmp_path)

    losses = [event.metrics["val_loss"] for event in of_kind(events, "epoch")]
    assert losses[-1] < losses[0] / 2


def test_two_inputs_and_two_outputs_report_both_losses(home: Path, tmp_path: Path) -> None:
    nodes = [
        Node(id="a", type="Input", name="sepal", config={"shape": [2]}),
        Node(id="b", type="Input", name="petal", config={"shape": [2]}),
        Node(id="c", type="Concatenate"),
        Node(id="d", type="Dense", config={"units": 3, "activation": "softmax"}),
        Node(id="e", type="Dense", config={"units": 1}),
        Node(id="f", type="Output", name="species"),
        Node(id="g", type="Output", name="width"),
    ]
    edges = [Edge(source=s, target=t) for s, t in ("ac", "bc", "cd", "ae", "df", "eg")]
    mae = {"type": "MeanAbsoluteError", "config": {"name": "mae"}}
    recipe = flower_recipe(
        data__inputs={"sepal": FLOWER[:2], "petal": FLOWER[2:]},
        data__targets={"species": ["species"], "width": ["petal_width_cm"]},
        compile__outputs__width={"loss": {"type": "MeanSquaredError"}, "loss_weight": 0.2, "metrics": [mae]},
    )

    events = run(Graph(nodes=nodes, edges=edges), recipe, home, tmp_path)

    said = of_kind(events, "epoch")[-1].metrics
    names = ["loss", "species_accuracy", "species_loss", "width_loss", "width_mae"]
    assert sorted(said) == sorted([*names, *(f"val_{name}" for name in names)])
    # Each output's loss averages batches, the whole loss rows: the last batch is smaller.
    assert said["loss"] == pytest.approx(said["species_loss"] + 0.2 * said["width_loss"], rel=0.1)


def test_one_hot_labels_train_like_class_numbers(home: Path, tmp_path: Path) -> None:
    index = run(flower(SOFTMAX), flower_recipe(), home, tmp_path / "index")
    one_hot = flower_recipe(
        data__encoding__species="one_hot", compile__outputs__species={"loss": {"type": "CategoricalCrossentropy"}}
    )

    other = run(flower(SOFTMAX), one_hot, home, tmp_path / "one_hot")

    losses = [[event.metrics["loss"] for event in of_kind(events, "epoch")] for events in (index, other)]
    assert losses[1] == pytest.approx(losses[0], rel=1e-4)


def test_a_yes_or_no_target_trains_against_one_unit(home: Path, tmp_path: Path) -> None:
    recipe = flower_recipe(
        data__dataset="titanic",
        data__inputs={"flower": ["class", "age", "sex"]},
        data__targets={"species": ["survived"]},
        data__missing="drop",
        compile__outputs__species={
            "loss": {"type": "BinaryCrossentropy"},
            "metrics": [{"type": "BinaryAccuracy", "config": {"name": "accuracy"}}],
        },
        fit={"epochs": 10, "batch_size": 32, "shuffle": True},
    )
    layers = (("Normalization", {}), ("Dense", {"units": 1, "activation": "sigmoid"}))

    events = run(flower(*layers, shape=[3]), recipe, home, tmp_path)

    assert of_kind(events, "started")[0].training_rows == 605
    assert of_kind(events, "epoch")[-1].metrics["accuracy"] > 0.7


def test_the_test_split_judges_the_final_weights(home: Path, tmp_path: Path) -> None:
    recipe = flower_recipe(
        data={
            "dataset": "mnist",
            "inputs": {"flower": ["image"]},
            "targets": {"species": ["label"]},
            "validation_fraction": 0.5,
        },
        fit={"epochs": 1, "batch_size": 512, "shuffle": True},
    )
    layers = (("Rescaling", {"scale": 1 / 255}), ("Flatten", {}), ("Dense", {"units": 10, "activation": "softmax"}))

    events = run(flower(*layers, shape=[28, 28, 1]), recipe, home, tmp_path)

    images = Library(home).arrays("mnist", ["image", "label"], "test")
    model = keras.models.load_model(find(tmp_path, "last") / MODEL)
    _, accuracy = model.evaluate(images["image"].astype("float32"), images["label"], batch_size=512, verbose=0)
    [judged] = of_kind(events, "evaluation")
    assert (judged.split, judged.rows, judged.metrics["accuracy"]) == ("test", 10_000, pytest.approx(accuracy))


def test_an_early_stop_restores_the_best_epoch_and_saves_it_as_the_last(home: Path, tmp_path: Path) -> None:
    stopping = {
        "type": "EarlyStopping",
        "config": {"monitor": "loss", "mode": "max", "patience": 2, "restore_best_weights": True},
    }

    events = run(flower(SOFTMAX), flower_recipe(fit__epochs=9, callbacks=[stopping]), home, tmp_path)

    [stopped] = of_kind(events, "stopped_early")
    assert (stopped.epoch, stopped.restored_epoch, stopped.reason) == (3, 1, "loss did not improve for 2 epochs.")
    first, last = (keras.models.load_model(find(tmp_path, which) / MODEL).get_weights() for which in (1, "last"))
    np.testing.assert_array_equal(last[0], first[0])
    assert [manifest.epoch for manifest in whole_checkpoints(tmp_path)] == [1, 2, 3]


def test_a_reduced_learning_rate_shows_in_the_next_epoch(home: Path, tmp_path: Path) -> None:
    plateau = {"type": "ReduceLROnPlateau", "config": {"monitor": "loss", "mode": "max", "patience": 1, "factor": 0.5}}

    events = run(flower(SOFTMAX), flower_recipe(callbacks=[plateau]), home, tmp_path)

    assert [event.learning_rate for event in of_kind(events, "epoch")] == pytest.approx([0.01, 0.01, 0.005])


def test_a_stop_ends_within_the_epoch_and_keeps_the_last_whole_one(home: Path, tmp_path: Path) -> None:
    recipe = flower_recipe(fit__epochs=100_000)

    events, outcome = run_until(flower(SOFTMAX), recipe, home, tmp_path, "epoch", count=2)

    assert (outcome, len(of_kind(events, "epoch"))) == ("stopped", 2)
    assert [manifest.epoch for manifest in whole_checkpoints(tmp_path)] == [1, 2]


def test_a_loss_without_bounds_ends_the_run_and_leaves_no_checkpoint(home: Path, tmp_path: Path) -> None:
    recipe = flower_recipe(
        data__targets={"species": ["petal_width_cm"]},
        compile__optimizer={"type": "SGD", "config": {"learning_rate": 1e3}},
        compile__outputs__species={"loss": {"type": "MeanSquaredError"}},
    )

    with pytest.raises(Refusal, match=r"by step \d+ \(learning rate 1000\)\. Try 100 times less") as refused:
        run(flower(("Dense", {"units": 8}), ("Dense", {"units": 1})), recipe, home, tmp_path)

    assert (refused.value.code, whole_checkpoints(tmp_path)) == ("diverged", [])


def test_step_events_come_with_running_metrics_and_the_time_left(home: Path, tmp_path: Path) -> None:
    events = run(flower(SOFTMAX), flower_recipe(), home, tmp_path)

    first = of_kind(events, "step")[0]
    assert (first.epoch, sorted(first.metrics), first.seconds_left) == (1, ["accuracy", "loss"], None)
    assert first.global_step == first.step <= 8
