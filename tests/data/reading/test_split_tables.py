"""A ZIP file with a table for each split is one dataset with these splits."""

from pathlib import Path

import pytest

from layerloom.data.dataset import Reading
from layerloom.data.reading.archives.split_tables import fold_of
from layerloom.data.reading.source import Unreadable
from tests.data.reading.packing import cells, packed, read

TRAIN, TEST, VALID = b"x;name\n1;ann\n2;bob\n", b"x;name\n3;zo\xc3\xab\n", b"name;x\neve;4.5\n"


@pytest.mark.parametrize(
    ("name", "fold"),
    [
        ("train.csv", "train"),
        ("titanic_test.CSV", "test"),
        ("data/train-00000-of-00001.parquet", "train"),
        ("set/dev/rows.jsonl", "validation"),
        ("test/train.csv", "train"),
        ("train_test.csv", None),
        ("contest.csv", None),
        ("gender_submission.csv", None),
    ],
)
def test_a_table_is_for_what_its_name_or_folder_says(name: str, fold: str | None) -> None:
    assert fold_of(name) == fold


def test_tables_for_training_and_testing_are_splits(tmp_path: Path) -> None:
    found = cells(read(tmp_path, packed({"test.csv": TEST, "train.csv": TRAIN, "readme.txt": b"hi"})))
    assert found == {"x": {"train": [1, 2], "test": [3]}, "name": {"train": ["ann", "bob"], "test": ["zoë"]}}


def test_rows_for_validation_are_for_training_and_marked(tmp_path: Path) -> None:
    source = read(tmp_path, packed({"train.csv": TRAIN, "val.csv": VALID, "test.csv": TEST}))
    assert cells(source) == {
        "x": {"train": [1.0, 2.0, 4.5], "test": [3]},
        "name": {"train": ["ann", "bob", "eve"], "test": ["zoë"]},
        "split": {"train": ["train", "train", "validation"], "test": [None]},
    }


def test_a_table_without_the_answers_is_left_out_and_so_is_what_names_no_split(tmp_path: Path) -> None:
    source = read(tmp_path, packed({"train.csv": TRAIN, "test.csv": b"x\n3\n", "gender_submission.csv": TEST}))
    noted = [(note.code, note.file, note.column) for note in source.notes]
    assert (cells(source)["x"], noted) == (
        {"train": [1, 2]},
        [("not-read", "gender_submission.csv", None), ("other-columns", "test.csv", "name")],
    )


def test_what_was_asked_for_holds_for_each_table(tmp_path: Path) -> None:
    files = {"train.csv": b"1;a\n", "test.csv": "2;é\n".encode("cp1252")}
    asked = Reading(format="csv", has_header=False, delimiter=";")
    assert cells(read(tmp_path, packed(files), reading=asked)) == {
        "column_1": {"train": [1], "test": [2]},
        "column_2": {"train": ["a"], "test": ["é"]},
    }


def test_lists_of_objects_are_tables_too(tmp_path: Path) -> None:
    files = {"train.json": b'[{"x": [1, 2]}, {"x": [3, 4]}]', "test.json": b'[{"x": [5, 6]}]'}
    assert cells(read(tmp_path, packed(files))) == {"x": {"train": [[1, 2], [3, 4]], "test": [[5, 6]]}}


def test_vectors_of_another_length_in_one_split_are_refused(tmp_path: Path) -> None:
    source = read(tmp_path, packed({"train.json": b'[{"x": [1, 2]}]', "test.json": b'[{"x": [5, 6, 7]}]'}))
    with pytest.raises(Unreadable, match="Column 'x' holds arrays of another shape"):
        source.column("x")


def test_a_broken_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"'test\.csv' in the archive: Row 1 has 3 fields"):
        read(tmp_path, packed({"train.csv": TRAIN, "test.csv": b"x;name\n1;2;3\n"}))
