"""The cells of a column read as another kind; what can not be is told with its row and cell."""

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from layerloom.data.cells import as_date
from layerloom.data.dataset import Kind, Note
from layerloom.data.dates import WAYS, Written, parsed, seconds
from layerloom.data.reading.source import Unreadable
from layerloom.data.values import MISSING_INDEX, TEXTS, Values

MOST_CLASSES = 10_000
YEAR = Written("%Y-%m-%d", "-01-01")
SHOWN = 40

Texts = dict[str, NDArray[Any]]


def converted(name: str, values: Values, kind: Kind) -> Values:
    """The column as this kind. Raises Unreadable `impossible-kind`, with the row and the cell where one is at fault."""
    if kind == values.kind:
        return values
    if {kind, values.kind} == {"vector", "sequence"}:
        return _reshaped(name, values, kind)
    if not {kind, values.kind} <= {"number", "category", "text", "identifier", "date"}:
        raise Unreadable("impossible-kind", f"Column '{name}' holds {values.kind}s, which can not be read as {kind}.")
    if kind in TEXTS and values.kind in TEXTS:
        return Values(kind, values.parts)
    if values.kind == "date" and kind == "number":
        return Values(kind, values.parts)
    if values.kind == "number" and kind == "category":
        return _categories_of_numbers(name, values)
    return _READ[kind](name, texts_of(values))


def texts_of(values: Values) -> Texts:
    """Each cell as it would stand in a table, "" for an empty one."""
    write = _WRITTEN[values.kind]
    return {split: write(part, values) for split, part in values.parts.items()}


def number_text(number: float) -> str:
    """A number as it would stand in a table: a whole one without a point."""
    return str(int(number)) if float(number).is_integer() else repr(float(number))


def _objects(cells: list[Any]) -> NDArray[Any]:
    return np.array([*cells, None], dtype=object)[:-1]


def _numbers_written(part: NDArray[Any], _: Values) -> NDArray[Any]:
    return _objects([number_text(number) if np.isfinite(number) else "" for number in part.tolist()])


def _classes_written(part: NDArray[Any], values: Values) -> NDArray[Any]:
    names = _objects([*(values.classes or []), ""])
    return np.asarray(names[part])


def _dates_written(part: NDArray[Any], _: Values) -> NDArray[Any]:
    return _objects([as_date(seconds) if np.isfinite(seconds) else "" for seconds in part.tolist()])


_WRITTEN: dict[Kind, Callable[[NDArray[Any], Values], NDArray[Any]]] = {
    "number": _numbers_written,
    "category": _classes_written,
    "date": _dates_written,
    "text": lambda part, _: part,
    "identifier": lambda part, _: part,
}


def _as_texts(kind: Kind) -> Callable[[str, Texts], Values]:
    return lambda _, texts: Values(kind, texts)


def _as_category(name: str, texts: Texts) -> Values:
    everything = pl.concat([pl.Series(part.tolist(), dtype=pl.String) for part in texts.values()])
    classes: list[str] = everything.filter(everything != "").unique().sort().to_list()
    _check_count(name, len(classes))
    index = {label: number for number, label in enumerate(classes)}
    parts = {
        split: np.fromiter((index.get(cell, MISSING_INDEX) for cell in part), np.int32, len(part))
        for split, part in texts.items()
    }
    return Values("category", parts, classes)


def _categories_of_numbers(name: str, values: Values) -> Values:
    distinct = np.unique(np.concatenate([part[np.isfinite(part)] for part in values.parts.values()]))
    _check_count(name, len(distinct))
    parts = {
        split: np.where(np.isfinite(part), np.searchsorted(distinct, part), MISSING_INDEX).astype(np.int32)
        for split, part in values.parts.items()
    }
    return Values("category", parts, [number_text(number) for number in distinct.tolist()])


def _check_count(name: str, count: int) -> None:
    if count > MOST_CLASSES:
        message = f"Column '{name}' has {count:,} different values; a category has at most {MOST_CLASSES:,} classes."
        raise Unreadable("impossible-kind", message)
    if count == 0:
        raise Unreadable("impossible-kind", f"Column '{name}' has only empty cells, so a category has no classes.")


def _as_number(name: str, texts: Texts) -> Values:
    parts = {split: _parsed(name, split, part, "number", _floats) for split, part in texts.items()}
    if all(np.all(np.mod(part, 1) == 0) and np.all(np.abs(part) < 2**53) for part in parts.values()):
        return Values("number", {split: part.astype(np.int64) for split, part in parts.items()})
    return Values("number", parts)


def _as_date(name: str, texts: Texts) -> Values:
    return Values("date", {split: _parsed(name, split, part, "date", _seconds) for split, part in texts.items()})


_READ: dict[Kind, Callable[[str, Texts], Values]] = {
    "text": _as_texts("text"),
    "identifier": _as_texts("identifier"),
    "category": _as_category,
    "number": _as_number,
    "date": _as_date,
}


def _parsed(
    name: str, split: str, part: NDArray[Any], what: str, parse: Callable[[pl.Series], pl.Series]
) -> NDArray[np.float64]:
    """Cells as floats, NaN for an empty one. Raises Unreadable for the first that is none."""
    cells = pl.Series(part.tolist(), dtype=pl.String).str.strip_chars()
    found = parse(cells)
    wrong = (found.is_null() & (cells != "")).arg_true()
    if len(wrong):
        row = int(wrong[0])
        said = f"'{part[row][:SHOWN]}' is no {what}"
        place = f"Column '{name}', row {row + 1:,} of the data for '{split}'"
        note = Note(code=f"not-a-{what}", message=said, row=row + 1, column=name)
        raise Unreadable("impossible-kind", f"{place}: {said}. Correct or empty such cells first.", [note])
    return found.fill_null(float("nan")).to_numpy().astype(np.float64)


def _floats(cells: pl.Series) -> pl.Series:
    """What is no finite number that float32 holds is null."""
    numbers = cells.cast(pl.Float64, strict=False)
    fits = numbers.is_finite() & (numbers.abs() <= float(np.finfo(np.float32).max))
    return pl.select(pl.when(fits).then(numbers)).to_series()


def _seconds(cells: pl.Series) -> pl.Series:
    """Seconds since 1970, null where there is no date, in the one way of writing that fits most cells."""
    best = pl.Series([None] * len(cells), dtype=pl.Datetime("us"))
    for way in (*WAYS, YEAR):
        dates = parsed(cells, way)
        if dates.null_count() < best.null_count():
            best = dates
        if best.null_count() <= int((cells == "").sum()):
            break
    return seconds(best)


def _reshaped(name: str, values: Values, kind: Kind) -> Values:
    """A vector is a sequence of one channel."""
    if kind == "sequence":
        return Values(kind, {split: part[..., np.newaxis] for split, part in values.parts.items()})
    if any(part.shape[2] != 1 for part in values.parts.values()):
        raise Unreadable("impossible-kind", f"Column '{name}' has several channels, a vector has one.")
    return Values(kind, {split: part[..., 0] for split, part in values.parts.items()})
