"""How to train: which data feeds which input, what is optimised, for how long."""

from typing import Annotated, Literal

from pydantic import Field, JsonValue, StringConstraints

from layerloom.graph.document import Document

Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Columns = Annotated[list[Name], Field(min_length=1, max_length=10_000)]


class KerasObject(Document):
    """A Keras class by name with constructor arguments: `{"type": "SGD", "config": {"learning_rate": 0.01}}`."""

    type: Name
    config: dict[str, JsonValue] = Field(default_factory=dict)


class DataRecipe(Document):
    """Which columns of which dataset feed the Input and Output nodes, by node *name*.

    Several columns on one input are joined along the last axis. `validation_fraction` of the training rows is held
    out by a seeded shuffle. `encoding` says how a category target reaches the loss; left out, "index".
    `missing` says what to do with rows that have an empty cell in a bound column: "refuse" (a problem) or "drop".
    """

    dataset: Name
    inputs: dict[Name, Columns]
    targets: dict[Name, Columns]
    validation_fraction: Annotated[float, Field(ge=0, lt=1)] = 0.1
    encoding: dict[Name, Literal["index", "one_hot"]] = Field(default_factory=dict)
    missing: Literal["refuse", "drop"] = "refuse"


class OutputRecipe(Document):
    """Loss, its weight and the metrics of one Output node."""

    loss: KerasObject
    loss_weight: Annotated[float, Field(ge=0)] = 1.0
    metrics: list[KerasObject] = Field(default_factory=list)


class CompileRecipe(Document):
    """Optimizer, and per Output node (by name) what it is judged by."""

    optimizer: KerasObject = KerasObject(type="Adam")
    outputs: dict[Name, OutputRecipe]


class FitRecipe(Document):
    """Keras's `fit` arguments that are not data."""

    epochs: Annotated[int, Field(ge=1, le=100_000)] = 5
    batch_size: Annotated[int, Field(ge=1, le=1_000_000)] = 32
    shuffle: bool = True


class Recipe(Document):
    """How to train. `seed` decides initial weights, the split and the order of rows."""

    data: DataRecipe
    compile: CompileRecipe
    fit: FitRecipe = FitRecipe()
    callbacks: list[KerasObject] = Field(default_factory=list)
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 7
