"""Single cells corrected: each by split, row and its new value."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.data.dataset import Kind
from layerloom.data.editing.kinds import converted, number_text
from layerloom.data.edits import Relabel
from layerloom.data.reading.source import Unreadable
from layerloom.data.values import MISSING_INDEX, TEXTS, Values
from layerloom.problem import Refusal

CORRECTABLE: frozenset[Kind] = frozenset({"category", "number", "date", "text", "identifier"})


def relabelled(values: Values, name: str, edits: Sequence[Relabel]) -> Values:
    """The column with these cells corrected; a class that is not there yet is put behind the others.

    Raises Refusal `bad-value` with the row.
    """
    classes = list(values.classes) if values.classes is not None else None
    encode = _encoder(values.kind, name, classes)
    parts = dict(values.parts)
    for edit in edits:
        if parts[edit.split] is values.parts[edit.split]:
            parts[edit.split] = np.array(parts[edit.split])
        part = parts[edit.split]
        cell = encode(edit)
        if part.dtype == np.int64 and not float(cell).is_integer():
            part = parts[edit.split] = part.astype(np.float64)
        part[edit.row] = cell
    return replace(values, parts=_alike(parts), classes=classes)


def _alike(parts: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """One split with fractions or empty cells makes floats of all."""
    if {part.dtype for part in parts.values()} == {np.dtype(np.int64), np.dtype(np.float64)}:
        return {split: part.astype(np.float64) for split, part in parts.items()}
    return dict(parts)


def _encoder(kind: Kind, name: str, classes: list[str] | None) -> Callable[[Relabel], Any]:
    if classes is not None:
        index = {label: number for number, label in enumerate(classes)}
        return lambda edit: _class(edit, classes, index)
    if kind in TEXTS:
        return lambda edit: _text(edit) or ""
    return (lambda edit: _date(edit, name)) if kind == "date" else _number


def _class(edit: Relabel, classes: list[str], index: dict[str, int]) -> int:
    label = _text(edit)
    if not label:
        return MISSING_INDEX
    if label not in index:
        index[label] = len(classes)
        classes.append(label)
    return index[label]


def _text(edit: Relabel) -> str | None:
    return number_text(edit.value) if isinstance(edit.value, float) else edit.value


def _number(edit: Relabel) -> float:
    if edit.value is None:
        return math.nan
    try:
        number = float(edit.value)
    except ValueError:
        raise _wrong(edit, "a number") from None
    if not math.isfinite(number) or abs(number) > float(np.finfo(np.float32).max):
        raise _wrong(edit, "a finite number that 32 bits hold")
    return number


def _date(edit: Relabel, name: str) -> float:
    cell = Values("text", {"train": np.array([_text(edit) or "", None], dtype=object)[:1]})
    try:
        return float(converted(name, cell, "date").parts["train"][0])
    except Unreadable:
        raise _wrong(edit, "a date such as 2026-01-31") from None


def _wrong(edit: Relabel, expected: str) -> Refusal:
    place = f"row {edit.row:,} of '{edit.split}', column '{edit.column}'"
    return Refusal("bad-value", f"Expected {expected} for {place}, or null for an empty cell.")
