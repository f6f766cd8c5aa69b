"""Dates as people write them, recognised by their look and read in one way in a whole column."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import polars as pl


class Style(NamedTuple):
    """A way to write dates: the look of a cell, and the format that reads it, in the words of `strftime`."""

    look: re.Pattern[str]
    format: str


_DAYS = (
    (r"\d{4}-\d{1,2}-\d{1,2}", "%Y-%m-%d"),
    (r"\d{4}/\d{1,2}/\d{1,2}", "%Y/%m/%d"),
    (r"\d{4}\.\d{1,2}\.\d{1,2}", "%Y.%m.%d"),
    (r"\d{1,2}\.\d{1,2}\.\d{4}", "%d.%m.%Y"),
    (r"\d{1,2}-\d{1,2}-\d{4}", "%d-%m-%Y"),
    (r"\d{1,2}-[A-Za-z]{3}-\d{4}", "%d-%b-%Y"),
    (r"\d{1,2}/\d{1,2}/\d{4}", "%m/%d/%Y"),
    (r"\d{1,2}/\d{1,2}/\d{4}", "%d/%m/%Y"),
)
_TIMES = (
    ("", ""),
    (r" \d{1,2}:\d{2}", " %H:%M"),
    (r" \d{1,2}:\d{2}:\d{2}(\.\d{1,9})?", " %H:%M:%S%.f"),
    (r" \d{1,2}:\d{2} [AaPp][Mm]", " %I:%M %p"),
    (r" \d{1,2}:\d{2}:\d{2} [AaPp][Mm]", " %I:%M:%S %p"),
    (r" \d{1,2}:\d{2}:\d{2}(\.\d{1,9})?[+-]\d{2}:?\d{2}", " %H:%M:%S%.f%z"),
)
STYLES = tuple(Style(re.compile(day + time), format + clock) for day, format in _DAYS for time, clock in _TIMES)
MONTH = re.compile(r"\d{4}[-/]\d{1,2}")
MONTH_FORMATS = ("%Y-%m-%d", "%Y/%m-%d")


def formats(sample: Sequence[str]) -> list[str]:
    """The formats that all these cells look like, as `moments` reads them; none for what is no date."""
    cells = [_even(cell) for cell in sample]
    if all(MONTH.fullmatch(cell) for cell in cells):
        return [format for format in MONTH_FORMATS if format[2] == cells[0][4]]
    return [style.format for style in STYLES if all(style.look.fullmatch(cell) for cell in cells)]


def moments(text: pl.Expr, format: str, sample: Sequence[str]) -> pl.Expr:
    """Each cell as a moment in UTC, empty where it does not fit. A month without a day means its first.

    The cells of `sample` show what has to be made even first: each look at ten million cells takes a second.
    """
    if any("T" in cell for cell in sample):
        text = text.str.replace("T", " ", literal=True)
    if any(cell.endswith("Z") for cell in sample):
        text = text.str.replace(r"Z$", "+00:00")
    if MONTH.fullmatch(sample[0]):
        text = text + "-01"
    read = text.str.to_datetime(format, time_unit="us", strict=False, exact=True)
    return read.dt.convert_time_zone("UTC").dt.replace_time_zone(None) if format.endswith("%z") else read


def _even(cell: str) -> str:
    return re.sub(r"Z$", "+00:00", cell.replace("T", " "))
