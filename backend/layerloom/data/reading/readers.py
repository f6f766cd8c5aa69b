"""Which reader reads what: by what is in a file, never by what it is called."""

from collections.abc import Mapping
from typing import Protocol

from layerloom.data.dataset import Format
from layerloom.data.reading import (
    arrays,
    gzipped,
    json_lines,
    parquet,
    pictures,
    sounds,
    tables,
    texts,
    workbooks,
    zipped,
)
from layerloom.data.reading.content import format_of
from layerloom.data.reading.source import Given, Source


class Reader(Protocol):
    """Opens a file of one format."""

    def __call__(self, given: Given) -> Source:
        """The file as columns. Raises Unreadable."""
        ...


READERS: Mapping[Format, Reader] = {
    "csv": tables.read_text,
    "excel": workbooks.read_workbook,
    "parquet": parquet.read_parquet,
    "jsonl": json_lines.read_json_lines,
    "images": pictures.read_pictures,
    "texts": texts.read_texts,
    "audio": sounds.read_sounds,
    "npz": arrays.read_arrays,
    "npy": arrays.read_array,
}


def opened(given: Given) -> Source:
    """The file, read as it was asked for, or as what it looks like. Raises Unreadable."""
    given = zipped.unwrapped(gzipped.unpacked(given))
    return READERS[format_of(given)](given)
