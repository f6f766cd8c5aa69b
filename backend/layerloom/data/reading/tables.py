"""Tables: whatever they come as, they become one Parquet file, of which columns are read one by one."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from layerloom.data.dataset import Note, Reading
from layerloom.data.description import ColumnHint
from layerloom.data.reading.source import Given, Unreadable
from layerloom.data.source import Raw

DELIMITERS = ",;\t|"
SNIFFED_BYTES = 65_536


class Table:
    """A Parquet file as a source; all its rows are for training."""

    def __init__(self, parquet: Path, reading: Reading, notes: list[Note]) -> None:
        self._parquet = parquet
        self.reading = reading
        self.notes = notes
        self.names = list(pl.read_parquet_schema(parquet))
        self.hints: Mapping[str, ColumnHint] = {}

    def column(self, name: str) -> Mapping[str, Raw]:
        """All cells of one column."""
        return {"train": pl.read_parquet(self._parquet, columns=[name])[name]}


def read_parquet(given: Given) -> Table:
    """A Parquet file as it is. Raises Unreadable `empty`, `malformed`."""
    try:
        table = Table(given.path, Reading(format="parquet"), [])
        rows = pl.scan_parquet(given.path).select(pl.len()).collect().item()
    except pl.exceptions.PolarsError:
        raise Unreadable("malformed", f"'{given.name}' is a damaged Parquet file.") from None
    if not rows or not table.names:
        raise Unreadable("empty", f"'{given.name}' has no rows.")
    return table


def read_text(given: Given) -> Table:
    """A CSV or TSV file. Raises Unreadable `empty`, `malformed`."""
    reading = given.reading or _sniffed(given)
    given.report("reading", 0.0)
    target = given.scratch / "table.parquet"
    scanned = pl.scan_csv(
        given.path,
        separator=reading.delimiter or ",",
        has_header=reading.has_header is not False,
        null_values=reading.missing or None,
        decimal_comma=reading.decimal_comma,
        infer_schema_length=None,
        try_parse_dates=True,
    )
    try:
        scanned.sink_parquet(target)
    except pl.exceptions.PolarsError as error:
        raise Unreadable("malformed", f"'{given.name}' is no table: {str(error).splitlines()[0]}") from None
    table = Table(target, reading, [])
    if not pl.scan_parquet(target).select(pl.len()).collect().item():
        raise Unreadable("empty", f"'{given.name}' has a header but no rows.")
    return table


def _sniffed(given: Given) -> Reading:
    """The delimiter that the first line has most of."""
    with given.path.open("rb") as file:
        first = file.read(SNIFFED_BYTES).split(b"\n")[0].decode("utf-8", "replace")
    delimiter = max(DELIMITERS, key=first.count)
    return Reading(format="csv", encoding="utf-8", delimiter=delimiter, has_header=True)
