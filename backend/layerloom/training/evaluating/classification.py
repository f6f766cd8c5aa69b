"""Counting classes found and missed: confusion matrix, precision, recall, F1. NumPy alone."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.evaluation import Average, ConfusedPair

MOST_PAIRS = 20

Array = NDArray[Any]


@dataclass(frozen=True)
class Counted:
    """Per class, as arrays; `occurs` says which classes are true or predicted at all."""

    precision: Array
    recall: Array
    f1: Array
    support: Array
    occurs: Array


def confusion(truth: Array, predicted: Array, classes: int) -> Array:
    """`[t, p]` counts the rows of class t that were taken for class p."""
    flat = np.bincount(truth.astype(np.int64) * classes + predicted, minlength=classes * classes)
    return np.asarray(flat.reshape(classes, classes))


def counted(truth: Array, predicted: Array, classes: int) -> Counted:
    """Precision, recall and F1 of each class; 0 where a division would be by zero."""
    support = np.bincount(truth, minlength=classes)
    said = np.bincount(predicted, minlength=classes)
    hits = np.bincount(truth[truth == predicted], minlength=classes)
    return Counted(
        precision=_share(hits, said),
        recall=_share(hits, support),
        f1=_share(2 * hits, support + said),
        support=support,
        occurs=(support + said) > 0,
    )


def macro(found: Counted) -> Average:
    """The plain mean over the classes that occur."""
    return _average(found, found.occurs.astype(np.float64))


def weighted(found: Counted) -> Average:
    """The mean weighted by support."""
    return _average(found, found.support.astype(np.float64))


def balanced_accuracy(found: Counted) -> float:
    """The mean recall over the classes that have rows."""
    return float(found.recall[found.support > 0].mean())


def confused(matrix: Array, labels: list[str]) -> list[ConfusedPair]:
    """The most frequent mistakes, most frequent first."""
    mistakes = matrix.copy()
    np.fill_diagonal(mistakes, 0)
    order = np.argsort(-mistakes, axis=None, kind="stable")[:MOST_PAIRS]
    places = [np.unravel_index(at, mistakes.shape) for at in order]
    return [
        ConfusedPair(true=labels[t], predicted=labels[p], count=int(mistakes[t, p]))
        for t, p in places
        if mistakes[t, p] > 0
    ]


def _average(found: Counted, weights: Array) -> Average:
    precision, recall, f1 = (
        float(np.average(values, weights=weights)) for values in (found.precision, found.recall, found.f1)
    )
    return Average(precision=precision, recall=recall, f1=f1)


def _share(part: Array, whole: Array) -> Array:
    return np.divide(part, whole, out=np.zeros(len(whole)), where=whole > 0)
