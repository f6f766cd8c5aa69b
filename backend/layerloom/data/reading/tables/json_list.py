"""A JSON list of objects, taken out of its text one after the other: the list may be larger than memory."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from layerloom.data.dataset import Note
from layerloom.data.reading.source import Given, Unreadable
from layerloom.data.reading.tables.rows import LARGEST_ROW

BEGINS = re.compile(rb"\s*\[\s*\{")
"""A list of anything else is no table."""
_TELLS_NOTHING = re.compile(rb"\s*\[?\s*")
_BEFORE_FIRST, _BEFORE_NEXT, _END = re.compile(r"\s*\[\s*"), re.compile(r"\s*,\s*"), re.compile(r"\s*\]\s*")


def begun(blocks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The start of a text, as far as tells whether it is such a list, and all of the text."""
    start = b""
    for block in blocks:
        start += block
        if not _TELLS_NOTHING.fullmatch(start):
            break
    return start, chain([start], blocks)


class JsonList:
    """Goes through the text once; what is wrong is placed by its number in the list, from 1."""

    def __init__(self, given: Given) -> None:
        self._given, self._decode, self._count = given, json.JSONDecoder().raw_decode, 0

    def objects(self, blocks: Iterable[bytes]) -> Iterator[list[dict[str, Any] | Note]]:
        """The objects of the list, in its order; a note for what is none. Raises Unreadable `malformed`."""
        left = ""
        for block in blocks:
            left += block.decode()
            found, end = self._found(left)
            left = left[end:]
            if len(left) > LARGEST_ROW:
                raise self._malformed(left)
            yield found
        if not _END.fullmatch(left):
            raise self._malformed(left)

    def _found(self, text: str) -> tuple[list[dict[str, Any] | Note], int]:
        """What is whole of the text, and where that ends."""
        found: list[dict[str, Any] | Note] = []
        end = 0
        while before := (_BEFORE_NEXT if self._count else _BEFORE_FIRST).match(text, end):
            try:
                value, after = self._decode(text, before.end())
            except (ValueError, RecursionError):
                break  # the rest of it may be in the next block
            if after == len(text):
                break  # so may be the rest of a number
            self._count, end = self._count + 1, after
            is_object = isinstance(value, dict)
            found.append(value if is_object else _fault(f"Item {self._count:,} of the list is no object"))
        return found, end

    def _malformed(self, left: str) -> Unreadable:
        number = self._count + 1
        before = (_BEFORE_NEXT if self._count else _BEFORE_FIRST).match(left)
        if before is None:
            message = f"Behind object {self._count:,} of the list stands neither a comma nor the end of the list"
        else:
            message = f"Object {number:,} of the list is no JSON: {self._reason(left, before.end())}"
        say = f"{message}. Expected '{self._given.name}' to be a list of objects, whole to its end. Write it again."
        return Unreadable("malformed", say, [_fault(message)])

    def _reason(self, text: str, start: int) -> str:
        try:
            self._decode(text, start)
        except json.JSONDecodeError as error:
            return error.msg
        except (ValueError, RecursionError) as error:
            return str(error)[:100]
        return "it is cut off"


def _fault(message: str) -> Note:
    return Note(code="malformed", message=message)
