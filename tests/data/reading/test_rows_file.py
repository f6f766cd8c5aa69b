"""Rows on their way to the disk become the stored columns of a dataset, without being written a second time."""

from pathlib import Path

import numpy as np
import pytest

from layerloom.data import storage
from layerloom.data.reading.archives.rows_file import SplitRowsFile
from layerloom.data.values import Values


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ([0, 1, 2, 3, 4], {"train": [0, 1, 2], "test": [3, 4]}),
        ([1, 2, 4], {"train": [1, 2], "test": [4]}),
        ([0], {"train": [0]}),
    ],
)
def test_rows_that_are_kept_are_files_of_their_splits(
    tmp_path: Path, kept: list[int], expected: dict[str, list[int]]
) -> None:
    file = SplitRowsFile(tmp_path, (5, 2), "uint8", trained=3)
    for row in (4, 0, 3, 2, 1):
        file.put(row, np.full(2, row, np.uint8))

    made = file.finished(kept)

    assert {split: rows[:, 1].tolist() for split, rows in made.items()} == expected


@pytest.mark.parametrize(
    ("taken", "files"),
    [(slice(None), 2), (slice(None, None, -1), 1), (slice(1, None), 1)],
    ids=["all of a file", "all of it backwards", "a part of it"],
)
def test_a_column_that_is_all_of_a_file_is_that_file(tmp_path: Path, taken: slice, files: int) -> None:
    np.save(tmp_path / "made.npy", np.arange(12, dtype=np.uint8).reshape(3, 2, 2, 1))
    part = np.load(tmp_path / "made.npy", mmap_mode="r")[taken]

    storage.write(tmp_path, 0, Values("image", {"train": part}))

    stored = storage.read_array(tmp_path, "train", 0)
    assert (stored.tolist(), (tmp_path / "made.npy").stat().st_nlink) == (part.tolist(), files)
