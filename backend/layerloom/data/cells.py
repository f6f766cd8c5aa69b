"""Stored columns as JSON values, a few rows at a time, to look at."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue

from layerloom.data import storage
from layerloom.data.dataset import Column
from layerloom.data.values import TEXTS

EPOCH = datetime(1970, 1, 1)

GREY: list[JsonValue] = [[level] for level in range(256)]
"""The pixels of images with one channel, shared by all: 784 lists an image cost three times the time and memory."""


def cells(folder: Path, split: str, index: int, column: Column, rows: slice) -> list[JsonValue]:
    """These rows of the `index`-th column: class names, texts, numbers or nested lists; null for an empty cell."""
    if column.kind in TEXTS:
        return [text or None for text in storage.read_texts(folder, split, index, rows)]
    array = storage.read_array(folder, split, index)[rows]
    if column.kind == "image":
        return _images(array)
    if column.kind == "date":
        return _moments(array)
    if column.classes is not None:
        names = [*column.classes, None]  # index -1, an empty cell, is the last
        return [names[value] for value in array.tolist()]
    return _finite(array)


def _images(array: NDArray[np.uint8]) -> list[JsonValue]:
    if array.shape[-1] > 1:
        images: list[JsonValue] = array.tolist()
        return images
    return [[[GREY[level] for level in line] for line in image] for image in array[..., 0].tolist()]


def _moments(seconds: NDArray[np.float64]) -> list[JsonValue]:
    return [None if np.isnan(moment) else as_date(moment) for moment in seconds.tolist()]


def as_date(seconds: float) -> str:
    """Seconds since 1970 as ISO 8601 has them, without a time of day that is midnight."""
    return (EPOCH + timedelta(seconds=seconds)).isoformat(sep=" ").removesuffix(" 00:00:00")


def _finite(array: NDArray[Any]) -> list[JsonValue]:
    """Numbers, or lists of them, with null for NaN: JSON knows no other."""
    numbers = array.astype(object)
    numbers[~np.isfinite(array)] = None
    listed: list[JsonValue] = numbers.tolist()
    return listed
