"""Models of checkpoints, read once and kept while they are among the last used and there is memory for them."""

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import keras
import tensorflow as tf

from layerloom.checkpoint import MANIFEST, MODEL, Manifest, UnknownCheckpoint, find
from layerloom.training import signature as signatures
from layerloom.training.signature import Signature

KEPT_BYTES = 1_000_000_000
"""Of weights: a quarter of what the process may take, for what comes with them."""


@dataclass(frozen=True)
class Loaded:
    """A model as it was after `epoch`; `call` is its inference, compiled."""

    epoch: int
    model: keras.Model
    call: Callable[[Any], Any]
    signature: Signature

    @property
    def size_bytes(self) -> int:
        """What its variables take."""
        return sum(math.prod(one.shape) * tf.as_dtype(one.dtype).size for one in self.model.variables)


class Memory:
    """The models asked for last, as many as `most_bytes` of weights allow; the newest one always."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Hashable, tuple[Loaded, int]] = OrderedDict()

    def get(self, key: Hashable) -> Loaded | None:
        """The model kept under this key, which is now the last used."""
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key][0]

    def put(self, key: Hashable, model: Loaded) -> None:
        """Keep a model; those that were not asked for the longest make room."""
        self._kept[key] = (model, model.size_bytes)
        while len(self._kept) > 1 and sum(size for _, size in self._kept.values()) > self._most_bytes:
            self._kept.popitem(last=False)


_memory = Memory(KEPT_BYTES)


def loaded(folder: Path, epoch: int | Literal["last", "best"]) -> Loaded:
    """The model of the run in `folder` after an epoch. Raises UnknownCheckpoint, also if it goes while it is read."""
    place = find(folder, epoch)
    try:
        return _loaded(place, (place / MANIFEST).stat().st_mtime_ns)
    except Exception:
        if (place / MANIFEST).exists():
            raise
        raise UnknownCheckpoint(epoch) from None


def _loaded(place: Path, written_ns: int) -> Loaded:
    key = (place, written_ns)  # a checkpoint written anew is another one
    if known := _memory.get(key):
        return known
    manifest = Manifest.model_validate_json((place / MANIFEST).read_bytes())
    read = signatures.read(place)
    model = keras.models.load_model(place / MODEL, compile=False)
    call = tf.function(lambda x: model(x, training=False), reduce_retracing=True)
    new = Loaded(manifest.epoch, model, call, read)
    _memory.put(key, new)
    return new
