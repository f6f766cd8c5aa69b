"""What the store promises about single runs."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from layerloom.events import FailedEvent, LogEvent, StateEvent
from layerloom.runs.store import UnknownRun, WrongState
from tests.runs.building import GRAPH, checkpoint, claimed, create, epoch, open_store, recipe, started, step


def test_a_new_run_is_queued_and_frozen_as_row_and_as_folder(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    run = create(store, "first")
    assert (run.id, run.name, run.state, run.epochs, run.dataset) == (1, "first", "queued", 3, "mnist")
    assert (run.graph, run.recipe, run.versions, run.fingerprint) == (GRAPH, recipe(), {"keras": "3"}, "f00d")
    assert store.get(1) == run
    assert sorted(path.name for path in run.folder.iterdir()) == ["checkpoints", "graph.json", "log.txt", "recipe.json"]
    assert json.loads((run.folder / "recipe.json").read_text()) == recipe().model_dump(mode="json")
    assert [(event.kind, event.seq) for event in store.events(1)] == [("state", 1)]


def test_a_run_that_cannot_get_its_folder_leaves_no_row(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    (tmp_path / "runs").rmdir()
    (tmp_path / "runs").touch()
    with pytest.raises(OSError):
        create(store)
    assert store.list().total == 0


@pytest.mark.parametrize("id", [0, -1, 7, 2**63 - 1, 2**63, 2**200])
def test_an_id_that_no_run_has_is_unknown(tmp_path: Path, id: int) -> None:
    store = open_store(tmp_path)
    calls = [
        lambda: store.get(id),
        lambda: store.update(id, name="x"),
        lambda: store.delete(id),
        lambda: store.transition(id, "stopped", {"queued"}),
        lambda: store.append(id, 1, [LogEvent(message="x")]),
        lambda: store.events(id),
        lambda: store.series(id, 10),
    ]
    for call in calls:
        with pytest.raises(UnknownRun):
            call()


def test_the_run_that_waits_longest_is_claimed_and_an_interrupted_one_keeps_its_place(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for name in ("a", "b", "c"):
        create(store, name)
    first = claimed(store)
    store.transition(first.id, "queued", {"running"})
    assert [claimed(store).name for _ in range(3)] == ["a", "b", "c"]
    assert store.claim_next() is None
    assert store.get(first.id).attempt == 2


def test_a_run_that_cannot_be_read_fails_instead_of_blocking_the_queue(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store)
    create(store)
    with closing(sqlite3.connect(tmp_path / "layerloom.db")) as connection:
        connection.execute("""UPDATE runs SET graph = '{"version": 99}' WHERE id = 1""")
        connection.commit()
    assert claimed(store).id == 2
    assert [(run.id, run.state) for run in store.list().runs] == [(2, "running"), (1, "failed")]


def test_a_resumed_run_queues_behind_those_that_wait(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store, "a")
    store.transition(1, "stopped", {"queued"})
    create(store, "b")
    store.transition(1, "queued", {"stopped"})
    assert [claimed(store).name for _ in range(2)] == ["b", "a"]


def test_a_transition_from_another_state_or_attempt_changes_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store)
    claimed(store)
    before = store.get(1)
    for allowed, attempt in (({"queued"}, None), ({"running"}, 2)):
        with pytest.raises(WrongState) as refused:
            store.transition(1, "finished", allowed, attempt=attempt)
        assert refused.value.state == "running"
    assert store.get(1) == before


def test_a_transition_sets_state_times_and_its_event_together(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store)
    claimed(store)
    event = store.transition(1, "failed", {"running"}, "because")
    run = store.get(1)
    assert event == StateEvent(seq=3, at=event.at, state="failed", attempt=1, reason="because")
    assert store.events(1, after=2) == [event]
    assert (run.state, run.ended_at, run.last_seq) == ("failed", event.at, 3)
    assert run.started_at is not None


def test_events_get_numbers_and_move_the_summary(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store)
    claimed(store)
    said = [started(epochs=4), step(1, loss=3.0), epoch(1, 5, loss=2.0, val_accuracy=0.5), checkpoint(1)]
    recorded = store.append(1, 1, said)
    assert [event.seq for event in recorded] == [3, 4, 5, 6]
    assert store.events(1, after=2) == recorded
    run = store.get(1)
    assert (run.epochs_done, run.epochs, run.parameters, run.last_seq) == (1, 4, 12, 6)
    assert (run.checkpoint_epochs, run.best_epoch) == ([1], 1)
    assert run.model_dump()["metrics"] == {
        "loss": {"last": 2.0, "best": 2.0},
        "val_accuracy": {"last": 0.5, "best": 0.5},
    }


def test_events_come_in_pages(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store)
    claimed(store)
    store.append(1, 1, [LogEvent(message=str(n)) for n in range(10)])
    assert [event.seq for event in store.events(1, after=4, limit=3)] == [5, 6, 7]
    assert store.events(1, after=2**70) == []


def test_an_old_attempt_and_an_ended_run_write_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store)
    claimed(store)
    store.requeue_interrupted()
    claimed(store)
    before = store.events(1)
    assert store.append(1, 1, [LogEvent(message="zombie")]) == []
    store.transition(1, "finished", {"running"})
    assert store.append(1, 2, [LogEvent(message="late")]) == []
    assert store.events(1)[:-1] == before


def test_the_error_of_a_failed_run_is_kept_until_it_is_queued_again(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store)
    claimed(store)
    store.append(1, 1, [FailedEvent(code="diverged", message="The loss became infinite.", node="n3")])
    store.transition(1, "failed", {"running"})
    error = store.get(1).error
    store.transition(1, "queued", {"failed"})
    assert error is not None
    assert error.model_dump() == {"code": "diverged", "message": "The loss became infinite.", "node": "n3"}
    assert store.get(1).error is None


def test_interrupted_runs_are_queued_again_three_times_without_progress_then_fail(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store)
    for _ in range(3):
        claimed(store)
        assert store.requeue_interrupted() == 1
    claimed(store)
    store.append(1, 4, [started(), epoch(1, 5, loss=1.0), checkpoint(1)])  # a checkpoint: the count begins anew
    for _ in range(3):
        assert store.requeue_interrupted() == 1
        claimed(store)
    assert store.requeue_interrupted() == 0
    run = store.get(1)
    assert run.state == "failed"
    assert run.error is not None
    assert (run.error.code, run.error.message) == ("interrupted", store.events(1)[-1].model_dump()["reason"])


def test_a_run_whose_process_dies_is_queued_again_with_the_reason_and_fails_at_the_third_death(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store)
    told = []
    for attempt in (1, 2, 3):
        claimed(store)
        told += store.died(1, attempt, "It was ended by signal 9.")
    run = store.get(1)
    assert [event.model_dump().get("state", event.kind) for event in told] == ["queued", "queued", "failed", "failed"]
    assert told[0].model_dump()["reason"] == "It was ended by signal 9. The run goes on from its newest checkpoint."
    assert (run.state, run.error and run.error.code, run.last_seq) == ("failed", "process-died", 8)
    assert store.events(1)[-2:] == told[-2:]


def test_deaths_with_a_newer_checkpoint_between_are_no_deaths_in_a_row(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store, epochs=9)
    for attempt in range(1, 9):
        claimed(store)
        store.append(1, attempt, [started(attempt - 1), epoch(attempt, 5 * attempt, loss=1.0), checkpoint(attempt)])
        store.died(1, attempt, "It died.")
    assert store.get(1).state == "queued"


def test_a_checkpoint_that_is_written_again_is_no_progress(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store)
    for attempt in (1, 2, 3, 4):
        claimed(store)
        store.append(1, attempt, [checkpoint(1)])
        store.died(1, attempt, "It died.")
        if store.get(1).state == "failed":
            break
    assert attempt == 3


def test_a_death_told_by_an_old_attempt_changes_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store)
    claimed(store)
    store.requeue_interrupted()
    claimed(store)
    with pytest.raises(WrongState):
        store.died(1, 1, "It died.")
    assert store.get(1).state == "running"


def test_a_paused_run_keeps_its_place_and_a_held_process_is_no_new_attempt(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for name in ("a", "b"):
        create(store, name)
    claimed(store)
    store.transition(1, "paused", {"running"})
    paused = store.get(1)
    store.transition(1, "queued", {"paused"})
    again = store.claim_next(held=[1])
    assert (paused.ended_at, again and (again.id, again.attempt)) == (None, (1, 1))


def test_the_requeued_run_says_that_the_server_was_restarted(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store)
    claimed(store)
    store.requeue_interrupted()
    assert store.events(1)[-1].model_dump()["reason"] == "The server was restarted."


def test_a_run_can_be_renamed_tagged_and_annotated(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store, "old")
    store.update(1, name="new", tags=["a", "b"])
    run = store.update(1, notes="note")
    assert (run.name, run.tags, run.notes) == ("new", ["a", "b"], "note")


@pytest.mark.parametrize("text", ["nul\0", "lone \ud800 surrogate", "한글 🙂 \u202e", "x" * 100_000, "%_'\"\\;--", ""])
def test_no_text_breaks_the_store(tmp_path: Path, text: str) -> None:
    store = open_store(tmp_path)
    create(store, text)
    run = store.update(1, name=text, tags=[text], notes=text)
    assert "\0" not in run.name
    run.model_dump_json()
    assert store.list(search=text).total in (0, 1)


def test_deleting_removes_row_events_and_folder(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    run = create(store)
    store.delete(1)
    assert store.list().total == 0
    assert list((tmp_path / "runs").iterdir()) == []
    assert not run.folder.exists()
    assert create(store).id == 2, "a number is never given again"


def test_a_run_in_training_is_not_deleted(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    run = create(store)
    claimed(store)
    with pytest.raises(WrongState):
        store.delete(1)
    assert run.folder.is_dir()


def test_opening_sweeps_what_a_crash_left_behind(tmp_path: Path) -> None:
    open_store(tmp_path)
    create(open_store(tmp_path))
    for name in (".arriving-9-x", ".leaving-9-x", "9"):
        (tmp_path / "runs" / name).mkdir()
    (tmp_path / "runs" / "notes.txt").touch()
    open_store(tmp_path)
    assert sorted(path.name for path in (tmp_path / "runs").iterdir()) == ["1", "notes.txt"]


def test_the_folder_of_a_creation_that_was_rolled_back_does_not_stand_in_the_way(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    (tmp_path / "runs" / "1" / "checkpoints" / "epoch-00001").mkdir(parents=True)
    run = create(store)
    assert list((run.folder / "checkpoints").iterdir()) == []
