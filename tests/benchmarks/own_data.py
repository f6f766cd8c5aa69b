"""A table of somebody's own, ten million rows of a gigabyte: `python -m tests.benchmarks.own_data`.

The file is generated, sent to a real server, read by the process that reads uploads, and its columns are then compared
with a target.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import httpx
import numpy as np
import polars as pl
import psutil

from layerloom.data.own import OwnSets
from tests.benchmarks.table import Row, limited, show
from tests.server import Server, serve

ROWS = 10_000_000
ROWS_AT_A_TIME = 1_000_000
MOST_S, MOST_MB, COLUMNS_S = 60.0, 1_000.0, 25.0
PEEK_S = 0.05
PIECE_BYTES = 8_000_000


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


class Uploaded(NamedTuple):
    """What the upload of a file took until its profile was there; `columns_s` is the last part of `read_s`."""

    dataset: str
    send_s: float
    read_s: float
    columns_s: float
    peak_mb: float


def uploaded(server: Server, file: Path) -> Uploaded:
    """Send a file as the page does, piece by piece, have it read, and wait for its profile."""
    begun = time.perf_counter()
    with httpx.Client(base_url=f"{server.url}/api", timeout=60) as client:
        token = client.post("/uploads", json={"name": file.name, "size_bytes": file.stat().st_size}).json()["token"]
        send(client, token, file)
        sent = time.perf_counter()
        client.post(f"/uploads/{token}/read", json={}).raise_for_status()
        peak_mb, begun_at = 0.0, dict[str, float]()
        while (state := client.get(f"/uploads/{token}").json())["state"] == "reading":
            peak_mb = max(peak_mb, largest_mb(server.process.pid))
            if state["progress"]:
                begun_at.setdefault(state["progress"]["stage"], time.perf_counter())
            time.sleep(PEEK_S)
    done = time.perf_counter()
    assert state["answer"]["dataset"] is not None, state["answer"]["message"]
    return Uploaded(state["answer"]["dataset"], sent - begun, done - sent, done - begun_at["columns"], peak_mb)


def send(client: httpx.Client, token: str, file: Path) -> None:
    """All bytes of a file, in the largest pieces that the page sends."""
    with file.open("rb") as opened:
        for offset in range(0, file.stat().st_size, PIECE_BYTES):
            piece = opened.read(PIECE_BYTES)
            client.patch(f"/uploads/{token}", params={"offset": offset}, content=piece).raise_for_status()


def largest_mb(server: int) -> float:
    """The most memory that the server or one of its processes has had so far, in MB (`VmHWM`)."""
    peaks = [0.0]
    with suppress(psutil.NoSuchProcess):
        for one in [psutil.Process(server), *psutil.Process(server).children()]:
            with suppress(OSError):
                status = Path(f"/proc/{one.pid}/status").read_text()
                peaks += [int(kb) * 1.024e-3 for kb in re.findall(r"VmHWM:\s+(\d+) kB", status)]
    return max(peaks)


class Measured(NamedTuple):
    """What a process took: seconds by the clock and of the processors, peak memory."""

    seconds: float
    cpu_s: float
    peak_mb: float


def measured(command: Sequence[str]) -> Measured:
    """Run a module to its end."""
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-P", "-m", *command])
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, f"{command} ended with {status}"
    return Measured(time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1_000)


def own_data(folder: Path, rows: int) -> list[Row]:
    """Sending a table of so many rows to a server that reads it, and comparing its columns."""
    file, home = folder / "orders.csv", folder / "home"
    generate(file, rows)
    note = f"{file.stat().st_size / 1e6:,.0f} MB, {datetime.now():%H:%M}, load {os.getloadavg()[0]:.1f}"
    with serve(home) as server:
        os.sync()  # a person's file is on the disk before it is chosen
        took = uploaded(server, file)
    own = OwnSets(home)
    set_ = own.get(took.dataset)
    assert set_ is not None
    target = [column.name for column in set_.columns].index("price")
    related = measured(["layerloom.data.relate", str(own.folder(set_.id)), str(target), "4000000000"])
    return [
        limited("own table: sent, read, described", took.send_s + took.read_s, "s", MOST_S, note),
        limited("of that, sent", took.send_s, "s", MOST_S, note),
        limited("of that, its columns", took.columns_s, "s", COLUMNS_S, note),
        limited("own table: peak memory of a process", took.peak_mb, "MB", MOST_MB, note),
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
