"""A model as a file to take away: which formats there are, where a made file lies, how far it was found to differ.

Files lie in `exports/` of a checkpoint's folder, each with a record beside it that is written last. A record names the
model that it was made from, so one that outlived its checkpoint is passed over.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

EXPORTS = "exports"

FormatName = Literal["keras", "h5", "weights", "savedmodel", "onnx", "litert", "json", "yaml"]
UntrainedFormatName = Literal["keras", "json", "yaml"]
FORMAT_NAMES: tuple[FormatName, ...] = get_args(FormatName)


@dataclass(frozen=True)
class Format:
    """How a file of a format is called and told of. `packages` are modules that an extra of ours brings."""

    suffix: str
    media_type: str
    packages: tuple[str, ...] = ()


FORMATS: dict[FormatName, Format] = {
    "keras": Format(".keras", "application/vnd.keras"),
    "h5": Format(".h5", "application/x-hdf5"),
    "weights": Format(".weights.h5", "application/x-hdf5"),
    "savedmodel": Format(".savedmodel.zip", "application/zip"),
    "onnx": Format(".onnx", "application/onnx", ("onnx", "tf2onnx", "onnxruntime")),
    "litert": Format(".tflite", "application/vnd.tflite", ("ai_edge_litert",)),
    "json": Format(".json", "application/json"),
    "yaml": Format(".yaml", "application/yaml"),
}


PROGRAMS: dict[str, Format] = {
    "script": Format(".py", "text/x-python"),
    "notebook": Format(".ipynb", "application/x-ipynb+json"),
}
"""What trains the model again: Python made of a run's drawing and recipe, the same after every epoch."""


class ModelFile(BaseModel):
    """A file that its own runtime has loaded and that answers `samples` samples as Keras does.

    `absolute_difference` is the largest between any two answers, `relative_difference` that in relation to the largest
    answer of the same output. `model_sha256` names what it was made from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)

    format: FormatName
    size_bytes: int
    sha256: str
    model_sha256: str
    samples: int
    absolute_difference: float
    relative_difference: float
    created_at: float


class Exportable(BaseModel):
    """One format of a checkpoint's model: what it takes to make it, and the file if it was made."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)

    format: FormatName
    suffix: str
    installed: bool
    file: ModelFile | None


def path_of(checkpoint: Path, format: FormatName) -> Path:
    """Where the file of this format lies, or would."""
    return checkpoint / EXPORTS / f"model{FORMATS[format].suffix}"


def record_of(checkpoint: Path, format: FormatName) -> Path:
    """Where the record of that file lies."""
    return checkpoint / EXPORTS / f"{format}.record.json"


def made(checkpoint: Path, format: FormatName, model_sha256: str) -> ModelFile | None:
    """The file of this format if it was made of this model and lies there whole."""
    try:
        record = ModelFile.model_validate_json(record_of(checkpoint, format).read_bytes())
        size_bytes = path_of(checkpoint, format).stat().st_size
    except (OSError, ValidationError):
        return None
    return record if (record.model_sha256, record.size_bytes) == (model_sha256, size_bytes) else None


def installed(format: FormatName) -> bool:
    """Whether the packages of this format are here; imports none of them."""
    return all(find_spec(package) is not None for package in FORMATS[format].packages)


def exportables(checkpoint: Path, model_sha256: str) -> list[Exportable]:
    """Every format, in the order in which a person is shown them."""
    return [
        Exportable(
            format=format,
            suffix=FORMATS[format].suffix,
            installed=installed(format),
            file=made(checkpoint, format, model_sha256),
        )
        for format in FORMAT_NAMES
    ]
