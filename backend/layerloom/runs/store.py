"""The store: every run and everything it said, safe against two writers and a sudden end.

All methods block; the web process calls them in threads.
"""

import builtins
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.engine import RowMapping

from layerloom.events import EVENT, EpochEvent, Event, RunState, StateEvent
from layerloom.graph.document import Graph
from layerloom.recipe import Recipe
from layerloom.runs import compaction, folder, queue, rows, series, states
from layerloom.runs.database import Database
from layerloom.runs.listing import matches, order
from layerloom.runs.summary import RunDetail, RunPage
from layerloom.runs.tables import RUNS, EventRow, RunRow, clean

MAX_ID = 2**63 - 1
UNREADABLE = "The drawing or the recipe of this run was written by another version of Layerloom."
ENDED: frozenset[RunState] = frozenset({"finished", "stopped", "failed"})
DELETABLE: frozenset[RunState] = ENDED | {"queued"}


class UnknownRun(Exception):
    """There is no run with this id."""

    def __init__(self, id: int) -> None:
        super().__init__("There is no such run. It may have been deleted; the list of runs shows those there are.")
        self.id = id


class WrongState(Exception):
    """What was asked does not apply to a run in this `state`."""

    def __init__(self, state: RunState) -> None:
        super().__init__(f"This does not apply to a run that is {state}.")
        self.state = state


@dataclass(frozen=True)
class Origin:
    """The checkpoint that a run is forked from: after `epoch` of `run`, in this folder."""

    run: int
    epoch: int
    checkpoint: Path


class RunStore:
    """Runs and their events. Opening it creates or migrates the database and sweeps what a crash may have left."""

    def __init__(self, database_url: str, runs_folder: Path) -> None:
        """Raises DatabaseTooNew, DatabaseUnavailable."""
        runs_folder.mkdir(parents=True, exist_ok=True)
        self._runs_folder = runs_folder
        self._database = Database(database_url)
        with self._database.write() as connection:  # alone, so that no other process is just making a folder
            folder.sweep(runs_folder, set(connection.execute(select(RunRow.id)).scalars()))

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()

    def create(
        self,
        name: str,
        graph: Graph,
        recipe: Recipe,
        versions: Mapping[str, str],
        fingerprint: str,
        parameters: int,
        weights: Path | None = None,
        origin: Origin | None = None,
    ) -> RunDetail:
        """Freeze a drawing and a recipe as a queued run, as a row and as a folder that appear together.

        `weights` is a file of weights to start from, `origin` a checkpoint; the folder gets its own copy. Raises
        UnknownCheckpoint if that one has just been thrown away.
        """
        values = {
            **rows.frozen(graph, recipe, versions),
            "name": name,
            "fingerprint": fingerprint,
            "parameters": parameters,
            "from_run": origin.run if origin else None,
            "from_epoch": origin.epoch if origin else None,
        }
        with self._database.write() as connection:
            inserted = connection.execute(insert(RunRow).values(values)).inserted_primary_key
            id = int(inserted[0]) if inserted else 0
            texts = (graph.model_dump_json(indent=2), recipe.model_dump_json(indent=2))
            folder.create(self._folder(id), *texts, weights, origin.checkpoint if origin else None)
            states.enter(connection, _locked(connection, id), "queued", None)
            return self._detail(connection, id)

    def of_dataset(self, dataset: str) -> "list[tuple[int, str]]":
        """The runs that were, or are to be, trained on this dataset: id and name, the newest first."""
        with self._database.read() as connection:
            found = select(RunRow.id, RunRow.name).where(RunRow.dataset == dataset).order_by(RunRow.id.desc())
            return [(id, name) for id, name in connection.execute(found)]

    def get(self, id: int) -> RunDetail:
        """All of one run. Raises UnknownRun."""
        with self._database.read() as connection:
            return self._detail(connection, id)

    def list(
        self,
        state: RunState | None = None,
        search: str | None = None,
        sort: str = "created_at",
        descending: bool = True,
        limit: int = 50,
        offset: int = 0,
    ) -> RunPage:
        """A page of the runs in `state` that contain `search` in name, dataset, notes or tags.

        `sort` is a column of the list or `metric:<name>` (its best value). Raises UnknownSort.
        """
        found = matches(state, search)
        page = select(*rows.SUMMARY_COLUMNS).where(found).order_by(*order(sort, descending=descending))
        with self._database.read() as connection:
            total = connection.execute(select(func.count()).select_from(RunRow).where(found)).scalar_one()
            shown = connection.execute(page.limit(min(limit, MAX_ID)).offset(min(offset, MAX_ID))).mappings()
            places = queue.positions(connection)
            return RunPage(runs=[rows.summary(row, places.get(row["id"])) for row in shown], total=total)

    def update(
        self,
        id: int,
        name: str | None = None,
        tags: Sequence[str] | None = None,
        notes: str | None = None,
    ) -> RunDetail:
        """Change what a person may change; None leaves it as it is. Raises UnknownRun."""
        given = {"name": name, "tags": None if tags is None else [clean(tag) for tag in tags], "notes": notes}
        changed = {column: value for column, value in given.items() if value is not None}
        with self._database.write() as connection:
            _locked(connection, id)
            if changed:
                connection.execute(update(RunRow).where(RunRow.id == id).values(changed))
            return self._detail(connection, id)

    def delete(self, id: int) -> None:
        """Remove the run, its events and its folder. Raises UnknownRun, WrongState while it is being trained."""
        with self._database.write() as connection:
            state: RunState = _locked(connection, id)["state"]
            if state not in DELETABLE:
                raise WrongState(state)
            connection.execute(delete(RunRow).where(RunRow.id == id))
        folder.remove(self._folder(id))

    def transition(
        self,
        id: int,
        to: RunState,
        allowed_from: Collection[RunState],
        reason: str | None = None,
        attempt: int | None = None,
    ) -> StateEvent:
        """Change the state if it is one of `allowed_from` (and the attempt is this one), and say so as an event.

        Raises UnknownRun, WrongState with the state that was found.
        """
        with self._database.write() as connection:
            row = _locked(connection, id)
            if row["state"] not in allowed_from or attempt not in (None, row["attempt"]):
                raise WrongState(row["state"])
            return states.enter(connection, row, to, reason)

    def claim_next(self, held: Collection[int] = ()) -> RunDetail | None:
        """Take up the first run of the queue, as its next attempt; None if nothing waits.

        A run in `held` still has the process of its last attempt, which goes on.
        One that another version wrote and this one cannot read fails, so that it does not block the queue.
        """
        waiting = select(RUNS).where(RunRow.state == "queued").order_by(*queue.LINE)
        with self._database.write() as connection:
            for row in connection.execute(waiting.with_for_update(skip_locked=True)).mappings().all():
                try:
                    rows.detail(row, self._folder(row["id"]))
                except ValidationError:
                    states.fail(connection, row, "unreadable", UNREADABLE)
                else:
                    states.enter(connection, row, "running", None, new_process=row["id"] not in held)
                    return self._detail(connection, row["id"])
        return None

    def move(self, id: int, position: int) -> RunDetail:
        """Put a run that waits at this place of the queue, from 1. Raises UnknownRun, WrongState."""
        with self._database.write() as connection:
            row = _locked(connection, id)
            if row["state"] != "queued":
                raise WrongState(row["state"])
            queue.move(connection, id, position)
            return self._detail(connection, id)

    def append(self, id: int, attempt: int, events: Sequence[Event]) -> builtins.list[Event]:
        """Write what this attempt said, numbered, in one transaction; the events with their numbers.

        Writes nothing and returns [] if the run is no longer being trained by this attempt. Raises UnknownRun.
        """
        with self._database.write() as connection:
            row = _locked(connection, id)
            if row["state"] != "running" or row["attempt"] != attempt or not events:
                return []
            return self._record(connection, row, events)

    def events(self, id: int, after: int = 0, limit: int = 1000) -> builtins.list[Event]:
        """Up to `limit` events numbered above `after`, in order. Raises UnknownRun."""
        tail = select(EventRow.body).where(EventRow.run_id == id, EventRow.seq > min(after, MAX_ID))
        with self._database.read() as connection:
            _known(connection, id)
            bodies = connection.execute(tail.order_by(EventRow.seq).limit(min(limit, MAX_ID))).scalars()
            return [EVENT.validate_json(body) for body in bodies]

    def epochs(self, id: int) -> builtins.list[EpochEvent]:
        """What was told at the end of each epoch, in order; the newest of one trained twice. Raises UnknownRun."""
        told = select(EventRow.body).where(EventRow.run_id == id, EventRow.kind == "epoch").order_by(EventRow.seq)
        with self._database.read() as connection:
            _known(connection, id)
            events = [EpochEvent.model_validate_json(body) for body in connection.execute(told).scalars()]
        newest = {event.epoch: event for event in events}
        return [newest[epoch] for epoch in sorted(newest)]

    def series(self, id: int, points: int) -> dict[str, dict[str, builtins.list[Any]]]:
        """Each metric as `{"x": global steps, "y": values}`, at most `points` of each. Raises UnknownRun."""
        told = select(EventRow.body).where(EventRow.run_id == id, EventRow.kind.in_(series.CURVE_KINDS))
        with self._database.read() as connection:
            _known(connection, id)
            gathered = series.curves(connection.execute(told.order_by(EventRow.seq)).scalars())
        thinned = {name: series.thin(sorted(curve.items()), points) for name, curve in gathered.items()}
        return {name: {"x": [x for x, _ in curve], "y": [y for _, y in curve]} for name, curve in thinned.items()}

    def requeue_interrupted(self) -> int:
        """Put the runs that a dead server was training back in the queue; how many."""
        interrupted = select(RUNS).where(RunRow.state == "running").order_by(RunRow.id).with_for_update()
        with self._database.write() as connection:
            found = connection.execute(interrupted).mappings().all()
            return sum(states.requeue_after_restart(connection, row) for row in found)

    def died(self, id: int, attempt: int, death: str) -> builtins.list[Event]:
        """The events of what becomes of a run whose process died: queued again, or failed. Raises WrongState."""
        with self._database.write() as connection:
            row = _locked(connection, id)
            if row["state"] != "running" or row["attempt"] != attempt:
                raise WrongState(row["state"])
            return states.after_death(connection, row, death)

    def _record(self, connection: Connection, row: RowMapping, events: Sequence[Event]) -> builtins.list[Event]:
        first = row["last_seq"] + 1
        numbered: list[Event] = [event.model_copy(update={"seq": first + n}) for n, event in enumerate(events)]
        progress = rows.progress(row)
        progress.advance(numbered)
        last_seq = numbered[-1].seq
        connection.execute(insert(EventRow), [rows.event_row(row["id"], event) for event in numbered])
        connection.execute(update(RunRow).where(RunRow.id == row["id"]).values(last_seq=last_seq, **vars(progress)))
        if compaction.is_due(last_seq, len(numbered)):
            compaction.compact(connection, row["id"])
        return numbered

    def _detail(self, connection: Connection, id: int) -> RunDetail:
        row = _known(connection, id)
        place = queue.positions(connection).get(id) if row["state"] == "queued" else None
        return rows.detail(row, self._folder(id), place)

    def _folder(self, id: int) -> Path:
        return self._runs_folder / str(id)


def _known(connection: Connection, id: int, *, lock: bool = False) -> RowMapping:
    if not 0 < id <= MAX_ID:
        raise UnknownRun(id)
    one = select(RUNS).where(RunRow.id == id)
    row = connection.execute(one.with_for_update() if lock else one).mappings().first()
    if row is None:
        raise UnknownRun(id)
    return row


def _locked(connection: Connection, id: int) -> RowMapping:
    return _known(connection, id, lock=True)
