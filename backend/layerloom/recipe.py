"""How to train: which data feeds which input, what is optimised, for how long."""

from typing import Annotated, Literal

from pydantic import Field, JsonValue, StringConstraints

from layerloom.graph.document import Document

Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
ClassName = Annotated[str, StringConstraints(max_length=10_000)]
DtypePolicy = Literal["float32", "mixed_float16", "mixed_bfloat16", "float64"]
Devices = Literal["one", "all"]
SplitBy = Literal["random", "stratified", "group", "time", "column"]
Columns = Annotated[list[Name], Field(min_length=1, max_length=10_000)]


class KerasObject(Document):
    """A Keras class by name with constructor arguments: `{"type": "SGD", "config": {"learning_rate": 0.01}}`."""

    type: Name
    config: dict[str, JsonValue] = Field(default_factory=dict)


class SplitRecipe(Document):
    """How rows are chosen that are held out: by chance alone, or as a column says.

    "stratified": the same share of each class, of the first category target unless `column` names another category.
    "group": rows with the same cell in `column` stay together. "time": the last rows by `column`, a date or a number.
    "column": the cells of `column` name the split (train, validation, test); a split that none names goes by its share.
    """

    by: SplitBy = "random"
    column: Name | None = None


class DataRecipe(Document):
    """Which columns of which dataset feed the Input and Output nodes, by node *name*.

    Several columns on one input are joined along the last axis. `validation_fraction` of the training rows is held
    out, as `split` says; `test_fraction` before that, of a dataset without a test split.
    `encoding` says how a category target reaches the loss; left out, "index".
    `missing` says what to do with rows that have an empty cell in a bound column: "refuse" (a problem), "drop" or
    "keep". Kept, an empty number reaches its Input as NaN and an empty category or text as "", for the drawing to fill;
    rows without a target are left out.
    `sample_weight` names a number column that says how much each row counts in the loss.
    """

    dataset: Name
    inputs: dict[Name, Columns]
    targets: dict[Name, Columns]
    validation_fraction: Annotated[float, Field(ge=0, lt=1)] = 0.1
    encoding: dict[Name, Literal["index", "one_hot"]] = Field(default_factory=dict)
    missing: Literal["refuse", "drop", "keep"] = "refuse"
    sample_weight: Name | None = None
    split: SplitRecipe = Field(default_factory=SplitRecipe)
    test_fraction: Annotated[float, Field(ge=0, lt=1)] = Field(default_factory=float)


class OutputRecipe(Document):
    """Loss, its weight and the metrics of one Output node; `weighted_metrics` heed sample and class weights."""

    loss: KerasObject
    loss_weight: Annotated[float, Field(ge=0)] = 1.0
    metrics: list[KerasObject] = Field(default_factory=list)
    weighted_metrics: list[KerasObject] = Field(default_factory=list)


class CompileRecipe(Document):
    """Optimizer, and per Output node (by name) what it is judged by; the rest are Keras's arguments of `compile`.

    `jit_compile` "auto" compiles on a GPU alone.
    """

    optimizer: KerasObject = KerasObject(type="Adam")
    outputs: dict[Name, OutputRecipe]
    jit_compile: Literal["auto"] | bool = "auto"
    auto_scale_loss: bool = True


class FitRecipe(Document):
    """Keras's `fit` arguments that are not data. `class_weight` goes by the names of the classes; left out, 1.

    There is a checkpoint after each epoch; `checkpoint_seconds` asks for one within an epoch too when the last is that
    old, so that a long epoch need not begin anew after an interruption. Only the newest of these is kept.
    `devices` "all" shares each batch among all GPUs of the machine, where they train as one would.
    """

    epochs: Annotated[int, Field(ge=1, le=100_000)] = 5
    batch_size: Annotated[int, Field(ge=1, le=1_000_000)] = 32
    shuffle: bool = True
    class_weight: dict[ClassName, Annotated[float, Field(ge=0, le=1e6)]] | None = None
    checkpoint_seconds: Annotated[float, Field(gt=0, le=86_400)] | None = None
    devices: Devices = Field(default_factory=lambda: "one")


class Recipe(Document):
    """How to train. `seed` decides initial weights, the split and the order of rows.

    `dtype_policy` is what `keras.config.set_dtype_policy` is given: in which precision layers compute.
    """

    data: DataRecipe
    compile: CompileRecipe
    fit: FitRecipe = FitRecipe()
    callbacks: list[KerasObject] = Field(default_factory=list)
    dtype_policy: DtypePolicy = "float32"
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 7
