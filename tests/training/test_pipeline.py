from pathlib import Path

import numpy as np
import pytest

from layerloom.data.library import Library
from layerloom.problem import Refusal
from layerloom.recipe import Recipe
from layerloom.training.feed import shuffled
from layerloom.training.pipeline import TrainingData
from layerloom.training.signature import Signature, Tensor
from tests.training.making import FLOWER, flower_recipe


def data(home: Path, recipe: Recipe, shape: list[int | None], dtype: str = "float32", units: int = 3) -> TrainingData:
    tensor, given = Tensor(shape=shape, dtype=dtype), Tensor(shape=[units], dtype="float32")
    return TrainingData(Library(home), recipe, Signature(inputs={"flower": tensor}, outputs={"species": given}))


def test_the_order_of_an_epoch_follows_from_seed_and_epoch() -> None:
    rows = np.arange(100)

    orders = [shuffled(rows, seed, epoch).tolist() for seed, epoch in ((7, 0), (7, 1), (8, 0))]

    assert shuffled(rows, 7, 0).tolist() == orders[0]
    assert orders[0] not in orders[1:]
    assert [sorted(order) for order in orders] == [rows.tolist()] * 3


def test_this_order_never_changes_between_releases() -> None:
    assert shuffled(np.arange(8), 7, 3).tolist() == [2, 4, 7, 3, 5, 1, 0, 6]


def test_columns_are_joined_and_every_row_keeps_its_label(home: Path) -> None:
    made = data(home, flower_recipe(fit__batch_size=50), [4])
    made.begin_epoch(5)

    batches = [(x.numpy(), y.numpy()) for x, y in made.training.batches]

    assert [len(x) for x, _ in batches] == [50, 50, 20]
    arrays = Library(home).arrays("iris", [*FLOWER, "species"], "train")
    known = {(*row[:4], row[4]) for row in zip(*(arrays[name] for name in [*FLOWER, "species"]), strict=True)}
    assert {(*x, y) for xs, ys in batches for x, y in zip(xs, ys, strict=True)} <= known


def test_validation_rows_are_never_trained_on(home: Path) -> None:
    made = data(home, flower_recipe(), [4])
    assert made.validation is not None

    seen = [sum((len(x) for x, _ in feed.batches), 0) for feed in (made.training, made.validation)]

    assert seen == [made.training.rows, made.validation.rows] == [120, 30]


def test_rows_with_empty_cells_are_left_out(home: Path) -> None:
    recipe = flower_recipe(
        data__dataset="titanic",
        data__inputs={"flower": ["age"]},
        data__targets={"species": ["survived"]},
        data__missing="drop",
        data__validation_fraction=0.0,
    )

    made = data(home, recipe, [1], units=1)

    ages = np.concatenate([x.numpy() for x, _ in made.training.batches])
    labels = np.concatenate([y.numpy() for _, y in made.training.batches])
    assert (ages.shape, labels.shape) == ((756, 1), (756, 1))
    assert np.isfinite(ages).all()
    assert set(labels.ravel()) == {0.0, 1.0}


def test_pictures_stay_small_until_they_are_used(home: Path) -> None:
    recipe = flower_recipe(
        data__dataset="mnist", data__inputs={"flower": ["image"]}, data__targets={"species": ["label"]}
    )

    made = data(home, recipe, [28, 28, 1], units=10)

    x, y = next(iter(made.training.batches))
    assert (x.dtype.name, x.shape.as_list(), y.dtype.name) == ("uint8", [16, 28, 28, 1], "int32")
    assert made._trained_on._inputs["flower"].dtype.name == "uint8"


def test_a_category_reaches_a_text_input_by_name(home: Path) -> None:
    recipe = flower_recipe(
        data__dataset="titanic",
        data__inputs={"flower": ["sex"]},
        data__targets={"species": ["survived"]},
    )

    x, _ = next(iter(data(home, recipe, [1], dtype="string", units=1).in_order()))

    assert set(x.numpy().ravel()) == {b"male", b"female"}


def test_no_rows_left_to_train_on_is_refused(home: Path) -> None:
    with pytest.raises(Refusal, match="no rows to train on") as refused:
        data(home, flower_recipe(data__validation_fraction=0.999), [4])

    assert refused.value.code == "too-few-rows"
