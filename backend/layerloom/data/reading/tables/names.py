"""Names of columns: each has one, no two are the same, and none hides what it is."""

import unicodedata
from collections.abc import Sequence

from layerloom.data.dataset import Note
from layerloom.data.reading.source import Given, Unreadable

MOST_LETTERS = 200


def unique(given: Given, header: Sequence[str | None], notes: list[Note]) -> list[str]:
    """The names of a header made usable; notes tell of those that are no longer as they stand there.

    Raises Unreadable `too-many-columns`.
    """
    check_count(given, len(header))
    names: list[str] = []
    taken: set[str] = set()
    for index, text in enumerate(header, 1):
        wanted = _plain(text or "")
        name = _free(wanted or f"column_{index}", taken)
        taken.add(name)
        names.append(name)
        if name != wanted:
            what = f"The name '{wanted}' stands there twice" if wanted else f"Column {index:,} has no name"
            notes.append(Note(code="renamed", message=f"{what}: it is called '{name}' here.", column=name))
    return names


def check_count(given: Given, columns: int) -> None:
    """Raises Unreadable `too-many-columns`."""
    if columns > given.limits.max_columns:
        found = f"'{given.name}' has {columns:,} columns"
        raise Unreadable("too-many-columns", f"{found}, the limit is {given.limits.max_columns:,} (max_columns).")


def _plain(text: str) -> str:
    """On one line, without characters that steer or hide."""
    line = " ".join(text[: 2 * MOST_LETTERS].split())
    return "".join(letter for letter in line if unicodedata.category(letter)[0] != "C")[:MOST_LETTERS].strip()


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free
