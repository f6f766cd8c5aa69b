"""Judging the model of a checkpoint on rows with known answers, as a child process is asked to."""

import time
from collections.abc import Iterator
from pathlib import Path

import keras
import numpy as np

from layerloom.checkpoint import MANIFEST, MODEL, Manifest, UnknownCheckpoint
from layerloom.data.library import Library
from layerloom.evaluation import Evaluation, EvaluationProgress, OtherReport, OutputReport, SplitName, tell_progress
from layerloom.recipe import Recipe
from layerloom.training import signature as signatures
from layerloom.training.evaluating.chosen import Chosen, choose
from layerloom.training.evaluating.classes import SaidClasses, finite_or_none
from layerloom.training.evaluating.kept import store
from layerloom.training.evaluating.numbers import SaidNumbers
from layerloom.training.evaluating.passing import Array, Part, Pass
from layerloom.training.evaluating.reading import names_a_class, reading
from layerloom.training.judging import canonical
from layerloom.training.signature import Signature

NEWS_S = 0.2

Said = SaidClasses | SaidNumbers | OtherReport


def evaluate_json(checkpoint: Path, recipe: Recipe, home: Path, dataset: str, split: SplitName, place: Path) -> str:
    """The Evaluation of the model in a checkpoint folder as JSON; kept at `place`.

    Raises UnknownDataset, UnknownCheckpoint if the folder goes meanwhile, Refusal as `choose` does.
    """
    try:
        return _evaluated(checkpoint, recipe, home, dataset, split, place)
    except Exception:
        if (checkpoint / MANIFEST).exists():
            raise
        raise UnknownCheckpoint(checkpoint.name) from None


def _evaluated(checkpoint: Path, recipe: Recipe, home: Path, dataset: str, split: SplitName, place: Path) -> str:
    began = time.perf_counter()
    manifest = Manifest.model_validate_json((checkpoint / MANIFEST).read_bytes())
    signature = signatures.read(checkpoint)
    chosen = choose(Library(home), recipe, signature, dataset, split)
    model = keras.models.load_model(checkpoint / MODEL)
    said = {name: _said(recipe, signature, chosen, name) for name in signature.outputs}
    judged = Pass(model, signature, recipe, chosen)
    for part in _followed(judged, len(chosen.rows), place):
        for name, output in said.items():
            if not isinstance(output, OtherReport):
                output.add(part.at, part.said[name], part.losses[name])
    evaluation = Evaluation(
        epoch=manifest.epoch,
        dataset=dataset,
        split=split,
        rows=len(chosen.rows),
        seconds=round(time.perf_counter() - began, 3),
        metrics={name: finite_or_none(value) for name, value in judged.metrics.items()},
        outputs={name: _report(output) for name, output in said.items()},
    )
    report = evaluation.model_dump_json()
    by_row = {name: {} if isinstance(output, OtherReport) else output.by_row() for name, output in said.items()}
    store(place, report, chosen.rows, by_row)
    return report


def _followed(judged: Pass, rows: int, place: Path) -> Iterator[Part]:
    """The parts, while it is said now and then how many of the rows are done."""
    place.parent.mkdir(exist_ok=True)
    told = -NEWS_S
    for part in judged.parts():
        yield part
        if time.monotonic() - told >= NEWS_S:
            done = part.at + len(next(iter(part.losses.values())))
            tell_progress(place, EvaluationProgress(rows_done=done, rows=rows))
            told = time.monotonic()


def _said(recipe: Recipe, signature: Signature, chosen: Chosen, name: str) -> Said:
    """What is to keep the answers of an output, by what its target is."""
    column = chosen.info.column(recipe.data.targets[name][0])
    shape, truth = signature.outputs[name].shape, chosen.bound.target(name)
    labels = column.classes if len(recipe.data.targets[name]) == 1 else None
    if labels and names_a_class(shape, len(labels)):
        loss = recipe.compile.outputs[name].loss
        how = reading(canonical("losses", loss), loss.config.get("from_logits") is True, shape[0] or 0)
        return SaidClasses(labels, how, _classes(truth[chosen.rows]), chosen.rows)
    if None not in shape and np.prod([size or 1 for size in shape]) == np.prod(truth.shape[1:]):
        return SaidNumbers(truth, chosen.rows)
    given = "×".join("any" if size is None else str(size) for size in shape)
    wanted = f"{len(labels)} classes" if labels else f"values of shape {'×'.join(map(str, truth.shape[1:]))}"
    return OtherReport(
        reason=f"The output gives {given} values a row, its target is {wanted}: only metrics compare them."
    )


def _classes(truth: Array) -> Array:
    """Class numbers of targets as they reach a loss: numbers, one column of them, or ones among zeros."""
    if truth.ndim == 1:
        return truth
    return np.asarray(truth[:, 0] if truth.shape[1] == 1 else truth.argmax(axis=1))


def _report(said: Said) -> OutputReport:
    if isinstance(said, OtherReport):
        return said
    if not said.finite:
        return OtherReport(reason="Every answer is infinite or no number: there is nothing to count.")
    return said.report()
