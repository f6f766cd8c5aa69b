"""What tests run in processes of their own, all on one database."""

import time
from pathlib import Path

from layerloom.events import LogEvent
from tests.runs.building import open_store


def append_many(home: Path, run: int, count: int) -> float:
    """Append one event at a time; the longest wait in seconds."""
    store = open_store(home)
    longest_s = 0.0
    for number in range(count):
        begun = time.monotonic()
        store.append(run, 1, [LogEvent(message=str(number))])
        store.list()
        longest_s = max(longest_s, time.monotonic() - begun)
    return longest_s


def claim_all(home: Path) -> list[int]:
    """The runs that this process got."""
    store = open_store(home)
    claimed = []
    while run := store.claim_next():
        claimed.append(run.id)
    return claimed


def append_until_killed(home: Path, run: int, acknowledged: Path) -> None:
    """Append for ever; write each number that the store has acknowledged."""
    store = open_store(home)
    with acknowledged.open("w") as file:
        while True:
            last = store.append(run, 1, [LogEvent(message="x"), LogEvent(message="y")])[-1]
            file.write(f"{last.seq}\n")
            file.flush()
