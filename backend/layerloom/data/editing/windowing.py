"""The edit that makes a forecast of a table: each kept row with the values that came before it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from layerloom.data.editing.rows import Rows, at_a_time, on_disk
from layerloom.data.edits import Windows
from layerloom.data.reading.source import Unreadable
from layerloom.data.values import Values
from layerloom.data.windows import windows

FLOAT32_BYTES = 4


class Placed(NamedTuple):
    """Of one split: its `history` (rows, channels) in order, the rows that have a full window, where these begin.

    `rows` are numbers in the split as it is stored, `starts` in `history`; `gaps` windows had an empty cell.
    """

    history: NDArray[np.float32]
    rows: Rows
    starts: Rows
    gaps: int


def placed(edit: Windows, split: str, columns: list[NDArray[Any]], order: Rows) -> Placed:
    """Which rows of a split have a window; `columns` are whole, `order` puts their rows in time.

    Raises Unreadable `too-few-rows`.
    """
    history = np.stack([column[order].astype(np.float32) for column in columns], axis=1)
    reach = edit.length + edit.horizon - 1
    ends = np.arange(reach, len(history), edit.stride)
    starts = ends - reach
    empty = np.concatenate([[0], np.cumsum(~np.isfinite(history).all(axis=1))])
    full = empty[starts + edit.length] == empty[starts]
    if not full.any():
        message = (
            f"'{split}' has {len(order):,} rows in order; a window of {edit.length:,} rows, {edit.horizon:,} ahead, "
            f"needs {reach + 1:,} without an empty cell. Choose a shorter window."
        )
        raise Unreadable("too-few-rows", message)
    return Placed(history, order[ends[full]], starts[full], int(np.count_nonzero(~full)))


def check_size(edit: Windows, parts: Mapping[str, Placed], most_bytes: int) -> None:
    """Raises Unreadable `unpacks-too-large`, with the numbers, where the windows would take more than `most_bytes`."""
    rows = sum(len(part.rows) for part in parts.values())
    size = rows * edit.length * len(edit.columns) * FLOAT32_BYTES
    if size > most_bytes:
        message = (
            f"Windows of {edit.length:,} over {len(edit.columns):,} columns for {rows:,} rows take {size:,} bytes, "
            f"of {most_bytes:,} that this server allows (setting max_unpacked_bytes). "
            "Choose a shorter window or a larger stride."
        )
        raise Unreadable("unpacks-too-large", message)


def sequences(edit: Windows, parts: Mapping[str, Placed], scratch: Any) -> Values:
    """The windows as a column: sequence (rows, length, channels), oldest value first, written piece by piece."""
    return Values("sequence", {split: _sequence(edit, part, scratch) for split, part in parts.items()})


def _sequence(edit: Windows, part: Placed, scratch: Any) -> NDArray[Any]:
    views = windows(part.history, edit.length)
    target = on_disk(scratch, (len(part.starts), *views.shape[1:]), np.float32)
    step = at_a_time(target)
    for start in range(0, len(target), step):
        target[start : start + step] = views[part.starts[start : start + step]]
    return target
