"""Models of checkpoints, read once and kept while they are among the last used."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import keras
import tensorflow as tf

from layerloom.checkpoint import MANIFEST, MODEL, Manifest, UnknownCheckpoint, find
from layerloom.training import signature as signatures
from layerloom.training.signature import Signature

KEPT_MODELS = 3


@dataclass(frozen=True)
class Loaded:
    """A model as it was after `epoch`; `call` is its inference, compiled."""

    epoch: int
    model: keras.Model
    call: Callable[[Any], Any]
    signature: Signature


def loaded(folder: Path, epoch: int | Literal["last", "best"]) -> Loaded:
    """The model of the run in `folder` after an epoch. Raises UnknownCheckpoint, also if it goes while it is read."""
    place = find(folder, epoch)
    try:
        return _loaded(place, (place / MANIFEST).stat().st_mtime_ns)
    except Exception:
        if (place / MANIFEST).exists():
            raise
        raise UnknownCheckpoint(epoch) from None


@lru_cache(maxsize=KEPT_MODELS)
def _loaded(place: Path, written_ns: int) -> Loaded:  # noqa: ARG001 (a checkpoint written anew is another one)
    manifest = Manifest.model_validate_json((place / MANIFEST).read_bytes())
    read = signatures.read(place)
    model = keras.models.load_model(place / MODEL, compile=False)
    return Loaded(manifest.epoch, model, tf.function(lambda x: model(x, training=False), reduce_retracing=True), read)
