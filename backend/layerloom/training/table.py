"""A split in memory: columns lie there as tensors, a batch is one gather of its rows."""

from typing import Any

import tensorflow as tf

from layerloom.training.arrays import Array, Bound
from layerloom.training.feed import PREFETCHED_BATCHES, Feed, Prepared, Rows, as_given, cast, options, shuffled
from layerloom.training.signature import Signature, bare

LOOKED_AT_ROWS = 1_024
"""How many rows at once layers see that adapt to the data."""


class Table:
    """The columns of one split as tensors. On the CPU even where there is a GPU: whole columns need not fit there."""

    looked_at_rows = LOOKED_AT_ROWS

    def __init__(self, bound: Bound, signature: Signature, weights: Array | None) -> None:
        self._inputs = _tensors(bound.inputs)
        self._targets = _tensors(bound.targets)
        self._weights = _tensors({} if weights is None else {"weights": weights})
        self._dtypes = {name: tensor.dtype for name, tensor in signature.inputs.items()}

    def feed(self, rows: Rows, size: int) -> Feed:
        """These rows in batches of `size`, the last one smaller."""
        with tf.device("CPU:0"):
            return self._feed(tf.constant(rows), size, 0)

    def in_epochs(self, rows: Rows, size: int, seed: int | None) -> "TableEpochs":
        """These rows, in another order each epoch if there is a seed."""
        return TableEpochs(self, rows, size, seed)

    def batch(self, rows: Rows) -> tuple[Any, ...]:
        """These rows as one batch, of the dtypes that the Input nodes have."""
        return self._batch(tf.constant(rows), cast)

    def _feed(self, order: tf.Tensor | tf.Variable, size: int, first_row: tf.Variable | int) -> Feed:
        """A variable is read as the batches are made. Batches before `first_row` are empty."""
        count = int(order.shape[0])
        starts = tf.data.Dataset.range(0, count, size)
        ends = starts.map(lambda at: (at, tf.where(at < first_row, at, at + size)))
        batches = ends.map(lambda at, end: self._batch(order[at:end])).prefetch(PREFETCHED_BATCHES)
        return Feed(batches.with_options(options()), count, -(-count // size))

    def _batch(self, rows: tf.Tensor, prepared: Prepared = as_given) -> tuple[Any, ...]:
        x = {name: prepared(tf.gather(tensor, rows), self._dtypes[name]) for name, tensor in self._inputs.items()}
        y = {name: tf.gather(tensor, rows) for name, tensor in self._targets.items()}
        return (bare(x), bare(y), *(tf.gather(tensor, rows) for tensor in self._weights.values()))


class TableEpochs:
    """The training rows of a table, put into the order of an epoch when it begins."""

    def __init__(self, table: Table, rows: Rows, size: int, seed: int | None) -> None:
        self._rows, self._size, self._seed = rows, size, seed
        with tf.device("CPU:0"):
            self._order = tf.Variable(rows, dtype=tf.int64, trainable=False, name="order")
            self._first_row = tf.Variable(0, dtype=tf.int64, trainable=False, name="first_row")
            self.feed = table._feed(self._order, size, self._first_row)

    def begin(self, epoch: int, done_steps: int) -> None:
        """The batches of the first `done_steps` come without rows."""
        self._first_row.assign(done_steps * self._size)
        if self._seed is not None:
            self._order.assign(shuffled(self._rows, self._seed, epoch))


def _tensors(arrays: dict[str, Array]) -> dict[str, tf.Tensor]:
    with tf.device("CPU:0"):
        return {name: tf.constant(array) for name, array in arrays.items()}
