"""The model of a checkpoint as a file of any format, made once, tried, and kept beside the checkpoint."""

import errno
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keras

from layerloom.checkpoint import MANIFEST, MODEL, UnknownCheckpoint, sha256, sync
from layerloom.model_file import EXPORTS, FormatName, ModelFile, made, path_of, record_of
from layerloom.modeling.exporting.export import Verified, export_model, verify_keras_file
from layerloom.problem import Refusal
from layerloom.training import signature as signatures

TEMPORARY = "tmp-"


def export(checkpoint: Path, model_sha256: str, format: FormatName) -> ModelFile:
    """The file of this format of the model in a checkpoint's folder; made only if it is not there yet.

    It lies at `path_of(checkpoint, format)` when this returns: whole, on the disk, and tried by its own runtime.
    Raises Refusal as `export_model` does or `disk-full`; UnknownCheckpoint if the folder goes meanwhile.
    """
    try:
        return made(checkpoint, format, model_sha256) or _make(checkpoint, model_sha256, format)
    except Exception as error:
        if not (checkpoint / MANIFEST).exists():
            raise UnknownCheckpoint(checkpoint.name) from None
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            message = "There is not enough room on the disk for this file. Delete old runs, then try again."
            raise Refusal("disk-full", message) from error
        raise


def _make(checkpoint: Path, model_sha256: str, format: FormatName) -> ModelFile:
    with _aside(checkpoint / EXPORTS) as folder:
        path = folder / path_of(checkpoint, format).name
        verified = _write(checkpoint / MODEL, format, path)
        record = ModelFile(
            format=format,
            size_bytes=path.stat().st_size,
            sha256=sha256(path),
            model_sha256=model_sha256,
            samples=verified.samples,
            absolute_difference=verified.difference.absolute,
            relative_difference=verified.difference.relative,
            created_at=time.time(),
        )
        told = folder / record_of(checkpoint, format).name
        told.write_text(record.model_dump_json(indent=1), encoding="utf-8")
        _publish(path, path_of(checkpoint, format))
        _publish(told, record_of(checkpoint, format))
    return record


def _write(source: Path, format: FormatName, path: Path) -> Verified:
    signatures.read(source.parent)  # a model with code of its own is loaded only where that may run
    model = keras.models.load_model(source, compile=False)
    if format != "keras":
        return export_model(model, format, path)
    os.link(source, path)  # with the optimizer in it, and no second copy on the disk
    return verify_keras_file(model, path)


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A place for files that are not done. What an earlier process left is thrown away."""
    folder.mkdir(exist_ok=True)
    for left in folder.glob(f"{TEMPORARY}*"):
        shutil.rmtree(left, ignore_errors=True)
    aside = folder / f"{TEMPORARY}{uuid.uuid4().hex}"
    aside.mkdir()
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)  # it may be gone with its checkpoint


def _publish(path: Path, name: Path) -> None:
    """Give a file its name once it lies on the disk."""
    sync(path)
    path.replace(name)
    sync(name.parent)
