"""What a ModelCheckpoint of the recipe says of a run's checkpoints."""

from pathlib import Path
from typing import Any

import pytest

from layerloom.checkpoint import Manifest, checkpoint_folder, find, whole_checkpoints
from layerloom.events import Event
from layerloom.job import Job
from layerloom.recipe import KerasObject
from layerloom.training.fit import train
from layerloom.training.keeping import Keeping
from tests.training.making import SOFTMAX, flower, flower_recipe, of_kind, run, run_until

VALUES = [0.5, 0.3, 0.4, 0.2, 0.6, 0.7]


def manifests(mode: str) -> list[Manifest]:
    """One an epoch, with these values, and `best` as a run would have it."""
    better = min if mode == "min" else max
    return [
        Manifest(
            **{"epoch": epoch, "attempt": 1, "monitor": "m", "value": value, "created_at": 0.0, "mode": mode},
            best=all(value != other and value == better(value, other) for other in VALUES[: epoch - 1]),
        )
        for epoch, value in enumerate(VALUES, 1)
    ]


@pytest.mark.parametrize(
    ("mode", "config", "kept"),
    [
        ("min", {}, [1, 2, 3, 4, 5, 6]),
        ("min", {"save_best_only": True}, [1, 2, 4, 5, 6]),
        ("max", {"save_best_only": True}, [1, 5, 6]),
        ("min", {"save_best_only": True, "initial_value_threshold": 0.3}, [4, 5, 6]),
        ("max", {"save_best_only": True, "initial_value_threshold": 0.6}, [5, 6]),
        ("min", {"save_best_only": True, "max_to_keep": 2}, [2, 4, 5, 6]),
        ("min", {"max_to_keep": 1}, [4, 5, 6]),
        ("min", {"every_epochs": 3}, [3, 4, 5, 6]),
        ("max", {"every_epochs": 2, "max_to_keep": 2}, [4, 5, 6]),
    ],
)
def test_what_is_asked_for_stays_with_the_best_and_the_last_two(
    mode: str, config: dict[str, Any], kept: list[int]
) -> None:
    keeping = Keeping.of([KerasObject(type="ModelCheckpoint", config=config)])

    released = {manifest.epoch for manifest in keeping.released(manifests(mode))}

    assert [epoch for epoch in range(1, 7) if epoch not in released] == kept


BY_ACCURACY = {"monitor": "val_accuracy", "save_best_only": True}
"""Keras knows that more of it is better."""


def story(events: list[Event]) -> tuple[list[int], int | None]:
    """The epochs that the events say are kept, and the best."""
    kept: set[int] = set()
    best = None
    for event in of_kind(events, "checkpoint"):
        kept = {*kept, event.epoch} - {*event.removed}
        best = event.epoch if event.best else best
    return sorted(kept), best


def test_a_run_keeps_the_best_by_what_is_watched_and_says_what_it_let_go(home: Path, tmp_path: Path) -> None:
    recipe = flower_recipe(fit__epochs=7, callbacks=[{"type": "ModelCheckpoint", "config": BY_ACCURACY}])

    events = run(flower(SOFTMAX), recipe, home, tmp_path)

    scores = [event.metrics["val_accuracy"] for event in of_kind(events, "epoch")]
    better = [epoch for epoch, score in enumerate(scores, 1) if all(score > other for other in scores[: epoch - 1])]
    wanted = sorted({*better, 6, 7})
    assert [manifest.epoch for manifest in whole_checkpoints(tmp_path)] == wanted
    assert (story(events), find(tmp_path, "best")) == ((wanted, better[-1]), checkpoint_folder(tmp_path, better[-1]))
    assert {(event.monitor, event.mode) for event in of_kind(events, "checkpoint")} == {("val_accuracy", "max")}


@pytest.mark.slow
def test_a_run_that_was_cut_off_keeps_what_the_whole_one_keeps(home: Path, tmp_path: Path) -> None:
    callback = {"type": "ModelCheckpoint", "config": {**BY_ACCURACY, "max_to_keep": 1}}
    recipe = flower_recipe(fit__epochs=5, callbacks=[callback])
    whole = run(flower(SOFTMAX), recipe, home, tmp_path / "whole")

    halves, _ = run_until(flower(SOFTMAX), recipe, home, tmp_path / "halves", "epoch", 3)
    halves += run(flower(SOFTMAX), recipe, home, tmp_path / "halves", attempt=2)

    assert story(halves) == story(whole)
    assert [m.epoch for m in whole_checkpoints(tmp_path / "halves")] == story(whole)[0]


@pytest.mark.slow
def test_a_checkpoint_that_was_let_go_untold_is_told_by_the_next_attempt(home: Path, tmp_path: Path) -> None:
    recipe = flower_recipe(fit__epochs=4, callbacks=[{"type": "ModelCheckpoint", "config": {"max_to_keep": 1}}])
    run(flower(SOFTMAX), recipe, home, tmp_path)
    kept = [manifest.epoch for manifest in whole_checkpoints(tmp_path)]

    job = Job(1, 2, flower(SOFTMAX), recipe, home, tmp_path, epochs_told=3, checkpoints_told=(1, 2, 3))
    again: list[Event] = []
    train(job, again.append, lambda: False)

    told = [(event.epoch, event.removed) for event in of_kind(again, "checkpoint")]
    assert told == [(4, [epoch for epoch in (1, 2, 3) if epoch not in kept])]
