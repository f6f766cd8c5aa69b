"""What the texts of a column are, judged by all of them: whole numbers, numbers, dates, or texts after all."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from layerloom.data.dataset import Note, Reading
from layerloom.data.reading.tables.dates import formats, moments
from layerloom.data.reading.tables.table import Cells

MISSING = ("na", "n/a", "n.a.", "nan", "null", "none", "nil", "?", "*", "-", "--", ".", "<na>", "missing")
"""Texts (in lower case) that mean an empty cell among numbers and dates. Among texts they may be names."""

ERRORS = ("#n/a", "#na", "#div/0!", "#value!", "#ref!", "#num!", "#name?", "#null!")
"""What workbooks put where a formula failed."""

SAMPLE = 1_000
MOST_TEXTS = 5


@dataclass(frozen=True)
class Texts:
    """One column of texts: `cells` is read anew for each question, so that it may be larger than memory.

    `missing` are texts that mean an empty cell, whatever the column holds.
    """

    cells: pl.LazyFrame
    name: str
    missing: Sequence[str] = ()
    decimal_comma: bool | None = None

    def take(self, cell: pl.Expr) -> pl.Series:
        """All cells in this form."""
        return self.cells.select(cell.alias(self.name)).collect(engine="streaming")[self.name]

    def cast(self, text: pl.Expr, dtype: pl.DataType | type[pl.DataType]) -> pl.Series | None:
        """All cells as this type; None if that can not be said of each that is not empty in `text`."""
        return self.fitting(text, self.number(text).cast(dtype, strict=False))

    def fitting(self, text: pl.Expr, value: pl.Expr) -> pl.Series | None:
        """All cells as this value; None if there is none for one that is not empty in `text`."""
        asked = self.cells.select(value=value, empty=text.is_null()).collect(engine="streaming")
        values, empty = asked.get_columns()
        return values.alias(self.name) if values.null_count() == empty.sum() else None

    def sample(self) -> pl.Series:
        """The first cells that mean something."""
        cells = self.cells.select(cell=self.meant).filter(pl.col("cell").is_not_null()).head(SAMPLE)
        return cells.collect(engine="streaming")["cell"]

    @property
    def text(self) -> pl.Expr:
        """The cells as they stand, empty where they are blank or missing."""
        cell = pl.col(self.name)
        return pl.when(cell.str.strip_chars() != "", ~cell.is_in(list(self.missing))).then(cell)

    @property
    def meant(self) -> pl.Expr:
        """The cells without blanks around them, empty where among numbers a cell would mean that there is none."""
        bare = self.text.str.strip_chars()
        return pl.when(~bare.str.to_lowercase().is_in([*MISSING, *ERRORS])).then(bare)

    def looks(self) -> list[tuple[pl.Expr, bool]]:
        """The cells as they stand, then as they are meant: most columns need no second look, which is slow."""
        meant = (self.meant, True)
        return [meant] if self.missing else [(pl.col(self.name), False), meant]

    def number(self, text: pl.Expr) -> pl.Expr:
        """Cells with a decimal point, empty where there is one although a comma stands before decimals."""
        if not self.decimal_comma:
            return text
        return pl.when(~text.str.contains(".", literal=True)).then(text.str.replace(",", ".", literal=True))


def cells_as(reading: Reading) -> Cells:
    """How the cells of a table of texts become values where it is read in this way."""

    def cells(column: pl.LazyFrame, name: str, notes: list[Note]) -> pl.Series:
        return typed(Texts(column, name, reading.missing, reading.decimal_comma), notes)

    return cells


def typed(column: Texts, notes: list[Note]) -> pl.Series:
    """The column as what it is: Int64, Float64, Datetime (UTC) or String.

    Blank cells are empty. So is, among numbers and dates, what means that there is none, and a number that is not
    finite; notes say so. A look at the first cells saves questions about all of them.
    """
    sample = column.sample()
    if len(sample):
        for special in (_numbers, _dates):
            values = special(column, sample, notes)
            if values is not None:
                return values
    return column.take(column.text)


def _numbers(column: Texts, sample: pl.Series, notes: list[Note]) -> pl.Series | None:
    """The cells as numbers if all of them are."""
    cells = sample.to_frame().select(column.number(pl.col("cell"))).to_series()
    if cells.cast(pl.Float64, strict=False).null_count():
        return None
    is_whole = cells.cast(pl.Int64, strict=False).null_count() == 0
    types: list[type[pl.DataType]] = [pl.Int64, pl.Float64] if is_whole else [pl.Float64]
    for text, is_meant in column.looks():
        for dtype in types:
            if (values := column.cast(text, dtype)) is not None:
                if is_meant:
                    _tell_of_missing(column, notes)
                return finite(values, notes)
    return None


def finite(values: pl.Series, notes: list[Note]) -> pl.Series:
    """The numbers, with empty cells for those that are not finite, which is noted."""
    if not values.dtype.is_float():
        return values
    bad = ~values.is_finite().fill_null(True)
    if not bad.any():
        return values
    first, count = bad.arg_max() or 0, int(bad.sum())
    what = "1 cell is" if count == 1 else f"{count:,} cells are"
    message = f"{what} no finite number (the first in row {first + 1:,}): read as empty."
    notes.append(Note(code="not-finite", message=message, row=first + 1, column=values.name))
    return values.set(bad, None)


def _dates(column: Texts, sample: pl.Series, notes: list[Note]) -> pl.Series | None:
    """The cells as moments if all of them are dates in one format."""
    cells: list[str] = sample.to_list()
    found = [format for format in formats(cells) if _reads(format, cells)]
    for text, is_meant in column.looks() if found else ():
        ways = (column.fitting(text, moments(text, format, cells)) for format in found)
        if not (fitting := [values for values in ways if values is not None]):
            continue
        if len(fitting) > 1 and not fitting[0].equals(fitting[1]):
            message = "Day and month can not be told apart: dates were read with the month first."
            notes.append(Note(code="date-order", message=message, column=column.name))
        if is_meant:
            _tell_of_missing(column, notes)
        return fitting[0]
    return None


def _reads(format: str, cells: list[str]) -> bool:
    read = pl.Series("cell", cells).to_frame().select(moments(pl.col("cell"), format, cells)).to_series()
    return read.null_count() == 0


def _tell_of_missing(column: Texts, notes: list[Note]) -> None:
    gone = column.cells.select(text=column.text.str.strip_chars(), meant=column.meant)
    counted = gone.filter(pl.col("text").is_not_null(), pl.col("meant").is_null()).group_by("text").len()
    found = counted.sort("len", "text", descending=[True, False]).head(MOST_TEXTS).collect(engine="streaming")
    for text, count in found.iter_rows():
        cells = "1 cell" if count == 1 else f"{count:,} cells"
        message = f"'{text}' stands in {cells}: read as empty."
        notes.append(Note(code="missing-text", message=message, column=column.name))
