"""What can be found in the data of a run before it has learned anything, as numbers for the rules."""

from collections.abc import Iterator

import numpy as np

from layerloom.data.library import Library
from layerloom.data.parts import deal
from layerloom.recipe import Recipe
from layerloom.training.arrays import Bound, bind
from layerloom.training.findings.classes import imbalance, leakage
from layerloom.training.findings.finding import Finding
from layerloom.training.findings.rows import Hashes, Rows, hashes, overlap
from layerloom.training.signature import Signature
from layerloom.training.stored import streams

MOST_ROWS = 1_000_000
"""Of the training: comparing more would take longer than many a training."""


def data_findings(library: Library, recipe: Recipe, signature: Signature) -> Iterator[Finding]:
    """Classes out of balance and rows in two splits. Touches no TensorFlow; raises what `bind` raises."""
    if streams(library, recipe.data, "train"):
        yield from _imbalances_at_large(library, recipe, signature)
        return
    bound = bind(library, recipe.data, signature, "train")
    parts = deal(library, recipe.data, recipe.seed, bound.rows)
    # Who has given the classes weights knows that they are uneven.
    for output in signature.outputs if recipe.fit.class_weight is None else ():
        yield from imbalance(output, _class_counts(library, recipe, output, parts.train))
    if len(parts.train) > MOST_ROWS:
        return
    trained_on = _hashes(bound, parts.train)
    yield from leakage("validation", overlap(_hashes(bound, parts.validation), trained_on))
    yield from leakage("test", overlap(_hashes(bound, parts.test), trained_on))
    if "test" in library.get(recipe.data.dataset).rows:
        test = bind(library, recipe.data, signature, "test")
        yield from leakage("test", overlap(_hashes(test, test.rows), trained_on))


def _imbalances_at_large(library: Library, recipe: Recipe, signature: Signature) -> Iterator[Finding]:
    """By the counts of the whole training split, which are known: a second pass over the disk would slow the first."""
    for output in signature.outputs if recipe.fit.class_weight is None else ():
        names = recipe.data.targets[output]
        column = library.get(recipe.data.dataset).column(names[0])
        if len(names) == 1 and column.classes and column.class_counts:
            yield from imbalance(output, dict(zip(column.classes, column.class_counts, strict=True)))


def _class_counts(library: Library, recipe: Recipe, output: str, rows: Rows) -> dict[str, int]:
    """Training rows by class name; empty for an output that is no single category."""
    names = recipe.data.targets[output]
    column = library.get(recipe.data.dataset).column(names[0])
    if len(names) > 1 or column.classes is None:
        return {}
    labels = library.arrays(recipe.data.dataset, names, "train")[names[0]][rows]
    counts = np.bincount(labels[labels >= 0], minlength=len(column.classes))
    return dict(zip(column.classes, counts.tolist(), strict=True))


def _hashes(bound: Bound, rows: Rows) -> Hashes:
    return hashes(list(bound.inputs.values()), list(bound.targets.values()), rows)
