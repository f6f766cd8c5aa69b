"""What an evaluation tells: how well a model does on rows with known answers; and where that is kept beside its run."""

import hashlib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

EVALUATIONS = "evaluations"
REPORT = "report.json"
ROWS = "rows.npz"
TEMPORARY = "tmp-"
"""How names begin beside the evaluations that are none."""
FORM = 1
"""Raised when reports change, so that those of an earlier release are made anew."""

SplitName = Literal["train", "validation", "test"]
Order = Literal["confident", "unsure", "loss", "row"]
Applied = Literal["softmax", "sigmoid"]


class _Word(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, json_schema_serialization_defaults_required=True
    )


class Average(_Word):
    """Precision, recall and F1 over the classes that occur; 0 where a division would be by zero."""

    precision: float
    recall: float
    f1: float


class ClassScores(Average):
    """One class against all others. `support` counts its rows; `auc` is null where only one side has rows."""

    label: str
    support: int
    auc: float | None


class ConfusedPair(_Word):
    """How many rows of class `true` were taken for `predicted`, another class."""

    true: str
    predicted: str
    count: int


class RocCurve(_Word):
    """One class against all others: shares of false and of true positives at falling thresholds, thinned."""

    label: str
    auc: float
    false_positives: list[float]
    true_positives: list[float]


class JudgedRow(_Word):
    """One row: its number in the split's file (from 0), what is true, what was said.

    `probability` is that of the predicted class, null where the model gives none; `loss` null where it is not finite.
    """

    row: int
    true: str
    predicted: str
    probability: float | None
    loss: float | None


class ClassificationReport(_Word):
    """An output that names a class.

    `matrix[t][p]` counts rows of class t that were taken for class p; null with more than 200 classes, where `confused`
    has the most frequent mistakes. `applied` is what made probabilities of logits, because the loss is `from_logits`;
    `probabilities` is false where scores are none. `threshold` is what one unit must exceed to say the second class.
    ROC curves and AUC are of every `sampled_every`-th row. `not_finite` rows are left out of everything.
    """

    task: Literal["classification"] = "classification"
    classes: list[str]
    applied: Applied | None
    probabilities: bool
    threshold: float | None
    rows: int
    not_finite: int
    accuracy: float
    balanced_accuracy: float
    macro: Average
    weighted: Average
    macro_auc: float | None
    scores: list[ClassScores]
    matrix: list[list[int]] | None
    confused: list[ConfusedPair]
    roc: list[RocCurve]
    sampled_every: int
    worst: list[JudgedRow]
    confident_mistakes: list[JudgedRow]


class MeasuredRow(_Word):
    """One row: its number in the split's file (from 0), the first values that are true and predicted.

    `error` is the mean absolute error over all its values.
    """

    row: int
    true: list[float]
    predicted: list[float]
    error: float


class Scatter(_Word):
    """Predicted against true, value by value, thinned; `rows` are their numbers in the split's file."""

    rows: list[int]
    true: list[float]
    predicted: list[float]


class Residuals(_Word):
    """How many residuals (predicted - true) lie from one edge up to the next; one edge more than counts."""

    edges: list[float]
    counts: list[int]


class RegressionReport(_Word):
    """An output that gives numbers, in the units of the target; with several a row, `mae`, `rmse` and `r2` are means.

    `mean_error` is the mean of predicted - true. All but the metrics is of every `sampled_every`-th row. `r2` is 1 for
    a perfect and 0 for any other prediction of a constant. `not_finite` rows are left out of everything.
    """

    task: Literal["regression"] = "regression"
    values: int
    rows: int
    not_finite: int
    mae: float
    rmse: float
    r2: float
    mean_error: float
    median_absolute_error: float
    largest_error: float
    scatter: Scatter
    residuals: Residuals
    sampled_every: int
    worst: list[MeasuredRow]


class OtherReport(_Word):
    """An output of which the metrics alone can be told, and why."""

    task: Literal["other"] = "other"
    reason: str


OutputReport = Annotated[ClassificationReport | RegressionReport | OtherReport, Field(discriminator="task")]


class Evaluation(_Word):
    """A model as it was after `epoch`, judged on `rows` rows; what is not finite in `metrics` is null.

    `metrics` are those of the recipe, by the names that Keras gives them; `outputs` are by Output name.
    """

    epoch: int
    dataset: str
    split: SplitName
    rows: int
    seconds: float
    metrics: dict[str, float | None]
    outputs: dict[str, OutputReport]


class RowFound(_Word):
    """One row with its cells by column name; `true` and `predicted` are class names or lists of numbers."""

    row: int
    true: JsonValue
    predicted: JsonValue
    probability: float | None
    loss: float | None
    cells: dict[str, JsonValue]


class RowsFound(_Word):
    """Some of `total` rows that were asked for. `split` is that of the dataset, in which `row` is a row's number."""

    total: int
    split: str
    rows: list[RowFound]


class EvaluationProgress(_Word):
    """How many of its rows an evaluation that is under way has judged."""

    rows_done: int
    rows: int


def place_of(run_folder: Path, model_sha256: str, dataset: str, fingerprint: str, split: SplitName) -> Path:
    """The folder of one evaluation: the same for the same weights and the same rows."""
    told = "\n".join([str(FORM), model_sha256, dataset, fingerprint, split])
    return run_folder / EVALUATIONS / hashlib.sha256(told.encode()).hexdigest()[:32]


def kept(place: Path) -> str | None:
    """The report of an evaluation made before, as JSON; None if there is none."""
    try:
        return (place / REPORT).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def tell_progress(place: Path, done: EvaluationProgress) -> None:
    """Say how far the evaluation is that will be kept at `place`, whose folder must be there."""
    aside = _progress_of(place).with_suffix(".new")
    aside.write_text(done.model_dump_json(), encoding="utf-8")
    aside.replace(_progress_of(place))


def told_progress(place: Path) -> EvaluationProgress | None:
    """What was said last of how far an evaluation is; None where none is under way, or it has only begun."""
    try:
        return EvaluationProgress.model_validate_json(_progress_of(place).read_bytes())
    except FileNotFoundError:
        return None


def end_progress(place: Path) -> None:
    """The evaluation is not under way any more, however it ended."""
    for path in (_progress_of(place), _progress_of(place).with_suffix(".new")):
        path.unlink(missing_ok=True)


def _progress_of(place: Path) -> Path:
    return place.with_name(f"{TEMPORARY}{place.name}.json")
