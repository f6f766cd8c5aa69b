"""What is known of a tensor before there is one: its shape and dtype, and what it would take in memory."""

import math
import re
from functools import cache
from typing import NamedTuple

Shape = tuple[int | None, ...]

TIMES = "\N{MULTIPLICATION SIGN}"

_TEXT_BYTES = 16
"""A guess for one string: TensorFlow keeps short ones in place."""


class TensorSpec(NamedTuple):
    """Shape, batch axis first and unknown sizes as None, and dtype of one tensor; a constant has no batch axis."""

    shape: Shape
    dtype: str
    batched: bool = True

    @property
    def sample(self) -> Shape:
        """The shape of one sample, or of the constant."""
        return self.shape[1:] if self.batched else self.shape

    @property
    def elements(self) -> int:
        """Values in one sample; an unknown size counts as 1."""
        return elements(self.sample)

    @property
    def size_bytes(self) -> int:
        """Bytes of one sample; an unknown size counts as 1."""
        return self.elements * itemsize(self.dtype)


class Weight(NamedTuple):
    """Shape and dtype of one weight of a layer."""

    shape: tuple[int, ...]
    dtype: str
    trainable: bool

    @property
    def elements(self) -> int:
        """How many numbers it holds."""
        return math.prod(self.shape)

    @property
    def size_bytes(self) -> int:
        """Bytes that it takes."""
        return self.elements * itemsize(self.dtype)


def elements(shape: Shape) -> int:
    """The product of the sizes; an unknown size counts as 1."""
    return math.prod(size for size in shape if size is not None)


@cache
def itemsize(dtype: str) -> int:
    """Bytes of one value, read from the number in the dtype's name (bool: 1)."""
    if dtype == "string":
        return _TEXT_BYTES
    bits = re.search(r"\d+", dtype)
    return max(1, int(bits[0]) // 8) if bits else 1


def show(shape: Shape) -> str:
    """A sample shape for a person: `(28, 28, 1)`, `(3)`, unknown sizes as `?`, one value as `()`."""
    return f"({', '.join('?' if size is None else str(size) for size in shape)})"


def show_bytes(count: float) -> str:
    """A size for a person, three digits at most: `31.4 MB`, `602 GB`."""
    units = ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB"]
    while count >= 999.5 and len(units) > 1:
        count, units = count / 1000, units[1:]
    digits = f"{count:.0f}" if count >= 100 or units[0] == "B" else f"{count:.3g}"
    return f"{digits} {units[0]}" if count < 1e6 else f"{count:.1e} {units[0]}"
