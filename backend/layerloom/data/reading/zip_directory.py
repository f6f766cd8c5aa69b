"""How many members a ZIP file has, told before Python's own reader makes an object of each of them."""

import mmap
import struct
from pathlib import Path

_END, _END_MARK = struct.Struct("<4s4H2LH"), b"PK\x05\x06"
_END64, _END64_MARK = struct.Struct("<4sQ2H2L4Q"), b"PK\x06\x06"
_LOCATOR_MARK, _LOCATOR_BYTES = b"PK\x06\x07", 20
_ENTRY_MARK, _ENTRY_BYTES, _ENTRY_LENGTHS = b"PK\x01\x02", 46, struct.Struct("<3H")
_LENGTHS_AT = 28
_LONGEST_COMMENT = 65_535


def count_members(path: Path, most: int) -> int:
    """The entries of the table of contents, counted one by one (what it says of itself may be a lie).

    Counting ends at `most` + 1. Raises ValueError where there is no whole table.
    """
    if path.stat().st_size < _END.size:
        raise ValueError("too short")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        end = content.rfind(_END_MARK, max(0, len(content) - _END.size - _LONGEST_COMMENT))
        if end < 0 or len(content) - end < _END.size:
            raise ValueError("no table of contents")
        size, table_end = _END.unpack_from(content, end)[5], end
        if content[end - _LOCATOR_BYTES : end].startswith(_LOCATOR_MARK):
            at = end - _LOCATOR_BYTES - _END64.size
            if at >= 0 and content[at : at + 4] == _END64_MARK:
                size, table_end = _END64.unpack_from(content, at)[8], at
        return _counted(content, table_end - size, table_end, most)


def _counted(content: mmap.mmap, at: int, end: int, most: int) -> int:
    if at < 0:
        raise ValueError("the table of contents is longer than the file")
    count = 0
    while at + _ENTRY_BYTES <= end and count <= most:
        if content[at : at + 4] != _ENTRY_MARK:
            raise ValueError("damaged table of contents")
        at += _ENTRY_BYTES + sum(_ENTRY_LENGTHS.unpack_from(content, at + _LENGTHS_AT))
        count += 1
    return count
