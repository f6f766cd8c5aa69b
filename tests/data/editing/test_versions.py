"""Edits make the next version: what it holds, what it says of itself, what it shares with its parent."""

from typing import Any

import pytest
from pydantic import ValidationError

from layerloom.data.edits import Edits
from layerloom.data.own import ORIGINAL
from layerloom.problem import Refusal
from tests.data.editing.conftest import Desk

FRUIT = "weight,sort,seen\n" + "".join(
    f"{k + 0.5},{'apple' if k % 2 else 'pear'},2026-01-{k + 1:02}\n" for k in range(8)
)


def test_a_version_names_its_parent_and_leaves_it_as_it_was(desk: Desk) -> None:
    first = desk.read(FRUIT)
    second = desk.edited(first.id, {"edit": "drop_rows", "split": "train", "rows": [0, 7, 0]})
    assert (second.parent, second.version, second.rows, second.source, desk.library.get(first.id)) == (
        first.id,
        2,
        {"train": 6},
        "upload",
        first,
    )


def test_dropped_rows_are_gone_from_every_column(desk: Desk) -> None:
    id = desk.edited(desk.read(FRUIT).id, {"edit": "drop_rows", "split": "train", "rows": [0, 2, 3, 4, 5, 6]}).id
    assert desk.library.rows(id, "train", 0, 9) == [
        {"weight": 1.5, "sort": "apple", "seen": "2026-01-02"},
        {"weight": 7.5, "sort": "apple", "seen": "2026-01-08"},
    ]


def test_the_same_edits_make_one_version(desk: Desk) -> None:
    first = desk.read(FRUIT)
    edit = {"edit": "drop_column", "column": "seen"}
    one, two, other = (
        desk.edited(first.id, edit),
        desk.edited(first.id, edit),
        desk.edited(first.id, {"edit": "drop_column", "column": "weight"}),
    )
    assert (one == two, one.fingerprint == other.fingerprint, one.id == other.id) == (True, False, False)


def test_untouched_columns_are_the_same_files_and_outlive_their_parent(desk: Desk) -> None:
    first = desk.read(FRUIT)
    relabel = {"edit": "relabel", "split": "train", "row": 1, "column": "sort", "value": "pear"}
    second = desk.edited(first.id, relabel)
    folder, parents = (desk.library.folder(info.id) for info in (second, first))
    shared = sorted(place.name for place in folder.iterdir() if place.stat().st_nlink > 1)
    assert (parents / ORIGINAL).exists()
    desk.library.own.delete(first.id)
    assert (shared, desk.cells(second.id, "weight")[:2], desk.cells(second.id, "sort")[:2]) == (
        [ORIGINAL, "train-00000.npy", "train-00002.npy"],
        [0.5, 1.5],
        ["pear", "pear"],
    )


def test_the_name_of_a_deleted_parent_is_not_given_to_another_set(desk: Desk) -> None:
    first = desk.read(FRUIT)
    desk.edited(first.id, {"edit": "title", "title": "Fruit"})
    desk.library.own.delete(first.id)
    assert desk.read("a,b\n1,2\n3,4\n").id == "table-2"


def test_edits_apply_one_after_the_other(desk: Desk) -> None:
    id = desk.edited(
        desk.read(FRUIT).id,
        {"edit": "drop_rows", "split": "train", "rows": [0, 1]},
        {"edit": "relabel", "split": "train", "row": 0, "column": "sort", "value": "plum"},
        {"edit": "drop_rows", "split": "train", "rows": [1, 2, 3]},
        {"edit": "title", "title": "Stone fruit"},
    ).id
    assert (id, desk.cells(id, "sort"), desk.library.get(id).column("sort").classes) == (
        "stone_fruit",
        ["plum", "pear", "apple"],
        ["apple", "pear", "plum"],
    )


def test_a_set_of_the_package_is_edited_into_an_own_one(desk: Desk) -> None:
    made = desk.edited("iris", {"edit": "drop_rows", "split": "train", "rows": list(range(50))})
    assert (made.parent, made.source, made.version, made.rows, made.licence != "") == (
        "iris",
        "upload",
        2,
        {"train": 100},
        True,
    )


def test_a_role_decides_what_is_predicted_by_default(desk: Desk) -> None:
    first = desk.read(FRUIT)
    made = desk.edited(
        first.id,
        {"edit": "role", "column": "sort", "role": "feature"},
        {"edit": "role", "column": "weight", "role": "target"},
    )
    assert (made.task, made.default_inputs, made.default_targets, made.column("weight").role) == (
        "regression",
        ["sort"],
        ["weight"],
        "target",
    )


def test_the_file_is_read_again_in_another_way(desk: Desk) -> None:
    first = desk.read("a;b\n1;x\n2;y\n3;z\n")
    assert first.reading is not None
    reading = {**first.reading.model_dump(), "has_header": False}
    made = desk.edited(first.id, {"edit": "read", "reading": reading})
    assert (made.rows, made.parent, made.version, len(made.columns)) == ({"train": 4}, first.id, 2, 2)


@pytest.mark.parametrize(
    ("edit", "code", "part"),
    [
        ({"edit": "drop_rows", "split": "train", "rows": [8]}, "unknown-row", "no row 8 in 'train': it has 8"),
        ({"edit": "drop_rows", "split": "test", "rows": [0]}, "unknown-split", "'train'"),
        ({"edit": "drop_rows", "split": "train", "rows": list(range(8))}, "empty", "No row of 'train'"),
        ({"edit": "drop_column", "column": "x"}, "unknown-column", "'weight', 'sort', 'seen'"),
        ({"edit": "role", "column": "seen", "role": "target"}, "not-a-target", "'seen' holds dates"),
        ({"edit": "kind", "column": "sort", "kind": "image"}, "impossible-kind", "can not be read as image"),
        (
            {"edit": "kind", "column": "sort", "kind": "number"},
            "impossible-kind",
            "row 1 of the data for 'train': 'pear'",
        ),
        (
            {"edit": "relabel", "split": "train", "row": 3, "column": "weight", "value": "heavy"},
            "bad-value",
            "a number for row 3 of 'train', column 'weight'",
        ),
        (
            {"edit": "windows", "columns": ["weight"], "target": "weight", "length": 8},
            "too-few-rows",
            "has 8 rows in order",
        ),
        ({"edit": "windows", "columns": ["sort"], "target": "weight", "length": 2}, "not-a-number", "'sort'"),
    ],
)
def test_what_can_not_be_done_is_refused_with_its_place(desk: Desk, edit: dict[str, Any], code: str, part: str) -> None:
    first = desk.read(FRUIT)
    with pytest.raises(Refusal) as refused:
        desk.edited(first.id, edit)
    assert (refused.value.code, part in refused.value.message, desk.library.own.list()) == (code, True, [first])


def test_a_set_of_the_package_has_no_file_to_read_again(desk: Desk) -> None:
    with pytest.raises(Refusal, match="no file of yours"):
        desk.edited("iris", {"edit": "read", "reading": {"format": "csv"}})


@pytest.mark.parametrize(
    "edits",
    [
        [],
        [{"edit": "drop_rows", "split": "train", "rows": list(range(60_000))}] * 2,
        [{"edit": "read", "reading": {"format": "csv"}}, {"edit": "title", "title": "x"}],
        [{"edit": "title", "title": " "}],
        [{"edit": "drop_rows", "split": "train", "rows": [-1]}],
        [{"edit": "relabel", "split": "train", "row": 0, "column": "a", "value": float("inf")}],
        [{"edit": "burn"}],
    ],
)
def test_edits_that_say_nothing_sensible_are_refused_as_they_come_in(edits: list[Any]) -> None:
    with pytest.raises(ValidationError):
        Edits.model_validate({"edits": edits})
