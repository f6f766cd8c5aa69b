"""What a ZIP file is, by what most of its members are: pictures, texts, sounds, arrays, a workbook, a packed table."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from layerloom.data.dataset import Format
from layerloom.data.reading.members import Archive, Broken, Member
from layerloom.data.reading.source import Given, Unreadable
from layerloom.data.reading.zip_directory import count_members

FIRST_BYTES = (b"PK\x03\x04", b"PK\x05\x06")
DOCUMENT = "content.xml"
"""The member of an OpenDocument file that holds its sheets."""
WORKBOOKS = frozenset({"xl/workbook.xml", "xl/workbook.bin", DOCUMENT})
TABLES = frozenset({".csv", ".tsv", ".tab", ".parquet", ".jsonl", ".ndjson", ".xlsx"})
FAMILIES: dict[Format, frozenset[str]] = {
    "images": frozenset({".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".bmp", ".webp", ".tif", ".tiff"}),
    "audio": frozenset({".wav", ".wave", ".mp3", ".flac", ".ogg", ".m4a", ".aac"}),
    "npz": frozenset({".npy"}),
    "texts": frozenset({".txt", ".text"}),
}
"""What is recognised; where two are equally many, the first."""
MOST_BESIDE_TABLE = 100
TAKEN = "pictures, WAV sounds, texts (.txt) or arrays (.npy), or a single table"


def is_zip(given: Given) -> bool:
    """Whether the file begins as ZIP files do."""
    with given.path.open("rb") as file:
        return file.read(4) in FIRST_BYTES


def zip_format(given: Given) -> Format:
    """What the members make it. Raises Unreadable `content-mismatch`, and as `Archive` does."""
    with Archive(given) as archive:
        if any(member.name in WORKBOOKS for member in archive.members):
            return "excel"
        counts = Counter(format for member in archive.members if (format := family(member)))
        if not counts and (tables := len(tables_of(archive.members))) > 1:
            told = f"'{given.name}' holds {tables:,} tables; a dataset is one, or one for each split"
            message = f"{told} (train.csv, test.csv). Bring each by itself, or name them so."
            raise Unreadable("several-tables", message)
        if not counts:
            endings = sorted({member.ending or "(none)" for member in archive.members})[:5]
            message = f"'{given.name}' holds files that end in {', '.join(endings)}. Expected {TAKEN}."
            raise Unreadable("content-mismatch", message)
        return max(FAMILIES, key=lambda format: counts[format])


def unwrapped(given: Given) -> Given:
    """The one table that a ZIP file holds, unpacked; any other file as it is. Raises Unreadable as `Archive` does."""
    if not is_zip(given) or holds_many(given):
        return given
    with Archive(given) as archive:
        tables = tables_of(archive.members)
        if len(tables) != 1 or holds_others(archive.members):
            return given
        target = given.scratch / "unpacked"
        try:
            archive.unpack(tables[0], target)
        except Broken as error:
            raise Unreadable(error.code, f"'{tables[0].name}' in the archive: {error.message}") from None
    return replace(given, path=target, name=PurePosixPath(tables[0].name).name)


def tables_of(members: Sequence[Member]) -> list[Member]:
    """The members that are tables. JSON is one where there is no other: beside tables it says something of them."""
    tables = [member for member in members if member.ending in TABLES]
    if tables or any(family(member) for member in members):
        return tables
    return [member for member in members if member.ending == ".json"]


def holds_others(members: Sequence[Member]) -> bool:
    """Whether the archive is a workbook, or has more than tables and words on them."""
    return any(member.name in WORKBOOKS or family(member) not in (None, "texts") for member in members)


def holds_many(given: Given) -> bool:
    """Told without looking at each member: a packed table has little beside it."""
    try:
        return count_members(given.path, MOST_BESIDE_TABLE) > MOST_BESIDE_TABLE
    except ValueError:
        return False


def family(member: Member) -> Format | None:
    """What a member is by the end of its name; None where that is nothing known."""
    return next((format for format, endings in FAMILIES.items() if member.ending in endings), None)
