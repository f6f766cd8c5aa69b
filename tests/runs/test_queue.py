"""The order in which runs wait."""

from pathlib import Path

import pytest

from layerloom.runs.store import RunStore, UnknownRun, WrongState
from tests.runs.building import claimed, create, open_store


def three(home: Path) -> RunStore:
    store = open_store(home)
    for name in ("a", "b", "c"):
        create(store, name)
    return store


def line(store: RunStore) -> list[str]:
    """The names of those that wait, by the places that the list tells."""
    waiting = [run for run in store.list().runs if run.position is not None]
    assert sorted(run.position or 0 for run in waiting) == list(range(1, len(waiting) + 1))
    return [run.name for run in sorted(waiting, key=lambda run: run.position or 0)]


@pytest.mark.parametrize(
    ("run", "position", "order"),
    [(3, 1, "cab"), (1, 2, "bac"), (1, 3, "bca"), (1, 10**6, "bca"), (2, 2, "abc"), (3, 2, "acb")],
)
def test_a_run_is_moved_and_the_others_keep_their_order(tmp_path: Path, run: int, position: int, order: str) -> None:
    store = three(tmp_path)
    moved = store.move(run, position)
    assert (line(store), moved.position) == (list(order), min(position, 3))
    assert [claimed(store).name for _ in range(3)] == list(order)


def test_a_run_that_does_not_wait_has_no_place_and_is_not_moved(tmp_path: Path) -> None:
    store = three(tmp_path)
    first = claimed(store)
    with pytest.raises(WrongState):
        store.move(first.id, 1)
    with pytest.raises(UnknownRun):
        store.move(99, 1)
    assert (first.position, line(store)) == (None, ["b", "c"])


def test_a_new_run_waits_behind_those_that_were_moved(tmp_path: Path) -> None:
    store = three(tmp_path)
    for run in (1, 2, 3, 1, 2, 3):
        store.move(run, 1)
    create(store, "d")
    assert line(store) == ["c", "b", "a", "d"]
