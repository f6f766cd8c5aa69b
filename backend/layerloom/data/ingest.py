"""A file becomes a dataset: read, each column given its kind, stored and described, then published whole.

Runs as a process of its own (`python -m layerloom.data.ingest UPLOAD_FOLDER HOME`): a file from outside may take
memory and time, and what reads it may be ended at any moment without leaving anything behind.
"""

import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import polars as pl

from layerloom.data import builtin, storage
from layerloom.data.dataset import Column, DatasetInfo
from layerloom.data.description import ColumnHint
from layerloom.data.infer import infer
from layerloom.data.own import OwnSets, id_of
from layerloom.data.profile import profile
from layerloom.data.reading.readers import opened
from layerloom.data.reading.source import Given, Report, Source, Unreadable
from layerloom.data.relate import copies
from layerloom.data.roles import Copies, guess
from layerloom.data.source import Raw, fingerprint
from layerloom.data.uploads import ANSWER, FILE, ORDER, PROGRESS, UPLOAD, Answer, Limits, Order, Progress, Stage, Upload
from layerloom.problem import Refusal

ORIGINAL = "original"
"""The file itself, kept beside the columns so that it can be read in another way."""


def ingest(given: Given, title: str, home: Path) -> DatasetInfo:
    """The dataset that a file holds; the one there is already if it was read before in the same way.

    Raises Unreadable.
    """
    given.report("looking", 0.0)
    own, print_of_file = OwnSets(home), fingerprint(given.path)
    source = opened(given)
    if known := own.same(print_of_file, source.reading):
        return known
    draft = own.draft()
    try:
        columns = _stored(source, draft, given.report)
        os.link(given.path, draft / ORIGINAL)
        given.report("comparing", 0.0)
        same = partial(_copies, draft, columns)
        info = _described(source, columns, title, print_of_file, given.path.stat().st_size, same)
        return own.publish(draft, info, set(builtin.profiles()))
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _stored(source: Source, draft: Path, report: Report) -> dict[str, tuple[Column, dict[str, int]]]:
    """Every column on disk and described, one after the other, with its rows by split."""
    columns = {}
    for index, name in enumerate(source.names):
        report("columns", index / len(source.names))
        hint = source.hints.get(name, ColumnHint())
        values = infer(_named(source.column(name), name), hint)
        report("columns", (index + 0.3) / len(source.names))
        storage.write(draft, index, values)
        report("columns", (index + 0.6) / len(source.names))
        column = profile(name, values, None).model_copy(update={"sizes": hint.sizes})
        columns[name] = (column, {split: len(part) for split, part in values.parts.items()})
    return columns


def _named(parts: Mapping[str, Raw], name: str) -> dict[str, Raw]:
    """What a column is called says something of its kind."""
    return {split: part.alias(name) if isinstance(part, pl.Series) else part for split, part in parts.items()}


def _copies(draft: Path, columns: Mapping[str, tuple[Column, dict[str, int]]], target: str) -> list[str]:
    rows = columns[target][1]["train"]
    return copies(draft, [column for column, _ in columns.values()], target, rows)


def _described(
    source: Source,
    columns: Mapping[str, tuple[Column, dict[str, int]]],
    title: str,
    print_of_file: str,
    size: int,
    same: Copies,
) -> DatasetInfo:
    purpose = guess([column for column, _ in columns.values()], same)
    rows = next(iter(columns.values()))[1]
    return DatasetInfo(
        id=id_of(title),
        title=title,
        description="",
        licence="",
        origin="",
        task=purpose.task,
        rows=rows,
        columns=[column.model_copy(update={"role": purpose.roles[name]}) for name, (column, _) in columns.items()],
        size_bytes=size,
        fingerprint=print_of_file,
        default_inputs=purpose.default_inputs,
        default_targets=purpose.default_targets,
        source="upload",
        created_at=time.time(),
        reading=source.reading,
        notes=source.notes,
    )


def answer(folder: Path, home: Path) -> Answer:
    """What comes of the upload in this folder."""
    upload = Upload.model_validate_json((folder / UPLOAD).read_bytes())
    order = Order.model_validate_json((folder / ORDER).read_bytes())
    _limit_memory(order.limits)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        given = Given(folder / FILE, upload.name, order.reading, Path(scratch), _Reporter(folder).tell, order.limits)
        try:
            title = order.title or Path(upload.name.removesuffix(".gz")).stem or upload.name
            return Answer(dataset=ingest(given, title, home).id)
        except Unreadable as error:
            return Answer(code=error.code, message=error.message, notes=error.notes)
        except Refusal as error:
            return Answer(code=error.code, message=error.message)
        except MemoryError:
            message = f"'{upload.name}' needs more memory than reading a file may take (setting ingest_memory_bytes)."
            return Answer(code="too-large", message=message)


def _limit_memory(limits: Limits) -> None:
    """What is not there can not be taken: a request beyond the limit fails instead of filling the machine."""
    resource.setrlimit(resource.RLIMIT_DATA, (limits.memory_bytes, limits.memory_bytes))


class _Reporter:
    """Leaves word of how far the work is, in a file that is replaced whole, a few times a second."""

    EVERY_S = 0.1

    def __init__(self, folder: Path) -> None:
        self._place = folder / PROGRESS
        self._told: tuple[Stage | None, float] = (None, 0.0)

    def tell(self, stage: Stage, done: float) -> None:
        """Say it, unless the same stage was told of a moment ago."""
        last, at = self._told
        if stage == last and time.monotonic() - at < self.EVERY_S:
            return
        self._told = (stage, time.monotonic())
        draft = self._place.with_suffix(".new")
        draft.write_text(Progress(stage=stage, done=done).model_dump_json(), "utf-8")
        draft.replace(self._place)


def main(folder: Path, home: Path) -> None:
    """Read the upload and leave the answer in its folder, whole or not at all."""
    said = answer(folder, home).model_dump_json()
    draft = folder / f"{ANSWER}.new"
    storage.write_bytes(draft, said.encode())
    draft.replace(folder / ANSWER)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
