"""Lists of numbers that differ in their length: a sequence padded with zeros at the end, and how long each was."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from layerloom.data.dataset import Kind
from layerloom.data.source import Raw


class Spread(NamedTuple):
    """One column that came of a column: its cells by split, and its kind where that is certain."""

    parts: Mapping[str, Raw]
    kind: Kind | None = None


def spread(name: str, parts: Mapping[str, Raw], others: Collection[str]) -> dict[str, Spread]:
    """Columns of this column by name, none called as one of the `others`.

    Lists of one length are a vector. Lists that differ are a sequence (rows, longest, 1) and the column
    "<name> length", which a mask can be made of. Everything else is itself. A missing list is one of no numbers.
    """
    lists = {split: part for split, part in parts.items() if isinstance(part, pl.Series) and _holds_numbers(part)}
    lengths = {split: part.list.len().fill_null(0).to_numpy().astype(np.int64) for split, part in lists.items()}
    longest = max((int(part.max(initial=0)) for part in lengths.values()), default=0)
    if not lists or longest == 0:
        return {name: Spread(parts)}
    padded = {split: _padded(part, lengths[split], longest) for split, part in lists.items()}
    if all((part == longest).all() for part in lengths.values()):
        return {name: Spread(padded, "vector")}
    called = f"{name} length"
    while called in others:
        called += " "
    counts = {split: pl.Series(called, part) for split, part in lengths.items()}
    sequences = {split: part[..., np.newaxis] for split, part in padded.items()}
    return {name: Spread(sequences, "sequence"), called: Spread(counts, "number")}


def _holds_numbers(part: pl.Series) -> bool:
    return isinstance(part.dtype, pl.List) and pl.Series(dtype=part.dtype).explode().dtype.is_numeric()


def _padded(lists: pl.Series, lengths: NDArray[np.int64], longest: int) -> NDArray[Any]:
    """The numbers as float32 (rows, longest), zero behind the end of each list."""
    padded = np.zeros((len(lists), longest), dtype=np.float32)
    numbers = lists.filter(pl.Series(lengths > 0)).explode()
    padded[np.arange(longest) < lengths[:, np.newaxis]] = numbers.cast(pl.Float32).to_numpy()
    return padded
