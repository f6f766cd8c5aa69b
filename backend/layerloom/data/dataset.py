"""What a dataset is, in words that travel as JSON: its columns, their kinds and statistics, its rows and origin."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["image", "number", "category", "text", "vector", "sequence"]
Role = Literal["feature", "target"]
Task = Literal["classification", "regression", "forecast"]


class _Word(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, json_schema_serialization_defaults_required=True
    )


class Statistics(_Word):
    """Of the cells that are not empty; `std` is that of the population, `quartiles` are the first and the third."""

    min: float
    max: float
    mean: float
    std: float
    median: float
    quartiles: tuple[float, float]


class Histogram(_Word):
    """`counts[i]` cells lie from `edges[i]` up to `edges[i + 1]`; the last bin includes its upper edge."""

    edges: list[float]
    counts: list[int]


class Column(_Word):
    """One column; its numbers describe the training split.

    `dtype` is that of the array a network is fed with: category columns are int32 indices into `classes`. `shape` is
    that of one sample, without the batch axis: [] for a scalar, [height, width, channels] for an image, [steps,
    channels] for a sequence. `missing` counts empty cells. The statistics of a text count its words. A column without a
    role is neither a sensible input nor a sensible target (a name, a date).
    """

    name: str
    kind: Kind
    dtype: str
    shape: list[int] = Field(default_factory=list)
    missing: int = 0
    unique: int | None = None
    classes: list[str] | None = None
    class_counts: list[int] | None = None
    statistics: Statistics | None = None
    histogram: Histogram | None = None
    role: Role | None = None


class DatasetInfo(_Word):
    """Everything about a dataset but its rows. `rows` counts by split; `fingerprint` is the SHA-256 of the file."""

    id: str
    title: str
    description: str
    licence: str
    origin: str
    task: Task
    rows: dict[str, int]
    columns: list[Column]
    size_bytes: int
    fingerprint: str
    default_inputs: list[str]
    default_targets: list[str]

    def column(self, name: str) -> Column:
        """The column with this name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)
