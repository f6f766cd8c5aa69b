"""Files packed with gzip, as tables often are: unpacked first, and counted while they are."""

import gzip
import shutil
import zlib
from dataclasses import replace
from pathlib import Path

from layerloom.data.reading.members import SMALL_BYTES
from layerloom.data.reading.source import Given, Unreadable

MAGIC = b"\x1f\x8b"
CHUNK = 1 << 20


def unpacked(given: Given) -> Given:
    """What a gzip file holds; any other file as it is. Raises Unreadable `malformed`, `unpacks-too-large`."""
    with given.path.open("rb") as file:
        if file.read(2) != MAGIC:
            return given
    target = given.scratch / "unpacked-gzip"
    most = min(given.limits.max_unpacked_bytes, shutil.disk_usage(given.scratch).free // 2)
    most = min(most, max(SMALL_BYTES, given.limits.max_ratio * given.path.stat().st_size))
    if _declared(given.path) > most:
        raise _too_large(given, most)
    try:
        with gzip.open(given.path) as packed, target.open("wb") as file:
            while chunk := packed.read(CHUNK):
                if file.tell() + len(chunk) > most:
                    raise _too_large(given, most)
                file.write(chunk)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        message = f"'{given.name}' is a gzip file that is damaged or cut off. Pack or upload it again."
        raise Unreadable("malformed", message) from None
    return replace(given, path=target, name=given.name.removesuffix(".gz"))


def _declared(path: Path) -> int:
    """The size that stands at the end, of the last 4 GB: no more than the file holds, if it is whole."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4))
        return int.from_bytes(file.read(4), "little")


def _too_large(given: Given, most: int) -> Unreadable:
    limit = f"more than {most:,} bytes (settings max_unpacked_bytes and max_ratio, and half of the free disk)"
    return Unreadable("unpacks-too-large", f"'{given.name}' would unpack to {limit}.")
