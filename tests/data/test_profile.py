import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from layerloom.data.dataset import Column, Histogram, Statistics
from layerloom.data.profile import profile
from layerloom.data.values import Values

NUMBERS = st.floats(-1e9, 1e9, width=32)


def test_a_number_column_is_described_without_its_empty_cells() -> None:
    numbers = np.array([1.0, 2.0, 3.0, 4.0, np.nan])
    column = profile("x", Values("number", {"train": numbers}), "feature")
    assert (column.missing, column.unique, column.statistics) == (
        1,
        4,
        Statistics(min=1, max=4, mean=2.5, std=1.118034, median=2.5, quartiles=(1.75, 3.25)),
    )


def test_a_category_column_is_counted_by_class() -> None:
    indices = np.array([0, 1, 1, -1], dtype=np.int32)
    column = profile("x", Values("category", {"train": indices}, ["a", "b", "c"]), "target")
    assert column == Column(
        name="x",
        kind="category",
        dtype="int32",
        missing=1,
        unique=2,
        top=[("b", 2), ("a", 1)],
        classes=["a", "b", "c"],
        class_counts=[1, 2, 0],
        role="target",
    )


def test_a_text_column_is_described_by_its_words() -> None:
    texts = pl.Series(["one", "two words", "", "one"])
    column = profile("x", Values("text", {"train": texts}), None)
    assert (column.dtype, column.missing, column.unique, column.top, column.statistics) == (
        "string",
        1,
        2,
        [("one", 2)],
        Statistics(min=1, max=2, mean=1.333333, std=0.4714045, median=1, quartiles=(1, 1.5)),
    )


def test_an_image_column_is_described_by_its_pixels() -> None:
    images = np.array([[[[0], [255]]], [[[0], [255]]]], dtype=np.uint8)
    column = profile("x", Values("image", {"train": images}), "feature")
    assert (column.dtype, column.shape, column.statistics) == (
        "uint8",
        [1, 2, 1],
        Statistics(min=0, max=255, mean=127.5, std=127.5, median=127.5, quartiles=(0, 255)),
    )


def test_a_constant_column_has_one_bin() -> None:
    column = profile("x", Values("number", {"train": np.full(3, 1e30)}), None)
    assert column.histogram == Histogram(edges=[1e30, 1e30], counts=[3])


def test_a_column_without_any_number_has_no_statistics() -> None:
    column = profile("x", Values("number", {"train": np.full(3, np.nan)}), None)
    assert (column.missing, column.unique, column.statistics, column.histogram) == (3, 0, None, None)


@given(arrays(np.float64, st.integers(1, 50), elements=NUMBERS))
def test_quartiles_and_median_are_numpys(numbers: np.ndarray) -> None:
    statistics = profile("x", Values("number", {"train": numbers}), None).statistics
    assert statistics is not None
    found = [statistics.quartiles[0], statistics.median, statistics.quartiles[1]]
    np.testing.assert_allclose(found, np.quantile(numbers, [0.25, 0.5, 0.75]), rtol=1e-6, atol=1e-3)


@given(arrays(np.float64, st.integers(1, 50), elements=st.floats(width=32, allow_nan=True)))
def test_a_histogram_holds_every_finite_number_once(numbers: np.ndarray) -> None:
    column = profile("x", Values("number", {"train": numbers}), None)
    counted = sum(column.histogram.counts) if column.histogram else 0
    assert counted + column.missing == len(numbers)
