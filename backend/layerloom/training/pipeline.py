"""Arrays become batches: small sets lie in memory, large ones are read from the disk as they are needed.

Work per batch, not per row, is what makes small models fast. The order of rows in an epoch depends on seed and epoch
alone, so a resumed run meets the same rows as one that was never interrupted.
"""

from typing import Any

import keras
import numpy as np
import tensorflow as tf

from layerloom.data.library import Library
from layerloom.data.parts import deal
from layerloom.job import USUAL_MEMORY, DataMemory
from layerloom.problem import Refusal
from layerloom.recipe import Recipe
from layerloom.training.arrays import Bound
from layerloom.training.feed import Feed, shuffled
from layerloom.training.signature import Signature
from layerloom.training.stored import Stored, opened
from layerloom.training.streaming import Stream
from layerloom.training.table import Table
from layerloom.training.weighting import by_class, class_column, class_weights

SAMPLED = 2**32 - 1
"""Stands for an epoch in drawing rows to look at again and again."""
MOST_SHUFFLED_ROWS = 1_000_000
"""Where there are more, a sample is drawn without shuffling all of them."""


class TrainingData:
    """The parts of a dataset as a recipe wants them. `validation` and `test` are None where there are no such rows.

    Of the training rows the last ones are `left_out` so that as many `sharers` of a batch always get equally many.
    """

    def __init__(
        self,
        library: Library,
        recipe: Recipe,
        signature: Signature,
        memory: DataMemory = USUAL_MEMORY,
        sharers: int = 1,
    ) -> None:
        self._recipe = recipe
        self._signature = signature
        self._memory = memory
        size = recipe.fit.batch_size
        split = opened(library, recipe.data, signature, "train", memory)
        parts = deal(library, recipe.data, recipe.seed, split.rows)
        table = self._table(split)
        # Keras weighs classes in training alone.
        self._trained_on = self._weighted(library, split, table)
        self.left_out = len(parts.train) % sharers
        self._rows = parts.train[: len(parts.train) - self.left_out]
        if not len(self._rows):
            raise Refusal("too-few-rows", f"Of {len(split.rows):,} whole rows, there are no rows to train on.")
        self._epochs = self._trained_on.in_epochs(self._rows, size, recipe.seed if recipe.fit.shuffle else None)
        self.training = self._epochs.feed
        self.validation = table.feed(parts.validation, size) if len(parts.validation) else None
        self.test = table.feed(parts.test, size) if len(parts.test) else self._test(library, size)

    @property
    def keeps_empty(self) -> bool:
        """Whether rows with empty cells are among the rows."""
        return self._recipe.data.missing == "keep"

    def begin_epoch(self, epoch: int, done_steps: int = 0) -> None:
        """Put the training rows into the order of this epoch (from 0), if the recipe wants them shuffled.

        The batches of its first `done_steps` come without rows.
        """
        self._epochs.begin(epoch, done_steps)

    def in_order(self) -> tf.data.Dataset:
        """The training rows once, unshuffled, in large batches."""
        return self._trained_on.feed(self._rows, self._trained_on.looked_at_rows).batches

    def sample(self, count: int) -> tuple[Any, ...]:
        """A batch (x, y), or (x, y, weights), of up to `count` training rows, always the same ones for a seed."""
        rows, seed = self._rows, self._recipe.seed
        if len(rows) > MOST_SHUFFLED_ROWS:
            draws = np.random.PCG64(np.random.SeedSequence([seed, SAMPLED])).random_raw(count)
            return self._trained_on.batch(rows[np.unique(draws % np.uint64(len(rows)))])
        return self._trained_on.batch(shuffled(rows, seed, SAMPLED)[:count])

    def _test(self, library: Library, size: int) -> Feed | None:
        if "test" not in library.get(self._recipe.data.dataset).rows:
            return None
        split = opened(library, self._recipe.data, self._signature, "test", self._memory)
        return self._table(split).feed(split.rows, size) if len(split.rows) else None

    def _table(self, split: Bound | Stored) -> Table | Stream:
        if isinstance(split, Stored):
            return Stream(split, self._signature, self._memory)
        return Table(split, self._signature, split.weights)

    def _weighted(self, library: Library, split: Bound | Stored, table: Table | Stream) -> Table | Stream:
        """The same rows, each counting as much as its class."""
        weights = class_weights(self._recipe, library.get(self._recipe.data.dataset))
        if weights is None:
            return table
        if isinstance(split, Stored):
            return Stream(split, self._signature, self._memory, weights, class_column(self._recipe))
        return Table(split, self._signature, by_class(library, self._recipe, "train"))


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
