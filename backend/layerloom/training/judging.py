"""Which losses and metrics compare what: the form that a label has to have for each, and the switch between forms."""

from collections.abc import Mapping, Sequence
from typing import Literal

from layerloom.graph.patch import Change, SetRecipe
from layerloom.modeling.reflection import find
from layerloom.recipe import KerasObject, OutputRecipe
from layerloom.training.plan import Target, object_json

Form = Literal["index", "one_hot", "yes_no", "number"]
"""`index`: the number of a class, against one unit a class. `one_hot`: a one among zeros. `yes_no`: 0 or 1 against one
unit. `number`: a measure."""

LOSSES: Mapping[str, Form] = {
    "SparseCategoricalCrossentropy": "index",
    "CategoricalGeneralizedCrossEntropy": "index",
    "CategoricalCrossentropy": "one_hot",
    "CategoricalFocalCrossentropy": "one_hot",
    "CategoricalHinge": "one_hot",
    "Circle": "index",
    "KLDivergence": "one_hot",
    "BinaryCrossentropy": "yes_no",
    "BinaryFocalCrossentropy": "yes_no",
    "Hinge": "yes_no",
    "SquaredHinge": "yes_no",
    "Huber": "number",
    "LogCosh": "number",
    "MeanAbsoluteError": "number",
    "MeanAbsolutePercentageError": "number",
    "MeanSquaredError": "number",
    "MeanSquaredLogarithmicError": "number",
    "Poisson": "number",
}

ELEMENT_BY_ELEMENT = frozenset({"CosineSimilarity", "Dice", "Tversky"})
"""Losses that compare whatever has the shape of the output: anything but class numbers."""

NEVER_FITS: Mapping[str, str] = {"CTC": "CTC compares sequences of labels, which no column here holds"}
"""Losses for which there is no data yet."""

FOR_CLASS_NUMBERS = frozenset(
    {"SparseCategoricalAccuracy", "SparseCategoricalCrossentropy", "SparseTopKCategoricalAccuracy"}
)
"""The metrics that know what a class number is; all others compare element by element."""

FIRST_CHOICE: Mapping[Form, str] = {
    "index": "SparseCategoricalCrossentropy",
    "one_hot": "CategoricalCrossentropy",
    "yes_no": "BinaryCrossentropy",
    "number": "MeanSquaredError",
}

SAME_METRIC: tuple[Mapping[Form, str], ...] = (
    {
        "index": "SparseCategoricalAccuracy",
        "one_hot": "CategoricalAccuracy",
        "yes_no": "BinaryAccuracy",
        "number": "MeanAbsoluteError",
    },
    {
        "index": "SparseCategoricalCrossentropy",
        "one_hot": "CategoricalCrossentropy",
        "yes_no": "BinaryCrossentropy",
        "number": "MeanSquaredError",
    },
    {"index": "SparseTopKCategoricalAccuracy", "one_hot": "TopKCategoricalAccuracy"},
)
"""Each line is one question, asked of labels in each form."""

SCORES = frozenset(
    {
        "AUC",
        "F1Score",
        "FBetaScore",
        "FalseNegatives",
        "FalsePositives",
        "Precision",
        "PrecisionAtRecall",
        "Recall",
        "RecallAtPrecision",
        "SensitivityAtSpecificity",
        "SpecificityAtSensitivity",
        "TrueNegatives",
        "TruePositives",
    }
)
"""Metrics that count yes and no, unit by unit."""


def canonical(family: str, described: KerasObject) -> str:
    """The one name of a class of this family, whatever name the recipe uses."""
    entry = find(family, described.type)
    return entry.type if entry else described.type


def loss_form(target: Target) -> Form | None:
    """The form in which the loss of a target wants its labels; None for a loss that fits nothing."""
    type = canonical("losses", target.judged.loss)
    if type not in ELEMENT_BY_ELEMENT:
        return LOSSES.get(type)
    has = label_form(target)
    return "one_hot" if has == "index" else has


def label_form(target: Target) -> Form:
    """What the labels of a target are, as they reach the loss."""
    if target.classes is None:
        return "number"
    return "one_hot" if target.one_hot else "yes_no" if target.units == 1 else "index"


def metric_fits(metric: KerasObject, form: Form) -> bool:
    """Whether a metric can say anything about labels in this form."""
    type = canonical("metrics", metric)
    if form == "index":
        return type in FOR_CLASS_NUMBERS
    if type in SCORES:
        return form in ("one_hot", "yes_no")
    if type == "Accuracy":
        # It asks for exact equality, which a probability never has.
        return False
    forms = {known for line in SAME_METRIC for known, name in line.items() if name == type}
    return not forms or form in forms or forms == {"number"}


def judged_as(target: Target, form: Form) -> list[Change]:
    """The changes that make the target's labels, loss and metrics agree on this form."""
    outputs = ["compile", "outputs", target.name]
    changes: list[Change] = [SetRecipe(path=outputs, value=object_json(_judged(target, form)))]
    if target.classes is not None:
        encoding = "one_hot" if form == "one_hot" else "index"
        changes.append(SetRecipe(path=["data", "encoding", target.name], value=encoding))
    return changes


def metrics_as(metrics: Sequence[KerasObject], form: Form) -> list[KerasObject]:
    """Metrics in this form, by the names they had; those that have none in it are left out."""
    translated = [metric if metric_fits(metric, form) else _translated(metric, form) for metric in metrics]
    return [metric for metric in translated if metric is not None]


def _judged(target: Target, form: Form) -> OutputRecipe:
    kept = target.judged.loss
    if loss_form(target) != form:
        applied = {"index": "softmax", "one_hot": "softmax", "yes_no": "sigmoid"}.get(form)
        logits = applied is not None and target.source.activation not in (applied, None)
        kept = KerasObject(type=FIRST_CHOICE[form], config={"from_logits": True} if logits else {})
    metrics = {place: metrics_as(getattr(target.judged, place), form) for place in ("metrics", "weighted_metrics")}
    return target.judged.model_copy(update={"loss": kept, **metrics})


def _translated(metric: KerasObject, form: Form) -> KerasObject | None:
    type = canonical("metrics", metric)
    line = SAME_METRIC[0] if type == "Accuracy" else next((line for line in SAME_METRIC if type in line.values()), {})
    if form not in line:
        return None
    # "accuracy" of numbers would be a wrong name for an error.
    keeps_name = "name" in metric.config and (form != "number")
    return KerasObject(type=line[form], config={"name": metric.config["name"]} if keeps_name else {})
