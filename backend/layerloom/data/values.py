"""Columns in memory: what their arrays hold, by kind."""

from dataclasses import dataclass, field
from typing import Any

from layerloom.data.dataset import Kind

MISSING_INDEX = -1

DTYPES: dict[Kind, str] = {
    "image": "uint8",
    "number": "float32",
    "category": "int32",
    "text": "string",
    "date": "float64",
    "identifier": "string",
    "vector": "float32",
    "sequence": "float32",
}
"""What a network is fed with, by kind."""

TEXTS: frozenset[Kind] = frozenset({"text", "identifier"})
"""Kinds whose cells are stored as texts."""


@dataclass(frozen=True)
class Values:
    """One column, by split, as it is stored.

    number: int64, or float64 with NaN for an empty cell; category: int32 indices into `classes`, -1 for an empty cell;
    text and identifier: a Polars Series of strings (ten million of them as Python objects would take a gigabyte), ""
    for an empty cell; date: float64 seconds since 1970, NaN for an empty cell; image: uint8 (rows, height, width,
    channels); vector: float32 (rows, length); sequence: float32 (rows, steps, channels). All but texts are NumPy
    arrays. `nonfinite` counts the NaN cells that were not empty in the file but no number either, by split.
    """

    kind: Kind
    parts: dict[str, Any]
    classes: list[str] | None = None
    nonfinite: dict[str, int] = field(default_factory=dict)
