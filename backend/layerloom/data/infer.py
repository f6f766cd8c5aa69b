"""From raw columns to values of a kind: one set of rules for every dataset, with hints where they guess wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from layerloom.data.dataset import Kind
from layerloom.data.dates import seconds
from layerloom.data.description import ColumnHint
from layerloom.data.kinds import kind_of, plain
from layerloom.data.source import Raw
from layerloom.data.values import MISSING_INDEX, TEXTS, Values
from layerloom.problem import Refusal

LARGEST = float(np.finfo(np.float32).max)
MOST_CLASSES = 10_000
ARRAYS: frozenset[Kind] = frozenset({"image", "vector", "sequence"})


def infer(parts: Mapping[str, Raw], hint: ColumnHint) -> Values:
    """The column as values of the hinted kind, or of the kind its cells suggest.

    Raises Refusal `wrong-kind` where the cells can not be of the hinted kind, ValueError for classes that do not fit.
    """
    arrays = {split: part for split, part in parts.items() if isinstance(part, np.ndarray)}
    if arrays:
        kind = hint.kind or _kind_of_array(next(iter(arrays.values())))
        return Values(kind, {split: _dense(kind, array) for split, array in arrays.items()})
    series = _alike({split: plain(part) for split, part in parts.items() if isinstance(part, pl.Series)})
    everything = pl.concat(list(series.values()))
    kind = hint.kind or kind_of(everything)
    if kind == "category":
        return _categories(series, everything, hint.classes)
    if kind in TEXTS:
        return Values(kind, {split: _texts(part) for split, part in series.items()})
    if kind == "date":
        return Values(kind, {split: _moments(part) for split, part in series.items()})
    if kind == "number":
        return _numbers(series)
    raise Refusal("wrong-kind", f"Column '{everything.name}' has one value a row; it can not be of the kind '{kind}'.")


def _alike(series: dict[str, pl.Series]) -> dict[str, pl.Series]:
    """Splits of one type: one that is empty takes that of the others; of numbers and other cells all become texts."""
    filled = {part.dtype for part in series.values() if part.null_count() < len(part)}
    if len({part.dtype for part in series.values()}) < 2:
        return series
    if len(filled) > 1:
        are_numbers = all(dtype.is_numeric() for dtype in filled)
        filled = {(pl.Int64() if all(d.is_integer() for d in filled) else pl.Float64()) if are_numbers else pl.String()}
    common = next(iter(filled), pl.String())
    return {split: part.cast(common) for split, part in series.items()}


def _kind_of_array(array: NDArray[Any]) -> Kind:
    """Bytes with two or three axes a row are pixels; other numbers are a vector (one axis) or a sequence."""
    if array.dtype == np.uint8 and array.ndim in (3, 4):
        return "image"
    return "vector" if array.ndim == 2 else "sequence"


def _dense(kind: Kind, array: NDArray[Any]) -> NDArray[Any]:
    """Images with their channel axis, the rest as float32; rows stay the first axis. Raises Refusal `wrong-kind`."""
    if kind not in ARRAYS or (kind == "image" and array.ndim not in (3, 4)):
        shape = " × ".join(map(str, array.shape[1:]))
        raise Refusal("wrong-kind", f"Each row of this column is an array of {shape}; it can not be of kind '{kind}'.")
    if kind == "image":
        return array if array.ndim == 4 else array[..., np.newaxis]
    return array.astype(np.float32, copy=False)


def _categories(series: Mapping[str, pl.Series], everything: pl.Series, names: Sequence[str] | None) -> Values:
    """Indices into the class names. Raises ValueError for names that do not fit, Refusal `wrong-kind` for too many."""
    found = everything.drop_nulls().unique().sort()
    if len(found) > MOST_CLASSES:
        has = f"Column '{everything.name}' has {len(found):,} different values"
        raise Refusal("wrong-kind", f"{has}; a category takes at most {MOST_CLASSES:,}. Choose another kind.")
    codes = pl.Series(range(len(found)), dtype=pl.Int32) if names is None else _expected(found, names)
    classes = [_name(value) for value in found] if names is None else list(names)
    indices = {split: _indices(part, found, codes).to_numpy() for split, part in series.items()}
    return Values("category", indices, classes)


def _indices(part: pl.Series, found: pl.Series, codes: pl.Series) -> pl.Series:
    """The code of each cell. Texts go by way of an enumeration: a join of ten million took four times the memory."""
    if found.is_empty():
        return pl.repeat(MISSING_INDEX, len(part), dtype=pl.Int32, eager=True)
    if part.dtype != pl.String:
        return part.replace_strict(found, codes, default=MISSING_INDEX, return_dtype=pl.Int32).fill_null(MISSING_INDEX)
    places = part.cast(pl.Enum(found)).to_physical().cast(pl.Int32)
    return codes.gather(places).fill_null(MISSING_INDEX)


def _expected(found: pl.Series, names: Sequence[str]) -> pl.Series:
    """The index of each of the values among the names; whole numbers are indices. Raises ValueError for strays."""
    expected: dict[Any, int] = {name: index for index, name in enumerate(names)}
    if found.dtype.is_integer():
        expected = {index: index for index in range(len(names))}
    if stray := [value for value in found if value not in expected]:
        raise ValueError(f"column '{found.name}' has the values {stray}, which are not among its classes {names}")
    return pl.Series([expected[value] for value in found], dtype=pl.Int32)


def _name(value: Any) -> str:
    """The value as it stands in a file."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _texts(series: pl.Series) -> pl.Series:
    texts = series.cast(pl.String)
    return texts.fill_null("") if texts.null_count() else texts


def _moments(series: pl.Series) -> NDArray[np.float64]:
    """Seconds since 1970; NaN for an empty cell."""
    return seconds(series).to_numpy().astype(np.float64, copy=False)


def _numbers(series: Mapping[str, pl.Series]) -> Values:
    """Whole numbers stay whole. What float32 can not hold (infinities too) is as good as an empty cell, but counted."""
    numbers, nonfinite = {}, {}
    for split, part in series.items():
        if part.dtype.is_temporal():
            part = seconds(part)
        numbers[split], nonfinite[split] = _number_part(part)
    return Values("number", numbers, nonfinite=nonfinite)


def _number_part(series: pl.Series) -> tuple[NDArray[Any], int]:
    empty = series.null_count()
    if series.dtype.is_integer() and not empty:
        return series.to_numpy().astype(np.int64, copy=False), 0
    if series.dtype == pl.String:
        series = series.str.strip_chars()
    numbers = series.cast(pl.Float64, strict=False).to_numpy().astype(np.float64, copy=False)
    usable = np.abs(numbers) <= LARGEST
    return np.where(usable, numbers, np.nan), len(numbers) - int(np.count_nonzero(usable)) - empty
