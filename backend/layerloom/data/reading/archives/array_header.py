"""What a `.npy` file says it holds, judged before room is made for it."""

import io
import math
import tokenize
from typing import Any, NamedTuple

import numpy as np

from layerloom.data.reading.source import Unreadable

MAGIC = b"\x93NUMPY"
HEAD_BYTES = 16_384
MOST_AXES = 4
NUMBERS, TEXTS = "biuf", "US"
MOST_ITEM_BYTES = 8
_READERS = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}


class Header(NamedTuple):
    """The shape (rows first) and the kind of the numbers, and where they begin, in bytes."""

    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    start: int

    @property
    def size(self) -> int:
        """What the numbers take, in bytes; no machine's whole number is too small for it."""
        return math.prod(self.shape) * self.dtype.itemsize


def header(name: str, content: bytes, total: int) -> Header:
    """The header of an array, by the first of its `total` bytes.

    Raises Unreadable `malformed`, `pickled`, `unsupported-array`, `empty`.
    """
    found = _parsed(name, content)
    _check_dtype(name, found)
    if not found.shape:
        message = f"Array '{name}' is a single value. Expected arrays with the rows as first axis."
        raise Unreadable("unsupported-array", message)
    if 0 in found.shape:
        raise Unreadable("empty", f"Array '{name}' has the shape {found.shape}: it holds nothing.")
    if len(found.shape) > MOST_AXES:
        message = f"Array '{name}' has the shape {found.shape}. Expected at most {MOST_AXES} axes, the rows first."
        raise Unreadable("unsupported-array", message)
    if found.size != total - found.start:
        there = f"there are {total - found.start:,}"
        message = f"Array '{name}' is damaged: its shape {found.shape} takes {found.size:,} bytes, {there}."
        raise Unreadable("malformed", message)
    return found


def _parsed(name: str, content: bytes) -> Header:
    file = io.BytesIO(content)
    try:
        shape, _, dtype = _READERS[np.lib.format.read_magic(file)](file)
    except (ValueError, LookupError, TypeError, SyntaxError, OverflowError, RecursionError, tokenize.TokenError):
        raise Unreadable("malformed", f"Array '{name}' is damaged, or no .npy file.") from None
    if any(isinstance(size, bool) or size < 0 for size in shape):
        raise Unreadable("malformed", f"Array '{name}' is damaged: it has the shape {shape}.")
    return Header(shape, dtype, file.tell())


def _check_dtype(name: str, found: Header) -> None:
    dtype = found.dtype
    if dtype.hasobject:
        message = f"Array '{name}' holds Python objects, which are not read: they can run programs. Save numbers only."
        raise Unreadable("pickled", message)
    is_text = dtype.kind in TEXTS and len(found.shape) == 1 and dtype.itemsize > 0
    if not is_text and (dtype.kind not in NUMBERS or dtype.itemsize > MOST_ITEM_BYTES):
        kinds = "Expected booleans, whole numbers, floats of up to 64 bits, or a list of texts"
        raise Unreadable("unsupported-array", f"Array '{name}' holds {dtype}. {kinds}.")
