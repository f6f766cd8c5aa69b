"""TensorFlow's SavedModel, a folder, as one zip file."""

import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from layerloom.modeling.exporting.runtime import Array, Runtime

EPOCH_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def write_saved_model(model: keras.Model, path: Path) -> None:
    """Export the inference function `serve` and put the folder into a zip file."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        model.export(folder, format="tf_saved_model", verbose=False)
        _zip(Path(folder), path)


def open_saved_model(path: Path, model: keras.Model) -> Runtime:
    """Load the zip file as a server would."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
        # Without this reference its variables are collected while it is still asked.
        loaded = tf.saved_model.load(folder)

    def run(batch: Sequence[Array]) -> list[Array]:
        given = keras.tree.pack_sequence_as(model.input, [tf.constant(array) for array in batch])
        return [np.asarray(answer) for answer in keras.tree.flatten(loaded.serve(given))]

    return run


def _zip(folder: Path, path: Path) -> None:
    """Weights do not get smaller by compression; the same folder gives the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), EPOCH_OF_ZIP)
                with file.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
                    while chunk := source.read(1 << 20):
                        target.write(chunk)
