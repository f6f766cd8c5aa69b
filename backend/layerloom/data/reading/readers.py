"""Which reader reads what: by what is in a file, never by what it is called."""

from collections.abc import Mapping
from typing import Protocol

from layerloom.data.dataset import Format
from layerloom.data.reading import gzipped, zipped
from layerloom.data.reading.archives import arrays, pictures, sounds, texts
from layerloom.data.reading.archives.split_tables import by_fold, read_split_tables
from layerloom.data.reading.content import format_of
from layerloom.data.reading.members import Archive
from layerloom.data.reading.source import Given, Source
from layerloom.data.reading.tables import json_lines, parquet, separated, workbooks


class Reader(Protocol):
    """Opens a file of one format."""

    def __call__(self, given: Given) -> Source:
        """The file as columns. Raises Unreadable."""
        ...


READERS: Mapping[Format, Reader] = {
    "csv": separated.read_text,
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
    given = gzipped.unpacked(given)
    return _split_tables(given) or _single(zipped.unwrapped(given))


def _single(given: Given) -> Source:
    return READERS[format_of(given)](given)


def _split_tables(given: Given) -> Source | None:
    """The tables of a ZIP file that has one for each split; None where it is something else."""
    if not zipped.is_zip(given) or zipped.holds_many(given):
        return None
    with Archive(given) as archive:
        tables = by_fold(zipped.tables_of(archive.members))
        if not tables or zipped.holds_others(archive.members):
            return None
        rest = [member for member in archive.members if member not in tables.values()]
        return read_split_tables(given, archive, tables, rest, _single)
