"""A file goes in, its rows with the answers of a model come out as CSV; memory holds a part of it at a time."""

import csv
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

import numpy as np
import tensorflow as tf

from layerloom.data.library import Library
from layerloom.problem import Refusal
from layerloom.recipe import Recipe
from layerloom.training.evaluating.reading import Reading, named, names_a_class, reading, scores
from layerloom.training.judging import canonical
from layerloom.training.loaded import Loaded, loaded
from layerloom.training.predicting.archives import read_archive
from layerloom.training.predicting.given import Array, Given, Takes
from layerloom.training.predicting.pictures import read_picture, read_pictures
from layerloom.training.predicting.tables import read_table
from layerloom.training.signature import Signature, Tensor, bare

MOST_VALUES = 1_000
"""Columns of one output."""
MOST_CLASSES = 100
"""Of more classes, only the likeliest is written."""
PICTURE_STARTS = (b"\x89PNG", b"\xff\xd8\xff")


@dataclass(frozen=True)
class _Answers:
    """How the answers of an output are written; `classes` are None where they are numbers."""

    name: str
    values: int
    classes: list[str] | None
    how: Reading

    @property
    def header(self) -> list[str]:
        """Names of the columns."""
        word = f"predicted_{self.name}"
        if self.classes is None:
            return [word] if self.values == 1 else [f"{word}_{place}" for place in range(self.values)]
        shown = self.classes if len(self.classes) <= MOST_CLASSES else []
        return [word, f"{word}_score", *(f"{word}_{label}" for label in shown)]

    def rows(self, said: Array) -> list[list[Any]]:
        """Cells, row by row."""
        if self.classes is None:
            return [[_cell(value) for value in row] for row in said.reshape(len(said), -1)]
        values = scores(said, self.how)
        shown = values if len(self.classes) <= MOST_CLASSES else values[:, :0]
        return [
            [self.classes[best], _cell(row[best]), *map(_cell, some)]
            for best, row, some in zip(named(values), values, shown, strict=True)
        ]


def predict_file(
    folder: Path,
    epoch: int | Literal["last", "best"],
    recipe: Recipe,
    home: Path,
    source: Path,
    filename: str,
    target: Path,
) -> None:
    """Write to `target` what the model of the run in `folder` says of the rows of `source`.

    `source` is a CSV file with the columns of the run's dataset, an NPZ file, a PNG or JPEG picture or a ZIP of
    pictures. Raises UnknownCheckpoint, UnknownDataset, Refusal `bad-file` with row and column, `too-large`.
    """
    model = loaded(folder, epoch)
    takes = _takes(recipe, home, model.signature)
    answers = [_answers(recipe, home, name, tensor) for name, tensor in model.signature.outputs.items()]
    given = _read(source, filename, takes, model.signature)
    with target.open("w", encoding="utf-8", newline="") as file:
        _write(file, given, model, answers)


def _write(file: IO[str], given: Given, model: Loaded, answers: Sequence[_Answers]) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*given.header, *(name for one in answers for name in one.header)])
    for part in given.parts:
        tensors = {name: tf.constant(array) for name, array in part.inputs.items()}
        said = model.call(bare({name: tensors[name] for name in model.signature.inputs}))
        by_name = said if isinstance(said, dict) else {answers[0].name: said}
        columns = [one.rows(np.asarray(tf.cast(by_name[one.name], tf.float32))) for one in answers]
        for cells, *told in zip(part.cells, *columns, strict=True):
            writer.writerow([*cells, *(cell for row in told for cell in row)])


def _read(source: Path, filename: str, takes: list[Takes], signature: Signature) -> Given:
    with source.open("rb") as file:
        start = file.read(4)
    if not start:
        raise Refusal("bad-file", "The file is empty.")
    if start.startswith(PICTURE_STARTS):
        return read_picture(source, filename or "picture", takes)
    if not zipfile.is_zipfile(source):
        return read_table(source, takes)
    with zipfile.ZipFile(source) as archive:
        arrays = all(name.endswith(".npy") for name in archive.namelist())
    return read_archive(source, takes, signature) if arrays else read_pictures(source, takes)


def _takes(recipe: Recipe, home: Path, signature: Signature) -> list[Takes]:
    info = Library(home).get(recipe.data.dataset)
    return [
        Takes(name, tensor, [info.column(column) for column in recipe.data.inputs[name]])
        for name, tensor in signature.inputs.items()
    ]


def _answers(recipe: Recipe, home: Path, name: str, tensor: Tensor) -> _Answers:
    if None in tensor.shape:
        raise Refusal("too-large", f"Output '{name}' has no fixed size: ask for single samples instead.")
    values = int(np.prod([size or 0 for size in tensor.shape]))
    if values > MOST_VALUES:
        message = f"Output '{name}' has {values:,} values a row; a table of answers takes {MOST_VALUES:,}."
        raise Refusal("too-large", f"{message} Ask for single samples instead.")
    columns = recipe.data.targets[name]
    classes = Library(home).get(recipe.data.dataset).column(columns[0]).classes if len(columns) == 1 else None
    loss = recipe.compile.outputs[name].loss
    how = reading(canonical("losses", loss), loss.config.get("from_logits") is True, values)
    speaks = classes is not None and names_a_class(tensor.shape, len(classes))
    return _Answers(name, values, classes if speaks else None, how)


def _cell(value: float) -> str:
    """To six digits; empty where it is not finite."""
    return f"{value:.6g}" if np.isfinite(value) else ""
