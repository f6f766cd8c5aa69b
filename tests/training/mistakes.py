"""Every mistake that the check before a training knows: a drawing and a recipe with it, and what is said of it."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import JsonValue

from layerloom.graph.document import Edge, Graph, Node
from layerloom.recipe import Recipe
from tests.training.making import FLOWER, SOFTMAX, Layer, flower, flower_recipe

LINEAR: Layer = ("Dense", {"units": 3})
SIGMOID: Layer = ("Dense", {"units": 3, "activation": "sigmoid"})
ONE: Layer = ("Dense", {"units": 1})
ONE_SIGMOID: Layer = ("Dense", {"units": 1, "activation": "sigmoid"})


@dataclass(frozen=True)
class Mistake:
    """`said` are the codes of all problems, errors first; `fixable` says whether one click mends the first."""

    said: list[str]
    graph: Graph = field(default_factory=lambda: flower(SOFTMAX))
    recipe: Recipe = field(default_factory=flower_recipe)
    fixable: bool = True
    words: str = ""


def loss(type: str, metrics: list[JsonValue] | None = None, **config: JsonValue) -> dict[str, Any]:
    return {"loss": {"type": type, "config": config}, "metrics": metrics or []}


def judged(layer: Layer, loss: dict[str, Any], **places: JsonValue) -> dict[str, Any]:
    return {"graph": flower(layer), "recipe": flower_recipe(compile__outputs__species=loss, **places)}


def two_outputs() -> Graph:
    nodes = [
        Node(id="in", type="Input", name="flower", config={"shape": [3]}),
        Node(id="n1", type="Dense", config={"units": 3, "activation": "softmax"}),
        Node(id="n2", type="Dense", config={"units": 1}),
        Node(id="o1", type="Output", name="species"),
        Node(id="o2", type="Output", name="width"),
    ]
    edges = [Edge(source=s, target=t) for s, t in (("in", "n1"), ("in", "n2"), ("n1", "o1"), ("n2", "o2"))]
    return Graph(nodes=nodes, edges=edges)


TITANIC: dict[str, JsonValue] = {"dataset": "titanic", "targets": {"species": ["survived"]}}
WIDTH: dict[str, JsonValue] = {"species": ["petal_width_cm"]}
THREE: dict[str, JsonValue] = {"flower": FLOWER[:3]}
BY_AGE: dict[str, JsonValue] = {"by": "time", "column": "age"}
MONITOR: dict[str, JsonValue] = {"type": "EarlyStopping", "config": {"monitor": "val_los"}}
YES_NO = loss("BinaryCrossentropy")


def numbers(layer: Layer, loss: dict[str, Any]) -> dict[str, Any]:
    """The width of a petal predicted from the three other measures."""
    recipe = flower_recipe(data__inputs=THREE, data__targets=WIDTH, compile__outputs__species=loss)
    return {"graph": flower(layer, shape=[3]), "recipe": recipe}


def survival(layer: Layer, loss: dict[str, Any], **places: JsonValue) -> dict[str, Any]:
    """Who survived, from class and age."""
    data: dict[str, JsonValue] = {**TITANIC, "inputs": {"flower": ["class", "age"]}, "missing": "drop"}
    recipe = flower_recipe(data=data, compile__outputs__species=loss, **places)
    return {"graph": flower(layer, shape=[2]), "recipe": recipe}


MISTAKES: dict[str, Mistake] = {
    "unknown-dataset": Mistake(
        ["unknown-dataset"], recipe=flower_recipe(data__dataset="irisses"), fixable=False, words="no dataset 'irisses'"
    ),
    "unknown-column": Mistake(
        ["unknown-column"],
        recipe=flower_recipe(data__targets={"species": ["specie"]}),
        words="It has 'sepal_length_cm'",
    ),
    "unknown-column-in-inputs": Mistake(
        ["unknown-column"], recipe=flower_recipe(data__inputs={"flower": [*FLOWER[:3], "petal_width"]})
    ),
    "unknown-input-is-moved": Mistake(
        ["unknown-input", "unbound-input"], recipe=flower_recipe(data__inputs={"flowr": FLOWER})
    ),
    "unknown-input-is-removed": Mistake(
        ["unknown-input"], recipe=flower_recipe(data__inputs={"flower": FLOWER, "leaf": FLOWER})
    ),
    "unknown-output-is-moved": Mistake(
        ["unknown-output", "unbound-output", "missing-loss"],
        recipe=flower_recipe(
            data__targets={"kind": ["species"]}, compile__outputs={"kind": loss("SparseCategoricalCrossentropy")}
        ),
    ),
    "unknown-output-is-removed": Mistake(
        ["unknown-output"],
        recipe=flower_recipe(data__targets={"species": ["species"], "kind": ["species"]}),
    ),
    "unbound-input": Mistake(["unbound-input"], recipe=flower_recipe(data__inputs={})),
    "unbound-output": Mistake(["unbound-output"], recipe=flower_recipe(data__targets={})),
    "missing-loss": Mistake(["missing-loss"], recipe=flower_recipe(compile__outputs={})),
    "shape-mismatch": Mistake(
        ["shape-mismatch"], recipe=flower_recipe(data__inputs=THREE), words="(4), but 3 columns give (3)"
    ),
    "shape-mismatch-image": Mistake(
        ["shape-mismatch"],
        graph=flower(("Dense", {"units": 10, "activation": "softmax"}), shape=[784]),
        recipe=flower_recipe(
            data={"dataset": "mnist", "inputs": {"flower": ["image"]}, "targets": {"species": ["label"]}}
        ),
        words="(784), but column 'image' gives (28, 28, 1)",
    ),
    "shape-mismatch-not-joinable": Mistake(
        ["shape-mismatch", "target-as-input"],
        graph=flower(("Flatten", {}), ("Dense", {"units": 10, "activation": "softmax"}), shape=[28, 28, 1]),
        recipe=flower_recipe(
            data={"dataset": "mnist", "inputs": {"flower": ["image", "label"]}, "targets": {"species": ["label"]}}
        ),
        words="can not be joined",
    ),
    "shape-mismatch-target": Mistake(
        ["shape-mismatch"], **numbers(LINEAR, loss("MeanSquaredError")), words="The output gives (3)"
    ),
    "shape-mismatch-sequence": Mistake(
        ["shape-mismatch"],
        graph=flower(("Reshape", {"target_shape": [2, 2]}), SOFTMAX),
        fixable=False,
        words="but the output gives (2, 3)",
    ),
    "dtype-mismatch-text": Mistake(
        ["dtype-mismatch"],
        **{
            **survival(ONE_SIGMOID, YES_NO, data__inputs={"flower": ["name"]}),
            "graph": flower(("Flatten", {}), ONE_SIGMOID, shape=[1]),
        },
        fixable=False,
    ),
    "dtype-mismatch-numbers": Mistake(["dtype-mismatch"], graph=flower(SOFTMAX, dtype="string")),
    "dtype-mismatch-lookup": Mistake(
        ["dtype-mismatch"],
        graph=flower(("StringLookup", {"vocabulary": ["a"]}), SOFTMAX, dtype="string"),
        fixable=False,
    ),
    "dtype-mismatch-mixed": Mistake(
        ["dtype-mismatch"],
        **{
            **survival(ONE_SIGMOID, YES_NO, data__inputs={"flower": ["name", "age", "class"]}),
            "graph": flower(ONE_SIGMOID, shape=[3]),
        },
    ),
    "non-finite": Mistake(
        ["non-finite", "non-finite"],
        **survival(ONE_SIGMOID, YES_NO, data__missing="refuse"),
        words="Column 'class' has 1 empty cells in 1,313 rows",
    ),
    "too-few-rows": Mistake(
        ["too-few-rows"],
        recipe=flower_recipe(data__validation_fraction=0.999),
        words="Of 150 rows, 150 are held out for validation and 0 are left",
    ),
    "batch-size": Mistake(["batch-size"], recipe=flower_recipe(fit__batch_size=500)),
    "target-as-input": Mistake(
        ["target-as-input"],
        graph=flower(SOFTMAX, shape=[5]),
        recipe=flower_recipe(data__inputs={"flower": [*FLOWER, "species"]}),
    ),
    "units-classes": Mistake(
        ["units-classes"],
        graph=flower(("Dense", {"units": 2, "activation": "softmax"})),
        words="2 units, but 'species'",
    ),
    "units-classes-too-many": Mistake(
        ["units-classes"], graph=flower(("Dense", {"units": 5, "activation": "softmax"}))
    ),
    "units-classes-yes-no": Mistake(["units-classes"], **judged(ONE_SIGMOID, YES_NO)),
    "units-classes-one-unit": Mistake(
        ["units-classes", "activation-loss"], **survival(ONE_SIGMOID, loss("SparseCategoricalCrossentropy"))
    ),
    "label-form-one-hot": Mistake(
        ["label-form", "metric-form"], recipe=flower_recipe(data__encoding__species="one_hot")
    ),
    "label-form-index": Mistake(["label-form"], **judged(SOFTMAX, loss("CategoricalCrossentropy"))),
    "label-form-yes-no": Mistake(["label-form"], **judged(SIGMOID, YES_NO)),
    "label-form-yes-no-one-hot": Mistake(["label-form"], **judged(SIGMOID, YES_NO, data__encoding__species="one_hot")),
    "label-form-one-hot-for-one-unit": Mistake(
        ["label-form"], **survival(ONE_SIGMOID, YES_NO, data__encoding__species="one_hot")
    ),
    "loss-kind-classes": Mistake(["loss-kind"], **judged(SOFTMAX, loss("MeanSquaredError")), words="have no order"),
    "loss-kind-classes-one-hot": Mistake(
        ["loss-kind"], **judged(SOFTMAX, loss("MeanSquaredError"), data__encoding__species="one_hot")
    ),
    "loss-kind-two-classes": Mistake(["loss-kind"], **survival(ONE_SIGMOID, loss("MeanSquaredError"))),
    "loss-kind-one-number": Mistake(["loss-kind"], **judged(ONE, loss("MeanAbsoluteError"))),
    "loss-kind-numbers": Mistake(["loss-kind"], **numbers(ONE, loss("BinaryCrossentropy", from_logits=True))),
    "loss-kind-text": Mistake(
        ["loss-kind"], **survival(ONE_SIGMOID, YES_NO, data__targets={"species": ["name"]}), words="'name' is text"
    ),
    "activation-twice": Mistake(
        ["activation-loss"], **judged(SOFTMAX, loss("SparseCategoricalCrossentropy", from_logits=True))
    ),
    "activation-missing": Mistake(["activation-loss"], **judged(LINEAR, loss("SparseCategoricalCrossentropy"))),
    "activation-sigmoid": Mistake(["activation-loss"], **judged(SIGMOID, loss("SparseCategoricalCrossentropy"))),
    "activation-softmax-layer": Mistake(
        ["activation-loss"],
        graph=flower(LINEAR, ("Softmax", {})),
        recipe=flower_recipe(compile__outputs__species=loss("SparseCategoricalCrossentropy", from_logits=True)),
    ),
    "activation-softmax-of-one": Mistake(
        ["activation-loss"], **survival(("Dense", {"units": 1, "activation": "softmax"}), YES_NO)
    ),
    "activation-yes-no-missing": Mistake(["activation-loss"], **survival(ONE, YES_NO)),
    "activation-yes-no-twice": Mistake(
        ["activation-loss"], **survival(ONE_SIGMOID, loss("BinaryCrossentropy", from_logits=True))
    ),
    "activation-out-of-range": Mistake(
        ["activation-loss"], **numbers(ONE_SIGMOID, loss("MeanSquaredError")), words="runs from 0.1 to 2.5"
    ),
    "metric-form": Mistake(
        ["metric-form"],
        **judged(SOFTMAX, loss("SparseCategoricalCrossentropy", [{"type": "CategoricalAccuracy", "config": {}}])),
    ),
    "metric-form-exact": Mistake(
        ["metric-form"],
        **judged(SOFTMAX, loss("SparseCategoricalCrossentropy", [{"type": "Accuracy", "config": {}}])),
    ),
    "metric-form-score": Mistake(
        ["metric-form"],
        **judged(SOFTMAX, loss("SparseCategoricalCrossentropy", [{"type": "F1Score", "config": {}}])),
        words="Remove it.",
    ),
    "metric-form-number": Mistake(
        ["metric-form"],
        **numbers(ONE, loss("MeanSquaredError", [{"type": "BinaryAccuracy", "config": {}}])),
    ),
    "metric-vector": Mistake(
        ["metric-vector"],
        **judged(
            SOFTMAX,
            loss("CategoricalCrossentropy", [{"type": "F1Score", "config": {}}]),
            data__encoding__species="one_hot",
        ),
    ),
    "label-form-element-by-element": Mistake(["label-form"], **judged(SOFTMAX, loss("Dice"))),
    "loss-kind-never": Mistake(["loss-kind"], **judged(SOFTMAX, loss("CTC"))),
    "activation-probabilities": Mistake(
        ["activation-loss"], **judged(LINEAR, loss("KLDivergence"), data__encoding__species="one_hot")
    ),
    "activation-poisson": Mistake(["activation-loss"], **numbers(ONE, loss("Poisson"))),
    "no-averages": Mistake(["no-averages"], recipe=flower_recipe(callbacks=[{"type": "SwapEMAWeights", "config": {}}])),
    "twice": Mistake(["twice"], recipe=flower_recipe(callbacks=[{"type": "ModelCheckpoint", "config": {}}] * 2)),
    "unknown-loss": Mistake(
        ["unknown-type"], **judged(SOFTMAX, loss("SparseCategoricalCrossentropi")), words="Did you mean"
    ),
    "unknown-metric-class": Mistake(
        ["unknown-type"],
        **judged(
            SOFTMAX, loss("SparseCategoricalCrossentropy", [{"type": "SparseCategoricalAccuracies", "config": {}}])
        ),
    ),
    "unknown-optimizer": Mistake(
        ["unknown-type"], recipe=flower_recipe(compile__optimizer={"type": "Adamm", "config": {}})
    ),
    "not-offered": Mistake(
        ["not-offered"],
        recipe=flower_recipe(callbacks=[{"type": "CSVLogger", "config": {"filename": "x"}}]),
        words="CSVLogger is not offered",
    ),
    "bad-value": Mistake(
        ["bad-value"], recipe=flower_recipe(compile__optimizer={"type": "SGD", "config": {"momentum": "much"}})
    ),
    "learning-rate-zero": Mistake(
        ["bad-value"], recipe=flower_recipe(compile__optimizer={"type": "SGD", "config": {"learning_rate": 0}})
    ),
    "learning-rate-negative": Mistake(
        ["bad-value"], recipe=flower_recipe(compile__optimizer={"type": "Adam", "config": {"learning_rate": -0.1}})
    ),
    "learning-rate-huge": Mistake(
        ["learning-rate"], recipe=flower_recipe(compile__optimizer={"type": "SGD", "config": {"learning_rate": 1e38}})
    ),
    "loss-weights": Mistake(["loss-weights"], recipe=flower_recipe(compile__outputs__species__loss_weight=0.0)),
    "unknown-metric": Mistake(
        ["unknown-metric"],
        recipe=flower_recipe(callbacks=[MONITOR]),
        words="'loss', 'accuracy', 'val_loss', 'val_accuracy'",
    ),
    "unknown-metric-without-validation": Mistake(
        ["unknown-metric"],
        recipe=flower_recipe(
            data__validation_fraction=0.0, callbacks=[{"type": "EarlyStopping", "config": {"monitor": "val_loss"}}]
        ),
        words="No rows are held out",
    ),
    "monitor-mode": Mistake(
        ["monitor-mode"],
        graph=two_outputs(),
        recipe=flower_recipe(
            data__inputs=THREE,
            data__targets={"species": ["species"], "width": ["petal_width_cm"]},
            compile__outputs__width=loss("MeanSquaredError"),
            callbacks=[{"type": "EarlyStopping", "config": {"monitor": "val_width_loss"}}],
        ),
    ),
    "sample weight: unknown column": Mistake(["unknown-column"], recipe=flower_recipe(data__sample_weight="petal")),
    "sample weight: a category": Mistake(["sample-weight"], recipe=flower_recipe(data__sample_weight="species")),
    "class weight: unknown class": Mistake(
        ["unknown-class"], recipe=flower_recipe(fit__class_weight={"setosa": 2.0, "tulip": 1.0})
    ),
    "class weight: a number": Mistake(
        ["class-weight"],
        **(
            numbers(ONE, loss("MeanSquaredError"))
            | {
                "recipe": flower_recipe(
                    data__inputs=THREE,
                    data__targets=WIDTH,
                    compile__outputs__species=loss("MeanSquaredError"),
                    fit__class_weight={"setosa": 2.0},
                )
            }
        ),
    ),
    "class weight: all 0": Mistake(
        ["class-weight"], recipe=flower_recipe(fit__class_weight={"setosa": 0, "versicolor": 0, "virginica": 0})
    ),
    "class weight: one 0": Mistake(
        ["class-weight"], recipe=flower_recipe(fit__class_weight={"setosa": 0}), fixable=False
    ),
    "class weight: beside a sample weight": Mistake(
        ["class-weight"],
        recipe=flower_recipe(fit__class_weight={"setosa": 2.0}, data__sample_weight="petal_width_cm"),
    ),
    "pictures mixed without their labels": Mistake(
        ["mixed-labels"],
        graph=flower(
            *(("MixUp", {}), ("Flatten", {}), ("Dense", {"units": 10, "activation": "softmax"})), shape=[28, 28, 1]
        ),
        recipe=flower_recipe(
            data={"dataset": "mnist", "inputs": {"flower": ["image"]}, "targets": {"species": ["label"]}}
        ),
    ),
    "empty cells kept that nothing fills": Mistake(
        ["non-finite"],
        graph=flower(("Normalization", {}), ONE_SIGMOID, shape=[1]),
        recipe=flower_recipe(
            data={**TITANIC, "inputs": {"flower": ["age"]}, "missing": "keep"}, compile__outputs__species=YES_NO
        ),
        words="nothing in the drawing fills them",
    ),
    "two schedules": Mistake(
        ["two-schedules"],
        recipe=flower_recipe(
            compile__optimizer__config__learning_rate={
                "type": "ExponentialDecay",
                "config": {"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": 0.9},
            },
            callbacks=[{"type": "LearningRateScheduler", "config": {"schedule": [[1, 0.1]]}}],
        ),
    ),
    "rates: epochs that do not rise": Mistake(
        ["bad-value"],
        recipe=flower_recipe(
            callbacks=[{"type": "LearningRateScheduler", "config": {"schedule": [[5, 0.1], [2, 0.01]]}}]
        ),
    ),
    "split: by a column of the wrong kind": Mistake(
        ["split-column"],
        recipe=flower_recipe(data__split={"by": "time", "column": "species"}),
        words="'species' is category. Choose 'sepal_length_cm'",
    ),
    "split: by no column": Mistake(["split-column"], recipe=flower_recipe(data__split={"by": "group"})),
    "split: by a column with empty cells": Mistake(
        ["split-missing"],
        graph=flower(ONE_SIGMOID, shape=[1]),
        recipe=flower_recipe(
            data={**TITANIC, "inputs": {"flower": ["sex"]}, "split": BY_AGE}, compile__outputs__species=YES_NO
        ),
        words="'age' decides who is held out, but has 557 empty cells in 1,313 rows",
    ),
    "split: a class only in the test": Mistake(
        ["class-missing"],
        recipe=flower_recipe(data__split={"by": "time", "column": "petal_width_cm"}),
        words="have no row in the split 'validation'",
        fixable=False,
    ),
    "split: a group that is everybody": Mistake(
        ["empty-split"],
        **survival(ONE_SIGMOID, YES_NO, data__split={"by": "group", "column": "survived"}),
        fixable=False,
    ),
    "split: a second test": Mistake(
        ["test-split"],
        graph=flower(("Flatten", {}), ("Dense", {"units": 10, "activation": "softmax"}), shape=[28, 28, 1]),
        recipe=flower_recipe(
            data={
                "dataset": "mnist",
                "inputs": {"flower": ["image"]},
                "targets": {"species": ["label"]},
                "test_fraction": 0.1,
            }
        ),
    ),
    "outputs in half precision": Mistake(["low-precision"], recipe=flower_recipe(dtype_policy="mixed_bfloat16")),
    "schedule: as many values as boundaries": Mistake(
        ["bad-value"],
        recipe=flower_recipe(
            compile__optimizer__config__learning_rate={
                "type": "PiecewiseConstantDecay",
                "config": {"boundaries": [10], "values": [0.1]},
            }
        ),
        fixable=False,
        words="length of boundaries",
    ),
}
