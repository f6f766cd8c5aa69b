"""Tables made to take memory or time: what reads them stays small, and answers soon."""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl
import pytest

from layerloom.data.library import PACKAGE_PARENT
from layerloom.data.uploads import FILE, ORDER, UPLOAD, Order, Upload

MOST_BYTES = 1_500_000_000
MOST_CPU_S = 5.0
"""Of processor time: the clock says what else the machine does. Less than that of waiting, with nothing beside it."""

Pieces = Callable[[], Iterable[bytes]]


def constant_parquet() -> Iterable[bytes]:
    path = Path("constant.parquet")
    pl.select(x=pl.repeat(1, 1_000_000_000, dtype=pl.Int8)).write_parquet(path)
    yield path.read_bytes()
    path.unlink()


HEAVY: dict[str, tuple[Pieces, str]] = {
    "an unclosed quote before 200 MB": (lambda: [b'a,b\n1,"2\n', *[b"3,4\n" * 5_000_000] * 10], "csv-quote"),
    "a field of 200 MB": (lambda: [b"a,b\n1,2\n", b"x" * 200_000_000], "field-too-long"),
    "a row of 100 million fields": (lambda: [b"a,b\n1,2\n", b"x," * 100_000_000], "field-too-long"),
    "a header of 50 million columns": (lambda: [b"x," * 50_000_000], "too-many-columns"),
    "100 million short rows": (lambda: [b"a,b\n1,2\n", b"1\n" * 100_000_000], "ragged"),
    "200 million blank lines": (lambda: [b"\n" * 200_000_000], "empty"),
    "200 million zero bytes": (lambda: [b"a,b\n", b"\0" * 200_000_000], "nul"),
    "2 GB of zeros, packed": (lambda: [gzip.compress(b"\0" * 2_000_000_000, 1)], "unpacks-too-large"),
    "a line of JSON of 200 MB": (lambda: [b'{"x": 1}\n{"x": "', b"y" * 200_000_000], "field-too-long"),
    "a million keys": (lambda: (b'{"k%d": 1}\n' % k for k in range(1_000_000)), "too-many-columns"),
    "a billion rows of Parquet": (constant_parquet, "unpacks-too-large"),
}

MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_maxrss * 1024, used.ru_utime + used.ru_stime)
"""


@pytest.mark.slow
@pytest.mark.parametrize("case", HEAVY)
def test_it_is_refused_with_little_memory_and_soon(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces, code = HEAVY[case]
    monkeypatch.chdir(tmp_path)
    with (tmp_path / FILE).open("wb") as file:
        file.writelines(pieces())
    upload = Upload(name="table.csv", size_bytes=(tmp_path / FILE).stat().st_size)
    (tmp_path / UPLOAD).write_text(upload.model_dump_json())
    (tmp_path / ORDER).write_text(Order().model_dump_json())
    ingest = [sys.executable, "-m", "layerloom.data.ingest", str(tmp_path), str(tmp_path / "home")]
    command = [sys.executable, "-c", MEASURED, *ingest]
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE_PARENT)}
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.split()
    answer = json.loads((tmp_path / "answer.json").read_text())
    memory, seconds = int(told[0]), float(told[1])
    (tmp_path / FILE).unlink()
    assert (answer["code"], memory < MOST_BYTES, seconds < MOST_CPU_S) == (code, True, True), (
        f"{memory:,} B, {seconds} s"
    )
