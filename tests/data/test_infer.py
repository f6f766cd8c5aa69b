import numpy as np
import polars as pl
import pytest

from layerloom.data.description import ColumnHint
from layerloom.data.infer import infer
from layerloom.data.source import Raw
from layerloom.data.values import Values

NO_HINT = ColumnHint()


def of(*cells: object, hint: ColumnHint = NO_HINT) -> Values:
    return infer({"train": pl.Series("column", cells, strict=False)}, hint)


def seen(values: Values) -> tuple[str, object, list[str] | None]:
    train = values.parts["train"]
    return values.kind, train.to_list() if isinstance(train, pl.Series) else train.tolist(), values.classes


def test_whole_numbers_stay_whole() -> None:
    assert seen(of(3, 1, 2)) == ("number", [3, 1, 2], None)


def test_an_empty_number_is_nan() -> None:
    np.testing.assert_array_equal(of(3, None).parts["train"], [3.0, np.nan])


@pytest.mark.parametrize("cell", [float("inf"), float("-inf"), float("nan"), 1e39, -1e300])
def test_a_number_that_float32_can_not_hold_counts_as_empty(cell: float) -> None:
    np.testing.assert_array_equal(of(1.0, cell).parts["train"], [1.0, np.nan])


def test_texts_that_repeat_are_categories_in_sorted_order() -> None:
    assert seen(of("b", "a", "b", None)) == ("category", [1, 0, 1, -1], ["a", "b"])


def test_texts_that_do_not_repeat_stay_texts_and_empty_ones_are_empty() -> None:
    assert seen(of("one", "two", None)) == ("text", ["one", "two", ""], None)


def test_zero_and_one_are_a_category_whose_index_is_the_number() -> None:
    assert seen(of(1, 0, 1)) == ("category", [1, 0, 1], ["0", "1"])


def test_truth_values_are_a_category() -> None:
    assert seen(of(True, False, True)) == ("category", [1, 0, 1], ["false", "true"])


def test_numbers_hinted_to_be_a_category_are_sorted_as_numbers() -> None:
    assert seen(of(10, 9, 10, hint=ColumnHint(kind="category"))) == ("category", [1, 0, 1], ["9", "10"])


def test_a_hint_gives_texts_their_order() -> None:
    hint = ColumnHint(kind="category", classes=["Mon", "Fri"])
    assert seen(of("Fri", "Mon", "Fri", hint=hint)) == ("category", [1, 0, 1], ["Mon", "Fri"])


def test_a_hint_gives_whole_numbers_their_names() -> None:
    hint = ColumnHint(kind="category", classes=["shirt", "dress"])
    assert seen(of(1, 0, hint=hint)) == ("category", [1, 0], ["shirt", "dress"])


def test_classes_that_do_not_cover_the_cells_are_refused() -> None:
    with pytest.raises(ValueError, match=r"column 'column' has the values \['Sun'\]"):
        of("Mon", "Sun", hint=ColumnHint(kind="category", classes=["Mon", "Fri"]))


def test_classes_are_those_of_all_splits_together() -> None:
    parts: dict[str, Raw] = {"train": pl.Series(["a", "a", "b", "a"]), "test": pl.Series(["c", "c"])}
    values = infer(parts, NO_HINT)
    assert ({split: part.tolist() for split, part in values.parts.items()}, values.classes) == (
        {"train": [0, 0, 1, 0], "test": [2, 2]},
        ["a", "b", "c"],
    )


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (np.zeros((2, 4, 5), np.uint8), ("image", (2, 4, 5, 1), np.uint8)),
        (np.zeros((2, 4, 5, 3), np.uint8), ("image", (2, 4, 5, 3), np.uint8)),
        (np.zeros((2, 7)), ("vector", (2, 7), np.float32)),
        (np.zeros((2, 7, 3)), ("sequence", (2, 7, 3), np.float32)),
    ],
)
def test_arrays_are_what_their_axes_say(array: np.ndarray, expected: tuple[str, tuple[int, ...], type]) -> None:
    values = infer({"train": array}, NO_HINT)
    train = values.parts["train"]
    assert (values.kind, train.shape, train.dtype) == expected
