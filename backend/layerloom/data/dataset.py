"""What a dataset is, in words that travel as JSON: its columns, their kinds and statistics, its rows and origin."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["image", "number", "category", "text", "date", "identifier", "vector", "sequence"]
Role = Literal["feature", "target"]
Task = Literal["classification", "regression", "forecast"]
Origin = Literal["package", "upload", "download"]
Format = Literal["csv", "excel", "parquet", "jsonl", "npz", "npy", "images", "texts", "audio"]


class Word(BaseModel):
    """Base of what is said of a dataset: it never changes, and says no more than is known."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, json_schema_serialization_defaults_required=True
    )


class Statistics(Word):
    """Of the cells that are not empty; `std` is that of the population, `quartiles` are the first and the third."""

    min: float
    max: float
    mean: float
    std: float
    median: float
    quartiles: tuple[float, float]


class Histogram(Word):
    """`counts[i]` cells lie from `edges[i]` up to `edges[i + 1]`; the last bin includes its upper edge."""

    edges: list[float]
    counts: list[int]


class Column(Word):
    """One column; its numbers describe the training split.

    `dtype` is that of the array a network is fed with: category columns are int32 indices into `classes`. `shape` is
    that of one sample, without the batch axis: [] for a scalar, [height, width, channels] for an image, [steps,
    channels] for a sequence. A date is fed as seconds since 1970. `missing` counts empty cells, `nonfinite` those of
    them that hold what is no number (NaN, an infinity, one too large for float32). The statistics of a text count its
    words. `top` are the most frequent values of categories, texts and identifiers, each with its count, at most 20;
    those of a text only where they occur more than once, and cut where they are long. `earliest` and `latest` are
    dates as ISO 8601 has them; `ascending` dates never go back from one row to the next. `sizes` are (height, width,
    count) of pictures before they were brought to one size. A column without a role is neither a sensible input nor a
    sensible target (a name, a date).
    """

    name: str
    kind: Kind
    dtype: str
    shape: list[int] = Field(default_factory=list)
    missing: int = 0
    nonfinite: int = 0
    unique: int | None = None
    top: list[tuple[str, int]] = Field(default_factory=list)
    classes: list[str] | None = None
    class_counts: list[int] | None = None
    statistics: Statistics | None = None
    histogram: Histogram | None = None
    earliest: str | None = None
    latest: str | None = None
    ascending: bool | None = None
    sizes: list[tuple[int, int, int]] = Field(default_factory=list)
    role: Role | None = None


class Reading(Word):
    """How a file is read: found by looking at it, to be corrected by who knows better.

    `encoding`, `delimiter`, `has_header` and `decimal_comma` are those of a text table, `sheet` that of a workbook.
    `missing` are cell texts that mean an empty cell. `image_size` is the (height, width) that pictures are brought to.
    `skip_broken` keeps what is good where a row or a file of an archive can not be read; what was left out is noted.
    """

    format: Format
    encoding: str | None = None
    delimiter: str | None = None
    has_header: bool | None = None
    decimal_comma: bool | None = None
    sheet: str | None = None
    missing: list[str] = Field(default_factory=list)
    image_size: tuple[int, int] | None = None
    skip_broken: bool = False


class Note(Word):
    """Something about a file that its owner should know: what was left out, or read otherwise than it stands there.

    `file` is a name inside an archive; `row` counts the rows of data from 1; both null where the whole is meant.
    """

    code: str
    message: str
    file: str | None = None
    row: int | None = None
    column: str | None = None


class DatasetInfo(Word):
    """Everything about a dataset but its rows. `rows` counts by split; `fingerprint` is the SHA-256 of the file.

    A dataset never changes: an edit makes the next `version`, whose `parent` is the id of what was edited. `created_at`
    (seconds since 1970) and `reading` are null for those that come with the package.
    """

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
    source: Origin = "package"
    created_at: float | None = None
    version: int = 1
    parent: str | None = None
    reading: Reading | None = None
    notes: list[Note] = Field(default_factory=list)

    def column(self, name: str) -> Column:
        """The column with this name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)
