"""Generators as datasets, without what TensorFlow does to the memory of a process that has one."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import tensorflow as tf

from layerloom.training.in_turn import in_turn

SPECS = {"x": tf.TensorSpec((None, 2), tf.float32), "word": tf.TensorSpec((None,), tf.string)}


def pieces() -> Iterator[tuple[dict[str, Any], int]]:
    for length in (3, 0, 1):
        yield {"x": np.full((length, 2), length, np.float32), "word": np.array(["é"] * length, object)}, length + 1


def told(element: Any) -> tuple[Any, ...]:
    arrays, number = element
    return arrays["x"].tolist(), [word.decode() for word in arrays["word"].tolist()], int(number)


def test_a_generator_comes_piece_after_piece() -> None:
    dataset = in_turn(pieces, SPECS)

    assert [told(element) for element in dataset.as_numpy_iterator()] == [told(piece) for piece in _encoded()]
    assert dataset.element_spec == (SPECS, tf.TensorSpec((), tf.int64))


def test_iterators_do_not_take_from_each_other() -> None:
    dataset = in_turn(pieces, SPECS)
    first, second = dataset.as_numpy_iterator(), dataset.as_numpy_iterator()

    alternating = [told(next(one))[2] for one in (first, second, first, second, first, second)]

    assert alternating == [4, 4, 1, 1, 2, 2]


def _encoded() -> Iterator[tuple[Any, int]]:
    for arrays, number in pieces():
        yield {**arrays, "word": np.array([word.encode() for word in arrays["word"]], object)}, number
