"""What callbacks have seen so far: kept with each checkpoint, so that patience goes on where it was.

Keras's callbacks forget everything when training begins, so their state is put back after that.
"""

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

NUMBERS = ("wait", "best", "best_epoch", "stopped_epoch", "cooldown_counter", "_ema_weights_in_model")
WEIGHTS = "best_weights"

Arrays = dict[str, NDArray[Any]]
Numbers = dict[str, float | int | None]


def numbers_of(callbacks: Sequence[keras.callbacks.Callback]) -> list[Numbers]:
    """The counters and best values of each callback."""
    return [{name: getattr(callback, name) for name in NUMBERS if hasattr(callback, name)} for callback in callbacks]


def arrays_of(callbacks: Sequence[keras.callbacks.Callback]) -> Arrays:
    """The weights that callbacks keep, by callback and place."""
    return {
        _key(index, place): np.asarray(weight)
        for index, callback in enumerate(callbacks)
        for place, weight in enumerate(getattr(callback, WEIGHTS, None) or [])
    }


def restore(callbacks: Sequence[keras.callbacks.Callback], numbers: Sequence[Numbers], arrays: Arrays) -> None:
    """Put back what `numbers_of` and `arrays_of` gave."""
    for index, (callback, values) in enumerate(zip(callbacks, numbers, strict=True)):
        for name, value in values.items():
            setattr(callback, name, value)
        count = sum(key.startswith(_key(index, "")) for key in arrays)
        if count:
            setattr(callback, WEIGHTS, [arrays[_key(index, place)] for place in range(count)])


def _key(index: int, place: int | str) -> str:
    return f"callback-{index}-{place}"
