"""The queue: the runs that wait, in the order in which they will be taken up."""

from itertools import accumulate

from sqlalchemy import Connection, bindparam, select, update

from layerloom.runs.tables import RUNS, RunRow

LINE = (RunRow.queued_at, RunRow.id)
APART = 1e-6
"""Seconds; between two places that were taken at the same time."""


def positions(connection: Connection) -> dict[int, int]:
    """The place of each run that waits, from 1: the one that is next."""
    waiting = select(RunRow.id).where(RunRow.state == "queued").order_by(*LINE)
    return {id: place for place, id in enumerate(connection.execute(waiting).scalars(), start=1)}


def move(connection: Connection, id: int, position: int) -> None:
    """Put a run that waits at this place, from 1; past the end is last. The others keep their order."""
    waiting = select(RunRow.id, RunRow.queued_at).where(RunRow.state == "queued").order_by(*LINE)
    line = connection.execute(waiting).all()
    ids = [waits for waits, _ in line if waits != id]
    ids.insert(position - 1, id)
    places = _distinct([place for _, place in line])
    changed = [{"run": run, "place": place} for run, place in zip(ids, places, strict=True)]
    connection.execute(update(RUNS).where(RUNS.c.id == bindparam("run")).values(queued_at=bindparam("place")), changed)


def _distinct(places: list[float]) -> list[float]:
    """The same places in the same order, no two of them equal."""
    return list(accumulate(places, lambda before, place: max(place, before + APART)))
