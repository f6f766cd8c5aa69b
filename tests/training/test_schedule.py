from pathlib import Path

import pytest

from layerloom.data.library import Library
from layerloom.problem import Refusal
from layerloom.recipe import Recipe
from layerloom.training.schedule import learning_rates
from tests.training.making import SOFTMAX, flower, flower_recipe, of_kind, run


def rates(recipe: Recipe, home: Path) -> dict[int, float]:
    told = learning_rates(recipe, Library(home).get("iris"))
    return dict(zip(told.steps, told.rates, strict=True))


def scheduled(type: str, **config: object) -> Recipe:
    return flower_recipe(compile__optimizer__config__learning_rate={"type": type, "config": config})


def test_a_schedule_of_the_optimizer_is_told_step_by_step(home: Path) -> None:
    told = rates(scheduled("ExponentialDecay", initial_learning_rate=0.8, decay_steps=1, decay_rate=0.5), home)

    assert (len(told), [told[step] for step in (0, 1, 2)]) == (24, pytest.approx([0.8, 0.4, 0.2]))


def test_a_table_of_epochs_holds_for_all_their_steps(home: Path) -> None:
    callback = {"type": "LearningRateScheduler", "config": {"schedule": [[2, 0.5]]}}

    told = rates(flower_recipe(callbacks=[callback]), home)

    assert [told[step] for step in (0, 7, 8, 23)] == pytest.approx([0.01, 0.01, 0.5, 0.5])


def test_what_is_told_before_is_what_training_reports_after(home: Path, tmp_path: Path) -> None:
    recipe = scheduled("CosineDecay", initial_learning_rate=0.1, decay_steps=24)

    epochs = of_kind(run(flower(SOFTMAX), recipe, home, tmp_path), "epoch")

    told = rates(recipe, home)
    # After the last step of an epoch the optimizer stands at the rate of the step to come.
    assert [epoch.learning_rate for epoch in epochs[:2]] == pytest.approx([told[8], told[16]])


def test_a_schedule_without_bounds_is_refused(home: Path) -> None:
    with pytest.raises(Refusal) as refused:
        rates(scheduled("ExponentialDecay", initial_learning_rate=1, decay_steps=1, decay_rate=1e30), home)

    assert refused.value.code == "invalid-schedule"
