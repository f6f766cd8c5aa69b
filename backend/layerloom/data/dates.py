"""Dates as people write them: found by the one format that fits every cell of a column."""

from typing import NamedTuple

import polars as pl

LOOKED_AT = 200
EARLIEST, LATEST = -62_135_596_800.0, 253_402_300_799.0
"""The years 1 to 9999 in seconds since 1970: what a date can be written as."""


class Written(NamedTuple):
    """A way to write dates: `format` as `strftime` has it, after `ending` was put behind the cell (a missing day)."""

    format: str
    ending: str = ""


CLOCKS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S%.f")
DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%d-%m-%Y", "%Y년 %m월 %d일")
"""Where 03/04/2025 could be both, the month stands first."""
WAYS = (
    *(Written(day + clock) for day in DAYS for clock in CLOCKS),
    *(Written("%Y-%m-%dT%H:%M" + seconds) for seconds in ("", ":%S", ":%S%.f")),
    *(Written(f"%Y-%m-%dT%H:%M:%S{part}Z") for part in ("", "%.f")),
    *(
        Written(day)
        for day in ("%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%Y년%m월%d일", "%Y. %m. %d.", "%Y%m%d")
    ),
    Written("%Y-%m-%d", "-01"),
    Written("%Y/%m/%d", "/01"),
    Written("%Y.%m.%d", ".01"),
    Written("%b %Y-%d", "-01"),
    Written("%Y년 %m월-%d", "-01"),
)


def way_of(texts: pl.Series) -> Written | None:
    """How the dates in this column of texts are written; None if they are none, or not all in one way.

    Looks at the first few different cells for what may be, then at all of them.
    """
    cells = texts.drop_nulls()
    some = cells.head(50 * LOOKED_AT).unique().head(LOOKED_AT)
    if some.is_empty() or not some.str.contains(r"\d").all():
        return None
    for way in WAYS:
        if parsed(some, way).null_count() == 0 and parsed(cells, way).null_count() == 0:
            return way
    return None


def parsed(texts: pl.Series, way: Written) -> pl.Series:
    """The moments that these texts name, null where a text is not written in this way."""
    written = texts.str.strip_chars()
    written = written + way.ending if way.ending else written
    return written.str.strptime(pl.Datetime("us"), way.format, strict=False)


def seconds(series: pl.Series) -> pl.Series:
    """Seconds since 1970 as float64, null where there is no date between the years 1 and 9999.

    A date without a zone is taken as UTC; a number counts seconds already.
    """
    if series.dtype == pl.String:
        way = way_of(series)
        series = parsed(series, way) if way else series.cast(pl.Float64, strict=False)
    if series.dtype.is_temporal():
        series = series.cast(pl.Datetime("us")).dt.timestamp("us").cast(pl.Float64) / 1e6
    moments = series.cast(pl.Float64, strict=False)
    return moments.zip_with(moments.is_between(EARLIEST, LATEST), pl.Series([None], dtype=pl.Float64))
