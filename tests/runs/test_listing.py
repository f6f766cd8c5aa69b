"""Which runs a list shows, and in which order."""

from pathlib import Path

import pytest

from layerloom.runs.listing import UnknownSort
from layerloom.runs.store import RunStore
from tests.runs.building import claimed, create, epoch, open_store


@pytest.fixture
def store(tmp_path: Path) -> RunStore:
    """Three runs: 1 "Beta" on mnist with accuracy 0.9, 2 "alpha" on iris with 0.8, 3 "gamma" that has none."""
    store = open_store(tmp_path)
    for name, dataset in (("Beta", "mnist"), ("alpha", "iris"), ("gamma", "wine")):
        create(store, name, dataset=dataset)
    for accuracy in (0.9, 0.8):
        run = claimed(store)
        store.append(run.id, 1, [epoch(1, 5, val_accuracy=accuracy)])
    store.update(3, tags=["50%_off"], notes="Learns 한글")
    return store


@pytest.mark.parametrize(
    ("state", "search", "found"),
    [
        (None, None, [3, 2, 1]),
        ("queued", None, [3]),
        ("running", "beta", [1]),
        (None, "IRIS", [2]),
        (None, "50%_off", [3]),
        (None, "%", [3]),
        (None, "한글", [3]),
        (None, "nothing", []),
    ],
)
def test_a_list_is_filtered_by_state_and_text(store: RunStore, state: None, search: str, found: list[int]) -> None:
    page = store.list(state, search)
    assert ([run.id for run in page.runs], page.total) == (found, len(found))


@pytest.mark.parametrize(
    ("sort", "descending", "order"),
    [
        ("created_at", False, [1, 2, 3]),
        ("name", False, [1, 2, 3]),
        ("dataset", True, [3, 1, 2]),
        ("metric:val_accuracy", True, [1, 2, 3]),
        ("metric:val_accuracy", False, [2, 1, 3]),
        ("metric:unheard of", True, [3, 2, 1]),
    ],
)
def test_a_list_is_sorted_with_what_has_no_value_last(
    store: RunStore, sort: str, descending: bool, order: list[int]
) -> None:
    assert [run.id for run in store.list(sort=sort, descending=descending).runs] == order


@pytest.mark.parametrize("sort", ["", "graph", "name; drop table runs", 'metric:a"b', "metric:", "__class__"])
def test_an_unknown_sort_is_refused(store: RunStore, sort: str) -> None:
    with pytest.raises(UnknownSort):
        store.list(sort=sort)


def test_a_list_comes_in_pages(store: RunStore) -> None:
    page = store.list(limit=2, offset=1)
    assert ([run.id for run in page.runs], page.total) == ([2, 1], 3)
    assert store.list(offset=2**70).runs == []
