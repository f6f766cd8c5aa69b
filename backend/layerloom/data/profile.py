"""What can be said of a column: what is missing, how it is distributed, what occurs most, as the page shows it."""

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from layerloom.data.cells import as_date
from layerloom.data.dataset import Column, Role
from layerloom.data.tally import Tally, histogram, of_numbers, of_pixels, statistics
from layerloom.data.values import DTYPES, MISSING_INDEX, Values

MOST_TOP = 20
LONGEST_TOP = 80
ROWS_AT_A_TIME = 1_000_000


def profile(name: str, column: Values, role: Role | None) -> Column:
    """The column described by its training split."""
    train = column.parts["train"]
    described = Column(name=name, kind=column.kind, dtype=DTYPES[column.kind], classes=column.classes, role=role)
    match column.kind:
        case "category":
            facts = _of_category(train, column.classes or [])
        case "text" | "identifier":
            facts = _of_texts(train if isinstance(train, pl.Series) else pl.Series(train, dtype=pl.String))
        case "date":
            facts = _of_dates(train)
        case "image":
            facts = {"shape": list(train.shape[1:]), **_distribution(of_pixels(train))}
        case _:
            facts = _of_numbers(column, train)
    return described.model_copy(update=facts)


def _distribution(tally: Tally) -> dict[str, Any]:
    return {"statistics": statistics(tally), "histogram": histogram(tally)}


def _of_category(train: NDArray[np.int32], classes: list[str]) -> dict[str, Any]:
    counts = np.bincount(train[train != MISSING_INDEX], minlength=len(classes))
    most = [int(index) for index in np.argsort(-counts, kind="stable")[:MOST_TOP] if counts[index]]
    return {
        "missing": len(train) - int(counts.sum()),
        "unique": int(np.count_nonzero(counts)),
        "class_counts": counts.tolist(),
        "top": [(_shown(classes[index]), int(counts[index])) for index in most],
    }


def _of_texts(texts: pl.Series) -> dict[str, Any]:
    empty = int((texts == "").sum())
    filled = texts.filter(texts != "") if empty else texts
    pieces = [
        np.bincount(filled.slice(start, ROWS_AT_A_TIME).str.count_matches(r"\S+").to_numpy())
        for start in range(0, len(filled), ROWS_AT_A_TIME)
    ]
    words = np.zeros(max(map(len, pieces), default=0), dtype=np.int64)
    for piece in pieces:
        words[: len(piece)] += piece
    present = np.flatnonzero(words)
    tally = Tally(present.astype(np.float64), words[present])
    return {"missing": empty, **_repeated(filled), **_distribution(tally)}


def _repeated(filled: pl.Series) -> dict[str, Any]:
    """How many different texts there are, and the most frequent. Counts hashes: a table of ten million texts is big."""
    hashes = filled.hash(seed=0).to_numpy()
    ordered = np.sort(hashes)
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])
    counts = np.diff(np.append(starts, len(ordered)))
    often = np.flatnonzero(counts > 1)
    most = often[np.argsort(-counts[often], kind="stable")[:MOST_TOP]]
    found = filled.filter(pl.Series(np.isin(hashes, ordered[starts[most]]))) if len(most) else filled.head(0)
    top = sorted(found.value_counts(sort=False).iter_rows(), key=lambda row: (-row[1], row[0]))
    return {"unique": len(starts), "top": [(_shown(text), count) for text, count in top]}


def _shown(text: str) -> str:
    return text if len(text) <= LONGEST_TOP else text[: LONGEST_TOP - 1] + "…"


def _of_dates(train: NDArray[np.float64]) -> dict[str, Any]:
    moments = train[np.isfinite(train)]
    if not len(moments):
        return {"missing": len(train)}
    return {
        "missing": len(train) - len(moments),
        "earliest": as_date(float(moments.min())),
        "latest": as_date(float(moments.max())),
        "ascending": bool(np.all(moments[1:] >= moments[:-1])),
        **_distribution(of_numbers(moments)),
    }


def _of_numbers(column: Values, train: NDArray[Any]) -> dict[str, Any]:
    """Of numbers, vectors and sequences; cells that are no number are among the missing."""
    tally = of_numbers(train)
    return {
        "shape": list(train.shape[1:]),
        "missing": _missing(train),
        "nonfinite": column.nonfinite.get("train", 0),
        "unique": len(tally.numbers) if column.kind == "number" else None,
        **_distribution(tally),
    }


def _missing(train: NDArray[Any]) -> int:
    """Cells without a number, counted some rows at a time: a bit for each of a large file would not fit."""
    if train.dtype.kind != "f":
        return 0
    pieces = (train[start : start + ROWS_AT_A_TIME] for start in range(0, len(train), ROWS_AT_A_TIME))
    return sum(piece.size - int(np.count_nonzero(np.isfinite(piece))) for piece in pieces)
