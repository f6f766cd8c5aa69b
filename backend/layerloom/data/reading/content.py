"""What a file is, by its first bytes; its name only decides what to say where the two disagree."""

import codecs
import re

from pydantic_core import from_json

from layerloom.data.dataset import Format
from layerloom.data.reading import zipped
from layerloom.data.reading.source import Given, Unreadable
from layerloom.data.reading.tables.json_list import BEGINS

FIRST_BYTES = 4_096
KNOWN: tuple[tuple[bytes, Format], ...] = (
    (b"PAR1", "parquet"),
    (b"\x93NUMPY", "npy"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "excel"),
)
FOREIGN = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\x89HDF", "an HDF5 file"),
    (b"SQLite format 3", "a SQLite database"),
    (b"RIFF", "a sound or a picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x1f\x8b", "packed twice with gzip"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML document"),
    (b"{\\rtf", "a text with formats (RTF)"),
)
TAKEN = "a table as CSV, TSV, Excel, Parquet or JSON, NumPy arrays, or a ZIP file of pictures, texts or sounds"


def format_of(given: Given) -> Format:
    """The format that was asked for, or that of the content. Raises Unreadable `empty`, `content-mismatch`."""
    with given.path.open("rb") as file:
        start = file.read(FIRST_BYTES)
    if not start.strip():
        raise Unreadable("empty", f"'{given.name}' is empty. Expected {TAKEN}.")
    for magic, what in FOREIGN:
        if start.lower().startswith(magic.lower()):
            raise Unreadable("content-mismatch", f"'{given.name}' is {what}. Expected {TAKEN}.")
    if given.reading:
        return given.reading.format
    if zipped.is_zip(given):
        return zipped.zip_format(given)
    if _is_json(start.removeprefix(codecs.BOM_UTF8).lstrip(), given.name):
        return "jsonl"
    return next((format for magic, format in KNOWN if start.startswith(magic)), "csv")


def _is_json(start: bytes, name: str) -> bool:
    """Whether objects stand there: in a list, or one a line, as far as the first one tells.

    Raises Unreadable for other JSON.
    """
    if BEGINS.match(start):
        return True
    if re.match(rb'\{\s*"|\[\s*[\[{"\d-]', start) is None:
        return False
    line, end, _ = start.partition(b"\n")
    try:
        is_object = isinstance(from_json(line), dict)
    except ValueError:
        is_object = not end and start.startswith(b"{") and len(start) > FIRST_BYTES - 100
    if not is_object and start.startswith(b"{"):
        message = f"'{name}' is a JSON document. Expected a list of objects, or JSON Lines: one object a line."
        raise Unreadable("content-mismatch", message)
    return is_object
