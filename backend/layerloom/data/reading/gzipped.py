"""Files packed with gzip, as tables often are: unpacked first, and counted while they are."""

import gzip
import shutil
import zlib
from dataclasses import replace

from layerloom.data.reading.members import SMALL_BYTES
from layerloom.data.reading.source import Given, Unreadable

MAGIC = b"\x1f\x8b"
CHUNK = 1 << 20


def unpacked(given: Given) -> Given:
    """What a gzip file holds; any other file as it is. Raises Unreadable `malformed`, `unpacks-too-large`."""
    target = given.scratch / "unpacked-gzip"
    most = min(given.limits.max_unpacked_bytes, shutil.disk_usage(given.scratch).free // 2)
    with given.path.open("rb") as source:
        if source.read(len(MAGIC)) != MAGIC:
            return given
        source.seek(0)
        try:
            with gzip.open(source) as packed, target.open("wb") as file:
                while chunk := packed.read(CHUNK):
                    # Told by what was taken so far, a bomb is known long before the file is at its end.
                    if file.tell() + len(chunk) > min(most, SMALL_BYTES + given.limits.max_ratio * source.tell()):
                        raise _too_large(given, most)
                    file.write(chunk)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            message = f"'{given.name}' is a gzip file that is damaged or cut off. Pack or upload it again."
            raise Unreadable("malformed", message) from None
    return replace(given, path=target, name=given.name.removesuffix(".gz"))


def _too_large(given: Given, most: int) -> Unreadable:
    limits = f"more than {most:,} bytes, or {given.limits.max_ratio} times its size"
    message = f"'{given.name}' would unpack to {limits} (settings max_unpacked_bytes and max_ratio)."
    return Unreadable("unpacks-too-large", message)
