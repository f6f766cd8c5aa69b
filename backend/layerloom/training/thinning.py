"""What a node gives out, made small enough to be shown in it. Pure."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.activations import NodeActivations

MOST_MAPS = 8
MOST_SIDE = 32
LEAST_SIDE = 4
MOST_NUMBERS = 64
MOST_TEXTS = 16
LONGEST_TEXT = 60
DIGITS = 4
NUMBERS_IN_ALL = 400_000
"""Of an answer: about 3 MB of JSON."""

Array = NDArray[Any]


def side_of(samples: int) -> int:
    """How long a side of a map may be where so many samples at all nodes together are told."""
    side = MOST_SIDE
    while side > LEAST_SIDE and samples * MOST_MAPS * side * side > NUMBERS_IN_ALL:
        side //= 2
    return side


def told(array: Array, side: int = MOST_SIDE) -> NodeActivations:
    """The output of a node, samples first, channels last: maps of at most `side` squared, a vector, or texts."""
    shape = list(array.shape[1:])
    if array.dtype.kind in "OSU":
        return NodeActivations(kind="text", shape=shape, texts=[_texts(sample) for sample in array])
    numbers = np.abs(array) if array.dtype.kind == "c" else array.astype(np.float64)
    if len(shape) < 2:
        return NodeActivations(kind="vector", shape=shape, vectors=[_vector(sample.reshape(-1)) for sample in numbers])
    return NodeActivations(kind="maps", shape=shape, maps=[_maps(sample, side) for sample in numbers])


def _texts(sample: Any) -> list[str]:
    some = np.asarray(sample, dtype=object).reshape(-1)[:MOST_TEXTS]
    return [(text.decode(errors="replace") if isinstance(text, bytes) else str(text))[:LONGEST_TEXT] for text in some]


def _vector(values: Array) -> list[float | None]:
    return _rounded(values[:: _step(len(values), MOST_NUMBERS)])


def _maps(sample: Array, side: int) -> list[list[list[float | None]]]:
    """The first channels; of a volume its middle; steps by features are one map."""
    while sample.ndim > 3:
        sample = sample[sample.shape[0] // 2]
    channels = sample[..., None] if sample.ndim == 2 else sample
    down, across = (_step(length, side) for length in channels.shape[:2])
    thin = channels[::down, ::across, :MOST_MAPS]
    return [[_rounded(line) for line in thin[..., channel]] for channel in range(thin.shape[-1])]


def _step(length: int, most: int) -> int:
    return max(1, -(-length // most))


def _rounded(values: Array) -> list[float | None]:
    return [float(f"{value:.{DIGITS}g}") if np.isfinite(value) else None for value in values.tolist()]
