"""How a run changes its state: columns, times and the event that says so, always together in one transaction."""

import time
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, update

from layerloom.events import Event, FailedEvent, RunState, StateEvent
from layerloom.runs import rows
from layerloom.runs.tables import EventRow, RunRow

Row = Mapping[Any, Any]

MAX_RESTARTS = 3
"""Deaths of the server in a row, without a newer checkpoint between, after which a run is taken up again."""
MAX_DEATHS = 3
"""Deaths in a row, without a newer checkpoint between, at which a run fails if its own process is what dies."""
RESTARTED = "The server was restarted."
GOES_ON = "The run goes on from its newest checkpoint."
TRY = "Halve the batch size if memory ran out, see the run's log.txt if not; Resume tries again."


def enter(
    connection: Connection, row: Row, to: RunState, reason: str | None, *, new_process: bool = True, **columns: Any
) -> StateEvent:
    """Set the state, what goes with it and its event. `new_process` says whether running means one more attempt."""
    now = time.time()
    attempt = row["attempt"] + 1 if to == "running" and new_process else row["attempt"]
    changed = {"state": to, "attempt": attempt, "last_seq": row["last_seq"] + 1, **_changed(row, to, now), **columns}
    event = StateEvent(seq=changed["last_seq"], at=now, state=to, attempt=attempt, reason=reason)
    connection.execute(update(RunRow).where(RunRow.id == row["id"]).values(changed))
    connection.execute(insert(EventRow).values(rows.event_row(row["id"], event)))
    return event


def requeue_after_restart(connection: Connection, row: Row) -> bool:
    """Put a run that a dead server was training back in the queue; whether it went there.

    One that was interrupted too often without a checkpoint between fails instead: it may be what ends the server.
    """
    if row["interruptions"] < MAX_RESTARTS:
        enter(connection, row, "queued", RESTARTED, interruptions=row["interruptions"] + 1)
        return True
    reason = f"The server ended {MAX_RESTARTS + 1} times in a row while this run was on its way to its next checkpoint."
    fail(connection, row, "interrupted", reason)
    return False


def after_death(connection: Connection, row: Row, death: str) -> list[Event]:
    """Put a run whose process died back in the queue, or let it fail if that came of it too often."""
    deaths = row["interruptions"] + 1
    if deaths < MAX_DEATHS:
        return [enter(connection, row, "queued", f"{death} {GOES_ON}", interruptions=deaths)]
    reason = f"The training ended {deaths} times in a row without getting to its next checkpoint. {death} {TRY}"
    return fail(connection, row, "process-died", reason)


def fail(connection: Connection, row: Row, code: str, reason: str) -> list[Event]:
    """End a run for a reason that no process of it could tell: a `failed` event, then the state."""
    failed = FailedEvent(seq=row["last_seq"] + 1, code=code, message=reason)
    connection.execute(insert(EventRow).values(rows.event_row(row["id"], failed)))
    error = failed.model_dump(include={"code", "message", "node"})
    return [failed, enter(connection, {**row, "last_seq": failed.seq}, "failed", reason, error=error)]


def _changed(row: Row, to: RunState, now: float) -> dict[str, Any]:
    """The other columns that a new state sets. A run that a person did not end keeps its place in the queue."""
    match to:
        case "running":
            return {"started_at": row["started_at"] or now, "ended_at": None, "error": None}
        case "paused":
            return {"error": None}
        case "queued" if row["state"] in ("running", "paused"):
            return {"ended_at": None, "error": None}
        case "queued":
            return {"queued_at": now, "ended_at": None, "error": None, "interruptions": 0}
        case _:
            return {"ended_at": now}
