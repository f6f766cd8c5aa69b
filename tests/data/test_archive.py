import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from layerloom.data.archive import archive
from layerloom.data.library import Library, UnknownDataset


def opened(home: Path, dataset: str) -> dict[str, np.ndarray]:
    with np.load(io.BytesIO(b"".join(archive(Library(home), dataset))), allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def test_an_archive_holds_every_column_as_the_library_has_it(tmp_path: Path) -> None:
    library = Library(tmp_path)
    columns = [column.name for column in library.get("titanic").columns]

    found = opened(tmp_path, "titanic")

    kept = library.arrays("titanic", columns, "train")
    assert {name for name in found if name.startswith("train/")} == {f"train/{name}" for name in columns}
    assert all(np.array_equal(found[f"train/{n}"], a, equal_nan=a.dtype.kind == "f") for n, a in kept.items())


def test_an_archive_names_the_classes_of_categories(tmp_path: Path) -> None:
    assert opened(tmp_path, "iris")["classes/species"].tolist() == ["setosa", "versicolor", "virginica"]


def test_pictures_come_in_pieces_with_both_splits(tmp_path: Path) -> None:
    pieces = list(archive(Library(tmp_path), "mnist"))

    assert max(map(len, pieces)) < 5_000_000
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as file:
        assert file.testzip() is None
        assert file.namelist() == [
            "train/image.npy",
            "train/label.npy",
            "test/image.npy",
            "test/label.npy",
            "classes/label.npy",
        ]


def test_the_same_rows_are_the_same_file(tmp_path: Path) -> None:
    assert b"".join(archive(Library(tmp_path), "wine")) == b"".join(archive(Library(tmp_path), "wine"))


def test_an_unknown_dataset_is_said_before_anything_is_sent(tmp_path: Path) -> None:
    with pytest.raises(UnknownDataset):
        archive(Library(tmp_path), "nothing")
