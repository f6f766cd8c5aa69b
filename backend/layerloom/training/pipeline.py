"""Arrays become batches: columns lie in memory as tensors, a batch is one gather of its rows.

The order of rows in an epoch depends on seed and epoch alone, so a resumed run meets the same rows as one that was
never interrupted. Work per batch, not per row, is what makes small models fast.
"""

from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from layerloom.data.library import Library
from layerloom.data.split import split
from layerloom.recipe import Recipe
from layerloom.training.arrays import Array, Bound, bind
from layerloom.training.signature import Signature, bare

PREFETCHED_BATCHES = 8

Tensors = dict[str, tf.Tensor]


@dataclass(frozen=True)
class Feed:
    """Batches (x, y) of one part of the data, as `fit` takes them, and how many rows and batches they are."""

    batches: tf.data.Dataset
    rows: int
    steps: int


class TrainingData:
    """The parts of a dataset as a recipe wants them. `validation` and `test` are None where there are no such rows."""

    def __init__(self, library: Library, recipe: Recipe, signature: Signature) -> None:
        self.epoch = tf.Variable(0, dtype=tf.int64, trainable=False, name="epoch")
        self._recipe = recipe
        self._signature = signature
        bound = bind(library, recipe.data, signature, "train")
        training, held_out = split(len(bound.rows), recipe.data.validation_fraction, recipe.seed)
        table = self._table(bound)
        self._training = (table, bound.rows[training])
        self.training = self._feed(*self._training, shuffle=recipe.fit.shuffle)
        self.validation = self._feed(table, bound.rows[held_out]) if len(held_out) else None
        self.test = self._test(library)

    def ordered(self) -> tf.data.Dataset:
        """The training batches once, in the order of the rows."""
        return self._feed(*self._training).batches

    def _test(self, library: Library) -> Feed | None:
        if "test" not in library.get(self._recipe.data.dataset).rows:
            return None
        bound = bind(library, self._recipe.data, self._signature, "test")
        return self._feed(self._table(bound), bound.rows) if len(bound.rows) else None

    def _table(self, bound: Bound) -> tuple[Tensors, Tensors]:
        return _tensors(bound.inputs), _tensors(bound.targets)

    def _feed(self, table: tuple[Tensors, Tensors], rows: NDArray[np.int64], shuffle: bool = False) -> Feed:
        size = self._recipe.fit.batch_size
        inputs, targets = table
        dtypes = {name: tensor.dtype for name, tensor in self._signature.inputs.items()}

        def batch(numbers: tf.Tensor) -> tuple[object, object]:
            x = {name: _cast(tf.gather(tensor, numbers), dtypes[name]) for name, tensor in inputs.items()}
            y = {name: tf.gather(tensor, numbers) for name, tensor in targets.items()}
            return bare(x), bare(y)

        steps = -(-len(rows) // size)
        order = self._order(rows, shuffle)
        starts = tf.data.Dataset.range(0, len(rows), size)
        batches = order.flat_map(lambda order: starts.map(lambda at: batch(order[at : at + size])))
        batches = batches.apply(tf.data.experimental.assert_cardinality(steps)).prefetch(PREFETCHED_BATCHES)
        return Feed(batches.with_options(_options()), len(rows), steps)

    def _order(self, rows: NDArray[np.int64], shuffle: bool) -> tf.data.Dataset:
        """One element: the row numbers in the order of the epoch that `self.epoch` names when iteration starts."""
        with tf.device("CPU:0"):
            numbers = tf.constant(rows.astype(np.int32))
        once = tf.data.Dataset.from_tensors(numbers)
        if not shuffle:
            return once
        seed = self._recipe.seed
        return once.map(lambda rows: tf.random.experimental.stateless_shuffle(rows, seed=[seed, self.epoch]))


class EpochOrder(keras.callbacks.Callback):
    """Tells the data which epoch begins, since the order of its rows follows from that."""

    def __init__(self, data: TrainingData) -> None:
        super().__init__()
        self._data = data

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Set the epoch before Keras makes the iterator."""
        self._data.epoch.assign(epoch)


def _tensors(arrays: dict[str, Array]) -> Tensors:
    # On the CPU even where there is a GPU: batches travel, whole columns need not fit there.
    with tf.device("CPU:0"):
        return {name: tf.constant(array) for name, array in arrays.items()}


def _cast(batch: tf.Tensor, dtype: str) -> tf.Tensor:
    return batch if dtype == "string" else tf.cast(batch, dtype)


def _options() -> tf.data.Options:
    """Tuning threads cost more than they gain where a batch is one gather."""
    options = tf.data.Options()
    options.autotune.enabled = False
    options.threading.private_threadpool_size = 1
    return options
