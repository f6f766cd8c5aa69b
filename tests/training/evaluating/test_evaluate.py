"""Judging runs that were trained for real: on whichever split, for whichever kind of output."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import JsonValue
from sklearn import metrics

from layerloom.checkpoint import find
from layerloom.data.library import Library
from layerloom.data.split import split as dealt
from layerloom.evaluation import end_progress, kept, told_progress
from layerloom.graph.document import Edge, Graph, Node
from layerloom.problem import Refusal
from layerloom.recipe import Recipe
from layerloom.training.evaluating.evaluate import evaluate_json
from layerloom.training.evaluating.finding import Wanted, rows_json
from layerloom.training.predict import predict
from tests.training.making import FLOWER, SOFTMAX, flower, flower_recipe, of_kind, run

JSON = dict[str, Any]
FIRST = Wanted(output=None, true=None, predicted=None, mistakes=False, order="row", offset=0, limit=100)


def judged(folder: Path, recipe: Recipe, home: Path, split: str, dataset: str | None = None) -> JSON:
    place = folder / "evaluations" / f"{dataset}-{split}"
    text = evaluate_json(find(folder, "last"), recipe, home, dataset or recipe.data.dataset, split, place)  # type: ignore[arg-type]
    assert kept(place) == text
    answer: JSON = json.loads(text, parse_constant=pytest.fail)
    return answer


def trained(home: Path, folder: Path, *layers: Any, **places: JsonValue) -> tuple[Path, Recipe]:
    recipe = flower_recipe(fit__epochs=2, **places)
    run(flower(*(layers or (("Normalization", {}), SOFTMAX))), recipe, home, folder)
    return folder, recipe


@pytest.fixture(scope="module")
def iris(home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Recipe]:
    return trained(home, tmp_path_factory.mktemp("run"))


def test_the_rows_of_validation_are_those_that_training_held_out(iris: tuple[Path, Recipe], home: Path) -> None:
    folder, recipe = iris
    _, held_out = dealt(150, recipe.data.validation_fraction, recipe.seed)

    found = judged(folder, recipe, home, "validation")
    rows = json.loads(rows_json(folder / "evaluations/None-validation", recipe, home, "iris", "validation", FIRST))

    assert (found["rows"], [row["row"] for row in rows["rows"]]) == (30, held_out.tolist())


def test_how_many_rows_are_done_is_told_until_the_evaluation_is_over(iris: tuple[Path, Recipe], home: Path) -> None:
    folder, recipe = iris
    judged(folder, recipe, home, "train")
    place = folder / "evaluations" / "None-train"

    told = told_progress(place)
    end_progress(place)

    assert told is not None
    assert (told.rows, 0 < told.rows_done <= 120, told_progress(place)) == (120, True, None)
    assert [path.name for path in place.parent.glob("tmp-None-train*")] == []


def test_a_classification_is_counted_as_scikit_learn_counts_what_predict_says(
    iris: tuple[Path, Recipe], home: Path
) -> None:
    folder, recipe = iris
    training, _ = dealt(150, recipe.data.validation_fraction, recipe.seed)
    columns = Library(home).arrays("iris", [*FLOWER, "species"], "train")
    truth = columns["species"][training]
    samples = np.stack([columns[name] for name in FLOWER], axis=1)[training]
    shares = np.array(predict(folder, "last", {"flower": samples.tolist()})["species"])

    found = judged(folder, recipe, home, "train")["outputs"]["species"]

    assert found["matrix"] == metrics.confusion_matrix(truth, shares.argmax(axis=1)).tolist()
    assert found["macro_auc"] == pytest.approx(metrics.roc_auc_score(truth, shares, multi_class="ovr"))
    worst = -np.log(shares[np.arange(120), truth])
    assert [row["row"] for row in found["worst"][:3]] == training[np.argsort(-worst)[:3]].tolist()
    assert found["worst"][0]["loss"] == pytest.approx(worst.max(), rel=1e-4)


@pytest.mark.parametrize("sample_weight", [None, "petal_width_cm"])
def test_the_metrics_are_those_that_training_told(home: Path, tmp_path: Path, sample_weight: str | None) -> None:
    recipe = flower_recipe(fit__epochs=1, data__sample_weight=sample_weight)
    events = run(flower(SOFTMAX), recipe, home, tmp_path)

    found = judged(tmp_path, recipe, home, "validation")["metrics"]

    told = of_kind(events, "epoch")[-1].metrics
    assert found == pytest.approx({name: told[f"val_{name}"] for name in ("loss", "accuracy")})


def test_mistakes_come_surest_first_with_their_cells(iris: tuple[Path, Recipe], home: Path) -> None:
    folder, recipe = iris
    found = judged(folder, recipe, home, "train")["outputs"]["species"]
    wanted = FIRST._replace(mistakes=True, order="confident", limit=5)

    listed = json.loads(rows_json(folder / "evaluations/None-train", recipe, home, "iris", "train", wanted))

    assert [row["row"] for row in listed["rows"]] == [row["row"] for row in found["confident_mistakes"][:5]]
    assert listed["total"] == 120 - np.trace(found["matrix"])
    assert all(row["cells"]["species"] == row["true"] != row["predicted"] for row in listed["rows"])


def test_a_cell_of_the_matrix_has_as_many_rows_as_it_says(iris: tuple[Path, Recipe], home: Path) -> None:
    folder, recipe = iris
    found = judged(folder, recipe, home, "train")["outputs"]["species"]
    totals = [
        json.loads(rows_json(folder / "evaluations/None-train", recipe, home, "iris", "train", wanted))["total"]
        for true in found["classes"]
        for predicted in found["classes"]
        for wanted in [FIRST._replace(true=true, predicted=predicted, limit=1)]
    ]

    assert totals == np.ravel(found["matrix"]).tolist()


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"output": "leaf"}, "unknown-output"), ({"true": "oak"}, "unknown-class")],
)
def test_rows_of_what_is_not_there_are_refused(iris: tuple[Path, Recipe], home: Path, changes: JSON, code: str) -> None:
    folder, recipe = iris
    judged(folder, recipe, home, "train")

    with pytest.raises(Refusal) as refused:
        rows_json(folder / "evaluations/None-train", recipe, home, "iris", "train", FIRST._replace(**changes))

    assert refused.value.code == code


def test_logits_are_made_probabilities_as_the_loss_says(home: Path, tmp_path: Path) -> None:
    loss: JsonValue = {"type": "SparseCategoricalCrossentropy", "config": {"from_logits": True}}
    folder, recipe = trained(home, tmp_path, ("Dense", {"units": 3}), compile__outputs__species__loss=loss)

    found = judged(folder, recipe, home, "train")["outputs"]["species"]

    sure = [row["probability"] for row in found["worst"]]
    assert (found["applied"], found["probabilities"]) == ("softmax", True)
    assert all(1 / 3 <= share <= 1 for share in sure)


def test_one_hot_targets_are_read_as_classes(home: Path, tmp_path: Path) -> None:
    judging: JsonValue = {"loss": {"type": "CategoricalCrossentropy"}, "metrics": [{"type": "CategoricalAccuracy"}]}
    encoding: JsonValue = {"species": "one_hot"}
    folder, recipe = trained(home, tmp_path, compile__outputs__species=judging, data__encoding=encoding)

    found = judged(folder, recipe, home, "validation")

    assert found["outputs"]["species"]["accuracy"] == pytest.approx(found["metrics"]["categorical_accuracy"])


def test_one_unit_says_yes_or_no(home: Path, tmp_path: Path) -> None:
    info = Library(home).get("breast_cancer")
    inputs = [column.name for column in info.columns if column.kind == "number"]
    graph = flower(("Normalization", {}), ("Dense", {"units": 1, "activation": "sigmoid"}), shape=[len(inputs)])
    recipe = flower_recipe(
        data__dataset="breast_cancer",
        data__inputs={"flower": inputs},
        data__targets={"species": info.default_targets},
        compile__outputs__species={"loss": {"type": "BinaryCrossentropy"}, "metrics": [{"type": "BinaryAccuracy"}]},
    )
    run(graph, recipe, home, tmp_path)

    found = judged(tmp_path, recipe, home, "validation")

    output = found["outputs"]["species"]
    assert (output["threshold"], len(output["roc"]), output["roc"][0]["auc"] > 0.9) == (0.5, 1, True)
    assert output["accuracy"] == pytest.approx(found["metrics"]["binary_accuracy"])


def test_numbers_are_measured_as_scikit_learn_measures_what_predict_says(home: Path, tmp_path: Path) -> None:
    folder, recipe = trained(
        home,
        tmp_path,
        ("Dense", {"units": 2}),
        data__inputs={"flower": FLOWER},
        data__targets={"species": FLOWER[2:]},
        compile__outputs__species={"loss": {"type": "MeanSquaredError"}, "metrics": [{"type": "MeanAbsoluteError"}]},
    )
    _, held_out = dealt(150, recipe.data.validation_fraction, recipe.seed)
    columns = Library(home).arrays("iris", FLOWER, "train")
    samples = np.stack([columns[name] for name in FLOWER], axis=1)[held_out]
    said = np.array(predict(folder, "last", {"flower": samples.tolist()})["species"])

    found = judged(folder, recipe, home, "validation")

    output, truth = found["outputs"]["species"], samples[:, 2:]
    assert [output[name] for name in ("mae", "rmse", "r2")] == pytest.approx(
        [of(truth, said) for of in (metrics.mean_absolute_error, metrics.root_mean_squared_error, metrics.r2_score)],
        rel=1e-4,
    )
    assert output["mae"] == pytest.approx(found["metrics"]["mean_absolute_error"], rel=1e-5)
    errors = np.abs(said - truth).mean(axis=1)
    assert output["worst"][0]["row"] == held_out[errors.argmax()]


def test_every_output_has_its_report(home: Path, tmp_path: Path) -> None:
    graph = flower(("Normalization", {}), SOFTMAX)
    second = [Node(id="d2", type="Dense", config={"units": 1}), Node(id="out2", type="Output", name="width")]
    edges = [*graph.edges, Edge(source="n1", target="d2"), Edge(source="d2", target="out2")]
    graph = Graph(nodes=[*graph.nodes, *second], edges=edges)
    recipe = flower_recipe(data__targets={"species": ["species"], "width": ["petal_width_cm"]})
    recipe.compile.outputs["width"] = recipe.compile.outputs["species"].model_validate({"loss": {"type": "Huber"}})
    run(graph, recipe, home, tmp_path)

    found = judged(tmp_path, recipe, home, "validation")

    assert {name: output["task"] for name, output in found["outputs"].items()} == {
        "species": "classification",
        "width": "regression",
    }
    assert {"loss", "species_loss", "width_loss", "species_accuracy"} <= set(found["metrics"])


def test_classes_told_by_another_number_of_units_have_metrics_alone(home: Path, tmp_path: Path) -> None:
    folder, recipe = trained(
        home, tmp_path, ("Dense", {"units": 2}), compile__outputs__species={"loss": {"type": "Circle"}}
    )

    found = judged(folder, recipe, home, "validation")["outputs"]["species"]

    assert found["task"] == "other"
    assert "2 values a row, its target is 3 classes" in found["reason"]


@pytest.mark.parametrize(
    ("dataset", "split", "code", "words"),
    [
        ("iris", "test", "unknown-split", "but 'train', 'validation'"),
        ("wine", "train", "dataset-differs", "no 'sepal_length_cm'"),
    ],
)
def test_rows_that_are_not_there_are_refused(
    iris: tuple[Path, Recipe], home: Path, dataset: str, split: str, code: str, words: str
) -> None:
    folder, recipe = iris

    with pytest.raises(Refusal, match=words) as refused:
        judged(folder, recipe, home, split, dataset)

    assert refused.value.code == code
