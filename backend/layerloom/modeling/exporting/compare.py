"""How far the answers of a file are from those of Keras."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import keras
import numpy as np

from layerloom.modeling.exporting.runtime import Array

ALLOWED = 1e-4
ALLOWED_IN_HALF_PRECISION = 1e-2


@dataclass(frozen=True)
class Difference:
    """The largest difference between two answers; `relative` to the largest answer of its output. Infinite if not
    comparable."""

    absolute: float
    relative: float

    def is_small(self, model: keras.Model) -> bool:
        """Whether a file that differs so much may pass for the model; one in half precision rounds earlier."""
        halves = any("16" in str(layer.compute_dtype) for layer in model._flatten_layers())
        return self.relative <= (ALLOWED_IN_HALF_PRECISION if halves else ALLOWED)


NOT_COMPARABLE = Difference(math.inf, math.inf)


def difference(expected: Sequence[Array], received: Sequence[Array]) -> Difference:
    """The largest over all outputs."""
    if len(expected) != len(received):
        return NOT_COMPARABLE
    found = [_of_one(one, other) for one, other in zip(expected, received, strict=True)]
    return Difference(max(one.absolute for one in found), max(one.relative for one in found))


def _of_one(expected: Array, received: Array) -> Difference:
    if expected.shape != received.shape:
        return NOT_COMPARABLE
    if expected.dtype.kind in "OSU":
        return Difference(0.0, 0.0) if _texts(expected) == _texts(received) else NOT_COMPARABLE
    wanted, got = expected.astype(np.float64), received.astype(np.float64)
    finite = np.isfinite(wanted)
    if not np.array_equal(wanted[~finite], got[~finite], equal_nan=True) or not np.isfinite(got[finite]).all():
        return NOT_COMPARABLE
    absolute = float(np.max(np.abs(wanted - got)[finite], initial=0.0))
    largest = float(np.max(np.abs(wanted[finite]), initial=0.0))
    return Difference(absolute, absolute / largest if largest else absolute)


def _texts(array: Array) -> list[str]:
    return [text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text) for text in array.flat]
