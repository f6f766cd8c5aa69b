"""What the numbers of an output mean: which class they name, and how sure they are. NumPy alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.evaluation import Applied

Array = NDArray[Any]

YES_NO_LOSSES = frozenset({"BinaryCrossentropy", "BinaryFocalCrossentropy"})
MARGIN_LOSSES = frozenset({"Hinge", "SquaredHinge"})
"""They push one unit below or above zero."""
TOLERANCE = 1e-3


@dataclass(frozen=True)
class Reading:
    """How to read an output: `applied` makes probabilities of logits; `threshold` is what one unit must exceed."""

    applied: Applied | None
    threshold: float | None


def reading(loss: str, from_logits: bool, units: int) -> Reading:
    """By the loss that the output was trained with."""
    applied: Applied | None = None
    if from_logits:
        applied = "sigmoid" if loss in YES_NO_LOSSES or units == 1 else "softmax"
    threshold = None if units > 1 else 0.0 if loss in MARGIN_LOSSES else 0.5
    return Reading(applied, threshold)


def names_a_class(shape: Sequence[int | None], classes: int) -> bool:
    """Whether an output of this shape (one sample) speaks of so many classes: a unit each, or one for two."""
    return list(shape) == [classes] if classes != 2 else list(shape) in ([1], [2])


def scores(raw: Array, how: Reading) -> Array:
    """Scores (rows, classes) of what the model gave (rows, units), in float64; one unit speaks for two classes."""
    values = raw.astype(np.float64)
    if how.applied == "softmax":
        powers = np.exp(values - values.max(axis=1, keepdims=True))
        values = powers / powers.sum(axis=1, keepdims=True)
    elif how.applied == "sigmoid":
        values = _sigmoid(values)
    if how.threshold is None:
        return values
    # Mirrored at the threshold, so that the larger score wins.
    return np.concatenate([2 * how.threshold - values, values], axis=1)


def named(values: Array) -> Array:
    """The class of each row of scores; of equal ones the first."""
    return np.asarray(values.argmax(axis=1).astype(np.int32))


def are_probabilities(values: Array) -> bool:
    """Whether scores lie between 0 and 1; NaN does not count."""
    finite = values[np.isfinite(values)]
    return bool(finite.size) and bool(finite.min() >= -TOLERANCE and finite.max() <= 1 + TOLERANCE)


def _sigmoid(values: Array) -> Array:
    # Each side in the form that does not overflow.
    small = np.exp(-np.abs(values))
    return np.asarray(np.where(values >= 0, 1 / (1 + small), small / (1 + small)))
