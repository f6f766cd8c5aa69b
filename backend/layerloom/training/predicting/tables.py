"""CSV files with the columns of the run's dataset, read row by row; what is wrong is told by row and column."""

import csv
import math
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from layerloom.data.dataset import Column
from layerloom.problem import Refusal
from layerloom.training.plan import listed
from layerloom.training.predicting.given import ROWS_AT_ONCE, Array, Given, Part, Takes, checked_count, joined

LONGEST_CELL = 1_000_000
NOT_IN_CSV = frozenset({"image", "vector", "sequence"})

csv.field_size_limit(LONGEST_CELL)

Row = tuple[int, list[str]]


def read_table(path: Path, takes: Sequence[Takes]) -> Given:
    """The rows of a CSV file (UTF-8, a header, comma, semicolon or tab). Other columns than the model's are passed on.

    Raises Refusal `bad-file`, also while the parts are read, with row (from 1, without the header) and column.
    """
    _require_cells(takes)
    rows = _rows(path)
    header = next(rows, (0, []))[1]
    wanted = [column.name for one in takes for column in one.columns]
    if missing := [name for name in wanted if name not in header]:
        raise _bad(f"The first row must name the columns. Expected {listed(wanted)}; there is no {listed(missing)}.")
    if doubled := [name for name in wanted if header.count(name) > 1]:
        raise _bad(f"Column {listed(doubled)} is there more than once.")
    return Given(header, _parts(rows, header, takes))


def _parts(rows: Iterator[Row], header: list[str], takes: Sequence[Takes]) -> Iterator[Part]:
    places = {name: place for place, name in enumerate(header)}
    found = False
    while some := list(islice(rows, ROWS_AT_ONCE)):
        found = True
        checked_count(some[-1][0])
        for number, cells in some:
            if len(cells) != len(header):
                raise _bad(f"Row {number:,} has {len(cells)} cells, the header has {len(header)}.")
        inputs = {
            one.name: joined([_column(some, places[column.name], column, one) for column in one.columns], one.tensor)
            for one in takes
        }
        yield Part([cells for _, cells in some], inputs)
    if not found:
        raise _bad("The file has a header and no rows.")


def _column(some: list[Row], place: int, column: Column, one: Takes) -> Array:
    cells = [(number, cells[place].strip()) for number, cells in some]
    if one.tensor.dtype == "string":
        return np.array([text for _, text in cells], dtype=object)
    if column.classes is None:
        empty = one.tensor.takes_empty
        return np.array([math.nan if empty and not text else _number(number, text, column) for number, text in cells])
    known: dict[str, float] = {label: index for index, label in enumerate(column.classes)}
    known |= {"": math.nan} if one.tensor.takes_empty and "" not in known else {}
    for number, text in cells:
        if text not in known:
            raise _bad(f"Row {number:,}, column '{column.name}': expected one of {listed(known)}.")
    return np.array([known[text] for _, text in cells])


def _number(row: int, text: str, column: Column) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        got = "an empty cell" if not text else "something else"
        raise _bad(f"Row {row:,}, column '{column.name}': expected a finite number, got {got}.")
    return value


def _rows(path: Path) -> Iterator[Row]:
    """Numbered rows, the header as number 0; empty lines are passed over."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
            file.seek(0)
            number = 0
            for cells in csv.reader(file, delimiter=_delimiter(head), strict=True):
                if cells:
                    yield number, [cell.strip() for cell in cells] if number == 0 else cells
                    number += 1
    except UnicodeDecodeError:
        raise _bad(
            "Expected a CSV file in UTF-8, an NPZ file of arrays, or pictures (PNG, JPEG, or a ZIP of them)."
        ) from None
    except csv.Error as error:
        raise _bad(f"After row {max(number - 1, 0):,} this is no CSV any more: {error}.") from None


def _delimiter(head: str) -> str:
    return max(",;\t", key=head.count)


def _require_cells(takes: Sequence[Takes]) -> None:
    for one in takes:
        for column in one.columns:
            if column.kind in NOT_IN_CSV:
                message = (
                    f"Input '{one.name}' takes column '{column.name}', {column.kind}s, which a CSV file can not hold."
                )
                raise _bad(f"{message} Send an NPZ file with an array '{one.name}'.")


def _bad(message: str) -> Refusal:
    return Refusal("bad-file", message)
