"""What a file is, by its first bytes; its name only decides what to say where the two disagree."""

from layerloom.data.dataset import Format
from layerloom.data.reading import zipped
from layerloom.data.reading.source import Given, Unreadable

FIRST_BYTES = 4_096
KNOWN: tuple[tuple[bytes, Format], ...] = ((b"PAR1", "parquet"), (b"\x93NUMPY", "npy"))
FOREIGN = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x89HDF", "an HDF5 file"),
    (b"SQLite format 3", "a SQLite database"),
    (b"RIFF", "a sound or a picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x1f\x8b", "a gzip file"),
)
TAKEN = "a table as CSV, TSV or Parquet, NumPy arrays, or a ZIP file of pictures, texts or sounds"


def format_of(given: Given) -> Format:
    """The format that was asked for, or that of the content. Raises Unreadable `empty`, `content-mismatch`."""
    with given.path.open("rb") as file:
        start = file.read(FIRST_BYTES)
    if not start.strip():
        raise Unreadable("empty", f"'{given.name}' is empty. Expected {TAKEN}.")
    for magic, what in FOREIGN:
        if start.startswith(magic):
            raise Unreadable("content-mismatch", f"'{given.name}' is {what}. Expected {TAKEN}.")
    if given.reading:
        return given.reading.format
    if zipped.is_zip(given):
        return zipped.zip_format(given)
    return next((format for magic, format in KNOWN if start.startswith(magic)), "csv")
