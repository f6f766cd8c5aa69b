"""Each rule speaks for numbers that show it, and keeps silent for numbers that do not."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pytest

from layerloom.events import ProbeEvent
from layerloom.probes import LayerSigns
from layerloom.training.findings import curves, gradients, rates, units
from layerloom.training.findings.classes import imbalance, leakage
from layerloom.training.findings.finding import Finding, Story
from layerloom.training.findings.rows import Overlap, hashes, overlap

Rule = Callable[..., Iterable[Finding]]


def look(not_finite: Iterable[str] = (), **layers: dict[str, float]) -> ProbeEvent:
    signs = {name: LayerSigns(**given) for name, given in layers.items()}
    return ProbeEvent(
        k=0, epoch=1, global_step=1_000, samples=256, seconds=0.1, layers=signs, not_finite=list(not_finite)
    )


def story(first: float, *losses: float, val: Iterable[float] = (), ratio: float | None = None) -> Story:
    epochs = [{"loss": loss} for loss in losses]
    for epoch, value in zip(epochs, val, strict=False):
        epoch["val_loss"] = value
    looks = [] if ratio is None else [look(dense={"update_ratio": ratio})]
    return Story(first_loss=first, epochs=epochs, rates=[0.01] * len(epochs), looks=looks, last_epoch=10)


def norms(*values: float, **more: float) -> ProbeEvent:
    return look(**{f"dense_{place}": {"gradient": value, **more} for place, value in enumerate(values)})


FALLING = (2.0, 1.0, 0.5, 0.3, 0.2)

SPEAKS: dict[str, tuple[Rule, tuple[Any, ...], str, str | None]] = {
    "dead": (units.dead_units, ([look(a={"dead": 0.6})],), "dead-units", "a"),
    "dead-still": (units.dead_units, ([look(a={"dead": 0.5}), look(a={"dead": 0.5})],), "dead-units", "a"),
    "saturated": (units.saturated_units, ([look(a={"saturated": 0.9})],), "saturated-units", "a"),
    "vanishing": (gradients.vanishing, ([norms(1e-7, 1e-3, 1.0)],), "vanishing-gradients", "dense_0"),
    "exploding-since": (gradients.exploding, ([norms(0.5, 0.1), norms(900, 0.1)],), "exploding-gradients", "dense_0"),
    "exploding-steps": (
        gradients.exploding,
        ([norms(2, 500, update_ratio=3.0)],),
        "exploding-gradients",
        "dense_1",
    ),
    "exploded": (gradients.exploding, ([look(["a/gradient"], a={})],), "exploding-gradients", "a"),
    "stuck": (curves.loss_stuck, (story(2.303, 2.303, 2.302, 2.304),), "loss-stuck", None),
    "overfitting": (
        curves.overfitting,
        (story(2.0, 1.0, 0.8, 0.6, 0.4, 0.2, val=(1.0, 0.9, 1.0, 1.05, 1.1)),),
        "overfitting",
        None,
    ),
    "too-high-rose": (rates.rate_too_high, (story(2.3, 1.0, 0.8, 2.5),), "rate-too-high", None),
    "too-high-jumps": (rates.rate_too_high, (story(2.3, 1.0, 1.4, 0.9, 1.3, 1.0),), "rate-too-high", None),
    "too-high-from-the-start": (rates.rate_too_high, (story(1.3, 900.0, 5.1, 5.0),), "rate-too-high", None),
    "too-low": (rates.rate_too_low, (story(2.3, 2.29, 2.28, 2.27, ratio=1e-6),), "rate-too-low", None),
    "imbalance": (imbalance, ("digit", {"a": 990, "b": 10}), "class-imbalance", "digit"),
    "a-class-without-rows": (imbalance, ("digit", {"a": 90, "b": 0}), "class-imbalance", "digit"),
    "leakage": (leakage, ("validation", Overlap(rows=300, equal=36, contradicting=0)), "split-leakage", None),
}

SILENT: dict[str, tuple[Rule, tuple[Any, ...]]] = {
    "few-dead": (units.dead_units, ([look(a={"dead": 0.3}, b={})],)),
    "dead-since-now": (units.dead_units, ([look(a={"dead": 0.1}), look(a={"dead": 0.6})],)),
    "few-saturated": (units.saturated_units, ([look(a={"saturated": 0.2})],)),
    "no-look": (gradients.vanishing, ([],)),
    "not-fading": (gradients.vanishing, ([norms(1e-3, 0.1, 1.0)],)),
    "learned": (gradients.vanishing, ([norms(1e-9, 1e-9, 1e-9)],)),
    "fades-behind-dead-units": (gradients.vanishing, ([norms(1e-9, 1e-3, 1.0, dead=0.9)],)),
    "large-but-steady": (gradients.exploding, ([norms(76, 186, update_ratio=0.03)],)),
    "moved": (curves.loss_stuck, (story(*FALLING),)),
    "converged-in-the-first-epoch": (curves.loss_stuck, (story(2.3, 0.31, 0.31, 0.31),)),
    "too-early-to-tell": (curves.loss_stuck, (story(2.3, 2.3, 2.3),)),
    "no-validation": (curves.overfitting, (story(*FALLING),)),
    "never-better": (curves.overfitting, (story(*FALLING, val=(1.0, 1.2, 1.4, 1.6)),)),
    "nothing-learned": (curves.overfitting, (story(1.1, 9.0, 7.5, 6.0, 5.5, 5.3, val=(9.0, 5.0, 7.0, 8.0, 8.0)),)),
    "underfitting": (curves.overfitting, (story(*FALLING, val=(1.0, 0.9, 0.8, 0.7)),)),
    "validation-noise": (curves.overfitting, (story(*FALLING, 0.1, val=(1.0, 0.9, 0.93, 0.92, 0.95)),)),
    "falling": (rates.rate_too_high, (story(*FALLING),)),
    "noise-at-the-bottom": (rates.rate_too_high, (story(2.0, 0.01, 0.03, 0.01, 0.04),)),
    "slow-but-sure": (rates.rate_too_low, (story(2.3, 2.1, 1.9, 1.7, ratio=1e-5),)),
    "plateau-of-long-steps": (rates.rate_too_low, (story(2.3, 2.3, 2.3, 2.3, ratio=1e-3),)),
    "some-layers-stand-still": (
        rates.rate_too_low,
        (
            Story(
                first_loss=2.3,
                epochs=[{"loss": 2.3}] * 3,
                looks=[look(dead={"update_ratio": 0.0}, gone={"update_ratio": 0.0}, answer={"update_ratio": 1e-3})],
            ),
        ),
    ),
    "even": (imbalance, ("digit", {"a": 37_155, "b": 11_687})),
    "numbers": (imbalance, ("price", {})),
    "equal-by-chance": (leakage, ("validation", Overlap(rows=300, equal=200, contradicting=40))),
    "one-double": (leakage, ("validation", Overlap(rows=30, equal=1, contradicting=0))),
    "no-rows": (leakage, ("test", Overlap(rows=0, equal=0, contradicting=0))),
}


@pytest.mark.parametrize("case", SPEAKS)
def test_a_rule_speaks(case: str) -> None:
    rule, given, code, layer = SPEAKS[case]
    told = list(rule(*given))
    assert [(finding.code, finding.layer) for finding in told] == [(code, layer)]
    assert all(finding.evidence for finding in told) or case == "exploded"


@pytest.mark.parametrize("case", SILENT)
def test_a_rule_keeps_silent(case: str) -> None:
    rule, given = SILENT[case]
    assert list(rule(*given)) == []


def test_overfitting_is_dated_to_the_best_epoch() -> None:
    given = story(2.0, 1.0, 0.8, 0.6, 0.4, 0.2, val=(1.0, 0.9, 1.0, 1.05, 1.1))
    assert [finding.began for finding in curves.overfitting(given)] == [2]


def test_equal_rows_are_counted_in_numbers_texts_and_pictures() -> None:
    pictures = np.zeros((6, 2, 2), np.uint8)
    pictures[1:] = np.arange(1, 6)[:, None, None]
    pictures[5] = pictures[0]
    texts = np.array([["a"], ["b"], ["c"], ["d"], ["e"], ["a"]], dtype=object)
    labels = np.array([0, 1, 2, 3, 4, 0])
    parts = [hashes([pictures, texts], [labels], np.array(rows)) for rows in ([4, 5], [0, 1, 2, 3])]
    assert overlap(*parts) == Overlap(rows=2, equal=1, contradicting=0)


def test_equal_inputs_with_other_targets_contradict() -> None:
    inputs, targets = np.ones((4, 3), np.float32), np.array([0.0, 1.0, 2.0, 1.0], np.float32)
    parts = [hashes([inputs], [targets], np.array(rows)) for rows in ([2, 3], [0, 1])]
    assert overlap(*parts) == Overlap(rows=2, equal=1, contradicting=1)
