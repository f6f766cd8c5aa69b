"""From raw columns to values of a kind: one set of rules for every dataset, with hints where they guess wrong."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from layerloom.data.dataset import Kind
from layerloom.data.description import ColumnHint
from layerloom.data.source import Raw
from layerloom.data.values import MISSING_INDEX, TEXTS, Values

MAX_CATEGORIES = 50
LARGEST = float(np.finfo(np.float32).max)


def infer(parts: Mapping[str, Raw], hint: ColumnHint) -> Values:
    """The column as values of the hinted kind, or of the kind its cells suggest."""
    arrays = {split: part for split, part in parts.items() if isinstance(part, np.ndarray)}
    if arrays:
        kind = hint.kind or _kind_of_array(next(iter(arrays.values())))
        return Values(kind, {split: _dense(kind, array) for split, array in arrays.items()})
    series = {split: part for split, part in parts.items() if isinstance(part, pl.Series)}
    everything = pl.concat(list(series.values()))
    kind = hint.kind or _kind_of_series(everything)
    if kind == "category":
        classes, index = _classes(everything, hint.classes)
        return Values(kind, {split: _indices(part, index) for split, part in series.items()}, classes)
    encode = _encoder(kind)
    return Values(kind, {split: encode(part) for split, part in series.items()})


def _kind_of_array(array: NDArray[Any]) -> Kind:
    """Bytes with two or three axes a row are pixels; other numbers are a vector (one axis) or a sequence."""
    if array.dtype == np.uint8 and array.ndim in (3, 4):
        return "image"
    return "vector" if array.ndim == 2 else "sequence"


def _kind_of_series(series: pl.Series) -> Kind:
    """Texts that repeat are categories. So are 0 and 1, whose index is the number itself, so that nothing is lost."""
    distinct = series.drop_nulls().unique()
    if series.dtype == pl.Boolean:
        return "category"
    if series.dtype.is_temporal():
        return "date"
    if series.dtype.is_numeric():
        return "category" if set(distinct.head(3)) == {0, 1} else "number"
    return "category" if len(distinct) <= min(MAX_CATEGORIES, len(series) // 2) else "text"


def _dense(kind: Kind, array: NDArray[Any]) -> NDArray[Any]:
    """Images with their channel axis, the rest as float32; rows stay the first axis."""
    if kind == "image":
        return array if array.ndim == 4 else array[..., np.newaxis]
    return array.astype(np.float32)


def _classes(series: pl.Series, names: Sequence[str] | None) -> tuple[list[str], dict[Any, int]]:
    """Class names in index order, and the index of each cell value. Raises ValueError for names that do not fit."""
    found = series.drop_nulls().unique().sort().to_list()
    if names is None:
        return [_name(value) for value in found], {value: index for index, value in enumerate(found)}
    expected: dict[Any, int] = {name: index for index, name in enumerate(names)}
    if series.dtype.is_integer():
        expected = {index: index for index in range(len(names))}
    if stray := [value for value in found if value not in expected]:
        raise ValueError(f"column '{series.name}' has the values {stray}, which are not among its classes {names}")
    return list(names), expected


def _name(value: Any) -> str:
    """The value as it stands in a file."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _indices(series: pl.Series, index: Mapping[Any, int]) -> NDArray[np.int32]:
    return np.array([index.get(value, MISSING_INDEX) for value in series.to_list()], dtype=np.int32)


def _encoder(kind: Kind) -> Callable[[pl.Series], NDArray[Any]]:
    if kind == "date":
        return _moments
    return _texts if kind in TEXTS else _numbers


def _moments(series: pl.Series) -> NDArray[np.float64]:
    """Seconds since 1970; a date without a zone is taken as UTC."""
    seconds = series.cast(pl.Datetime("us")).dt.timestamp("us").cast(pl.Float64) / 1e6
    return seconds.to_numpy().astype(np.float64)


def _texts(series: pl.Series) -> NDArray[np.object_]:
    return np.array(series.cast(pl.String).fill_null("").to_list(), dtype=object)


def _numbers(series: pl.Series) -> NDArray[np.int64] | NDArray[np.float64]:
    """Whole numbers stay whole. What float32 can not hold (infinities too) counts as an empty cell."""
    if series.dtype.is_integer() and series.null_count() == 0:
        return series.to_numpy().astype(np.int64)
    numbers = series.cast(pl.Float64).to_numpy().astype(np.float64)
    return np.where(np.abs(numbers) <= LARGEST, numbers, np.nan)
