"""A ZIP file of texts, one a file: as UTF-8, else in the encoding that those which are not seem to have."""

import codecs

import polars as pl

from layerloom.data.dataset import Reading
from layerloom.data.reading.archives.columns import Columns
from layerloom.data.reading.archives.filed import columns, filed, kept_rows
from layerloom.data.reading.archives.workers import each
from layerloom.data.reading.encodings import by_evidence, is_utf8
from layerloom.data.reading.members import Archive, Broken
from layerloom.data.reading.source import Given

UTF8 = "utf-8"
GUESSED_FROM_BYTES = 65_536
LARGEST_FILE_BYTES = 10_000_000
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_texts(given: Given) -> Columns:
    """Texts in class folders, with a table of labels, or alone, as the column `text`. Raises Unreadable."""
    skip = given.reading is None or given.reading.skip_broken
    with Archive(given) as archive:
        rows = filed(given, archive, "texts")
        contents: dict[int, bytes] = {}

        def read(number: int) -> None:
            member = rows.files[number].member
            if member.size > LARGEST_FILE_BYTES:
                message = f"Left out: it has {member.size:,} bytes; {LARGEST_FILE_BYTES:,} are read."
                raise Broken("text-too-long", message)
            contents[number] = archive.content(member)

        broken = each(len(rows.files), read, given.report, "reading")
    asked = given.reading.encoding if given.reading else None
    encoding = asked or _guessed(contents)
    texts: dict[int, str] = {}
    for number in sorted(contents):
        try:
            texts[number] = _decoded(contents.pop(number), encoding)
        except Broken as error:
            broken[number] = error
    kept = kept_rows(given, rows, broken, skip)
    made = rows.by_split(pl.Series("text", [texts[row] for row in kept], dtype=pl.String), kept)
    read_as = Reading(format="texts", encoding=encoding, skip_broken=skip)
    return columns(given, rows, read_as, made, broken, [])


def _guessed(contents: dict[int, bytes]) -> str:
    """The encoding of what is not UTF-8, from the first of it."""
    lines, collected = list[bytes](), 0
    for content in contents.values():
        if not is_utf8(content) and not any(content.startswith(mark) for mark, _ in _MARKS):
            lines += [line for line in content.splitlines() if not line.isascii()]
            collected += len(content)
        if collected > GUESSED_FROM_BYTES:
            break
    return by_evidence(lines).replace("_", "-")


def _decoded(content: bytes, encoding: str) -> str:
    """What begins with a mark or is UTF-8 is read so, whatever the others are. Raises Broken."""
    marked = [name for mark, name in _MARKS if content.startswith(mark)]
    for name in (*marked, UTF8, encoding):
        try:
            text = content.decode(name)
        except (UnicodeError, LookupError):
            continue
        if "\0" not in text:
            return text.strip()
    raise Broken("encoding", f"Left out: it is no text in {encoding}. Save it as UTF-8, or choose its encoding.")
