"""The program of a training against the training in the app: the same recipe, the same losses."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from layerloom.data.archive import archive
from layerloom.data.library import Library
from layerloom.data.parts import deal
from layerloom.data.whole import whole_rows
from layerloom.graph.document import Edge, Graph, Node
from layerloom.problem import Refusal
from layerloom.recipe import Recipe
from layerloom.training.source import source
from tests.data.own_sets import category, date, number, put, text
from tests.server import ROOT
from tests.training.making import SOFTMAX, flower, flower_recipe, of_kind, run

Training = tuple[Graph, Recipe]
Curves = dict[str, list[float]]

RUN_ALL = """
import json, pathlib, runpy
import keras
for path in sorted(pathlib.Path().glob("*.py")):
    keras.utils.clear_session()
    history = runpy.run_path(str(path), run_name="__main__")["history"].history
    pathlib.Path(path.stem + ".json").write_text(json.dumps({k: list(map(float, v)) for k, v in history.items()}))
"""


def curves_of_scripts(trainings: dict[str, Training], home: Path, folder: Path) -> dict[str, Curves]:
    """What each script's fit returns; all of them run in one interpreter that knows nothing of this app."""
    for name, (graph, recipe) in trainings.items():
        (folder / f"{name}.py").write_text(source(graph, recipe, "script", home), encoding="utf-8")
        put_archive(recipe.data.dataset, home, folder)
    done = subprocess.run(
        [sys.executable, "-I", "-c", RUN_ALL],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": "", "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        timeout=250,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return {name: json.loads((folder / f"{name}.json").read_text()) for name in trainings}


def put_archive(dataset: str, home: Path, folder: Path) -> None:
    with (folder / f"{dataset}.npz").open("wb") as file:
        file.writelines(archive(Library(home), dataset))


def curves_of_app(graph: Graph, recipe: Recipe, home: Path, folder: Path) -> Curves:
    epochs = [event.metrics for event in of_kind(run(graph, recipe, home, folder), "epoch")]
    return {name: [metrics[name] for metrics in epochs] for name in epochs[0]}


def example(name: str, epochs: int) -> Training:
    content = json.loads((ROOT / "backend/layerloom/api/examples" / f"{name}.json").read_text(encoding="utf-8"))
    content["recipe"]["fit"]["epochs"] = epochs
    return Graph.model_validate(content["graph"]), Recipe.model_validate(content["recipe"])


def wine() -> Training:
    """One-hot targets, a schedule, callbacks that act."""
    columns = ["alcohol", "malic_acid", "ash"]
    recipe = flower_recipe(
        data={
            "dataset": "wine",
            "inputs": {"flower": columns},
            "targets": {"species": ["cultivar"]},
            "encoding": {"species": "one_hot"},
        },
        compile__optimizer={"type": "SGD", "config": {"learning_rate": 0.1, "momentum": 0.9}},
        compile__outputs__species={"loss": {"type": "CategoricalCrossentropy", "config": {"label_smoothing": 0.1}}},
        callbacks=[
            {"type": "EarlyStopping", "config": {"monitor": "val_loss", "patience": 1}},
            {"type": "ReduceLROnPlateau", "config": {"monitor": "loss", "patience": 1, "factor": 0.5}},
        ],
        fit={"epochs": 8, "batch_size": 10, "shuffle": True},
    )
    layers = (("Normalization", {}), ("Dense", {"units": 8, "activation": "relu"}), ("Dropout", {"rate": 0.2}), SOFTMAX)
    return flower(*layers, shape=[3]), recipe


def titanic() -> Training:
    """Rows with empty cells dropped, a category as text, yes or no."""
    nodes = [
        Node(id="a", type="Input", name="age", config={"shape": [1]}),
        Node(id="s", type="Input", name="sex", config={"shape": [1], "dtype": "string"}),
        Node(id="r", type="Rescaling", config={"scale": 0.1}),
        Node(id="n", type="Normalization"),
        Node(id="l", type="StringLookup"),
        Node(id="e", type="Embedding", config={"input_dim": 4, "output_dim": 2}),
        Node(id="f", type="Flatten"),
        Node(id="c", type="Concatenate"),
        Node(id="d", type="Dense", config={"units": 1, "activation": "sigmoid"}),
        Node(id="o", type="Output", name="survived"),
    ]
    edges = [Edge(source=one, target=other) for one, other in ("ar", "rn", "sl", "le", "ef", "nc", "fc", "cd", "do")]
    recipe = flower_recipe(
        data={
            "dataset": "titanic",
            "inputs": {"age": ["age"], "sex": ["sex"]},
            "targets": {"survived": ["survived"]},
            "missing": "drop",
            "sample_weight": "age",
        },
        compile__outputs={"survived": {"loss": {"type": "BinaryCrossentropy"}}},
    )
    return Graph(name="Titanic", nodes=nodes, edges=edges), recipe


def weighted_flowers() -> Training:
    """Weighted classes, a metric that heeds them, and rates by a table."""
    weighted = [{"type": "SparseCategoricalAccuracy", "config": {"name": "weighted"}}]
    recipe = flower_recipe(
        compile__outputs__species__weighted_metrics=weighted,
        fit__class_weight={"setosa": 0.5, "virginica": 3},
        callbacks=[
            {"type": "LearningRateScheduler", "config": {"schedule": [[1, 0.1], [3, 0.01]]}},
            {"type": "CSVLogger", "config": {}},
            {"type": "ModelCheckpoint", "config": {"monitor": "accuracy", "every_epochs": 2, "max_to_keep": 3}},
        ],
    )
    return flower(SOFTMAX), recipe


def dealt(by: str, column: str | None) -> Recipe:
    return flower_recipe(data__split={"by": by, "column": column}, data__test_fraction=0.2)


FEW = {"weighted": weighted_flowers}
MANY = {
    "wine": wine,
    "iris": lambda: example("iris_mlp", 3),
    "two": lambda: example("two_inputs_two_outputs", 3),
    "titanic": titanic,
    "grouped": lambda: (flower(SOFTMAX), dealt("group", "petal_width_cm")),
}


@pytest.mark.parametrize("made", [FEW, pytest.param(MANY, marks=pytest.mark.slow)], ids=["few", "many"])
def test_a_script_trains_as_the_app_does(made: dict[str, Callable[[], Training]], home: Path, tmp_path: Path) -> None:
    trainings = {name: make() for name, make in made.items()}

    from_scripts = curves_of_scripts(trainings, home, tmp_path)

    from_app = {name: curves_of_app(*training, home, tmp_path / name) for name, training in trainings.items()}
    assert largest_difference(from_scripts, from_app) <= 1e-5


def visits(home: Path) -> str:
    """A set with rows that are named for a split, and some with empty cells."""
    parts: list[str | None] = [("train", "val", "TEST", "training")[k % 4] for k in range(60)]
    kinds = category([("rose", "iris", "lily")[k % 3] for k in range(60)])
    days = date([np.nan if k % 9 == 0 else (k * 7 % 60) * 86_400.0 for k in range(60)])
    names = text([f"group {k % 11}" for k in range(60)])
    columns = {"x": number(np.arange(60)), "kind": kinds, "day": days, "name": names, "part": category(parts)}
    return put(home, "visits", columns).id


@pytest.mark.parametrize(
    ("by", "column"),
    [("random", None), ("stratified", None), ("group", "name"), ("time", "day"), ("column", "part")],
)
def test_a_script_deals_out_the_same_rows(by: str, column: str | None, tmp_path: Path) -> None:
    """Run is the part of the program that reads and deals out; the rest is tried above."""
    recipe = flower_recipe(
        data={
            "dataset": visits(tmp_path),
            "inputs": {"flower": ["x"]},
            "targets": {"species": ["kind"]},
            "missing": "drop",
            "split": {"by": by, "column": column},
            "test_fraction": 0.25,
        }
    )
    put_archive("visits", tmp_path, tmp_path)
    program = source(flower(SOFTMAX, shape=[1]), recipe, "script", tmp_path)
    middle = program[program.index("# --- Data ---") : program.index("# --- Training ---")]
    settings = {"SEED": 7, "BATCH_SIZE": 16, "VALIDATION_FRACTION": 0.1, "DATA": tmp_path / "visits.npz"}
    names: dict[str, Any] = {"np": np, "keras": keras, **settings}

    exec(compile(middle + "\ntest = Batches(data, test_rows)\n", "script", "exec"), names)

    rows = whole_rows(Library(tmp_path), recipe.data, "train")
    parts = deal(Library(tmp_path), recipe.data, recipe.seed, rows)
    found = {part: rows[names[name].rows].tolist() for name, part in PARTS.items()}
    assert found == {part: getattr(parts, part).tolist() for part in found}
    assert all(found.values())


PARTS = {"training": "train", "validation": "validation", "test": "test"}


def largest_difference(left: dict[str, Curves], right: dict[str, Curves]) -> float:
    """Over all curves that the app keeps; a curve that is missing or shorter differs endlessly."""
    pairs = [(left[name].get(metric, []), kept) for name, curves in right.items() for metric, kept in curves.items()]
    return max(float(np.abs(np.subtract(a, b)).max()) if len(a) == len(b) else np.inf for a, b in pairs)


def test_a_notebook_holds_the_program_of_the_script_cell_by_cell(home: Path) -> None:
    graph, recipe = example("mnist_cnn", 1)

    notebook = json.loads(source(graph, recipe, "notebook", home))

    sections = ["settings", "model", "data", "compile", "fit", "evaluate", "save"]
    assert [cell["id"] for cell in notebook["cells"]] == ["intro", *(id for s in sections for id in (f"about-{s}", s))]
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    code = "\n".join(cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code")
    assert set(imports(code)) == {"keras", "numpy", "pathlib"}


def imports(code: str) -> list[str]:
    nodes = list(ast.walk(ast.parse(code)))
    whole = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return [*whole, *(node.module or "" for node in nodes if isinstance(node, ast.ImportFrom))]


def test_a_script_without_its_data_says_where_to_get_it(home: Path, tmp_path: Path) -> None:
    graph, recipe = example("iris_mlp", 1)
    (tmp_path / "iris.py").write_text(source(graph, recipe, "script", home), encoding="utf-8")

    done = subprocess.run([sys.executable, "-I", "iris.py"], cwd=tmp_path, capture_output=True, text=True, timeout=120)

    assert (done.returncode, "Download it from the app (/api/datasets/iris/arrays)" in done.stderr) == (1, True)


@pytest.mark.parametrize("style", ["script", "notebook"])
def test_a_training_without_a_recipe_is_refused(style: str, home: Path) -> None:
    with pytest.raises(Refusal) as refused:
        source(flower(SOFTMAX), None, style, home)

    assert refused.value.code == "recipe-needed"


def test_a_recipe_that_does_not_fit_is_refused_with_its_problems(home: Path) -> None:
    with pytest.raises(Refusal) as refused:
        source(flower(SOFTMAX), flower_recipe(data__inputs={"flower": ["petals"]}), "script", home)

    assert (refused.value.code, refused.value.problems[0].code) == ("graph-not-ready", "unknown-column")


@pytest.mark.slow
def test_the_script_of_the_digits_trains_as_the_app_does(home: Path, tmp_path: Path) -> None:
    training = example("mnist_mlp", 1)

    from_script = curves_of_scripts({"digits": training}, home, tmp_path)

    assert largest_difference(from_script, {"digits": curves_of_app(*training, home, tmp_path / "run")}) <= 1e-5
