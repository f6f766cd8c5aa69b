"""Files in, answers out: tables, arrays and pictures, and every way in which one can be wrong."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from layerloom.data.library import Library
from layerloom.problem import Refusal
from layerloom.recipe import Recipe
from layerloom.training.predict import predict
from layerloom.training.predicting.file import predict_file
from tests.training.making import FLOWER, SOFTMAX, flower, flower_recipe, run, run_until

Trained = tuple[Path, Recipe]
HEADER = ",".join(FLOWER)
SETOSA = "5.1,3.5,1.4,0.2"


@pytest.fixture(scope="module")
def iris(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Trained:
    folder = tmp_path_factory.mktemp("run")
    recipe = flower_recipe(fit__epochs=2)
    run(flower(("Normalization", {}), SOFTMAX), recipe, home, folder)
    return folder, recipe


@pytest.fixture(scope="module")
def digits(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Trained:
    """A model of MNIST's pictures, one step of training old."""
    folder = tmp_path_factory.mktemp("digits")
    recipe = flower_recipe(
        data__dataset="mnist",
        data__inputs={"flower": ["image"]},
        data__targets={"species": ["label"]},
        fit__batch_size=10_000,
        fit__epochs=1,
    )
    graph = flower(("Flatten", {}), ("Dense", {"units": 10, "activation": "softmax"}), shape=[28, 28, 1])
    run_until(graph, recipe, home, folder, "checkpoint")
    return folder, recipe


def answered(trained: Trained, home: Path, at: Path, content: bytes, name: str = "rows.csv") -> list[dict[str, str]]:
    folder, recipe = trained
    source, target = at / "source", at / "target"
    source.write_bytes(content)
    predict_file(folder, "last", recipe, home, source, name, target)
    with target.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def npz(**arrays: Any) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def picture(pixels: Any, format: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.asarray(pixels, np.uint8)).save(file, format)
    return file.getvalue()


def zipped(**files: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return file.getvalue()


def test_the_rows_of_a_table_get_the_answers_that_samples_get(iris: Trained, home: Path, tmp_path: Path) -> None:
    text = f"id,{HEADER}\na,{SETOSA}\nb,7.0,3.2,4.7,1.4\n"
    direct = predict(iris[0], "last", {"flower": [[5.1, 3.5, 1.4, 0.2], [7.0, 3.2, 4.7, 1.4]]})["species"]

    rows = answered(iris, home, tmp_path, text.encode())

    assert [row["id"] for row in rows] == ["a", "b"]
    classes = Library(home).get("iris").column("species").classes or []
    told = [[float(row[f"predicted_species_{label}"]) for label in classes] for row in rows]
    assert np.allclose(told, direct, atol=1e-5)
    assert [row["predicted_species"] for row in rows] == [classes[int(np.argmax(one))] for one in direct]


def test_columns_may_stand_in_any_order_between_semicolons(iris: Trained, home: Path, tmp_path: Path) -> None:
    plain = answered(iris, home, tmp_path, f"{HEADER}\n{SETOSA}\n".encode())
    turned = "\ufeff" + ";".join(reversed(FLOWER)) + "\r\n\r\n" + ";".join(reversed(SETOSA.split(","))) + "\r\n"

    rows = answered(iris, home, tmp_path, turned.encode())

    assert rows[0]["predicted_species_score"] == plain[0]["predicted_species_score"]


def test_more_rows_than_fit_at_once_are_all_answered(iris: Trained, home: Path, tmp_path: Path) -> None:
    rows = answered(iris, home, tmp_path, (f"{HEADER}\n" + f"{SETOSA}\n" * 600).encode())

    assert (len(rows), len({row["predicted_species_score"] for row in rows})) == (600, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file is empty"),
        (f"{HEADER}\n", "a header and no rows"),
        (f"{FLOWER[0]},b\n1,2\n", f"there is no '{FLOWER[1]}'"),
        (f"{HEADER},{FLOWER[0]}\n1,2,3,4,5\n", "more than once"),
        (f"{HEADER}\n{SETOSA}\n1,2,oak,4\n", f"Row 2, column '{FLOWER[2]}': expected a finite number, got something"),
        (f"{HEADER}\n1,2,,4\n", "got an empty cell"),
        (f"{HEADER}\n1,2,inf,4\n", "expected a finite number"),
        (f"{HEADER}\n1,2,3\n", "Row 1 has 3 cells, the header has 4"),
        (f'{HEADER}\n{SETOSA}\n1,2,"3,4\n', "After row 1 this is no CSV"),
        (f"{HEADER}\n\u00e9,2,3,4\n".encode("latin-1"), "in UTF-8"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_by_row_and_column(
    iris: Trained, home: Path, tmp_path: Path, text: str | bytes, words: str
) -> None:
    with pytest.raises(Refusal, match=words.replace("(", r"\(")) as refused:
        answered(iris, home, tmp_path, text if isinstance(text, bytes) else text.encode())

    assert refused.value.code == "bad-file"


def test_a_class_is_written_by_its_name(home: Path, tmp_path: Path) -> None:
    recipe = flower_recipe(
        data__inputs={"flower": ["species"]},
        data__targets={"species": ["petal_width_cm"]},
        compile__outputs__species={"loss": {"type": "MeanSquaredError"}},
        fit__epochs=1,
    )
    run(flower(("Dense", {"units": 1}), shape=[1]), recipe, home, tmp_path)

    rows = answered((tmp_path, recipe), home, tmp_path, b"species\nsetosa\nvirginica\n")
    with pytest.raises(Refusal, match="Row 2, column 'species': expected one of 'setosa'"):
        answered((tmp_path, recipe), home, tmp_path, b"species\nsetosa\noak\n")

    assert [list(row) for row in rows] == [["species", "predicted_species"]] * 2
    assert rows[0]["predicted_species"] != rows[1]["predicted_species"]


@pytest.mark.parametrize("name", ["flower", "image", "whatever"])
def test_arrays_are_found_by_the_name_of_input_or_column_or_by_being_alone(
    digits: Trained, home: Path, tmp_path: Path, name: str
) -> None:
    rows = answered(digits, home, tmp_path, npz(**{name: np.zeros((3, 28, 28), np.uint8)}), "a.npz")

    assert [row["row"] for row in rows] == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (npz(a=np.zeros((3, 4)), b=np.zeros((3, 4))), "Expected an array 'flower'"),
        (npz(flower=np.zeros((0, 4))), "at least one"),
        (npz(flower=np.zeros((3, 5))), "In rows 0 to 2: Input 'flower', sample 0: expected shape"),
        (npz(flower=np.array([[1, 2, 3, np.nan]])), "expected finite numbers"),
        (npz(flower=np.float32(1)), "is a single value"),
        (npz(flower=np.zeros((3, 4)))[:-60], "in UTF-8"),
        (npz(flower=np.array([{}], dtype=object)), "holds Python objects"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(
    iris: Trained, home: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    with pytest.raises(Refusal, match=words):
        answered(iris, home, tmp_path, content, "a.npz")


def test_pictures_of_any_size_are_answered_as_the_pixels_are(digits: Trained, home: Path, tmp_path: Path) -> None:
    pixels = Library(home).arrays("mnist", ["image"], "test")["image"][0]
    large = np.kron(pixels[..., 0], np.ones((4, 4), np.uint8))
    direct = np.argmax(predict(digits[0], "last", {"flower": [pixels.tolist()]})["species"][0])
    files = {
        "a_png": picture(pixels[..., 0]),
        "b_png": picture(large),
        "c_jpg": picture(np.stack([large] * 3, -1), "JPEG"),
    }

    rows = answered(digits, home, tmp_path, zipped(**files, notes_txt=b"x"), "digits.zip")
    alone = answered(digits, home, tmp_path, files["a_png"], "a.png")

    assert [(row["file"], row["predicted_species"]) for row in rows] == [
        (name, str(direct)) for name in ("a.png", "b.png", "c.jpg")
    ]
    assert alone == rows[:1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped(notes_txt=b"x"), "has no picture"),
        (zipped(a_png=b"no picture"), "'a.png' is no PNG or JPEG"),
        (zipped(a_png=picture([[0]])[:-30]), "'a.png' is no PNG or JPEG"),
        (b"image\n1\n", "Send an NPZ file with an array 'flower'"),
    ],
)
def test_pictures_that_are_none_are_refused(
    digits: Trained, home: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    with pytest.raises(Refusal, match=words):
        answered(digits, home, tmp_path, content, "digits.zip")


def test_a_model_of_numbers_takes_no_pictures(iris: Trained, home: Path, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="Send a CSV or NPZ file"):
        answered(iris, home, tmp_path, picture([[0]]), "a.png")
