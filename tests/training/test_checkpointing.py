import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest

from layerloom.checkpoint import whole_checkpoints
from layerloom.events import Event
from layerloom.problem import Refusal
from layerloom.training import checkpointing
from layerloom.training.checkpointer import Checkpointer
from layerloom.training.checkpointing import Checkpoints
from layerloom.training.signature import Signature
from layerloom.training.state import State

SIGNATURE = Signature(inputs={}, outputs={})
STATE = State(callbacks=[], arrays={}, ended=False)


def model(units: int = 1) -> keras.Model:
    given = keras.Input((2,))
    made = keras.Model(given, keras.layers.Dense(units, name="only")(given))
    made.compile("sgd", "mse")
    return made


def test_weights_that_are_no_numbers_are_never_saved(tmp_path: Path) -> None:
    broken = model()
    broken.stop_training = False
    broken.set_weights([np.array([[np.nan], [1]]), np.zeros(1)])
    checkpointer = Checkpointer(Checkpoints(tmp_path, 1, SIGNATURE), [], [].append, None)
    checkpointer.set_model(broken)

    with pytest.raises(Refusal, match="Weights of layer 'only' became NaN or infinite in epoch 1") as refused:
        checkpointer.on_epoch_end(0, {"loss": 0.5})

    assert (refused.value.code, whole_checkpoints(tmp_path)) == ("diverged", [])


def test_the_best_is_the_one_with_the_lowest_value_and_an_infinite_one_never(tmp_path: Path) -> None:
    checkpoints = Checkpoints(tmp_path, 1, SIGNATURE)

    values = [float("inf"), 0.5, 0.7, 0.5, 0.4]
    best = [checkpoints.save(model(), STATE, epoch, "loss", value).best for epoch, value in enumerate(values, 1)]

    assert best == [True, True, False, False, True]


def test_the_oldest_go_when_all_together_are_too_large_but_not_the_best(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoints = Checkpoints(tmp_path, 1, SIGNATURE)
    size_bytes = checkpoints.save(model(), STATE, 1, "loss", 0.9).size_bytes
    monkeypatch.setattr(checkpointing, "KEPT_BYTES", int(3.5 * size_bytes))

    for epoch, value in ((2, 0.1), (3, 0.8), (4, 0.7), (5, 0.6), (6, 0.5)):
        checkpoints.save(model(), STATE, epoch, "loss", value)

    assert [manifest.epoch for manifest in whole_checkpoints(tmp_path)] == [2, 5, 6]


def test_no_more_than_a_thousand_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpointing, "KEPT_COUNT", 3)
    checkpoints = Checkpoints(tmp_path, 1, SIGNATURE)

    for epoch in range(1, 7):
        checkpoints.save(model(), STATE, epoch, "loss", 0.1 * epoch)

    assert [manifest.epoch for manifest in whole_checkpoints(tmp_path)] == [1, 5, 6]


def test_a_full_disk_is_said_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpointing.shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000_000))

    with pytest.raises(Refusal, match="needs 10 MB of disk, 1 MB are free") as refused:
        Checkpoints(tmp_path, 1, SIGNATURE).save(model(), STATE, 1, "loss", 0.1)

    assert (refused.value.code, list((tmp_path / "checkpoints").iterdir())) == ("disk-full", [])


class Fault:
    """Makes the n-th call of the functions that it stands for fail, as a broken disk does."""

    def __init__(self, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left = at
        for name in ("fsync", "rename", "mkdir", "rmdir", "unlink"):
            monkeypatch.setattr(os, name, self._failing(getattr(os, name)))

    def _failing(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                raise OSError(errno.EIO, "injected")
            return real(*args, **kwargs)

        return call


@pytest.mark.parametrize("at", range(1, 20))
def test_a_save_that_fails_at_any_call_leaves_a_whole_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    checkpoints = Checkpoints(tmp_path, 1, SIGNATURE)
    for epoch in (1, 2):
        checkpoints.save(model(), STATE, epoch, "loss", 0.9)

    with monkeypatch.context() as patched, contextlib.suppress(OSError):
        Fault(at, patched)
        checkpoints.save(model(), STATE, 2, "loss", 0.8)

    said: list[Event] = []
    saved = Checkpoints(tmp_path, 2, SIGNATURE).newest(said.append)
    assert saved is not None
    assert (saved.manifest.epoch in (1, 2), said) == (True, [])


def test_a_save_replaces_the_one_of_the_same_epoch(tmp_path: Path) -> None:
    checkpoints = Checkpoints(tmp_path, 1, SIGNATURE)
    first = checkpoints.save(model(1), STATE, 1, "loss", 0.9)

    second = checkpoints.save(model(100), STATE, 1, "loss", 0.8)

    assert whole_checkpoints(tmp_path) == [second]
    assert second.size_bytes > first.size_bytes
    assert len(list((tmp_path / "checkpoints").iterdir())) == 1
