"""A sensible recipe for a drawing and a dataset, made from what both are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from layerloom.data.binding import bind_inputs, bind_targets, can_be_named, default_inputs
from layerloom.data.dataset import Column, DatasetInfo
from layerloom.data.drawing import OutputForm, inputs, outputs
from layerloom.graph.blocks import expand
from layerloom.graph.document import Graph
from layerloom.recipe import CompileRecipe, DataRecipe, FitRecipe, KerasObject, OutputRecipe, Recipe, SplitRecipe

SMALL_ROWS = 1_000
BATCH_SIZES = ((SMALL_ROWS, 16), (20_000, 32), (50_000, 64))
LARGEST_BATCH_SIZE = 128
EPOCHS = (5, 10, 20, 30, 50, 100)
BOTH, RARE, MOST_WEIGHT = 2, 20, 20.0
ENOUGH_STEPS_FOR_CLASSES, ENOUGH_STEPS_FOR_NUMBERS = 500, 2_000


@dataclass(frozen=True)
class Bound:
    """By node name the columns that feed an Input, and the column that an Output is to answer."""

    inputs: dict[str, list[str]]
    targets: dict[str, Column]


def suggest(graph: Graph, dataset: DatasetInfo) -> Recipe:
    """Bind columns to nodes and choose losses, metrics, optimizer, epochs and batch size.

    Answers for any drawing and any dataset: a drawing without Input or Output nodes gets the dataset's defaults for the
    node names it would have, a node that no column is left for is bound to none. What does not fit is left for the
    check to say.
    """
    forms = expand(graph).graph
    fed = bind_inputs([form for form in inputs(forms) if can_be_named(form.name)], dataset)
    if not fed and (default := default_inputs(dataset)):
        fed = {"input": default}
    return recipe_for(graph, dataset, Bound(fed, bind_targets(_results(forms), dataset)))


def recipe_for(graph: Graph, dataset: DatasetInfo, bound: Bound) -> Recipe:
    """How to train a drawing whose nodes are bound to these columns."""
    graph = expand(graph).graph
    rows = dataset.rows.get("train", 0)
    small = rows < SMALL_ROWS
    forms = {form.name: form for form in _results(graph)}
    return Recipe(
        data=DataRecipe(
            dataset=dataset.id,
            inputs=bound.inputs,
            targets={name: [column.name] for name, column in bound.targets.items()},
            validation_fraction=0.2 if small else 0.1,
            missing=_missing(graph, dataset, bound),
            split=_split(dataset, list(bound.targets.values())),
        ),
        compile=CompileRecipe(
            # Few rows make few steps: a higher rate gets somewhere in them.
            optimizer=KerasObject(type="Adam", config={"learning_rate": 0.01 if small else 0.001}),
            outputs={name: _judged(forms[name], target, len(bound.targets)) for name, target in bound.targets.items()},
        ),
        fit=_fit(rows, list(bound.targets.values())),
    )


def _split(dataset: DatasetInfo, targets: Sequence[Column]) -> SplitRecipe:
    """Classes alike in each split; else, where rows are in the order of their dates, the last ones held out.

    Neighbours in time are alike: dealt out by chance, a row would be judged by what was learned from the one beside it.
    Sets of the package have enough of each class for chance to find.
    """
    if dataset.source == "package":
        return SplitRecipe()
    if classes := next((target.name for target in targets if target.kind == "category"), None):
        return SplitRecipe(by="stratified", column=classes)
    ordering = (column for column in dataset.columns if column.ascending and not column.missing)
    date = next((column.name for column in ordering if column.earliest != column.latest), None)
    return SplitRecipe(by="time", column=date) if date else SplitRecipe()


def _results(graph: Graph) -> list[OutputForm]:
    return [form for form in outputs(graph) if can_be_named(form.name)] or [OutputForm("output", None, None)]


def _missing(graph: Graph, dataset: DatasetInfo, bound: Bound) -> Literal["refuse", "drop", "keep"]:
    """Rows with empty cells are kept where the drawing can take every one of those cells."""
    holed = {column.name for column in dataset.columns if column.missing}
    takes = {form.name: form.takes_empty for form in inputs(graph)}
    holed_inputs = [name for name, columns in bound.inputs.items() if holed.intersection(columns)]
    if not holed_inputs:
        return "drop" if any(column.missing for column in bound.targets.values()) else "refuse"
    return "keep" if all(takes.get(name) for name in holed_inputs) else "drop"


def _judged(form: OutputForm, target: Column, answers: int) -> OutputRecipe:
    """Loss and metrics for what is predicted and how.

    The loss of a number is as large as its unit makes it; beside other answers it is weighed by its variance.
    """
    if target.classes is None:
        judged = _recipe(KerasObject(type="MeanSquaredError"), "MeanAbsoluteError", {"name": "mae"})
        variance = target.statistics.std**2 if target.statistics else 0.0
        known = answers > 1 and 0 < variance < math.inf
        return judged.model_copy(update={"loss_weight": float(f"{1 / variance:.3g}")}) if known else judged
    if form.units == 1 and len(target.classes) == 2:
        logits = form.activation not in {"sigmoid", "hard_sigmoid"}
        threshold = {"threshold": 0.0} if logits else {}
        return _recipe(_loss("BinaryCrossentropy", logits), "BinaryAccuracy", {"name": "accuracy", **threshold})
    logits = form.units is not None and form.activation is None
    return _recipe(_loss("SparseCategoricalCrossentropy", logits), "SparseCategoricalAccuracy", {"name": "accuracy"})


def _loss(type: str, from_logits: bool) -> KerasObject:
    return KerasObject(type=type, config={"from_logits": True} if from_logits else {})


def _recipe(loss: KerasObject, metric: str, config: dict[str, str | float]) -> OutputRecipe:
    return OutputRecipe(loss=loss, metrics=[KerasObject(type=metric, config={**config})])


def _fit(rows: int, targets: Sequence[Column]) -> FitRecipe:
    """Batches that give an epoch some hundred steps at most, and epochs enough.

    Classes are learned, and overlearned, sooner than numbers. A class that hardly ever occurs weighs more, or it would
    never be said.
    """
    batch_size = next((size for limit, size in BATCH_SIZES if rows < limit), LARGEST_BATCH_SIZE)
    classes = all(target.classes is not None for target in targets)
    wanted = (ENOUGH_STEPS_FOR_CLASSES if classes else ENOUGH_STEPS_FOR_NUMBERS) / max(1, math.ceil(rows / batch_size))
    epochs = next((epochs for epochs in EPOCHS if epochs >= wanted), EPOCHS[-1])
    return FitRecipe(epochs=epochs, batch_size=batch_size, class_weight=_class_weight(targets))


def _class_weight(targets: Sequence[Column]) -> dict[str, float] | None:
    """Weights for a lone yes or no of which one is rare, so that both count as much; at most 20."""
    if len(targets) != 1 or len(targets[0].classes or []) != BOTH:
        return None
    counts = targets[0].class_counts or []
    if not 0 < RARE * min(counts, default=0) <= max(counts, default=0):
        return None
    rare = min(range(BOTH), key=counts.__getitem__)
    weight = min(max(counts) / min(counts), MOST_WEIGHT)
    return {(targets[0].classes or [])[rare]: round(weight, 1)}
