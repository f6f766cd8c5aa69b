"""Values of JSON as columns: numbers stay numbers, lists of numbers become vectors or stay lists, the rest is text."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from layerloom.data.dataset import Note
from layerloom.data.reading.tables.typed import Texts, finite, typed
from layerloom.data.source import Raw

LARGEST_WHOLE = 2**63


def piece(objects: Sequence[Mapping[str, Any]], keys: Mapping[str, str]) -> pl.DataFrame:
    """The cells of these objects, by the short name that each key has."""
    present = dict.fromkeys(key for one in objects for key in one)
    return pl.DataFrame([_series(keys[key], [one.get(key) for one in objects]) for key in present])


def joined(name: str, pieces: Sequence[pl.Series], notes: list[Note]) -> Raw:
    """The pieces of a column as one: numbers, truth values, dates, texts, lists, or an array (rows, length)."""
    types = {cells.dtype for cells in pieces} - {pl.Null()}
    if len(types) == 1 and isinstance(next(iter(types)), pl.List):
        vectors = pl.concat([cells.cast(pl.List(pl.Float64)) for cells in pieces])
        if vectors.null_count() == 0 and vectors.list.len().n_unique() == 1 and vectors.list.len()[0]:
            array: Raw = vectors.explode().to_numpy().reshape(len(vectors), -1).astype(np.float32)
            return array
        if vectors.list.len().max():
            return vectors.alias(name)  # `uneven` pads them
    common = _common(types)
    cells = pl.concat([_as(common, cells) for cells in pieces]).alias(name)
    if common == pl.Float64:
        return finite(cells, notes)
    return typed(Texts(cells.to_frame().lazy(), name), notes) if common == pl.String else cells


def _series(name: str, values: list[Any]) -> pl.Series:
    types = {type(value) for value in values} - {type(None)}
    if types <= {int} and all(value is None or -LARGEST_WHOLE <= value < LARGEST_WHOLE for value in values):
        return pl.Series(name, values, dtype=pl.Int64 if types else pl.Null)
    if types <= {int, float}:
        return pl.Series(name, [value if value is None else float(value) for value in values], dtype=pl.Float64)
    if types == {bool}:
        return pl.Series(name, values, dtype=pl.Boolean)
    if types == {list} and all(value is None or _is_vector(value) for value in values):
        return pl.Series(name, values, dtype=pl.List(pl.Float64), strict=False)
    return pl.Series(name, [value if value is None else _text(value) for value in values], dtype=pl.String)


def _is_vector(value: list[Any]) -> bool:
    return all(type(one) in (int, float) for one in value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _common(types: set[pl.DataType]) -> pl.DataType:
    if len(types) == 1 and not isinstance(only := next(iter(types)), pl.List):
        return only
    return pl.Float64() if types and types <= {pl.Int64(), pl.Float64()} else pl.String()


def _as(dtype: pl.DataType, cells: pl.Series) -> pl.Series:
    if dtype == pl.String and (isinstance(cells.dtype, pl.List) or cells.dtype == pl.Boolean):
        return pl.Series([value if value is None else _text(value) for value in cells.to_list()], dtype=pl.String)
    return cells.cast(dtype)
