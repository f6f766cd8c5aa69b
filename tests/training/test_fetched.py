"""What Keras's datasets hold becomes sets of ours, from arrays in the shape that `load_data` gives them."""

from pathlib import Path

import numpy as np

from layerloom.data.downloads import DOWNLOADABLE
from layerloom.data.library import Library
from layerloom.data.process import Work
from layerloom.data.uploads import Limits
from layerloom.training.downloading import publish
from layerloom.training.fetched import CIFAR10, SENTIMENTS, pictures, texts


def work(place: Path) -> Work:
    scratch = place / "scratch"
    scratch.mkdir(exist_ok=True)
    return Work(scratch, lambda *_: None, Limits())


def test_word_numbers_become_texts_with_named_classes(tmp_path: Path) -> None:
    rows = np.array([[1, 2, 9], [2], [1, 1], [2, 1]], dtype=object)
    loaded = ((rows, np.array([1, 0, 1, 0])), (rows[:1], np.array([0])))
    source = texts(loaded, {"good": 1, "film": 2}, SENTIMENTS)
    info = publish(DOWNLOADABLE["imdb"], source, "f" * 64, tmp_path, work(tmp_path))
    read = [Library(tmp_path).rows("imdb", split, 0, 2) for split in ("train", "test")]
    assert (info.title, info.source, info.rows, info.task, read) == (
        "IMDB reviews",
        "download",
        {"train": 4, "test": 1},
        "classification",
        [
            [{"text": "good film", "label": "positive"}, {"text": "film", "label": "negative"}],
            [{"text": "good film", "label": "negative"}],
        ],
    )


def test_pictures_keep_their_pixels_and_get_the_names_of_their_classes(tmp_path: Path) -> None:
    images = np.random.default_rng(1).integers(0, 256, (6, 32, 32, 3), dtype=np.uint8)
    labels = np.array([[0], [9], [3], [0], [1], [1]], dtype=np.uint8)
    source = pictures(((images[:4], labels[:4]), (images[4:], labels[4:])), CIFAR10)
    publish(DOWNLOADABLE["cifar10"], source, "e" * 64, tmp_path, work(tmp_path))
    library = Library(tmp_path)
    arrays = library.arrays("cifar10", ["image", "label"], "train")
    np.testing.assert_array_equal(arrays["image"], images[:4])
    assert (library.get("cifar10").column("label").classes, arrays["label"].tolist()) == (list(CIFAR10), [0, 9, 3, 0])


def test_the_same_file_fetched_again_is_the_same_set(tmp_path: Path) -> None:
    rows = np.array([[1, 2], [2], [1], [2]], dtype=object)
    loaded = ((rows, np.array([1, 0, 1, 0])), (rows, np.array([1, 0, 1, 0])))
    made = [
        publish(DOWNLOADABLE["imdb"], texts(loaded, {"a": 1, "b": 2}, SENTIMENTS), "d" * 64, tmp_path, work(tmp_path))
        for _ in range(2)
    ]
    assert made[0] == made[1]
