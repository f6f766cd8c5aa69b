"""What every format is to the rest: something that writes a model, and something that opens what was written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Runtime = Callable[[Sequence[Array]], list[Array]]
"""Answers a batch: one array per input in the order of `model.inputs`, samples first, in; one per output out."""


@dataclass(frozen=True)
class Route:
    """How a format is written (`write`), read back by its own runtime (`open`), and what to take where it fails.

    `plain_names` says that the names of inputs and outputs must be identifiers.
    """

    title: str
    write: Callable[[keras.Model, Path], None]
    open: Callable[[Path, keras.Model], Runtime]
    instead: str
    plain_names: bool = False


def keras_runtime(model: keras.Model) -> Runtime:
    """A model as Keras itself runs it."""

    def run(batch: Sequence[Array]) -> list[Array]:
        given = keras.tree.pack_sequence_as(model.input, [keras.ops.convert_to_tensor(array) for array in batch])
        return [np.asarray(answer) for answer in keras.tree.flatten(model(given, training=False))]

    return run
