"""The layers are looked at while a run trains, and the run is the same as without."""

from pathlib import Path
from typing import Any

import pytest

from layerloom.events import Event
from layerloom.probes import history, probe_files, read_probe
from layerloom.training.probing import meter
from tests.training.making import SOFTMAX, Layer, flower, flower_recipe, of_kind, run_until

ALWAYS = 1_000.0
HIDDEN: Layer = ("Dense", {"units": 8, "activation": "relu"})
LAYERS: tuple[Layer, ...] = (HIDDEN, ("BatchNormalization", {}), ("Dropout", {"rate": 0.3}), SOFTMAX)


def trained(home: Path, folder: Path, share: float = ALWAYS, **more: Any) -> list[Event]:
    folder.mkdir(exist_ok=True)
    return run_until(flower(*LAYERS), flower_recipe(), home, folder, probe_share=share, **more)[0]


def metrics(events: list[Event]) -> list[Any]:
    return [event.metrics for event in of_kind(events, "epoch")]


def test_losses_are_bit_equal_with_looks_and_without(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layerloom.training.probing.budget.PAUSE_S", 0.0)
    with_looks, without = trained(home, tmp_path / "with"), trained(home, tmp_path / "without", share=0.0)
    assert metrics(with_looks) == metrics(without)
    assert (len(of_kind(with_looks, "probe")), of_kind(without, "probe")) == (3, [])


def test_each_look_is_told_and_lies_in_a_file(home: Path, tmp_path: Path) -> None:
    told = of_kind(trained(home, tmp_path), "probe")
    assert [file.time.model_dump() for file in probe_files(tmp_path)] == [
        event.model_dump(include={"k", "epoch", "global_step"}) for event in told
    ]
    last = read_probe(tmp_path, told[-1].k)
    assert (told[-1].epoch, last.samples, list(last.layers)) == (
        3,
        120,
        ["flower", "dense", "batch_normalization", "dropout", "dense_1"],
    )
    assert set(last.layers["dense"].weights) == {"kernel", "bias"}
    seen = last.layers["dense"].activations
    assert seen is not None
    assert sum(seen.histogram.counts) == 120 * 8


def test_a_resumed_run_takes_the_looks_anew_that_came_after_its_checkpoint(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layerloom.training.probing.budget.PAUSE_S", 0.0)
    trained(home, tmp_path, kind="epoch", count=2)
    trained(home, tmp_path, attempt=2)
    assert [moment.epoch for moment in history(tmp_path, "dense")] == [1, 2, 3]


def test_a_look_that_fails_ends_the_looking_and_not_the_training(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise FloatingPointError("no such gradient")

    monkeypatch.setattr(meter.Meter, "look", fails)
    events = trained(home, tmp_path)
    warnings = [event.message for event in of_kind(events, "log")]
    assert (len(of_kind(events, "epoch")), of_kind(events, "probe")) == (3, [])
    assert [("FloatingPointError: no such gradient" in warning) for warning in warnings] == [True]
