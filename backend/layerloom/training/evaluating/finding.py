"""The rows behind an evaluation: those of one cell of the confusion matrix, the worst ones, the surest mistakes."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue

from layerloom.data.library import Library, Rows
from layerloom.evaluation import Order, RowFound, RowsFound, SplitName
from layerloom.problem import Refusal
from layerloom.recipe import Recipe
from layerloom.training.evaluating.chosen import split_of
from layerloom.training.evaluating.classes import finite_or_none
from layerloom.training.evaluating.kept import read_rows
from layerloom.training.plan import listed

Array = NDArray[Any]


class Wanted(NamedTuple):
    """Which rows of an output: of these classes by name, `mistakes` alone, in this order. No output is the first."""

    output: str | None
    true: str | None
    predicted: str | None
    mistakes: bool
    order: Order
    offset: int
    limit: int


def rows_json(place: Path, recipe: Recipe, home: Path, dataset: str, split: SplitName, asked: tuple[Any, ...]) -> str:
    """RowsFound as JSON, of the evaluation kept at `place`; `asked` are the fields of Wanted.

    Raises Refusal `unknown-output`, `unknown-class`.
    """
    wanted = Wanted(*asked)
    library = Library(home)
    rows, outputs = read_rows(place)
    name = wanted.output if wanted.output is not None else next(iter(outputs))
    if name not in outputs:
        raise Refusal("unknown-output", f"Expected an output of {listed(outputs)}.")
    said = outputs[name]
    if not said:
        raise Refusal("unknown-output", f"Rows of output '{name}' can not be told apart; see its report for why.")
    classes = library.get(dataset).column(recipe.data.targets[name][0]).classes if "probability" in said else None
    found = np.flatnonzero(_matches(said, classes, wanted))
    found = found[_sorting(said, found, wanted.order)]
    some = found[wanted.offset : wanted.offset + wanted.limit]
    part = split_of(library.get(dataset), split)
    cells = _cells(library, dataset, part, rows[some])
    listed_rows = [_found(rows, said, classes, at, row) for at, row in zip(some, cells, strict=True)]
    return RowsFound(total=len(found), split=part, rows=listed_rows).model_dump_json()


def _matches(said: dict[str, Array], classes: list[str] | None, wanted: Wanted) -> Array:
    matches = np.ones(len(said["loss"]), bool)
    if classes is None:
        if wanted.true is not None or wanted.predicted is not None or wanted.mistakes:
            raise Refusal(
                "unknown-class", "This output gives numbers, not classes: leave out true, predicted, mistakes."
            )
        return matches
    for field, label in (("true", wanted.true), ("predicted", wanted.predicted)):
        if label is not None:
            if label not in classes:
                raise Refusal("unknown-class", f"'{field}' must be a class of {listed(classes)}.")
            matches &= said[field] == classes.index(label)
    return matches & (said["true"] != said["predicted"]) if wanted.mistakes else matches


def _sorting(said: dict[str, Array], found: Array, order: Order) -> Array:
    if order == "row":
        return np.arange(len(found))
    if order == "loss" or "probability" not in said:
        key = -said["error" if "error" in said else "loss"][found]
    else:
        key = said["probability"][found] * (-1 if order == "confident" else 1)
    return np.argsort(np.where(np.isfinite(key), key, np.inf), kind="stable")


def _cells(library: Library, dataset: str, part: str, rows: Array) -> Rows:
    return [library.rows(dataset, part, int(row), 1)[0] for row in rows]


def _found(
    rows: Array, said: dict[str, Array], classes: list[str] | None, at: int, cells: dict[str, JsonValue]
) -> RowFound:
    true, predicted = said["true"][at], said["predicted"][at]
    return RowFound(
        row=int(rows[at]),
        true=classes[true] if classes else _numbers(true),
        predicted=classes[predicted] if classes else _numbers(predicted),
        probability=finite_or_none(said["probability"][at]) if classes else None,
        loss=finite_or_none(said["loss"][at]),
        cells=cells,
    )


def _numbers(values: Array) -> list[JsonValue]:
    return [finite_or_none(value) for value in values]
