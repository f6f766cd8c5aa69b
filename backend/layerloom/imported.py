"""What became of a model made elsewhere: its drawing, and its weights on disk.

Weights lie in `<home>/imports/<token>/`: `weights.h5` holds one group a layer name with the layer's weights as
datasets `0`, `1`, ...; the manifest, written last, says what is in it.
"""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from layerloom.graph.document import Graph
from layerloom.problem import Problem
from layerloom.recipe import Recipe

WEIGHTS = "weights.h5"
MANIFEST = "weights.json"
UPLOAD, UNPACKED = "upload", "unpacked.h5"
START = "start.h5"
"""In the folder of a run: the weights that it starts from."""
KEPT, KEPT_BYTES = 50, 20_000_000_000
ARRIVING = ".arriving-"
_TOKEN = re.compile(r"[0-9a-f]{32}")

Format = Literal["keras", "h5", "json", "yaml", "project"]
Shapes = Mapping[str, list[list[int]]]


class UnknownWeights(LookupError):
    """No imported weights have this token."""


class Imported(BaseModel):
    """The drawing that a file holds. `weights` is the token to start a run from, null where none were kept.

    `problems` say what could not be taken over as it was; what is wrong with the drawing itself says the check.
    `recipe` is there in project files alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)

    graph: Graph
    format: Format
    recipe: Recipe | None = None
    problems: list[Problem] = Field(default_factory=list)
    weights: str | None = None


class WeightsManifest(BaseModel):
    """What a weights file holds: by layer name the shapes of its weights, in the order of `layer.weights`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    layers: dict[str, list[list[int]]]
    size_bytes: int


def imports_folder(home: Path) -> Path:
    """Where imported weights lie, each under its token."""
    return home / "imports"


def find_weights(home: Path, token: str) -> Path:
    """The folder of the weights with this token. Raises UnknownWeights."""
    folder = imports_folder(home) / token
    if not _TOKEN.fullmatch(token) or not (folder / MANIFEST).is_file():
        raise UnknownWeights(token)
    return folder


def tidy(folder: Path) -> None:
    """Remove the oldest imported weights while they are too many or too large; the newest always stay."""
    kept = sorted(folder.glob("*/" + MANIFEST), key=lambda manifest: -manifest.stat().st_mtime)
    size_bytes = 0
    for number, manifest in enumerate(kept):
        size_bytes += sum(file.stat().st_size for file in manifest.parent.iterdir())
        if number and (number >= KEPT or size_bytes > KEPT_BYTES):
            shutil.rmtree(manifest.parent, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Remove what uploads have left that a dead server was at. Called before any begins."""
    for left in folder.glob(f"{ARRIVING}*"):
        shutil.rmtree(left, ignore_errors=True)
    tidy(folder)


def read_manifest(folder: Path) -> WeightsManifest:
    """What the weights file in `folder` holds. Raises UnknownWeights where the manifest can not be read."""
    try:
        return WeightsManifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError):
        raise UnknownWeights(folder.name) from None
