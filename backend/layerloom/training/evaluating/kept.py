"""Evaluations on disk, beside the run: the report as JSON, what was said of each row as arrays."""

import shutil
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.evaluation import REPORT, ROWS, TEMPORARY

KEPT = 30

Array = NDArray[Any]


def store(place: Path, report: str, rows: Array, outputs: Mapping[str, Mapping[str, Array]]) -> None:
    """Keep an evaluation at `place`, whole or not at all; the oldest ones of the run make room.

    `rows` are the numbers of the rows in the split's file, `outputs` by name what was said of each.
    """
    place.parent.mkdir(exist_ok=True)
    aside = place.with_name(f"{TEMPORARY}{uuid.uuid4().hex}")
    aside.mkdir()
    try:
        names = list(outputs)
        arrays = {f"{at}/{key}": array for at, name in enumerate(names) for key, array in outputs[name].items()}
        np.savez(aside / ROWS, rows=rows, names=np.array(names, dtype=np.str_), **arrays)  # type: ignore[arg-type]  # NumPy's stub takes arrays for the flag
        (aside / REPORT).write_text(report, encoding="utf-8")
        shutil.rmtree(place, ignore_errors=True)
        aside.rename(place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    _thin_out(place.parent)


def read_rows(place: Path) -> tuple[Array, dict[str, dict[str, Array]]]:
    """What `store` kept of the rows. Raises FileNotFoundError."""
    outputs: dict[str, dict[str, Array]] = {}
    with np.load(place / ROWS, allow_pickle=False) as archive:
        names = [str(name) for name in archive["names"]]
        for key in archive.files:
            at, slash, field = key.partition("/")
            if slash:
                outputs.setdefault(names[int(at)], {})[field] = archive[key]
        return archive["rows"], outputs


def _thin_out(folder: Path) -> None:
    places = [path for path in folder.iterdir() if not path.name.startswith(TEMPORARY)]
    places.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in places[KEPT:]:
        shutil.rmtree(path, ignore_errors=True)
