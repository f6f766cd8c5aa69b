"""What a checkpoint on disk is: a folder `checkpoints/epoch-00003/` of a run, named by a manifest written last.

One from within an epoch lies in `within/` instead: a run goes on from it, nobody else looks at it.

A checkpoint folder gets its name only when every file in it lies whole on the disk, so a folder with that name and a
manifest is whole unless the disk itself damaged it; `damage` finds that out.
"""

import hashlib
import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

CHECKPOINTS = "checkpoints"
WITHIN = "within"
ORIGIN = "origin"
"""In the folder of a run: the checkpoint of another run that it starts from."""
MANIFEST = "manifest.json"
MODEL = "model.keras"
CHUNK_BYTES = 1 << 20


class UnknownCheckpoint(LookupError):
    """The run has no such checkpoint."""

    def __str__(self) -> str:
        return f"There is no checkpoint '{self.args[0]}'."


class StoredFile(BaseModel):
    """How one file of a checkpoint must be: its size and its SHA-256 in hex."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)

    size_bytes: int
    sha256: str


class Manifest(BaseModel):
    """The weights after `epoch` (from 1) and `step` steps of the next, written by the `attempt`-th process of the run.

    `value` is the `monitor`, of which less (`mode` min) or more is better; `best` says that no epoch before was
    better. `created_at` counts seconds since 1970.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)

    epoch: int
    attempt: int
    monitor: str
    value: float
    best: bool
    created_at: float
    files: dict[str, StoredFile] = Field(default_factory=dict)
    step: int = 0
    mode: Literal["min", "max"] = "min"

    @property
    def rank(self) -> float:
        """The value so that the lowest is the best."""
        return self.value if self.mode == "min" else -self.value

    @property
    def size_bytes(self) -> int:
        """All files together."""
        return sum(file.size_bytes for file in self.files.values())


def checkpoint_folder(folder: Path, epoch: int) -> Path:
    """Where the checkpoint of this epoch of the run in `folder` lies, or would."""
    return folder / CHECKPOINTS / f"epoch-{epoch:05d}"


def place_of(folder: Path, manifest: Manifest) -> Path:
    """Where this checkpoint of the run in `folder` lies, or would."""
    if manifest.step:
        return folder / WITHIN / f"epoch-{manifest.epoch:05d}-step-{manifest.step:07d}"
    return checkpoint_folder(folder, manifest.epoch)


def whole_checkpoints(folder: Path) -> list[Manifest]:
    """The checkpoints of the run in `folder`, by epoch. Looks at names and sizes, not at the content of the files."""
    return _in_order(folder / CHECKPOINTS)


def whole_within(folder: Path) -> list[Manifest]:
    """The checkpoints from within an epoch of the run in `folder`, the newest last."""
    return _in_order(folder / WITHIN)


def find(folder: Path, which: int | Literal["last", "best"]) -> Path:
    """The checkpoint folder of an epoch, of the last one or of the best one. Raises UnknownCheckpoint."""
    manifests = whole_checkpoints(folder)
    if isinstance(which, int):
        manifests = [manifest for manifest in manifests if manifest.epoch == which]
    if not manifests:
        raise UnknownCheckpoint(which)
    # Of equally good ones the earlier: later ones were not an improvement.
    chosen = min(manifests, key=lambda manifest: manifest.rank) if which == "best" else manifests[-1]
    return checkpoint_folder(folder, chosen.epoch)


def damage(checkpoint: Path) -> str | None:
    """What is wrong with the files of this checkpoint folder, in words; None if they are as the manifest says."""
    manifest = read_manifest(checkpoint)
    if manifest is None:
        return "its manifest or a file is missing or has another size"
    for name, expected in manifest.files.items():
        if sha256(checkpoint / name) != expected.sha256:
            return f"{name} has changed"
    return None


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, lie on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def read_manifest(checkpoint: Path) -> Manifest | None:
    """The manifest of this folder, if it can be read and every file it names has its size."""
    try:
        manifest = Manifest.model_validate_json((checkpoint / MANIFEST).read_bytes())
        whole = all((checkpoint / name).stat().st_size == file.size_bytes for name, file in manifest.files.items())
    except (OSError, ValidationError):
        return None
    return manifest if whole else None


def _in_order(folder: Path) -> list[Manifest]:
    read = (read_manifest(path) for path in sorted(folder.glob("epoch-*")))
    return sorted((manifest for manifest in read if manifest), key=lambda manifest: (manifest.epoch, manifest.step))
