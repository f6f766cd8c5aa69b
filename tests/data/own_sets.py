"""Small sets of people's own, written as an upload leaves them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.data import storage
from layerloom.data.dataset import DatasetInfo, Kind
from layerloom.data.own import OwnSets
from layerloom.data.profile import profile
from layerloom.data.roles import guess
from layerloom.data.values import Values


def number(cells: Any) -> Values:
    return values("number", np.asarray(cells, np.float64))


def date(cells: Any) -> Values:
    return values("date", np.asarray(cells, np.float64))


def category(labels: list[str | None]) -> Values:
    classes = sorted({label for label in labels if label is not None})
    return values("category", np.array([classes.index(x) if x is not None else -1 for x in labels], np.int32), classes)


def text(cells: list[str]) -> Values:
    return values("text", np.array(cells, dtype=object))


def values(kind: Kind, cells: NDArray[Any], classes: list[str] | None = None, split: str = "train") -> Values:
    return Values(kind, {split: cells}, classes)


def _head(column: Values, rows: int | None) -> Values:
    return Values(column.kind, {split: part[:rows] for split, part in column.parts.items()}, column.classes)


def put(home: Path, id: str, columns: Mapping[str, Values], described_rows: int | None = None) -> DatasetInfo:
    """Publish a set with these columns; statistics are of the first `described_rows` rows, else of all."""
    own = OwnSets(home)
    draft = own.draft(home)
    for index, column in enumerate(columns.values()):
        storage.write(draft, index, column)
    rows = {split: len(part) for split, part in next(iter(columns.values())).parts.items()}
    described = [profile(name, _head(column, described_rows), None) for name, column in columns.items()]
    purpose = guess(described)
    info = DatasetInfo(
        **dict.fromkeys(("title", "description", "licence", "origin", "fingerprint"), id),
        id=id,
        task=purpose.task,
        rows=rows,
        columns=[column.model_copy(update={"role": purpose.roles[column.name]}) for column in described],
        size_bytes=1,
        default_inputs=purpose.default_inputs,
        default_targets=purpose.default_targets,
        source="upload",
        created_at=0.0,
    )
    return own.publish(draft, info, set())
