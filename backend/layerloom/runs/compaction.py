"""Keeps the log of a very long run bounded: old step events are thinned, everything else stays.

Numbers are never given twice, so a reader that asks for what came after *n* still gets it once and in order.
"""

import json

from sqlalchemy import Connection, bindparam, delete, func, select

from layerloom.runs.series import thin
from layerloom.runs.tables import EVENTS, EventRow

MAX_STEP_EVENTS = 20_000
RECENT_STEP_EVENTS = 2_000
CHECK_EVERY_EVENTS = 500


def is_due(last_seq: int, added: int) -> bool:
    """Whether the log should be looked at after `added` events led it to `last_seq`."""
    return last_seq // CHECK_EVERY_EVENTS != (last_seq - added) // CHECK_EVERY_EVENTS


def compact(connection: Connection, run_id: int) -> None:
    """Halve the old step events of a run that has too many; first, last and extremes of each metric stay."""
    steps = (EventRow.run_id == run_id, EventRow.kind == "step")
    count = connection.execute(select(func.count()).where(*steps)).scalar_one()
    if count <= MAX_STEP_EVENTS:
        return
    newest_first = select(EventRow.seq, EventRow.body).where(*steps).order_by(EventRow.seq.desc())
    old = connection.execute(newest_first.offset(RECENT_STEP_EVENTS)).all()
    kept = _worth_keeping([(seq, json.loads(body)["metrics"]) for seq, body in reversed(old)])
    dropped = [{"in_run": run_id, "numbered": seq} for seq, _ in old if seq not in kept]
    one = delete(EVENTS).where(EVENTS.c.run_id == bindparam("in_run"), EVENTS.c.seq == bindparam("numbered"))
    connection.execute(one, dropped)


def _worth_keeping(measured: list[tuple[int, dict[str, float | None]]]) -> set[int]:
    names = {name for _, metrics in measured for name in metrics}
    share = len(measured) // (2 * max(len(names), 1))
    return {
        seq
        for name in names
        for seq, _ in thin([(seq, metrics[name]) for seq, metrics in measured if name in metrics], share)
    }
