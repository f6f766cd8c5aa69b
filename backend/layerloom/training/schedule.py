"""The learning rate of every step of a training before it begins, as Keras computes it."""

import math

import numpy as np

from layerloom.data.dataset import DatasetInfo
from layerloom.data.parts import expected_rows
from layerloom.modeling import objects
from layerloom.modeling.mistakes import ConfigError
from layerloom.modeling.nested import nested
from layerloom.modeling.reflection import find
from layerloom.problem import Refusal
from layerloom.recipe import KerasObject, Recipe
from layerloom.report import LearningRates
from layerloom.training.callbacks import RATES, rate_of_epoch

MOST_POINTS = 500


def learning_rates_json(recipe: Recipe, dataset: DatasetInfo) -> str:
    """`learning_rates` as JSON text."""
    return learning_rates(recipe, dataset).model_dump_json()


def learning_rates(recipe: Recipe, dataset: DatasetInfo) -> LearningRates:
    """What optimizer and LearningRateScheduler will set; ReduceLROnPlateau depends on what is learned and is left out.

    Raises Refusal `invalid-schedule`, in Keras's words where it can not compute one.
    """
    rows = expected_rows(dataset, recipe.data)["train"]
    per_epoch = max(1, math.ceil(rows / recipe.fit.batch_size))
    steps = np.unique(np.linspace(0, per_epoch * recipe.fit.epochs - 1, MOST_POINTS).astype(np.int64))
    try:
        rates = _rates(recipe, steps, per_epoch)
    except ConfigError as error:
        raise Refusal("invalid-schedule", str(error), error.problems) from error
    except (ArithmeticError, TypeError, ValueError) as error:
        words = " ".join(str(error).split())[:300]
        raise Refusal("invalid-schedule", f"Keras can not compute this schedule: {words}") from error
    return LearningRates(steps=steps.tolist(), rates=rates, steps_per_epoch=per_epoch)


def _rates(recipe: Recipe, steps: np.ndarray, per_epoch: int) -> list[float]:
    optimizer = objects.make("optimizers", recipe.compile.optimizer)
    described = nested(recipe.compile.optimizer.config.get("learning_rate"))
    if described is not None:
        schedule = objects.make("schedules", KerasObject(type=described[0], config=described[1]))
        return [_finite(float(schedule(step))) for step in steps]
    rate = float(optimizer.learning_rate)
    scheduler = next((one for one in recipe.callbacks if _type(one) == "LearningRateScheduler"), None)
    if scheduler is None:
        return [rate] * len(steps)
    of_epoch = rate_of_epoch(scheduler.config.get(RATES))
    by_epoch = []
    for epoch in range(recipe.fit.epochs):
        rate = _finite(of_epoch(epoch, rate))
        by_epoch.append(rate)
    return [by_epoch[step // per_epoch] for step in steps.tolist()]


def _type(described: KerasObject) -> str | None:
    entry = find("callbacks", described.type)
    return entry.type if entry else None


def _finite(rate: float) -> float:
    if not math.isfinite(rate):
        raise ArithmeticError(f"the rate became {rate}")
    return rate
