"""Asking a trained model: samples in, in the units of the data set's columns, predictions out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from layerloom.checkpoint import MANIFEST, MODEL, find
from layerloom.modeling.custom import make_known
from layerloom.training import signature as signatures
from layerloom.training.samples import sample_arrays
from layerloom.training.signature import Signature, bare

KEPT_MODELS = 3
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
    place = find(folder, epoch)
    model = _loaded(place, (place / MANIFEST).stat().st_mtime_ns)
    arrays = sample_arrays(model.signature, inputs)
    parts = [model.call(bare(batch)) for batch in _batches(arrays)]
    outputs = model.signature.outputs
    return {
        name: _plain(np.concatenate([part[name] if isinstance(part, dict) else part for part in parts]))
        for name in outputs
    }


@dataclass(frozen=True)
class _Loaded:
    call: Callable[[Any], Any]
    signature: Signature


@lru_cache(maxsize=KEPT_MODELS)
def _loaded(place: Path, written_ns: int) -> _Loaded:  # noqa: ARG001 (a checkpoint written anew is another one)
    """The model of a checkpoint folder, kept while it is among the last used."""
    read = Signature.model_validate_json((place / signatures.FILE).read_bytes())
    make_known(read.code)
    model = keras.models.load_model(place / MODEL, compile=False)
    return _Loaded(tf.function(lambda x: model(x, training=False), reduce_retracing=True), read)


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
