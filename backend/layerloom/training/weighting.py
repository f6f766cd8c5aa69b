"""How much each row counts in the loss: by a column of the data, or by its class."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.data.dataset import DatasetInfo
from layerloom.data.library import Library
from layerloom.recipe import Recipe

Weights = NDArray[np.float32]


def class_weights(recipe: Recipe, info: DatasetInfo) -> Weights | None:
    """The weight of each class, by class number; None if the recipe has none. A class that it does not name has 1.

    Keras knows class weights for models of one output alone, so they are those of its target.
    """
    given = recipe.fit.class_weight
    if not given:
        return None
    classes = info.column(class_column(recipe)).classes or []
    return np.array([given.get(name, 1.0) for name in classes], np.float32)


def class_column(recipe: Recipe) -> str:
    """The column whose classes are weighted."""
    return next(iter(recipe.data.targets.values()))[0]


def by_class(library: Library, recipe: Recipe, split: str) -> Weights | None:
    """The weight of each row of a split by its class; 1 for a row with an empty cell, which is not used."""
    weights = class_weights(recipe, library.get(recipe.data.dataset))
    if weights is None:
        return None
    column = class_column(recipe)
    return of_rows(weights, library.arrays(recipe.data.dataset, [column], split)[column])


def of_rows(weights: Weights, classes: NDArray[Any]) -> Weights:
    """The weight of each of these rows, given by class number, -1 for an empty cell."""
    return np.asarray(np.append(weights, np.float32(1))[classes], np.float32)
