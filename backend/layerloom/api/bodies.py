"""What the routes take and give that no lower room has a word for."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator

from layerloom.activations import MOST_ROWS
from layerloom.data.counting import PartCount
from layerloom.data.dataset import Reading
from layerloom.evaluation import SplitName
from layerloom.graph.document import Document, Graph
from layerloom.model_file import FormatName, UntrainedFormatName
from layerloom.problem import Problem
from layerloom.recipe import DataRecipe, Recipe
from layerloom.runs.reproduction import Reproduction

Title = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=50, strip_whitespace=True)]
Seed = Annotated[int, Field(ge=0, lt=2**31)]
Epoch = Literal["last", "best"] | Annotated[int, Field(ge=1, lt=10**9)]


class Answer(BaseModel):
    """Base of what only goes out."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class ErrorBody(Answer):
    """Every error: a kebab-case code, a sentence for a person, and problems pinned to their places."""

    code: str
    message: str
    problems: list[Problem] = Field(default_factory=list)


class Health(Answer):
    """The server answers; Keras may still be warming up."""

    status: Literal["ok"] = "ok"
    version: str


class GraphToCheck(Document):
    """A drawing, and how it is to be trained if that is known."""

    graph: Graph
    recipe: Recipe | None = None


class GraphToSummarize(Document):
    """A drawing."""

    graph: Graph


SourceStyle = Literal["functional", "sequential", "sequential_add", "subclass", "script", "notebook"]


class GraphToWrite(Document):
    """A drawing to be written as Python; `script` and `notebook` train it and need the recipe."""

    graph: Graph
    recipe: Recipe | None = None
    style: SourceStyle


class GraphToExport(Document):
    """A drawing to be written as a file; `seed` decides the initial weights in a `.keras` file."""

    graph: Graph
    format: UntrainedFormatName
    seed: Seed = 7


class GraphToOpen(Document):
    """A drawing whose initial weights are looked at: those of a run with this seed."""

    graph: Graph
    seed: Seed = 7


class ExportAsked(Document):
    """Which file of a run's model is to be made."""

    format: FormatName
    epoch: Epoch = "last"


class NodeToUnpack(Document):
    """A drawing, and the application node in it whose layers are asked for, by its id in the report of a check."""

    graph: Graph
    node: Annotated[str, StringConstraints(min_length=1, max_length=2_000)]


class RecipeQuestion(Document):
    """How could this drawing be trained on this dataset?"""

    graph: Graph
    dataset: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class DatasetToStart(Document):
    """Which dataset a first drawing is wanted for."""

    dataset: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Started(Answer):
    """A first drawing for a dataset and its recipe, ready to train and to be changed."""

    graph: Graph
    recipe: Recipe


class RecipeToPlan(Document):
    """How something is to be trained; the drawing does not matter."""

    recipe: Recipe


class NewRun(Document):
    """What to train; without a name the run takes that of the graph.

    `weights` is the token of an import: layers that bear the names of its layers start from its weights. `from_run` and
    `from_epoch` fork a checkpoint: layers that have the name and shapes of one of its layers start from that one.
    """

    name: Title | None = None
    graph: Graph
    recipe: Recipe
    weights: Annotated[str, StringConstraints(max_length=64)] | None = None
    from_run: Annotated[int, Field(ge=1, lt=10**18)] | None = None
    from_epoch: Epoch | None = None

    @model_validator(mode="after")
    def _one_start(self) -> Self:
        if self.weights is not None and self.from_run is not None:
            raise ValueError("expected weights or from_run, not both")
        if self.from_epoch is not None and self.from_run is None:
            raise ValueError("from_epoch needs from_run")
        return self


class Place(Document):
    """A place in the queue, from 1: the one that is next. Past the end is last."""

    position: Annotated[int, Field(ge=1, lt=10**9)]


class GraphToTry(Document):
    """A drawing and how it is to be trained, to be tried without a run."""

    graph: Graph
    recipe: Recipe


class RowsToFollow(GraphToTry):
    """A drawing with its recipe, and the rows of the training split (from 0) that are followed through it."""

    rows: Annotated[list[Annotated[int, Field(ge=0, lt=10**9)]], Field(min_length=1, max_length=MOST_ROWS)]


class RowsToAugment(RowsToFollow):
    """The same, and the node (by its path) whose doing in training is wanted, drawn with this seed."""

    node: Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
    seed: Seed = 0


class DrawingFile(Document):
    """What the command line exports: a drawing, and how it is trained if that is to be part of it."""

    name: Title | None = None
    graph: Graph
    recipe: Recipe | None = None


class RunChange(Document):
    """What a person may change of a run later. A field left out stays as it is."""

    name: Title | None = None
    tags: Annotated[list[Tag], Field(max_length=50)] | None = None
    notes: Annotated[str, StringConstraints(max_length=20_000)] | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("expected at least one of name, tags, notes")
        return self


class UploadAnnounced(Document):
    """A file that is about to come; its name is for people."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=4_096)]
    size_bytes: Annotated[int, Field(ge=0, lt=10**15)]


class UploadToRead(Document):
    """How a file is to be read; what is left out is found by looking at it."""

    reading: Reading | None = None
    title: Title | None = None


class Rows(Answer):
    """Some rows of a split; `total` counts them all. A cell by column name; an empty cell is null."""

    total: int
    rows: list[dict[str, JsonValue]]


class SplitToCount(Document):
    """Which columns are bound and how rows are held out; the dataset is that of the address."""

    data: DataRecipe
    seed: Seed = 7


class SplitCounts(Answer):
    """By split (train, validation, test) its rows and classes."""

    splits: dict[str, PartCount]


class Curve(Answer):
    """A metric over the run: `x` counts steps from the first of the run; `y` null was not finite."""

    x: list[int]
    y: list[float | None]


class Metrics(Answer):
    """The thinned curves of a run, by metric name."""

    series: dict[str, Curve]


class Samples(Document):
    """Samples by Input node name, in the units of the dataset column (a picture as nested lists of 0 to 255)."""

    inputs: Annotated[dict[str, list[JsonValue]], Field(min_length=1, max_length=1_000)]
    epoch: Epoch = "last"


class EvaluationAsked(Document):
    """Which rows are to be judged: of which dataset (left out, the run's own) and which split of it.

    Left out, `split` is "test" where there is one, else "validation", else "train".
    """

    dataset: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    split: SplitName | None = None
    epoch: Epoch = "last"


class Predictions(Answer):
    """What the model says, by Output node name, one item per sample."""

    outputs: dict[str, list[JsonValue]]


class ReproductionState(Answer):
    """Whether a run is being trained again by its script (`epoch` of `epochs` is under way), or what came of it."""

    state: Literal["none", "running", "done", "failed"]
    epoch: int = 0
    epochs: int = 0
    error: str | None = None
    result: Reproduction | None = None


class BoardRuns(Answer):
    """The runs that have written logs for TensorBoard, by id, oldest first."""

    runs: list[int]


class Example(Document):
    """A drawing with its recipe, ready to train."""

    id: str
    title: str
    description: str
    graph: Graph
    recipe: Recipe


_ERROR = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorBody"}}}}
"""By reference: each mention of the class itself cost a validator, and all together a quarter of the server's start."""


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that may answer these, besides those that any route may answer, in the one shape."""
    return dict.fromkeys(sorted({400, 401, 403, 404, 405, 413, 415, 422, *statuses}), _ERROR)
