import math
import pickle
from pathlib import Path
from typing import Any

import pytest

from layerloom.checkpoint import UnknownCheckpoint
from layerloom.problem import Refusal
from layerloom.training.loaded import Memory, loaded
from layerloom.training.predict import predict
from tests.training.making import SOFTMAX, flower, flower_recipe, run, run_until

SETOSA = [5.1, 3.5, 1.4, 0.2]


@pytest.fixture(scope="module")
def trained(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    run(flower(("Normalization", {}), SOFTMAX), flower_recipe(fit__epochs=2), home, folder)
    return folder


def test_samples_in_the_units_of_the_columns_get_one_answer_each(trained: Path) -> None:
    answers = predict(trained, "last", {"flower": [SETOSA, SETOSA, [7.0, 3.2, 4.7, 1.4]]})["species"]

    assert [len(answer) for answer in answers] == [3, 3, 3]
    assert [sum(answer) for answer in answers] == pytest.approx([1, 1, 1], abs=1e-5)
    assert answers[0] == pytest.approx(answers[1])


def test_every_epoch_has_its_own_answer(trained: Path) -> None:
    first, last = (predict(trained, epoch, {"flower": [SETOSA]}) for epoch in (1, "last"))

    assert first != last


def test_more_samples_than_fit_at_once_are_all_answered(trained: Path) -> None:
    answers = predict(trained, "best", {"flower": [SETOSA] * 600})["species"]

    assert len(answers) == 600
    assert answers[599] == pytest.approx(answers[0])


def test_a_checkpoint_written_anew_is_loaded_anew(home: Path, tmp_path: Path) -> None:
    run(flower(SOFTMAX), flower_recipe(fit__epochs=1), home, tmp_path)
    before = predict(tmp_path, "last", {"flower": [SETOSA]})
    (tmp_path / "checkpoints" / "epoch-00001").rename(tmp_path / "gone")

    run(flower(SOFTMAX), flower_recipe(fit__epochs=1, seed=8), home, tmp_path)

    assert predict(tmp_path, "last", {"flower": [SETOSA]}) != before


def test_an_epoch_that_was_not_kept_is_unknown(trained: Path) -> None:
    with pytest.raises(UnknownCheckpoint):
        predict(trained, 9, {"flower": [SETOSA]})


@pytest.mark.parametrize(
    ("inputs", "code", "words"),
    [
        ({"leaf": [SETOSA]}, "unknown-input", "Expected samples for 'flower', got 'leaf'."),
        ({}, "unknown-input", "got none"),
        ({"flower": []}, "sample-count", "Expected 1 to 10,000 samples, got 0."),
        ({"flower": [SETOSA] * 10_001}, "sample-count", "got 10,001"),
        ({"flower": [SETOSA[:3]]}, "shape-mismatch", "Input 'flower', sample 0: expected shape (4), got (3)."),
        ({"flower": [1.0, 2.0]}, "shape-mismatch", "got ()."),
        ({"flower": [SETOSA, SETOSA[:3]]}, "shape-mismatch", "sample 1: expected shape (4), got (3)."),
        ({"flower": [SETOSA, ["a", "b", "c", "d"]]}, "bad-sample", "sample 1: expected numbers of shape (4)"),
        ({"flower": [["a", "b", "c", "d"]]}, "bad-sample", "got a list that holds a text"),
        ({"flower": [{"a": 1}]}, "bad-sample", "got an object"),
        ({"flower": ["a"]}, "bad-sample", "got a text"),
        ({"flower": [[1, 2, 3, [4]]]}, "bad-sample", "got numbers beside lists"),
        ({"flower": [SETOSA, [*SETOSA[:3], None]]}, "non-finite", "sample 1, place [3]: expected finite numbers"),
        ({"flower": [[*SETOSA[:3], math.nan]]}, "non-finite", "got null or no number"),
        ({"flower": [[*SETOSA[:3], 1e39]]}, "non-finite", "got 1e+39"),
        ({"flower": [[*SETOSA[:3], 10**400]]}, "bad-sample", "expected numbers of shape (4)"),
    ],
)
def test_samples_that_do_not_fit_are_refused(trained: Path, inputs: dict[str, Any], code: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        predict(trained, "last", inputs)

    # The answer crosses a process boundary.
    said = pickle.loads(pickle.dumps(refused.value))
    assert said.code == code
    assert words in said.message


def test_axes_of_size_one_may_be_left_out(home: Path, tmp_path: Path) -> None:
    recipe = flower_recipe(
        data__dataset="mnist", data__inputs={"flower": ["image"]}, data__targets={"species": ["label"]}
    )
    graph = flower(("Flatten", {}), ("Dense", {"units": 10, "activation": "softmax"}), shape=[28, 28, 1])
    run_until(graph, recipe, home, tmp_path, "checkpoint")
    flat = [[float(row + column) for column in range(28)] for row in range(28)]

    without, with_axis = (
        predict(tmp_path, "last", {"flower": [image]}) for image in (flat, [[[value] for value in row] for row in flat])
    )

    assert without == with_axis


def test_numbers_that_are_not_finite_become_null(home: Path, tmp_path: Path) -> None:
    graph = flower(("Dense", {"units": 1, "kernel_initializer": "ones"}))
    recipe = flower_recipe(
        compile__optimizer={"type": "SGD", "config": {"learning_rate": 1e-12}},
        compile__outputs__species={"loss": {"type": "Huber"}},
        data__targets={"species": ["petal_width_cm"]},
        fit__epochs=1,
    )
    run(graph, recipe, home, tmp_path)

    assert predict(tmp_path, "last", {"flower": [[3e38] * 4]}) == {"species": [[None]]}


def test_models_are_forgotten_when_they_take_too_much_memory(trained: Path) -> None:
    first, second = loaded(trained, 1), loaded(trained, 2)
    small = Memory(most_bytes=first.size_bytes + second.size_bytes - 1)
    small.put("first", first)
    small.put("second", second)

    assert (small.get("first"), small.get("second")) == (None, second)


def test_a_model_larger_than_the_memory_for_models_is_kept_alone(trained: Path) -> None:
    only = loaded(trained, 1)
    small = Memory(most_bytes=0)
    small.put("only", only)

    assert small.get("only") is only


def test_a_model_asked_for_again_outlives_one_that_was_not(trained: Path) -> None:
    first, second = loaded(trained, 1), loaded(trained, 2)
    small = Memory(most_bytes=first.size_bytes + second.size_bytes)
    small.put("first", first)
    small.put("second", second)
    small.get("first")
    small.put("third", second)

    assert (small.get("first"), small.get("second")) == (first, None)
