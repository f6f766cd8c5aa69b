"""A run that is stopped and taken up again is the run that was never stopped."""

import json
from pathlib import Path

import keras
import numpy as np
import pytest

from layerloom.checkpoint import MANIFEST, MODEL, checkpoint_folder, find, whole_checkpoints, whole_within
from layerloom.events import Event
from layerloom.graph.document import Graph
from layerloom.job import Job
from layerloom.recipe import Recipe
from layerloom.training import reporter, steps
from layerloom.training.fit import train
from layerloom.training.reporter import Stopped
from tests.training.making import SOFTMAX, Layer, flower, flower_recipe, of_kind, run, run_until

NOISY: list[Layer] = [
    ("Normalization", {}),
    ("Dense", {"units": 16, "activation": "relu"}),
    ("Dropout", {"rate": 0.3}),
    ("GaussianNoise", {"stddev": 0.1}),
    SOFTMAX,
]


def metrics(graph: Graph, recipe: Recipe, home: Path, folder: Path, stop_after: int | None = None) -> list[object]:
    """The metrics and learning rate of every epoch, of one process or of two."""
    if stop_after is None:
        events = run(graph, recipe, home, folder)
    else:
        events, outcome = run_until(graph, recipe, home, folder, "epoch", stop_after)
        assert outcome == "stopped"
        events += run(graph, recipe, home, folder, attempt=2)
    return [(event.epoch, event.metrics, event.learning_rate) for event in of_kind(events, "epoch")]


def test_a_resumed_run_equals_an_uninterrupted_one_to_the_last_bit(home: Path, tmp_path: Path) -> None:
    callbacks = [
        {"type": "EarlyStopping", "config": {"monitor": "val_loss", "patience": 3, "restore_best_weights": True}},
        {"type": "ReduceLROnPlateau", "config": {"monitor": "val_accuracy", "patience": 1, "factor": 0.5}},
    ]
    recipe = flower_recipe(fit__epochs=6, callbacks=callbacks)

    whole = metrics(flower(*NOISY), recipe, home, tmp_path / "whole")
    halves = metrics(flower(*NOISY), recipe, home, tmp_path / "halves", stop_after=3)

    assert halves == whole
    weights = [
        keras.models.load_model(find(tmp_path / half, "last") / MODEL).get_weights() for half in ("whole", "halves")
    ]
    assert all(np.array_equal(one, other) for one, other in zip(*weights, strict=True))


def test_epochs_that_were_done_but_could_not_be_told_are_told_by_the_next_attempt(home: Path, tmp_path: Path) -> None:
    told = run(flower(SOFTMAX), flower_recipe(), home, tmp_path)

    job = Job(1, 2, flower(SOFTMAX), flower_recipe(), home, tmp_path, epochs_told=1, checkpoints_told=(1, 2))
    again: list[Event] = []
    train(job, again.append, lambda: False)

    assert [event.metrics for event in of_kind(again, "epoch")] == [event.metrics for event in of_kind(told, "epoch")][
        1:
    ]
    assert [event.epoch for event in of_kind(again, "checkpoint")] == [3]


def halves_within(home: Path, folder: Path, recipe: Recipe, at_step: int) -> list[Event]:
    """Two attempts at a run of noisy layers: the first pauses in its second epoch, and is lost as it waits."""
    first: list[Event] = []

    class PausedOnce:
        def asked(self) -> bool:
            steps = of_kind(first, "step")
            return bool(steps) and steps[-1].epoch == 2 and steps[-1].step >= at_step

        def hold(self, _reason: str | None) -> bool:
            raise Stopped

    outcome = train(Job(1, 1, flower(*NOISY), recipe, home, folder), first.append, lambda: False, PausedOnce())
    assert outcome == "stopped"
    return first + run(flower(*NOISY), recipe, home, folder, attempt=2)


def test_a_run_that_goes_on_in_the_middle_of_an_epoch_equals_an_uninterrupted_one_to_the_last_bit(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "CALL_S", 0.0)  # one step a call
    monkeypatch.setattr(reporter, "NEWS_S", 0.0)
    recipe = flower_recipe(fit__epochs=3, compile__optimizer={"type": "SGD", "config": {"momentum": 0.9}})

    whole = run(flower(*NOISY), recipe, home, tmp_path / "whole")
    halves = halves_within(home, tmp_path / "halves", recipe, at_step=4)

    [_, resumed] = of_kind(halves, "started")
    snapshots = [(event.epoch, event.step) for event in of_kind(halves, "snapshot")]
    assert (resumed.initial_epoch, resumed.initial_step, snapshots) == (1, 4, [(2, 4)])
    for kind in ("step", "epoch"):
        told = [(event.global_step, event.metrics) for event in of_kind(halves, kind)]
        assert told == [(event.global_step, event.metrics) for event in of_kind(whole, kind)]


def test_a_checkpoint_within_an_epoch_is_made_when_it_is_time_and_only_the_newest_is_kept(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "CALL_S", 0.0)
    kept: list[list[int]] = []

    def look(event: Event) -> None:
        if event.kind == "snapshot":
            kept.append([manifest.step for manifest in whole_within(tmp_path)])

    recipe = flower_recipe(fit__epochs=1, fit__checkpoint_seconds=1e-9)
    train(Job(1, 1, flower(SOFTMAX), recipe, home, tmp_path), look, lambda: False)

    assert kept == [[step] for step in range(1, 8)]
    assert whole_within(tmp_path) == []


def test_patience_goes_on_counting_where_it_was(home: Path, tmp_path: Path) -> None:
    stopping = {
        "type": "EarlyStopping",
        "config": {"monitor": "loss", "mode": "max", "patience": 4, "restore_best_weights": True},
    }
    recipe = flower_recipe(fit__epochs=50, callbacks=[stopping])

    run_until(flower(SOFTMAX), recipe, home, tmp_path, "epoch", count=3)
    events = run(flower(SOFTMAX), recipe, home, tmp_path, attempt=2)

    [stopped] = of_kind(events, "stopped_early")
    assert (stopped.epoch, stopped.restored_epoch) == (5, 1)


def test_a_run_that_had_stopped_early_trains_no_further_when_taken_up_again(home: Path, tmp_path: Path) -> None:
    stopping = {"type": "EarlyStopping", "config": {"monitor": "loss", "mode": "max", "patience": 1}}
    recipe = flower_recipe(fit__epochs=50, callbacks=[stopping])
    run(flower(SOFTMAX), recipe, home, tmp_path)

    again = run(flower(SOFTMAX), recipe, home, tmp_path, attempt=2)

    assert [event.kind for event in again] == ["started", "log", "stopped_early"]


def test_a_damaged_checkpoint_is_passed_over_and_said(home: Path, tmp_path: Path) -> None:
    run(flower(SOFTMAX), flower_recipe(), home, tmp_path)
    model = checkpoint_folder(tmp_path, 3) / MODEL
    content = bytearray(model.read_bytes())
    content[len(content) // 2] ^= 1
    model.write_bytes(content)

    events = run(flower(SOFTMAX), flower_recipe(), home, tmp_path, attempt=2)

    warning = of_kind(events, "log")[0]
    message = "The checkpoint of epoch 3 is damaged (model.keras has changed). An older one is used."
    assert (warning.level, warning.message) == ("warning", message)
    assert [event.epoch for event in of_kind(events, "epoch")] == [3]


def test_what_a_killed_save_left_is_removed(home: Path, tmp_path: Path) -> None:
    torn = tmp_path / "checkpoints" / "tmp-1-1"
    torn.mkdir(parents=True)
    (torn / MODEL).write_bytes(b"half")

    run(flower(SOFTMAX), flower_recipe(fit__epochs=1), home, tmp_path)

    assert [path.name for path in (tmp_path / "checkpoints").iterdir()] == ["epoch-00001"]


def test_a_manifest_says_what_was_saved_and_which_is_best(home: Path, tmp_path: Path) -> None:
    events = run(flower(SOFTMAX), flower_recipe(), home, tmp_path)

    manifests = whole_checkpoints(tmp_path)
    losses = [event.metrics["val_loss"] for event in of_kind(events, "epoch")]
    assert [(m.epoch, m.attempt, m.monitor, m.value) for m in manifests] == [
        (epoch, 1, "val_loss", loss) for epoch, loss in enumerate(losses, 1)
    ]
    assert find(tmp_path, "best") == checkpoint_folder(tmp_path, 1 + int(np.argmin(losses)))
    stored = json.loads((find(tmp_path, 1) / MANIFEST).read_text())
    assert sorted(stored["files"]) == ["model.keras", "signature.json", "state.json", "state.npz"]


@pytest.mark.parametrize("shuffle", [True, False])
def test_the_last_small_batch_counts(home: Path, tmp_path: Path, shuffle: bool) -> None:
    recipe = flower_recipe(fit={"epochs": 1, "batch_size": 50, "shuffle": shuffle})

    [started] = of_kind(run(flower(SOFTMAX), recipe, home, tmp_path), "started")

    assert (started.training_rows, started.steps_per_epoch) == (120, 3)
