"""A table with any bytes changed is still read, or refused with a reason: nothing else ever happens."""

import gzip
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given as draw
from hypothesis import settings
from hypothesis import strategies as st

from layerloom.data.reading.source import Unreadable
from tests.data.reading.packing import cells, read
from tests.data.reading.test_parquet import parquet
from tests.data.reading.workbook import workbook

WHOLE = {
    "csv": 'a,b;c,d\n1,"x\ny",2026-01-01\n2,é,NA\n3,"z""w",\n'.encode(),
    "gzip": gzip.compress(b"a,b\n1,2\n" * 50),
    "jsonl": b'{"a": 1, "b": [1, 2], "c": "x"}\n{"a": 2.5, "b": [3, 4], "d": {"e": null}}\n',
    "parquet": parquet(pl.DataFrame({"a": [1, 2], "l": [[1, 2], [3, 4]], "t": [{"u": 1}, None]})),
    "xlsx": workbook({"A": [["x", "y"], [1, "a"], [2.5, date(2026, 1, 1)]]}),
}
CHANGES = st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=3)), min_size=1, max_size=5)


@pytest.mark.parametrize("kind", WHOLE)
@settings(max_examples=15, deadline=None)
@draw(changes=CHANGES)
def test_whatever_bytes_are_changed(kind: str, changes: list[tuple[int, bytes]]) -> None:
    content = bytearray(WHOLE[kind])
    for place, letters in changes:
        at = place % len(content)
        content[at : at + 1] = letters
    with TemporaryDirectory() as folder, suppress(Unreadable):
        table = cells(read(Path(folder), bytes(content), "table"))
        assert len({len(parts["train"]) for parts in table.values()}) == 1
