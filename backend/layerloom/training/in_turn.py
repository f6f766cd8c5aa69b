"""What a Python generator yields as a `tf.data` dataset, at half the cost for large arrays.

`Dataset.from_generator` tells the C library to give freed memory back at once, for the whole process (it logs "Memory
patch applied: M_TRIM_THRESHOLD"): each tensor of a batch is then made of new pages, which the system fills with zeros.
"""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import numpy as np
import tensorflow as tf

KEPT_ITERATORS = 8
"""Nobody tells when an iterator is given up before its end. Older ones than these have been."""

Yielded = tuple[dict[str, Any], int]


class _Iterators:
    """The iterators that TensorFlow has begun, by number."""

    def __init__(self, begin: Callable[[], Iterator[Yielded]], nothing: dict[str, Any]) -> None:
        self._begin, self._nothing = begin, nothing
        self._numbers, self._begun = count(), dict[int, Iterator[Yielded]]()

    def open(self) -> np.int64:
        number = next(self._numbers)
        self._begun[number] = self._begin()
        self._begun.pop(number - KEPT_ITERATORS, None)
        return np.int64(number)

    def next(self, number: np.int64) -> list[Any]:
        arrays, told = next(self._begun.get(int(number), iter(())), (self._nothing, 0))
        return [*tf.nest.flatten(arrays), np.int64(told)]


def in_turn(begin: Callable[[], Iterator[Yielded]], specs: dict[str, Any]) -> tf.data.Dataset:
    """Arrays as `specs` has them (a nest of `tf.TensorSpec`), each with a number above 0, as `begin()` yields them.

    An iterator of the dataset begins one of the generator.
    """
    flat = tf.nest.flatten(specs)
    nothing = tf.nest.map_structure(lambda spec: np.empty((0, *spec.shape[1:]), spec.dtype.as_numpy_dtype), specs)
    iterators = _Iterators(begin, nothing)

    def following(number: tf.Tensor) -> tuple[Any, tf.Tensor]:
        *arrays, told = tf.numpy_function(iterators.next, [number], [*(spec.dtype for spec in flat), tf.int64])
        shaped = [tf.ensure_shape(array, spec.shape) for array, spec in zip(arrays, flat, strict=True)]
        return tf.nest.pack_sequence_as(specs, shaped), tf.ensure_shape(told, ())

    def followed(number: tf.Tensor) -> tf.data.Dataset:
        every = tf.data.Dataset.counter().map(lambda _: following(number))
        return every.take_while(lambda _, told: told > 0)

    opened = tf.data.Dataset.range(1).map(lambda _: tf.numpy_function(iterators.open, [], tf.int64))
    return opened.map(lambda number: tf.ensure_shape(number, ())).flat_map(followed)
