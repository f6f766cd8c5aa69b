"""Arrays become batches: columns lie in memory as tensors, a batch is one gather of its rows.

Work per batch, not per row, is what makes small models fast. The order of rows in an epoch depends on seed and epoch
alone, so a resumed run meets the same rows as one that was never interrupted.
"""

from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from layerloom.data.library import Library
from layerloom.data.split import split
from layerloom.problem import Refusal
from layerloom.recipe import Recipe
from layerloom.training.arrays import Array, Bound, bind
from layerloom.training.signature import Signature, bare
from layerloom.training.weighting import by_class

PREFETCHED_BATCHES = 8
SAMPLED = 2**32 - 1
"""Stands for an epoch in drawing rows to look at again and again."""
LOOKED_AT_ROWS = 1_024
"""How many rows at once layers see that adapt to the data."""

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Feed:
    """Batches of one part of the data, as `fit` takes them, and how many rows and batches they are.

    A batch is (x, y), or (x, y, weights) if rows count differently; weights have the shape (batch).
    """

    batches: tf.data.Dataset
    rows: int
    steps: int


class TrainingData:
    """The parts of a dataset as a recipe wants them. `validation` and `test` are None where there are no such rows."""

    def __init__(self, library: Library, recipe: Recipe, signature: Signature) -> None:
        self._recipe = recipe
        self._signature = signature
        size = recipe.fit.batch_size
        bound = bind(library, recipe.data, signature, "train")
        training, held_out = split(len(bound.rows), recipe.data.validation_fraction, recipe.seed)
        table = _Table(bound, signature, bound.weights)
        by_classes = by_class(library, recipe, "train")
        # Keras weighs classes in training alone.
        self._table = table if by_classes is None else _Table(bound, signature, by_classes)
        self._rows = bound.rows[training]
        if not len(self._rows):
            raise Refusal("too-few-rows", f"Of {len(bound.rows):,} whole rows, there are no rows to train on.")
        with tf.device("CPU:0"):
            self._order = tf.Variable(self._rows, dtype=tf.int64, trainable=False, name="order")
            self._first_row = tf.Variable(0, dtype=tf.int64, trainable=False, name="first_row")
        self.training = self._table.feed(self._order, size, self._first_row)
        self.validation = table.feed(bound.rows[held_out], size) if len(held_out) else None
        self.test = self._test(library, size)

    @property
    def keeps_empty(self) -> bool:
        """Whether rows with empty cells are among the rows."""
        return self._recipe.data.missing == "keep"

    def begin_epoch(self, epoch: int, done_steps: int = 0) -> None:
        """Put the training rows into the order of this epoch (from 0), if the recipe wants them shuffled.

        The batches of its first `done_steps` come without rows.
        """
        self._first_row.assign(done_steps * self._recipe.fit.batch_size)
        if self._recipe.fit.shuffle:
            self._order.assign(shuffled(self._rows, self._recipe.seed, epoch))

    def in_order(self) -> tf.data.Dataset:
        """The training rows once, unshuffled, in large batches."""
        return self._table.feed(self._rows, LOOKED_AT_ROWS).batches

    def sample(self, count: int) -> tuple[Any, ...]:
        """A batch (x, y), or (x, y, weights), of up to `count` training rows, always the same ones for a seed."""
        rows = shuffled(self._rows, self._recipe.seed, SAMPLED)[:count]
        batch: tuple[Any, ...] = next(iter(self._table.feed(rows, count).batches))
        return batch

    def _test(self, library: Library, size: int) -> Feed | None:
        if "test" not in library.get(self._recipe.data.dataset).rows:
            return None
        bound = bind(library, self._recipe.data, self._signature, "test")
        return _Table(bound, self._signature, bound.weights).feed(bound.rows, size) if len(bound.rows) else None


class EpochOrder(keras.callbacks.Callback):  # type: ignore[misc]
    """Tells the data which epoch begins; in the first one, `done_steps` were done by an earlier attempt."""

    def __init__(self, data: TrainingData, done_steps: int = 0) -> None:
        super().__init__()
        self._data = data
        self._done_steps = done_steps

    def on_epoch_begin(self, epoch: int, logs: object = None) -> None:  # noqa: ARG002 (Keras's signature)
        """Set the order of rows; Keras makes its iterator after this."""
        self._data.begin_epoch(epoch, self._done_steps)
        self._done_steps = 0


def shuffled(rows: Rows, seed: int, epoch: int) -> Rows:
    """These rows in an order that seed and epoch decide. Sorting raw draws is exactly defined in every NumPy."""
    draws = np.random.PCG64(np.random.SeedSequence([seed, epoch])).random_raw(len(rows))
    return rows[np.argsort(draws, kind="stable")]


class _Table:
    """The columns of one split as tensors. On the CPU even where there is a GPU: whole columns need not fit there."""

    def __init__(self, bound: Bound, signature: Signature, weights: Array | None) -> None:
        self._inputs = _tensors(bound.inputs)
        self._targets = _tensors(bound.targets)
        self._weights = _tensors({} if weights is None else {"weights": weights})
        self._dtypes = {name: tensor.dtype for name, tensor in signature.inputs.items()}

    def feed(self, rows: Rows | tf.Variable, size: int, first_row: tf.Variable | int = 0) -> Feed:
        """These rows in batches of `size`, the last one smaller; a variable is read as the batches are made.

        Batches before `first_row` are empty.
        """
        count = int(rows.shape[0])
        with tf.device("CPU:0"):
            order = rows if isinstance(rows, tf.Variable) else tf.constant(rows)
        starts = tf.data.Dataset.range(0, count, size)
        ends = starts.map(lambda at: (at, tf.where(at < first_row, at, at + size)))
        batches = ends.map(lambda at, end: self._batch(order[at:end])).prefetch(PREFETCHED_BATCHES)
        return Feed(batches.with_options(_options()), count, -(-count // size))

    def _batch(self, rows: tf.Tensor) -> tuple[Any, ...]:
        x = {name: _cast(tf.gather(tensor, rows), self._dtypes[name]) for name, tensor in self._inputs.items()}
        y = {name: tf.gather(tensor, rows) for name, tensor in self._targets.items()}
        return (bare(x), bare(y), *(tf.gather(tensor, rows) for tensor in self._weights.values()))


def _tensors(arrays: dict[str, Array]) -> dict[str, tf.Tensor]:
    with tf.device("CPU:0"):
        return {name: tf.constant(array) for name, array in arrays.items()}


def _cast(batch: tf.Tensor, dtype: str) -> tf.Tensor:
    return batch if dtype == "string" else tf.cast(batch, dtype)


def _options() -> tf.data.Options:
    """Threads and tuning cost more than they gain where a batch is one gather."""
    options = tf.data.Options()
    options.autotune.enabled = False
    options.threading.private_threadpool_size = 1
    return options
