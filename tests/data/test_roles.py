"""What a table is for: its target, its task, and what is left out."""

from typing import Any

import pytest

from layerloom.data.dataset import Column, Histogram, Kind, Statistics
from layerloom.data.roles import guess

DTYPE: dict[str, str] = {"number": "float32", "category": "int32", "date": "float64"}


def column(name: str, kind: Kind = "number", unique: int | None = 9, **fields: Any) -> Column:
    classes = [str(k) for k in range(unique or 0)] if kind == "category" else None
    return Column(name=name, kind=kind, dtype=DTYPE.get(kind, "string"), unique=unique, classes=classes, **fields)


@pytest.mark.parametrize(
    ("names", "target"),
    [
        (["name", "class", "age", "sex", "survived"], "survived"),
        (["Survived", "Pclass", "Sex", "Age", "Embarked"], "Survived"),
        (["a", "b", "c"], "c"),
        (["label", "pixel1", "pixel2"], "label"),
        (["price_per_unit", "weight", "target_value", "size"], "target_value"),
        (["나이", "소득", "지역"], "소득"),
        (["정답", "특성"], "정답"),
        (["length", "class"], "class"),
        (["class", "height", "income"], "income"),
    ],
)
def test_the_target_is_told_by_name_and_place(names: list[str], target: str) -> None:
    assert guess([column(name) for name in names]).default_targets == [target]


def test_a_column_that_names_the_splits_is_neither_input_nor_target() -> None:
    splits = Column(name="split", kind="category", dtype="int32", unique=2, classes=["train", "validation"])
    purpose = guess([column("size"), column("price"), splits])
    assert purpose.roles == {"size": "feature", "price": "target", "split": None}


def test_names_of_rows_dates_constants_and_copies_do_not_help() -> None:
    columns = [
        column("id", "identifier"),
        column("day", "date"),
        column("same", unique=1),
        column("void", "text", unique=0),
        column("twin"),
        column("width"),
        column("label"),
    ]
    purpose = guess(columns, lambda target: ["twin"] if target == "label" else [])
    told = (purpose.default_inputs, purpose.roles["twin"], purpose.roles["same"], purpose.copies)
    assert told == (["width"], None, None, ["twin"])


def test_a_copy_of_the_target_helps_where_there_is_nothing_else() -> None:
    purpose = guess([column("x"), column("y")], lambda _: ["x"])
    assert (purpose.default_inputs, purpose.copies) == (["x"], [])


@pytest.mark.parametrize(
    ("words", "different", "inputs"), [(3.8, 99, ["age"]), (3.8, 20, ["name", "age"]), (60.0, 100, ["name", "age"])]
)
def test_names_of_people_are_not_learned_by_heart(words: float, different: int, inputs: list[str]) -> None:
    statistics = Statistics(min=1, max=99, mean=words, std=1, median=words, quartiles=(words, words))
    histogram = Histogram(edges=[1, 99], counts=[100])
    name = column("name", "text", unique=different, statistics=statistics, histogram=histogram)
    assert guess([name, column("age"), column("survived", "category", 2)]).default_inputs == inputs


@pytest.mark.parametrize(
    ("columns", "task"),
    [
        ([column("month", "date", ascending=True), column("passengers")], "forecast"),
        ([column("month", "date", ascending=False), column("passengers")], "regression"),
        ([column("day", "date", ascending=True), column("shop", "category"), column("sales")], "regression"),
        ([column("width"), column("price")], "regression"),
        ([column("width"), column("kind", "category")], "classification"),
        ([column("day", "date", ascending=True), *(column(f"x{k}") for k in range(9))], "regression"),
        ([column("story", "text")], "regression"),
    ],
)
def test_the_task_is_told_by_the_kinds(columns: list[Column], task: str) -> None:
    assert guess(columns).task == task


def test_a_table_without_anything_to_predict_has_no_target() -> None:
    assert guess([column("story", "text"), column("same", unique=1)]).default_targets == []


def test_a_column_that_says_what_a_row_is_for_is_not_the_target() -> None:
    split = Column(name="split", kind="category", dtype="int32", unique=2, classes=["train", "test"])
    assert guess([column("width"), column("height"), split]).default_targets == ["height"]
