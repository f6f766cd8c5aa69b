"""How a drawing answers: the last layers and the Output node for a target, by its kind."""

import math

from layerloom.data.branches import LONGEST_NAME
from layerloom.data.dataset import Column
from layerloom.data.drawing import plain
from layerloom.data.sketch import Sketch

MOST_ANSWERED = 10_000
"""Numbers that one Output gives for a sample."""


def can_be_answered(column: Column) -> bool:
    """Whether a network can learn to predict the column: a class, a number or numbers that are not always the same."""
    if column.kind == "category":
        return sum(count > 0 for count in column.class_counts or []) > 1
    if column.kind not in ("number", "vector", "sequence") or column.statistics is None:
        return False
    return column.statistics.min < column.statistics.max and math.prod(column.shape) <= MOST_ANSWERED


def head(sketch: Sketch, target: Column, source: str, row: float) -> str:
    """Put the answer to a target on the canvas; gives the name of its Output.

    Numbers leave the network in their own units: it learns how many standard deviations from the mean they are, which
    takes as long for a price in thousands as for a share.
    """
    classes = len(target.classes or [])
    if classes > 2:
        end = sketch.add("Dense", [source], row=row, units=classes, activation="softmax")
    elif classes:
        end = sketch.add("Dense", [source], row=row, units=1, activation="sigmoid")
    else:
        end = sketch.add("Dense", [source], row=row, units=math.prod(target.shape))
        if len(target.shape) > 1:
            end = sketch.add("Reshape", [end], row=row, target_shape=[*target.shape])
        if target.statistics and target.statistics.std > 0:
            end = sketch.add("Rescaling", [end], row=row, scale=target.statistics.std, offset=target.statistics.mean)
    name = sketch.free_name(plain(target.name)[:LONGEST_NAME] or "output")
    sketch.add("Output", [end], row=row, name=name)
    return name
