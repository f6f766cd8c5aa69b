"""Batches as `fit` takes them, and the order in which rows come."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

PREFETCHED_BATCHES = 8

Rows = NDArray[np.int64]
Prepared = Callable[[tf.Tensor, str], tf.Tensor]
"""What is done to the values of an Input node of a dtype."""


@dataclass(frozen=True)
class Feed:
    """Batches of one part of the data, as `fit` takes them, and how many rows and batches they are.

    A batch is (x, y), or (x, y, weights) if rows count differently; weights have the shape (batch).
    """

    batches: tf.data.Dataset
    rows: int
    steps: int


def shuffled(rows: Rows, seed: int, epoch: int, *within: int) -> Rows:
    """These rows in an order that seed and epoch decide. Sorting raw draws is exactly defined in every NumPy."""
    draws = np.random.PCG64(np.random.SeedSequence([seed, epoch, *within])).random_raw(len(rows))
    return rows[np.argsort(draws, kind="stable")]


def cast(batch: tf.Tensor, dtype: str) -> tf.Tensor:
    """As an Input node of this dtype has it; texts stay as they are."""
    return tf.convert_to_tensor(batch) if dtype == "string" else tf.cast(batch, dtype)


def as_given(batch: tf.Tensor, dtype: str) -> tf.Tensor:
    """As `fit` is given it for an Input node of this dtype: pictures travel as bytes, all else is cast.

    Keras casts what it is given to the dtype of its Input, within the step. Until then a picture takes a quarter of the
    memory, of the work of writing there, and of the way to a GPU.
    """
    return tf.convert_to_tensor(batch) if batch.dtype == tf.uint8 else cast(batch, dtype)


def options() -> tf.data.Options:
    """Threads and tuning cost more than they gain where a batch is one gather."""
    chosen = tf.data.Options()
    chosen.autotune.enabled = False
    chosen.threading.private_threadpool_size = 1
    return chosen
