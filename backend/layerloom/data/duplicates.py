"""Equal rows of a stored set, within and across its splits, found by a hash of each row."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from layerloom.data import storage
from layerloom.data.dataset import Column, DatasetInfo
from layerloom.data.relations import MOST_REPEATS, Duplicates, Repeats
from layerloom.data.values import TEXTS

MOST_EXAMPLES = 20
BYTES_AT_A_TIME = 16_000_000
TEXTS_AT_A_TIME = 100_000
GOLDEN = 0x9E3779B97F4A7C15

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]
Tell = Callable[[float], None]


def duplicates(folder: Path, info: DatasetInfo, tell: Tell = lambda _: None) -> tuple[Duplicates, Repeats]:
    """Rows that are equal to an earlier one in all columns that do not name rows: how many, and which.

    Eight bytes a row are held. That two of ten million different rows count as equal has a chance of 1 in 400 000.
    `tell` hears how far it is, from 0 to 1.
    """
    compared = [(index, column) for index, column in enumerate(info.columns) if not _names_rows(column, info)]
    if not compared:
        return Duplicates(rows=0, across_splits=0), Repeats(rows={}, across={})
    hashes = {split: _rows(folder, split, info.rows, compared, told) for split, told in _shares(info.rows, tell)}
    everything = pl.Series(np.concatenate(list(hashes.values())))
    repeats = np.flatnonzero(~everything.is_first_distinct().to_numpy())
    across = _across(hashes)
    counted = Duplicates(
        rows=len(repeats),
        across_splits=sum(len(rows) for rows in across.values()),
        examples=[_placed(int(row), info.rows) for row in repeats[:MOST_EXAMPLES]],
    )
    return counted, Repeats(rows=_by_split(repeats, info.rows), across=_first(across))


def _shares(rows: Mapping[str, int], tell: Tell) -> Iterator[tuple[str, Tell]]:
    """Each split with who hears how far it is, which is as much of the whole as it has rows."""
    total, before = sum(rows.values()), 0
    for split, count in rows.items():
        yield split, partial(_told, tell, before / total, count / total)
        before += count


def _told(tell: Tell, start: float, share: float, done: float) -> None:
    tell(start + share * done)


def _by_split(rows: Places, counts: Mapping[str, int]) -> dict[str, list[int]]:
    """Rows that are numbered through all splits, each in its own."""
    starts = np.cumsum([0, *counts.values()])
    ends = np.searchsorted(rows, starts)
    parts = [rows[ends[k] : ends[k + 1]] - starts[k] for k in range(len(counts))]
    return _first(dict(zip(counts, parts, strict=True)))


def _first(rows: Mapping[str, Places]) -> dict[str, list[int]]:
    """The first ones of all, of the splits that have any."""
    left, chosen = MOST_REPEATS, {}
    for split, places in rows.items():
        if len(places[:left]):
            chosen[split] = places[:left].tolist()
            left -= len(chosen[split])
    return chosen


def _names_rows(column: Column, info: DatasetInfo) -> bool:
    """Whether no two rows can be equal in this column."""
    return column.kind == "identifier" and (column.unique or 0) + column.missing >= info.rows["train"]


def _across(hashes: dict[str, Hashes]) -> dict[str, Places]:
    """Rows of a later split that are also in one before it."""
    before, found = pl.Series(dtype=pl.UInt64), {}
    for split, part in hashes.items():
        rows = pl.Series(part)
        if len(before):
            found[split] = np.flatnonzero(rows.is_in(before.implode()).to_numpy())
        before = pl.concat([before, rows])
    return found


def _placed(row: int, rows: dict[str, int]) -> tuple[str, int]:
    for split, count in rows.items():
        if row < count:
            return split, row
        row -= count
    raise IndexError(row)


def _rows(
    folder: Path,
    split: str,
    rows: Mapping[str, int],
    columns: Sequence[tuple[int, Column]],
    tell: Tell,
) -> Hashes:
    """A hash of each row of the split."""
    hashes = np.zeros(rows[split], dtype=np.uint64)
    for number, (index, column) in enumerate(columns):
        tell(number / len(columns))
        start = 0
        for piece in _cells(folder, split, index, column, rows):
            part = hashes[start : start + len(piece)]
            part[:] = _mixed(part + piece)
            start += len(piece)
    return hashes


def _cells(folder: Path, split: str, index: int, column: Column, splits: Iterable[str]) -> Iterator[Hashes]:
    """A hash of each cell of a column, some rows at a time."""
    if column.kind in TEXTS:
        rows = len(storage.read_array(folder, split, index)) - 1
        for start in range(0, rows, TEXTS_AT_A_TIME):
            texts = storage.read_texts(folder, split, index, slice(start, start + TEXTS_AT_A_TIME))
            yield pl.Series(texts, dtype=pl.String).hash(seed=index).to_numpy()
        return
    array = storage.read_array(folder, split, index)
    word = _word(folder, index, splits)
    step = max(1, BYTES_AT_A_TIME // max(1, array[:1].nbytes))
    for start in range(0, len(array), step):
        piece = array[start : start + step]
        yield _words(_alike(piece, word) if piece.ndim == 1 else piece)


def _word(folder: Path, index: int, splits: Iterable[str]) -> type[np.int64 | np.float64]:
    """What every cell of a column is compared as: whole numbers of one split may be fractions in another."""
    kinds = {storage.read_array(folder, split, index).dtype.kind for split in splits}
    return np.float64 if "f" in kinds else np.int64


def _alike(cells: NDArray[Any], word: type[np.int64 | np.float64]) -> NDArray[Any]:
    """Equal numbers as equal bytes: there is one zero and one empty cell."""
    numbers = cells.astype(word)
    return np.where(np.isnan(numbers), np.nan, numbers + 0.0) if word is np.float64 else numbers


def _words(rows: NDArray[Any]) -> Hashes:
    """Each row's bytes, filled up to whole words of eight, hashed word by word with its place and added up."""
    if rows.ndim == 1:
        words = rows.view(np.uint64)[:, np.newaxis]
    else:
        plain = np.ascontiguousarray(rows).reshape(len(rows), -1).view(np.uint8)
        words = np.pad(plain, ((0, 0), (0, -plain.shape[1] % 8))).view(np.uint64)
    places = np.arange(1, words.shape[1] + 1, dtype=np.uint64) * np.uint64(GOLDEN)
    hashes: Hashes = _mixed(words + places).sum(axis=1, dtype=np.uint64)
    return hashes


def _mixed(words: Hashes) -> Hashes:
    """The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): every bit in changes about half of those out."""
    mixed = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
