"""Where the rows and fields of a text table end, found in whole blocks at once: quotes decide which marks count."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

QUOTE, NEWLINE, RETURN = ord('"'), ord("\n"), ord("\r")
Positions = NDArray[np.int64]


@dataclass(frozen=True)
class Marks:
    """Marks of a block that begins with a row.

    `ends` are the newlines that end a row, (rows,); `separators` those that end a field, (n,). `bad_quote` is where a
    quote opens that stands inside a field, or that is closed before a field ends; `quoted` says whether a field is in
    quotes; `open_at` is where the quote opens that is still open at the end. Both places are None where there is none.
    """

    ends: Positions
    separators: Positions
    bad_quote: int | None = None
    quoted: bool = False
    open_at: int | None = None


def marks(block: bytes, separator: int, quotes: bool) -> Marks:
    """Find them. Where not `quotes`, a quote is a letter as any other."""
    letters = np.frombuffer(block, np.uint8)
    newlines, separators = np.flatnonzero(letters == NEWLINE), np.flatnonzero(letters == separator)
    if not quotes or b'"' not in block:
        return Marks(newlines, separators)
    found = np.flatnonzero(letters == QUOTE)
    opening, closing = found[0::2], found[1::2]
    before, after = letters[np.maximum(opening - 1, 0)], letters[np.minimum(closing + 1, len(letters) - 1)]
    # At the edges of the block a quote is its own neighbour. One beside another is an escaped one.
    stray = opening[~np.isin(before, (separator, NEWLINE, QUOTE))]
    early = opening[: len(closing)][~np.isin(after, (separator, NEWLINE, RETURN, QUOTE))]
    bad = np.concatenate((stray, early))
    return Marks(
        ends=_outside(newlines, found),
        separators=_outside(separators, found),
        bad_quote=int(bad.min()) if len(bad) else None,
        quoted=bool(np.any(np.isin(before, (separator, NEWLINE)))) or opening[0] == 0,
        open_at=int(found[-1]) if len(found) % 2 else None,
    )


def _outside(marks: Positions, quotes: Positions) -> Positions:
    """Those marks that an even number of quotes stands before."""
    outside: Positions = marks[np.searchsorted(quotes, marks) % 2 == 0]
    return outside


def sound_line(separator: str) -> re.Pattern[bytes]:
    """What a line must match as a whole so that each of its quotes is closed where a field ends."""
    mark = re.escape(separator)
    field = rf'(?:"(?:[^"]|"")*"|[^"{mark}]*)'
    return re.compile(rf"{field}(?:{mark}{field})*\r?".encode())
