"""NPZ files: an array for each Input, samples first."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from layerloom.problem import Refusal
from layerloom.training.plan import listed
from layerloom.training.predicting.given import ROWS_AT_ONCE, Array, Given, Part, Takes, checked_count
from layerloom.training.samples import sample_arrays
from layerloom.training.signature import Signature

MOST_BYTES = 1_500_000_000


def read_archive(path: Path, takes: Sequence[Takes], signature: Signature) -> Given:
    """The rows of an NPZ file whose arrays bear the names of the Inputs, or of their columns; a lone one any name.

    Raises Refusal `bad-file`, `too-large`, and as `sample_arrays` does while the parts are read.
    """
    arrays = _named(_arrays(path), takes)
    counts = {name: len(array) for name, array in arrays.items()}
    if len(set(counts.values())) != 1 or not max(counts.values()):
        told = ", ".join(f"{count:,} for '{name}'" for name, count in counts.items())
        raise Refusal("bad-file", f"Every array needs the same number of samples, at least one; there are {told}.")
    rows = next(iter(counts.values()))
    checked_count(rows)
    return Given(["row"], _parts(arrays, rows, signature))


def _parts(arrays: Mapping[str, Array], rows: int, signature: Signature) -> Iterator[Part]:
    for at in range(0, rows, ROWS_AT_ONCE):
        some: dict[str, Any] = {name: array[at : at + ROWS_AT_ONCE] for name, array in arrays.items()}
        count = len(next(iter(some.values())))
        try:
            inputs = sample_arrays(signature, some)
        except Refusal as refused:
            raise Refusal(refused.code, f"In rows {at:,} to {at + count - 1:,}: {refused.message}") from None
        yield Part([[str(at + row)] for row in range(count)], inputs)


def _arrays(path: Path) -> dict[str, Array]:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > MOST_BYTES:
            raise Refusal("too-large", f"The arrays may take {MOST_BYTES:,} bytes; these take {size:,}. Split them.")
        with np.load(path, allow_pickle=False) as loaded:
            arrays = {name: loaded[name] for name in loaded.files}
    except (ValueError, OSError, zipfile.BadZipFile, EOFError) as error:
        raise Refusal("bad-file", "The NPZ file can not be read: it is damaged, or holds Python objects.") from error
    if flat := [name for name, array in arrays.items() if array.ndim == 0]:
        raise Refusal("bad-file", f"Expected arrays with samples first; {listed(flat)} is a single value.")
    return {name: array.astype(object) if array.dtype.kind == "U" else array for name, array in arrays.items()}


def _named(arrays: Mapping[str, Array], takes: Sequence[Takes]) -> dict[str, Array]:
    if len(takes) == len(arrays) == 1:
        return {takes[0].name: next(iter(arrays.values()))}
    found = {}
    for one in takes:
        names = [one.name, *([one.columns[0].name] if len(one.columns) == 1 else [])]
        name = next((name for name in names if name in arrays), None)
        if name is None:
            raise Refusal("bad-file", f"Expected an array '{one.name}'; there are {listed(arrays)}.")
        found[one.name] = arrays[name]
    return found
