import errno
import itertools
from pathlib import Path
from types import SimpleNamespace

import keras
import numpy as np
import pytest

from layerloom.checkpoint import whole_checkpoints
from layerloom.events import Event
from layerloom.job import NoPauses, Pauses
from layerloom.problem import Refusal
from layerloom.training import checkpointing, publishing
from layerloom.training.checkpointer import Checkpointer
from layerloom.training.checkpointing import Checkpoints
from layerloom.training.pausing import Waiting
from layerloom.training.reporter import Reporter
from layerloom.training.signature import Signature
from layerloom.training.state import State
from tests.training.faults import Fault, Killed

SIGNATURE = Signature(inputs={}, outputs={})
STATE = State(callbacks=[], arrays={}, ended=False)


def model(units: int = 1) -> keras.Model:
    given = keras.Input((2,))
    made = keras.Model(given, keras.layers.Dense(units, name="only")(given))
    made.compile("sgd", "mse")
    return made


def saving(
    saved: keras.Model, folder: Path, said: list[Event] | None = None, pauses: Pauses | None = None
) -> Checkpointer:
    """A checkpointer of this model, in its first epoch of ten steps."""
    report = ([] if said is None else said).append
    reporter = Reporter(report, 10, 1)
    reporter.on_epoch_begin(0)
    waiting = Waiting(pauses or NoPauses(), lambda: False, reporter)
    made = Checkpointer(Checkpoints(folder, 1, SIGNATURE), [], report, None, reporter, waiting)
    made.set_model(saved)
    return made


def test_weights_that_are_no_numbers_are_never_saved(tmp_path: Path) -> None:
    broken = model()
    broken.stop_training = False
    broken.set_weights([np.array([[np.nan], [1]]), np.zeros(1)])
    checkpointer = saving(broken, tmp_path)

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
    monkeypatch.setattr(publishing.shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000_000))

    with pytest.raises(Refusal, match="needs 10 MB of disk, 1 MB are free") as refused:
        Checkpoints(tmp_path, 1, SIGNATURE).save(model(), STATE, 1, "loss", 0.1)

    assert (refused.value.code, list((tmp_path / "checkpoints").iterdir())) == ("disk-full", [])


CODES = {errno.ENOSPC: "disk-full", errno.EIO: "not-saved"}
STRIDES = [pytest.param(9, id="some"), pytest.param(1, id="every", marks=pytest.mark.slow)]


@pytest.mark.parametrize("stride", STRIDES)
@pytest.mark.parametrize("number", CODES)
def test_a_save_that_fails_at_any_call_leaves_a_whole_checkpoint(tmp_path: Path, number: int, stride: int) -> None:
    saved = model()
    for at in itertools.count(1, stride):
        folder = tmp_path / str(at)
        checkpoints = Checkpoints(folder, 1, SIGNATURE)
        checkpoints.save(saved, STATE, 1, "loss", 0.9)
        checkpoints.save(saved, STATE, 2, "loss", 0.8)
        refused = None
        with Fault(number, at) as fault:
            try:
                checkpoints.save(saved, STATE, 2, "loss", 0.7)
            except Refusal as error:
                refused = error.code

        said: list[Event] = []
        found = Checkpoints(folder, 2, SIGNATURE).newest(said.append)

        assert (found and found.manifest.epoch, said) == (2, []), f"call {at}"
        if not fault.happened:
            break
        assert refused in (CODES[number], None)
    assert (refused, at > 30) == (None, True)


@pytest.mark.parametrize(("at", "value"), [(1, 0.9), (2, 0.8)])
def test_a_process_killed_while_it_replaces_a_checkpoint_leaves_the_old_one_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, value: float
) -> None:
    checkpoints = Checkpoints(tmp_path, 1, SIGNATURE)
    checkpoints.save(model(), STATE, 1, "loss", 0.9)

    with monkeypatch.context() as patched:
        Killed.at_rename(at, patched)
        with pytest.raises(Killed):
            checkpoints.save(model(), STATE, 1, "loss", 0.8)

    Checkpoints(tmp_path, 2, SIGNATURE)
    [kept] = whole_checkpoints(tmp_path)
    assert kept.value == value
    assert len(list((tmp_path / "checkpoints").iterdir())) == 1


def test_a_save_replaces_the_one_of_the_same_epoch(tmp_path: Path) -> None:
    checkpoints = Checkpoints(tmp_path, 1, SIGNATURE)
    first = checkpoints.save(model(1), STATE, 1, "loss", 0.9)

    second = checkpoints.save(model(100), STATE, 1, "loss", 0.8)

    assert whole_checkpoints(tmp_path) == [second]
    assert second.size_bytes > first.size_bytes
    assert len(list((tmp_path / "checkpoints").iterdir())) == 1


class Full:
    """A disk that is full until somebody has been told twice; whoever waits may go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.told: list[str | None] = []
        usage = lambda _: SimpleNamespace(free=1_000_000 if len(self.told) < 2 else 10**12)  # noqa: E731
        monkeypatch.setattr(publishing.shutil, "disk_usage", usage)

    def asked(self) -> bool:
        return False

    def hold(self, reason: str | None) -> bool:
        self.told.append(reason)
        return True


def test_a_full_disk_pauses_the_run_until_there_is_room_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = model()
    whole.stop_training = False
    disk = Full(monkeypatch)
    said: list[Event] = []

    saving(whole, tmp_path, said, disk).on_epoch_end(0, {"loss": 0.5})

    assert disk.told[0] == disk.told[1]
    assert "needs 10 MB of disk, 1 MB are free" in (disk.told[0] or "")
    assert ([event.kind for event in said], [kept.epoch for kept in whole_checkpoints(tmp_path)]) == (
        ["checkpoint"],
        [1],
    )


def test_what_the_optimizer_keeps_is_never_saved_where_it_is_no_number(tmp_path: Path) -> None:
    broken = model()
    broken.compile(keras.optimizers.SGD(momentum=0.9), "mse")
    broken.optimizer.build(broken.trainable_variables)
    broken.stop_training = False
    checkpointer = saving(broken, tmp_path)
    checkpointer.on_epoch_end(0, {"loss": 0.5})
    broken.optimizer.variables[-1].assign(np.full(1, np.inf))

    with pytest.raises(Refusal, match=r"What the optimizer keeps .*momentum.* became NaN or infinite in epoch 2"):
        checkpointer.on_epoch_end(1, {"loss": 0.4})

    assert [kept.epoch for kept in whole_checkpoints(tmp_path)] == [1]
