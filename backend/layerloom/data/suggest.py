"""A sensible recipe for a drawing and a dataset, made from what both are."""

import math
from collections.abc import Iterable

from layerloom.data.binding import bind_inputs, bind_targets
from layerloom.data.dataset import Column, DatasetInfo
from layerloom.data.drawing import InputForm, OutputForm, inputs, outputs
from layerloom.graph.blocks import expand
from layerloom.graph.document import Graph
from layerloom.recipe import CompileRecipe, DataRecipe, FitRecipe, KerasObject, OutputRecipe, Recipe

SMALL_ROWS = 1_000
BATCH_SIZES = ((SMALL_ROWS, 16), (20_000, 32), (50_000, 64))
LARGEST_BATCH_SIZE = 128
EPOCHS = (5, 10, 20, 30, 50, 100)
ENOUGH_STEPS_FOR_CLASSES, ENOUGH_STEPS_FOR_NUMBERS = 500, 2_000
MAX_NAME = 200


def suggest(graph: Graph, dataset: DatasetInfo) -> Recipe:
    """Bind columns to nodes and choose losses, metrics, optimizer, epochs and batch size.

    Answers for any drawing: a drawing without Input or Output nodes gets the dataset's defaults for the node names it
    would have. What does not fit is left for the check to say.
    """
    graph = expand(graph).graph
    results = [form for form in outputs(graph) if _can_be_named(form)] or [OutputForm("output", None, None)]
    fed = bind_inputs([form for form in inputs(graph) if _can_be_named(form)], dataset)
    targets = bind_targets(results, dataset)
    bound = {name for columns in fed.values() for name in columns} | {column.name for column in targets.values()}
    small = dataset.rows["train"] < SMALL_ROWS
    return Recipe(
        data=DataRecipe(
            dataset=dataset.id,
            inputs=fed or {"input": dataset.default_inputs},
            targets={name: [column.name] for name, column in targets.items()},
            validation_fraction=0.2 if small else 0.1,
            missing="drop" if any(dataset.column(name).missing for name in bound) else "refuse",
        ),
        compile=CompileRecipe(
            # Few rows make few steps: a higher rate gets somewhere in them.
            optimizer=KerasObject(type="Adam", config={"learning_rate": 0.01 if small else 0.001}),
            outputs={form.name: _judged(form, targets[form.name]) for form in results},
        ),
        fit=_fit(dataset.rows["train"], targets.values()),
    )


def _can_be_named(form: InputForm | OutputForm) -> bool:
    """A recipe's names are bounded, a drawing's are not."""
    return 0 < len(form.name) <= MAX_NAME


def _judged(form: OutputForm, target: Column) -> OutputRecipe:
    """Loss and metrics for what is predicted and how."""
    if target.classes is None:
        return _recipe(KerasObject(type="MeanSquaredError"), "MeanAbsoluteError", {"name": "mae"})
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


def _fit(rows: int, targets: Iterable[Column]) -> FitRecipe:
    """Batches that give an epoch some hundred steps at most, and epochs enough.

    Classes are learned, and overlearned, sooner than numbers.
    """
    batch_size = next((size for limit, size in BATCH_SIZES if rows < limit), LARGEST_BATCH_SIZE)
    classes = all(target.classes is not None for target in targets)
    wanted = (ENOUGH_STEPS_FOR_CLASSES if classes else ENOUGH_STEPS_FOR_NUMBERS) / max(1, math.ceil(rows / batch_size))
    return FitRecipe(epochs=next((epochs for epochs in EPOCHS if epochs >= wanted), EPOCHS[-1]), batch_size=batch_size)
