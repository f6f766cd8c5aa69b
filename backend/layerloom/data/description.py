"""What a person wrote down about a dataset: the few lines of TOML beside its file."""

import tomllib
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from layerloom.data.dataset import Kind, Task


class ColumnHint(BaseModel):
    """What the file does not say of a column.

    `classes` of a text column are its values in the wanted order; of a column of whole numbers 0, 1, … their names.
    `sizes` are (height, width, count) of pictures before they were brought to one size.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind | None = None
    classes: list[str] | None = None
    sizes: list[tuple[int, int, int]] = Field(default_factory=list)


class Window(BaseModel):
    """A sequence column made of a number column: at each row the `length` values before it, oldest first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    length: int = Field(ge=1)


class Description(BaseModel):
    """A dataset as described. Columns are features unless listed in `targets` or `ignored`.

    `fingerprint` is the SHA-256 of `file`. `missing` are cell texts that mean an empty cell. Rows without a full
    window are left out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    file: Path
    fingerprint: str
    title: str
    description: str
    licence: str
    origin: str
    task: Task
    targets: list[str]
    ignored: list[str] = Field(default_factory=list)
    default_targets: list[str]
    missing: list[str] = Field(default_factory=list)
    columns: dict[str, ColumnHint] = Field(default_factory=dict)
    windows: dict[str, Window] = Field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Self:
        """The description at `path`; the dataset's id is the file's stem, its data file lies beside it."""
        written = tomllib.loads(path.read_text("utf-8"))
        return cls.model_validate({**written, "id": path.stem, "file": path.parent / written["file"]})
