"""NumPy's files: named arrays become columns, whatever their order of bytes or axes."""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy
from numpy.typing import NDArray

from layerloom.data.description import ColumnHint
from layerloom.data.reading.source import Source
from tests.data.reading.packing import array, arrays, cells, packed, read

DTYPES = st.sampled_from([np.dtype(name) for name in ("?", "u1", "<i2", ">i4", "<i8", "<f2", ">f4", "<f8")])


@st.composite
def tables(draw: st.DrawFn) -> dict[str, NDArray[Any]]:
    """Arrays with as many rows each."""
    rows = draw(st.integers(1, 6))
    shapes = st.lists(st.integers(1, 4), max_size=3).map(lambda axes: (rows, *axes))
    of_one = DTYPES.flatmap(lambda dtype: st_numpy.arrays(dtype, shapes))
    return draw(st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), of_one, min_size=1))


def values(source: Source, name: str) -> NDArray[Any]:
    part = source.column(name)["train"]
    return part.to_numpy() if isinstance(part, pl.Series) else np.asarray(part)


@settings(max_examples=20, deadline=None)
@drawn(tables(), st.booleans())
def test_arrays_come_back_equal(table: dict[str, NDArray[Any]], fortran: bool) -> None:
    stored = {name: np.asfortranarray(one) if fortran else one for name, one in table.items()}
    with tempfile.TemporaryDirectory() as folder:
        source = read(Path(folder), arrays(**stored), "a.npz")
        for name, wanted in table.items():
            found = values(source, name)
            assert found.flags.c_contiguous
            np.testing.assert_array_equal(found.reshape(wanted.shape), wanted)


def test_the_names_of_keras_are_columns_and_splits(tmp_path: Path) -> None:
    images, labels = np.zeros((3, 2, 2), dtype=np.uint8), np.array([0, 1, 1], dtype=np.uint8)
    content = arrays(x_train=images, y_train=labels, x_test=images[:2], y_test=labels[:2])
    source = read(tmp_path, content, "a.npz")
    found = cells(source)
    assert (source.names, found["label"], {split: len(part) for split, part in found["image"].items()}) == (
        ["image", "label"],
        {"train": [0, 1, 1], "test": [0, 1]},
        {"train": 3, "test": 2},
    )
    assert source.hints["label"] == ColumnHint(kind="category")


def test_rows_for_validation_are_marked_among_those_for_training(tmp_path: Path) -> None:
    content = arrays(x_train=np.ones((2, 3)), x_val=np.zeros((1, 3)))
    source = read(tmp_path, content, "a.npz")
    assert cells(source) == {
        "x": {"train": [[1.0] * 3, [1.0] * 3, [0.0] * 3]},
        "split": {"train": ["train", "train", "validation"]},
    }


def test_an_archive_of_ours_keeps_its_class_names(tmp_path: Path) -> None:
    content = packed(
        {
            "train/kind.npy": array(np.array([1, -1, 0], dtype=np.int32)),
            "train/name.npy": array(np.array(["é", "b", "c"])),
            "classes/kind.npy": array(np.array(["rose", "iris"])),
        }
    )
    source = read(tmp_path, content, "a.npz")
    assert (cells(source), source.hints["kind"]) == (
        {"kind": {"train": [1, None, 0]}, "name": {"train": ["é", "b", "c"]}},
        ColumnHint(kind="category", classes=["rose", "iris"]),
    )


@pytest.mark.parametrize(
    ("one", "name"), [(np.zeros((2, 3, 3, 3), dtype=np.uint8), "image"), (np.ones((2, 4)), "values")]
)
def test_a_single_array_is_a_column(tmp_path: Path, one: NDArray[Any], name: str) -> None:
    source = read(tmp_path, array(one), "a.npy")
    assert (source.reading.format, cells(source)) == ("npy", {name: {"train": one.tolist()}})
