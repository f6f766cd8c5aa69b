"""What Keras's own datasets hold, as columns: pictures with class names, texts instead of word numbers."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import keras
import numpy as np
import polars as pl

from layerloom.data.dataset import Note, Reading
from layerloom.data.description import ColumnHint
from layerloom.data.source import Raw

CIFAR10 = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
SENTIMENTS = ("negative", "positive")
ALL_WORDS = 10**9

Pairs = tuple[tuple[Any, Any], tuple[Any, Any]]
"""What `load_data` gives: (x, y) to train on, (x, y) to test on."""


class Arrays:
    """A source of two columns, `x` under its own name and `label`, each with the splits train and test."""

    def __init__(self, x: str, parts: Mapping[str, tuple[Raw, Any]], hint: ColumnHint) -> None:
        self.reading = Reading(format="npz")
        self.names = [x, "label"]
        self.notes: list[Note] = []
        self.hints: Mapping[str, ColumnHint] = {"label": hint}
        labels = {split: np.ravel(numbers).astype(np.int64) for split, (_, numbers) in parts.items()}
        self._columns: dict[str, dict[str, Raw]] = {
            x: {split: values for split, (values, _) in parts.items()},
            "label": {split: pl.Series("label", numbers) for split, numbers in labels.items()},
        }

    def column(self, name: str) -> Mapping[str, Raw]:
        """The cells of a column, by split."""
        return self._columns[name]


def pictures(loaded: Pairs, classes: Sequence[str] | None) -> Arrays:
    """Pictures uint8 (rows, height, width, channels) and their classes (rows, 1), named or numbered."""
    hint = ColumnHint(kind="category", classes=list(classes) if classes else None)
    return Arrays("image", dict(zip(("train", "test"), loaded, strict=True)), hint)


def texts(loaded: Pairs, index: Mapping[str, int], classes: Sequence[str]) -> Arrays:
    """Lists of word numbers as texts, by the number of each word in the index; one without a word is left out."""
    words = {number: word for word, number in index.items()}

    def written(rows: Sequence[Sequence[int]]) -> pl.Series:
        return pl.Series("text", [" ".join(words[n] for n in row if n in words) for row in rows], dtype=pl.String)

    parts = {split: (written(x), y) for split, (x, y) in zip(("train", "test"), loaded, strict=True)}
    return Arrays("text", parts, ColumnHint(kind="category", classes=list(classes)))


def _imdb() -> Arrays:
    loaded = keras.datasets.imdb.load_data(num_words=ALL_WORDS, start_char=None, oov_char=None, index_from=0)
    return texts(loaded, keras.datasets.imdb.get_word_index(), SENTIMENTS)


def _reuters() -> Arrays:
    loaded = keras.datasets.reuters.load_data(num_words=ALL_WORDS, start_char=None, oov_char=None, index_from=0)
    return texts(loaded, keras.datasets.reuters.get_word_index(), keras.datasets.reuters.get_label_names())


LOADERS: Mapping[str, Callable[[], Arrays]] = {
    "cifar10": lambda: pictures(keras.datasets.cifar10.load_data(), CIFAR10),
    "cifar100": lambda: pictures(keras.datasets.cifar100.load_data(), None),
    "imdb": _imdb,
    "reuters": _reuters,
}
"""Fetches a set by its name, checked by Keras's own hashes. Raises what Keras raises where it can not be fetched."""
