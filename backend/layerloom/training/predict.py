"""Asking a trained model: samples in, in the units of the data set's columns, predictions out."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from layerloom.training.loaded import loaded
from layerloom.training.samples import sample_arrays
from layerloom.training.signature import bare

ROWS_AT_ONCE = 256

Array = NDArray[Any]


def predict(
    folder: Path, epoch: int | Literal["last", "best"], inputs: dict[str, Sequence[Any]]
) -> dict[str, list[Any]]:
    """What the model of the run in `folder` says of these samples, as it was after `epoch`.

    `inputs` has by Input name a list of samples, each of the shape of the Input (axes of size 1 may be left out), in
    the units of the columns. Answers by Output name one prediction a sample; numbers that are not finite become None.
    Raises UnknownCheckpoint, and Refusal for samples that do not fit.
    """
    model = loaded(folder, epoch)
    arrays = sample_arrays(model.signature, inputs)
    parts = [model.call(bare(batch)) for batch in _batches(arrays)]
    outputs = model.signature.outputs
    return {
        name: _plain(np.concatenate([part[name] if isinstance(part, dict) else part for part in parts]))
        for name in outputs
    }


def _batches(arrays: dict[str, Array]) -> Iterator[dict[str, tf.Tensor]]:
    count = len(next(iter(arrays.values())))
    for at in range(0, count, ROWS_AT_ONCE):
        yield {name: tf.constant(array[at : at + ROWS_AT_ONCE]) for name, array in arrays.items()}


def _plain(array: Array) -> list[Any]:
    """As JSON can carry it."""
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        array = np.where(np.isfinite(array), array.astype(object), np.array(None))
    plain: list[Any] = array.tolist()
    return plain
