"""Which reader reads what: by what is in a file, never by what it is called."""

from collections.abc import Mapping
from typing import Protocol

from layerloom.data.dataset import Format
from layerloom.data.reading import arrays, pictures, sounds, tables, texts, zipped
from layerloom.data.reading.content import format_of
from layerloom.data.reading.source import Given, Source


class Reader(Protocol):
    """Opens a file of one format."""

    def __call__(self, given: Given) -> Source:
        """The file as columns. Raises Unreadable."""
        ...


READERS: Mapping[Format, Reader] = {
    "csv": tables.read_text,
    "parquet": tables.read_parquet,
    "images": pictures.read_pictures,
    "texts": texts.read_texts,
    "audio": sounds.read_sounds,
    "npz": arrays.read_arrays,
    "npy": arrays.read_array,
}


def opened(given: Given) -> Source:
    """The file, read as it was asked for, or as what it looks like. Raises Unreadable."""
    given = zipped.unwrapped(given)
    return READERS[format_of(given)](given)
