"""Parquet files: read where they lie, a column at a time; what is nested becomes columns of its own, or arrays."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import polars as pl

from layerloom.data.dataset import Note, Reading
from layerloom.data.description import ColumnHint
from layerloom.data.reading.source import Given, Unreadable
from layerloom.data.reading.tables import names, nested
from layerloom.data.reading.tables.typed import finite
from layerloom.data.source import Raw

BYTES_A_CELL = 8
MOST_BYTES = 20
DAMAGED = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)


class Leaf(NamedTuple):
    """A column that holds one value a row, or one list: where it stands, and its type."""

    path: tuple[str, ...]
    dtype: pl.DataType

    @property
    def cells(self) -> pl.Expr:
        """The column, out of what it lies in."""
        cells = pl.col(self.path[0])
        for field in self.path[1:]:
            cells = cells.struct.field(field)
        return cells


class Parquet:
    """A Parquet file as a source; all rows are for training."""

    def __init__(self, given: Given, leaves: Mapping[str, Leaf], rows: int, reading: Reading, notes: list[Note]):
        self._given, self._leaves, self._rows = given, leaves, rows
        self.names, self.reading, self.notes = list(leaves), reading, notes
        self.hints: Mapping[str, ColumnHint] = {}
        self._told: set[str] = set()

    def column(self, name: str) -> Mapping[str, Raw]:
        """All cells of one column. Raises Unreadable `malformed`, `unpacks-too-large`."""
        leaf, notes = self._leaves[name], list[Note]()
        cells = pl.scan_parquet(self._given.path, glob=False).select(leaf.cells.alias(name))
        try:
            values = self._values(cells, leaf.dtype, notes)
        except DAMAGED:
            raise _damaged(self._given, name) from None
        if name not in self._told:
            self._told.add(name)
            self.notes.extend(notes)
        return {"train": values}

    def _values(self, cells: pl.LazyFrame, dtype: pl.DataType, notes: list[Note]) -> Raw:
        if isinstance(dtype, pl.List | pl.Array):
            return self._lists(cells, dtype, notes)
        column = pl.first()
        if dtype in (pl.String, pl.Categorical, pl.Enum, pl.Binary):
            self._check_size(
                cells.select(pl.first().cast(pl.String, strict=False).str.len_bytes().cast(pl.Int64).sum())
            )
        values = cells.select(_plain(column, dtype)).collect(engine="streaming").to_series()
        return finite(values, notes)

    def _lists(self, cells: pl.LazyFrame, dtype: pl.DataType, notes: list[Note]) -> Raw:
        """An array where the lists are of one shape, lists of numbers that differ as lists, else each list as text."""
        name = cells.collect_schema().names()[0]
        if nested.depth(dtype)[1].is_numeric():
            first = cells.head(1).collect().to_series().explode()
            self._check_cells(self._rows * max(1, len(first)))
            try:
                return nested.array(cells, self._rows, self._given.scratch)
            except nested.Uneven:
                if longest := self._longest(cells, dtype):
                    self._check_cells(self._rows * longest)
                    return cells.collect().to_series()
                message = "Its lists differ in their lengths, or are missing in places: they were read as texts."
                notes.append(Note(code="uneven", message=message, column=name))
        values = cells.collect().to_series().to_list()
        return pl.Series(name, [None if value is None else str(value) for value in values], dtype=pl.String)

    def _longest(self, cells: pl.LazyFrame, dtype: pl.DataType) -> int:
        """How many numbers the longest list has; 0 where the lists hold lists."""
        if not isinstance(dtype, pl.List) or nested.depth(dtype)[0] > 1:
            return 0
        return int(cells.select(pl.first().list.len().max()).collect().item() or 0)

    def _check_size(self, size: pl.LazyFrame) -> None:
        if (bytes := size.collect(engine="streaming").item() or 0) > self._given.limits.max_unpacked_bytes:
            raise _too_large(self._given, bytes)

    def _check_cells(self, cells: int) -> None:
        if cells * BYTES_A_CELL > self._given.limits.max_unpacked_bytes:
            raise _too_large(self._given, cells * BYTES_A_CELL)


def read_parquet(given: Given) -> Parquet:
    """A Parquet file as it is. Raises Unreadable `empty`, `malformed`, `too-many-columns`, `unpacks-too-large`."""
    given.report("reading", 0.0)
    notes: list[Note] = []
    try:
        schema = pl.read_parquet_schema(given.path)
        rows: int = pl.scan_parquet(given.path, glob=False).select(pl.len()).collect().item()
    except DAMAGED:
        raise _damaged(given) from None
    leaves = [leaf for name, dtype in schema.items() for leaf in _leaves((name,), dtype)]
    leaves = [leaf for leaf in leaves if leaf.dtype != pl.Binary or _is_text(given, leaf, notes)]
    if not rows or not leaves:
        raise Unreadable("empty", f"'{given.name}' has no rows of data. Expected at least one.")
    if (size := rows * BYTES_A_CELL) > given.limits.max_unpacked_bytes:
        raise _too_large(given, size)
    called = names.unique(given, [".".join(leaf.path) for leaf in leaves], notes)
    reading = given.reading or Reading(format="parquet")
    return Parquet(given, dict(zip(called, leaves, strict=True)), rows, reading, notes)


def _leaves(path: tuple[str, ...], dtype: pl.DataType) -> Iterator[Leaf]:
    if isinstance(dtype, pl.Struct):
        for field in dtype.fields:
            inner = field.dtype if isinstance(field.dtype, pl.DataType) else field.dtype()
            yield from _leaves((*path, field.name), inner)
    else:
        yield Leaf(path, dtype)


def _is_text(given: Given, leaf: Leaf, notes: list[Note]) -> bool:
    """Whether bytes are texts, as far as the first of them tell; a note says so where they are not."""
    first = pl.scan_parquet(given.path, glob=False).select(leaf.cells).head(MOST_BYTES)
    try:
        first.select(pl.first().cast(pl.String)).collect()
    except DAMAGED:
        message = "It holds bytes that are no texts: left out. Pictures are read from files in a ZIP."
        notes.append(Note(code="bytes", message=message, column=".".join(leaf.path)))
        return False
    return True


def _plain(cells: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Types of a table: a duration is a number of seconds, a moment in UTC, and a choice its name."""
    if isinstance(dtype, pl.Duration):
        return cells.dt.total_microseconds().cast(pl.Float64) / 1e6
    if isinstance(dtype, pl.Datetime) and dtype.time_zone is not None:
        return cells.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    if dtype.is_decimal() or dtype in (pl.UInt64, pl.Int128, pl.UInt128):
        return cells.cast(pl.Float64)
    if dtype.is_numeric() or dtype in (pl.Boolean, pl.String, pl.Date) or isinstance(dtype, pl.Datetime):
        return cells
    return cells.cast(pl.String)


def _damaged(given: Given, column: str | None = None) -> Unreadable:
    where = f" in column '{column}'" if column else ""
    return Unreadable("malformed", f"'{given.name}' is a damaged Parquet file{where}. Write or upload it again.")


def _too_large(given: Given, size: int) -> Unreadable:
    limit = f"the limit is {given.limits.max_unpacked_bytes:,} (setting max_unpacked_bytes)"
    return Unreadable("unpacks-too-large", f"A column of '{given.name}' takes {size:,} bytes; {limit}.")
