"""A file becomes a dataset: read, each column given its kind, stored and described, then published whole.

Runs as a process of its own (`python -m layerloom.data.ingest UPLOAD_FOLDER HOME`): a file from outside may take
memory and time, and what reads it may be ended at any moment without leaving anything behind.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import polars as pl

from layerloom.data import builtin, process, storage
from layerloom.data.dataset import Column, DatasetInfo, Note
from layerloom.data.description import ColumnHint
from layerloom.data.editing.writing import revised
from layerloom.data.forecast import fitting_windows
from layerloom.data.infer import infer
from layerloom.data.own import ASKED, ORIGINAL, Asked, OwnSets, id_of
from layerloom.data.process import Work
from layerloom.data.profile import profile
from layerloom.data.reading.readers import opened
from layerloom.data.reading.source import Given, Report, Source, Unreadable
from layerloom.data.relate import copies
from layerloom.data.roles import COPY, Purpose, guess
from layerloom.data.source import Raw, fingerprint
from layerloom.data.uneven import spread
from layerloom.data.uploads import FILE, ORDER, UPLOAD, Answer, Order, Upload

Stored = dict[str, tuple[Column, dict[str, int]]]
"""Columns by name, each with its rows by split."""


def ingest(given: Given, title: str, home: Path) -> DatasetInfo:
    """The dataset that a file holds; the one there is already if it was read before in the same way.

    Raises Unreadable.
    """
    given.report("looking", 0.0)
    own, print_of_file, asked = OwnSets(home), fingerprint(given.path), Asked(reading=given.reading)
    if known := own.asked_before(print_of_file, asked):
        return known
    source = opened(given)
    if known := own.same(print_of_file, source.reading):
        return known
    draft = own.draft(given.scratch)
    try:
        columns = stored(source, draft, given.report)
        given.report("comparing", 0.0)
        info = described(source, draft, columns, title, print_of_file, given.path.stat().st_size)
        draft, info = in_windows(draft, info, Work(given.scratch, given.report, given.limits), own)
        os.link(given.path, draft / ORIGINAL)
        storage.write_bytes(draft / ASKED, asked.model_dump_json().encode())
        return own.publish(draft, info, set(builtin.profiles()))
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def stored(source: Source, draft: Path, report: Report) -> Stored:
    """Every column of a file on disk and described, one after the other, with its rows by split."""
    columns: Stored = {}
    for index, name in enumerate(source.names):
        report("columns", index / len(source.names))
        hint = source.hints.get(name, ColumnHint())
        for called, made in spread(name, source.column(name), source.names).items():
            told = hint.model_copy(update={"kind": made.kind}) if made.kind and not hint.kind else hint
            values = infer(_named(made.parts, called), told)
            report("columns", (index + 0.3) / len(source.names))
            storage.write(draft, len(columns), values)
            report("columns", (index + 0.6) / len(source.names))
            column = profile(called, values, None).model_copy(update={"sizes": hint.sizes})
            columns[called] = (column, {split: len(part) for split, part in values.parts.items()})
    return columns


def _named(parts: Mapping[str, Raw], name: str) -> dict[str, Raw]:
    """What a column is called says something of its kind."""
    return {split: part.alias(name) if isinstance(part, pl.Series) else part for split, part in parts.items()}


def _copies(draft: Path, columns: Stored, target: str) -> list[str]:
    rows = columns[target][1]["train"]
    return copies(draft, [column for column, _ in columns.values()], target, rows)


def described(source: Source, draft: Path, columns: Stored, title: str, print_of_file: str, size: int) -> DatasetInfo:
    """What is to be said of the set whose columns lie in `draft`, read from a file of `size` bytes."""
    purpose = guess([column for column, _ in columns.values()], partial(_copies, draft, columns))
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
        notes=[*source.notes, *_left_out(purpose)],
    )


def _left_out(purpose: Purpose) -> list[Note]:
    """What would have given the target away, and why it is not fed."""
    target = ", ".join(purpose.default_targets)
    message = f"It holds the target '{target}' over again, so it is not fed: nobody knows it before the target."
    return [Note(code=COPY, message=message, column=name) for name in purpose.copies]


def in_windows(draft: Path, info: DatasetInfo, work: Work, own: OwnSets) -> tuple[Path, DatasetInfo]:
    """The set with windows over its numbers if it is to be forecast, and where its columns lie then."""
    if info.task != "forecast":
        return draft, info
    dates = next((number for number, column in enumerate(info.columns) if column.kind == "date"), None)
    edit = fitting_windows(info, None if dates is None else storage.read_array(draft, "train", dates))
    target = own.draft(work.scratch)
    try:
        if edit is None:
            raise Unreadable("too-few-rows", "There are too few rows for windows.")
        made = revised(info, draft, [edit], target, work)
    except Unreadable as error:
        note = Note(code="no-windows", message=f"This looks like a forecast, but: {error.message}")
        return draft, info.model_copy(update={"task": "regression", "notes": [*info.notes, note]})
    said = f"Each row has got the {edit.length} rows before it as a sequence, to forecast '{edit.target}' from."
    notes = [*made.notes, Note(code="windows", message=said, column=made.default_inputs[0])]
    return target, made.model_copy(update={"size_bytes": info.size_bytes, "notes": notes})


def answer(folder: Path, home: Path) -> Answer:
    """What comes of the upload in this folder."""
    upload = Upload.model_validate_json((folder / UPLOAD).read_bytes())
    order = Order.model_validate_json((folder / ORDER).read_bytes())
    title = order.title or Path(upload.name.removesuffix(".gz")).stem or upload.name
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        report = process.Reporter(folder).tell
        given = Given(folder / FILE, upload.name, order.reading, Path(scratch), report, order.limits)
        return process.answer(lambda: ingest(given, title, home).id, f"'{upload.name}'", order.limits)


def main(folder: Path, home: Path) -> None:
    """Read the upload and leave the answer in its folder, whole or not at all."""
    process.leave(folder, answer(folder, home))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
