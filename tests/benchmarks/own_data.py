"""A table of somebody's own, ten million rows of a gigabyte: `python -m tests.benchmarks.own_data`.

The file is generated, read by the real process that reads uploads, and its columns are then compared with a target.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from layerloom.data.own import OwnSets
from layerloom.data.storage import write_bytes
from layerloom.data.uploads import ANSWER, FILE, ORDER, PROGRESS, Answer, Order, Uploads
from tests.benchmarks.table import Row, limited, show

ROWS = 10_000_000
ROWS_AT_A_TIME = 1_000_000
MOST_S, MOST_MB, COLUMNS_S = 60.0, 1_000.0, 25.0
PEEK_S = 0.05


def generate(path: Path, rows: int) -> None:
    """Numbers, categories, a date, and a running number: about 100 bytes a row, the same for every call."""
    draw = np.random.default_rng(7)
    with path.open("wb") as file:
        for start in range(0, rows, ROWS_AT_A_TIME):
            some(draw, start, min(ROWS_AT_A_TIME, rows - start)).write_csv(file, include_header=start == 0)


def some(draw: np.random.Generator, start: int, rows: int) -> pl.DataFrame:
    """These rows of the table; `price` follows from `weight` and `stars`."""
    stars, weight = draw.integers(1, 6, rows), draw.gamma(2, 3, rows)
    numbers = {f"x{k}": draw.normal(size=rows).round(6) for k in range(4)}
    return pl.DataFrame(
        {
            "order_id": np.arange(start, start + rows),
            "day": pl.Series(np.arange(start, start + rows) // 10_000).cast(pl.Int32).cast(pl.Date),
            "store": np.array([f"store {k:03d}" for k in range(150)])[draw.integers(0, 150, rows)],
            "region": np.array(["north", "south", "east", "west"])[draw.integers(0, 4, rows)],
            "units": draw.integers(1, 60, rows),
            "stars": stars,
            "weight": weight.round(6),
            **numbers,
            "customer": pl.Series(draw.integers(0, 2**31, rows)).cast(pl.String) + "-c",
            "price": (20 + 3 * weight + 2 * stars + draw.normal(size=rows)).round(4),
        }
    )


class Measured(NamedTuple):
    """What a process took: seconds by the clock and of the processors, peak memory, when each stage was first seen."""

    seconds: float
    cpu_s: float
    peak_mb: float
    stages: dict[str, float]


def measured(command: Sequence[str], peek: Path | None = None) -> Measured:
    """Run a module to its end; `peek` is the file that tells of its stages."""
    begun, stages = time.perf_counter(), dict[str, float]()
    process = subprocess.Popen([sys.executable, "-P", "-m", *command])
    while True:
        found, status, usage = os.wait4(process.pid, os.WNOHANG)
        if found:
            break
        if peek is not None and peek.exists():
            stages.setdefault(json.loads(peek.read_bytes())["stage"], time.perf_counter() - begun)
        time.sleep(PEEK_S)
    assert status == 0, f"{command} ended with {status}"
    cpu_s = usage.ru_utime + usage.ru_stime
    return Measured(time.perf_counter() - begun, cpu_s, usage.ru_maxrss / 1_000, stages)


def own_data(home: Path, rows: int) -> list[Row]:
    """Reading a table of so many rows, and comparing its columns."""
    uploads = Uploads(home)
    folder = uploads.folder(uploads.create("orders.csv", 0))
    generate(folder / FILE, rows)
    write_bytes(folder / ORDER, Order().model_dump_json().encode())
    size = (folder / FILE).stat().st_size / 1e6
    read = measured(["layerloom.data.ingest", str(folder), str(home)], folder / PROGRESS)
    answer = Answer.model_validate_json((folder / ANSWER).read_bytes())
    assert answer.dataset is not None, answer.message
    own = OwnSets(home)
    set_ = own.get(answer.dataset)
    assert set_ is not None
    target = [column.name for column in set_.columns].index("price")
    place = str(own.folder(set_.id))
    related = measured(["layerloom.data.relate", place, str(target), "4000000000"])
    note = f"{size:,.0f} MB, {datetime.now():%H:%M}, load {os.getloadavg()[0]:.1f}"
    return [
        limited("own table: read, stored, described", read.seconds, "s", MOST_S, f"{note}, CPU {read.cpu_s:.1f} s"),
        limited("of that, its columns", read.seconds - read.stages["columns"], "s", COLUMNS_S, note),
        limited("own table: peak memory", read.peak_mb, "MB", MOST_MB, note),
        limited("relations to one target", related.seconds, "s", MOST_S, f"{note}, CPU {related.cpu_s:.1f} s"),
        limited("relations: peak memory", related.peak_mb, "MB", MOST_MB, note),
    ]


def main() -> None:
    """Measure, print, and end with 1 where a promise is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--folder", type=Path, help="where a few gigabytes have room; they are gone afterwards")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        rows = own_data(Path(folder), chosen.rows)
    show(rows)
    sys.exit(any(row.ratio > row.at_most for row in rows))


if __name__ == "__main__":
    main()
