"""A split on the disk as batches: windows of rows are read ahead while the model trains on those before."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import tensorflow as tf

from layerloom.job import DataMemory
from layerloom.training.arrays import Array, Encoded
from layerloom.training.feed import PREFETCHED_BATCHES, Feed, Prepared, Rows, as_given, cast, options
from layerloom.training.in_turn import in_turn
from layerloom.training.signature import Signature, bare
from layerloom.training.stored import Stored
from layerloom.training.weighting import Weights, of_rows
from layerloom.training.windows import Windows

LOOKED_AT_BYTES = 4_000_000
READ_BYTES = 4_000_000
"""About so much of large rows is read at once: what waits for its turn should not fill memory, nor leave its caches."""
MOST_LOOKED_AT_ROWS = 16_384


class Stream:
    """Rows of a stored split. With weights by class, a row counts by the class in `class_column`.

    `reads_alone`: rows are so large that each is read by itself.
    """

    def __init__(
        self,
        stored: Stored,
        signature: Signature,
        memory: DataMemory,
        by_class: Weights | None = None,
        class_column: str | None = None,
    ) -> None:
        self._stored = stored
        self._by_class, self._class_column = by_class, class_column
        self._dtypes = {name: tensor.dtype for name, tensor in signature.inputs.items()}
        row_bytes = stored.columns.row_bytes
        self.looked_at_rows = min(MOST_LOOKED_AT_ROWS, max(1, LOOKED_AT_BYTES // row_bytes))
        self._row_bytes = row_bytes
        self._windows = Windows.of(row_bytes, memory)
        self.reads_alone = self._windows.block_rows == 1

    def feed(self, rows: Rows, size: int) -> Feed:
        """These rows in batches of `size`, the last one smaller."""
        return StreamEpochs(self, rows, size, None).feed

    def in_epochs(self, rows: Rows, size: int, seed: int | None) -> "StreamEpochs":
        """These rows, in another order each epoch if there is a seed."""
        return StreamEpochs(self, rows, size, seed)

    def batch(self, rows: Rows) -> tuple[Any, ...]:
        """These rows as one batch, of the dtypes that the Input nodes have."""
        return self.batch_of(self.take(rows), cast)

    def take(self, rows: Rows) -> dict[str, dict[str, Array]]:
        """These rows as nodes take them; "weights" is empty where all count the same."""
        arrays = self._stored.columns.take(rows)
        found: Encoded = self._stored.encode(arrays)
        weights = found.weights
        if self._by_class is not None and self._class_column is not None:
            weights = of_rows(self._by_class, arrays[self._class_column])
        return {"x": found.inputs, "y": found.targets, "weights": {} if weights is None else {"weights": weights}}

    def specs(self) -> dict[str, dict[str, tf.TensorSpec]]:
        """What `take` gives for any number of rows."""
        nothing = self.take(np.arange(0, dtype=np.int64))
        return {part: {name: _spec(array) for name, array in arrays.items()} for part, arrays in nothing.items()}

    def batch_of(self, rows: dict[str, dict[str, Any]], prepared: Prepared = as_given) -> tuple[Any, ...]:
        """A batch of what `take` gave."""
        x = {name: prepared(values, self._dtypes[name]) for name, values in rows["x"].items()}
        y = {name: tf.convert_to_tensor(values) for name, values in rows["y"].items()}
        return (bare(x), bare(y), *rows["weights"].values())

    def runs(self, rows: Rows, size: int, seed: int | None, epoch: int, done_rows: int) -> Iterator[Rows]:
        """Rows in the order of the epoch, from `done_rows` on, in runs of whole batches.

        Where neighbours are read together, a run is about a window; where each row is read alone, it is a few batches.
        """
        left, begins = rows[:0], 0
        for window in self._windows.over(len(rows), seed, epoch):
            coming = window[max(0, done_rows - begins) :]
            begins += len(window)
            left = np.concatenate([left, rows[coming]])
            whole = len(left) // size * size
            yield from self._pieces(left[:whole], size)
            left = left[whole:]
        if len(left):
            yield left

    def _pieces(self, rows: Rows, size: int) -> Iterator[Rows]:
        """Whole batches as they are read at once."""
        at_once = max(1, READ_BYTES // (self._row_bytes * size)) * size if self.reads_alone else max(1, len(rows))
        for first in range(0, len(rows), at_once):
            yield rows[first : first + at_once]


class StreamEpochs:
    """The training rows of a stream; an iterator that is made after `begin` has those of that epoch."""

    def __init__(self, stream: Stream, rows: Rows, size: int, seed: int | None) -> None:
        self._stream, self._rows, self._size, self._seed = stream, rows, size, seed
        self._epoch, self._done_steps = 0, 0
        with tf.device("CPU:0"):
            batches = self._as_dataset().prefetch(1).flat_map(self._batches)
        # Reading and training each need a thread: the pool of one that suits tables would make them take turns.
        chosen = options()
        chosen.threading.private_threadpool_size = 2
        steps = -(-len(rows) // size)
        # Keras asks how long it is: calls of several steps do not tell by an exception where it ends.
        counted = batches.prefetch(PREFETCHED_BATCHES).apply(tf.data.experimental.assert_cardinality(steps))
        self.feed = Feed(counted.with_options(chosen), len(rows), steps)

    def begin(self, epoch: int, done_steps: int) -> None:
        """The batches of the first `done_steps` come without rows."""
        self._epoch, self._done_steps = epoch, done_steps

    def _as_dataset(self) -> tf.data.Dataset:
        specs = self._stream.specs()
        if self._stream.reads_alone:
            return in_turn(self._read, specs)
        # What a window of a table took is better given back at once: it is large, and of other sizes each time.
        return tf.data.Dataset.from_generator(self._read, output_signature=(specs, tf.TensorSpec((), tf.int64)))

    def _read(self) -> Iterator[tuple[dict[str, dict[str, Array]], int]]:
        """Runs of rows, and how many batches each is."""
        done = self._done_steps
        if done:
            yield self._stream.take(self._rows[:0]), done
        for run in self._stream.runs(self._rows, self._size, self._seed, self._epoch, done * self._size):
            yield self._stream.take(run), -(-len(run) // self._size)

    def _batches(self, run: dict[str, dict[str, tf.Tensor]], count: tf.Tensor) -> tf.data.Dataset:
        def batch(number: tf.Tensor) -> tuple[Any, ...]:
            at = number * self._size
            rows = tf.nest.map_structure(lambda values: values[at : at + self._size], run)
            return self._stream.batch_of(rows)

        return tf.data.Dataset.range(count).map(batch)


def _spec(array: Array) -> tf.TensorSpec:
    dtype = tf.string if array.dtype == object else tf.as_dtype(array.dtype)
    return tf.TensorSpec((None, *array.shape[1:]), dtype)
