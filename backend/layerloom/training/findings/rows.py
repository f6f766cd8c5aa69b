"""Equal rows in two splits: every row becomes a hash of its bytes, so that millions are compared in seconds."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

DIGEST_BYTES = 12
ROWS_AT_A_TIME = 4_096

Array = NDArray[Any]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Overlap:
    """Of `rows` held-out rows, `equal` have a training row with the same inputs and targets; `contradicting` have one
    with the same inputs and none with the same targets.
    """

    rows: int
    equal: int
    contradicting: int


def overlap(held_out: "Hashes", training: "Hashes") -> Overlap:
    """How many rows of one part the other one has too."""
    inputs, whole = set(training.inputs), set(training.whole)
    equal = sum(row in whole for row in held_out.whole)
    known = sum(row in inputs for row in held_out.inputs)
    return Overlap(len(held_out.whole), equal, known - equal)


@dataclass(frozen=True)
class Hashes:
    """One hash a row: of the inputs, and of inputs and targets together."""

    inputs: list[bytes]
    whole: list[bytes]


def hashes(inputs: Sequence[Array], targets: Sequence[Array], rows: Rows) -> Hashes:
    """The hashes of these rows. Arrays have rows first; texts are Python strings."""
    by_input = _hashed(inputs, rows)
    return Hashes(by_input, [a + b for a, b in zip(by_input, _hashed(targets, rows), strict=True)])


def _hashed(arrays: Sequence[Array], rows: Rows) -> list[bytes]:
    found: list[bytes] = []
    for start in range(0, len(rows), ROWS_AT_A_TIME):
        packed = [_packed(array[rows[start : start + ROWS_AT_A_TIME]]) for array in arrays]
        found += [blake2b(b"".join(row), digest_size=DIGEST_BYTES).digest() for row in zip(*packed, strict=True)]
    return found


def _packed(array: Array) -> list[bytes]:
    """The bytes of each row; lengths lead those that vary, so that joined rows can not be mistaken for each other."""
    if array.dtype.kind == "O":
        texts = [repr(row if isinstance(row, str) else row.tolist()).encode("utf-8", "surrogatepass") for row in array]
        return [len(text).to_bytes(8, "little") + text for text in texts]
    flat = np.ascontiguousarray(array).reshape(len(array), -1)
    packed: list[bytes] = flat.view(f"V{flat.shape[1] * flat.itemsize}").ravel().tolist()
    return packed
