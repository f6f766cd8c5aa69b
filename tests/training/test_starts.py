"""First drawings trained for real: what they take from outside, and that they learn."""

import json
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from layerloom.checkpoint import MODEL, find
from layerloom.data.library import Library
from layerloom.data.split import split
from layerloom.data.start import Start, start
from layerloom.graph.patch import SetRecipe
from layerloom.modeling.build import build_model
from layerloom.training.adapt import adapt
from layerloom.training.arrays import bind
from layerloom.training.export import export
from layerloom.training.pipeline import TrainingData
from layerloom.training.predict import predict
from layerloom.training.preflight import preflight
from layerloom.training.signature import signature
from tests.training.making import of_kind, run, with_recipe
from tests.training.test_script import curves_of_app, curves_of_scripts

PASSENGERS = {"class": ["1st", "", "never heard of"], "age": [29.0, None, 4.5], "sex": ["female", "male", "male"]}


def proposed(dataset: str, home: Path, epochs: int | None = None) -> Start:
    """The first drawing for a set of the package, which has to pass the check."""
    graph, recipe = start(Library(home).get(dataset))
    assert preflight(graph, recipe, home, 10**9).problems == []
    changes = [SetRecipe(path=["fit", "epochs"], value=epochs)] if epochs else []
    return Start(graph, with_recipe(recipe, changes))


def test_rows_with_empty_cells_are_fed_as_they_are_and_those_without_a_target_are_not(home: Path) -> None:
    graph, recipe = proposed("titanic", home)
    shape = signature(graph, build_model(graph))
    bound = bind(Library(home), recipe.data, shape, "train")
    untold = int(np.flatnonzero(Library(home).arrays("titanic", ["class"], "train")["class"] < 0)[0])
    assert (len(bound.rows), int(np.isnan(bound.inputs["age"]).sum()), bound.inputs["class"][untold].tolist()) == (
        1313,
        557,
        [""],
    )


def test_normalization_learns_of_the_known_cells_of_the_training_rows(home: Path) -> None:
    graph, recipe = proposed("titanic", home)
    model = build_model(graph)
    adapt(model, TrainingData(Library(home), recipe, signature(graph, model)), lambda _: None)

    training, _ = split(1313, recipe.data.validation_fraction, recipe.seed)
    ages = Library(home).arrays("titanic", ["age"], "train")["age"][training]
    layer = model.get_layer("normalization")
    learned = [float(np.ravel(number)[0]) for number in (layer.mean, layer.variance)]
    assert learned == pytest.approx([float(np.nanmean(ages)), float(np.nanvar(ages))], rel=1e-4)


@pytest.mark.slow
def test_a_saved_model_takes_raw_names_and_empty_cells_and_answers_as_the_app(home: Path, tmp_path: Path) -> None:
    run(*proposed("titanic", home, epochs=1), home, tmp_path)

    model = keras.models.load_model(find(tmp_path, "last") / MODEL)
    raw = {
        "class": keras.ops.convert_to_tensor(np.array(PASSENGERS["class"])[:, None].tolist()),
        "age": keras.ops.convert_to_tensor(np.array([[29.0], [np.nan], [4.5]], np.float32)),
        "sex": keras.ops.convert_to_tensor(np.array(PASSENGERS["sex"])[:, None].tolist()),
    }
    answers = predict(tmp_path, "last", {name: list(cells) for name, cells in PASSENGERS.items()})["survived"]
    np.testing.assert_allclose(np.asarray(model(raw)), answers, atol=1e-6)
    assert np.isfinite(answers).all()


@pytest.mark.slow
def test_the_script_of_a_training_with_empty_cells_has_its_losses(home: Path, tmp_path: Path) -> None:
    made = proposed("titanic", home, epochs=3)
    scripts = curves_of_scripts({"titanic": made}, home, tmp_path)
    app = curves_of_app(*made, home, tmp_path / "app")
    assert {name: pytest.approx(curve, rel=1e-3, abs=1e-4) for name, curve in app.items()} == scripts["titanic"]


MARGINS = {
    "titanic": {"val_accuracy": 0.10},
    "fashion_mnist": {"val_accuracy": 0.70},
    "clothing_reviews": {
        "val_recommended_ind_accuracy": 0.03,
        "val_rating_accuracy": 0.02,
        "val_department_name_accuracy": 0.25,
    },
}
"""By how much accuracies are to be above the share of the largest class."""


@pytest.mark.slow
@pytest.mark.parametrize("dataset", sorted(MARGINS))
def test_what_is_proposed_beats_the_largest_class(dataset: str, home: Path, tmp_path: Path) -> None:
    made = proposed(dataset, home)
    last = of_kind(run(*made, home, tmp_path), "epoch")[-1].metrics
    info = Library(home).get(dataset)
    shares = {}
    for output, [name] in made.recipe.data.targets.items():
        counts = info.column(name).class_counts or []
        metric = f"val_{output}_accuracy" if len(made.recipe.data.targets) > 1 else "val_accuracy"
        shares[metric] = max(counts) / sum(counts)
    gained = {name: last[name] - share for name, share in shares.items()}
    assert [name for name, margin in MARGINS[dataset].items() if gained[name] < margin] == []


@pytest.mark.slow
def test_the_forecast_that_is_proposed_errs_a_third_as_much_as_the_mean(home: Path, tmp_path: Path) -> None:
    made = proposed("airline_passengers", home)
    last = of_kind(run(*made, home, tmp_path), "epoch")[-1].metrics
    passengers = Library(home).arrays("airline_passengers", ["Passengers"], "train")["Passengers"]
    training, held_out = split(len(passengers), made.recipe.data.validation_fraction, made.recipe.seed)
    of_mean = float(np.abs(passengers[held_out] - passengers[training].mean()).mean())
    assert last["val_mae"] < of_mean / 3


ASK = """
import json, sys
import keras
model = keras.models.load_model(sys.argv[1])
rows = json.load(open(sys.argv[2]))
tensors = {name: keras.ops.convert_to_tensor([cell if isinstance(cell, list) else [cell] for cell in cells])
           for name, cells in rows.items()}
answers = model(tensors, training=False)
json.dump({name: answer.numpy().tolist() for name, answer in answers.items()}, open(sys.argv[3], "w"))
"""


@pytest.mark.slow
def test_an_exported_model_takes_raw_texts_in_a_clean_process(home: Path, tmp_path: Path) -> None:
    run(*proposed("clothing_reviews", home, epochs=2), home, tmp_path)
    rows = Library(home).rows("clothing_reviews", "train", 0, 200)
    raw = {
        "numbers": [[row["Age"], row["Positive Feedback Count"]] for row in rows],
        "division_name": [row["Division Name"] or "" for row in rows],
        "review_text": [row["Review Text"] for row in rows],
    }
    checkpoint = find(tmp_path, "last")
    made = export(checkpoint, "", "keras")
    asked, answered = tmp_path / "asked.json", tmp_path / "answered.json"
    asked.write_text(json.dumps(raw))
    file = checkpoint / "exports" / "model.keras"
    command = [sys.executable, "-I", "-c", ASK, str(file), str(asked), str(answered)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    plain, app = json.loads(answered.read_text()), predict(tmp_path, "last", raw)
    assert made.size_bytes > 0
    assert {name: float(np.abs(np.array(plain[name]) - app[name]).max()) < 1e-5 for name in app} == {
        "rating": True,
        "recommended_ind": True,
        "department_name": True,
    }
