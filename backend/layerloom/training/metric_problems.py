"""Whether the metrics of an output can say anything about its labels, and say it in one number."""

from collections.abc import Iterator
from typing import Literal

from layerloom.problem import Problem
from layerloom.recipe import KerasObject
from layerloom.training.judging import canonical, label_form, metric_fits, metrics_as
from layerloom.training.plan import Target, object_json, set_recipe

Place = Literal["metrics", "weighted_metrics"]

ONE_NUMBER = {
    "F1Score": ("average", "macro", None),
    "FBetaScore": ("average", "macro", None),
    "R2Score": ("class_aggregation", "uniform_average", "uniform_average"),
}
"""Metric -> the argument that makes it one number, a value that does, and Keras's default."""


def metric_problems(target: Target) -> Iterator[Problem]:
    """Metrics that ask something else than the labels of this output answer."""
    for place in ("metrics", "weighted_metrics"):
        yield from _problems_in(target, place)


def _problems_in(target: Target, place: Place) -> Iterator[Problem]:
    form = label_form(target)
    metrics: list[KerasObject] = getattr(target.judged, place)
    path = ["compile", "outputs", target.name, place]
    for index, metric in enumerate(metrics):
        if metric_fits(metric, form):
            yield from _vector_problems([*path, str(index)], metric)
            continue
        said = {"index": "class numbers", "one_hot": "one-hot labels", "yes_no": "0 or 1", "number": "numbers"}[form]
        message = f"{canonical('metrics', metric)} can not judge '{target.columns[0].name}', whose labels are {said}."
        fitting = metrics_as(metrics, form)
        label = f"Use {', '.join(other.type for other in fitting)}" if fitting else "Remove it"
        fix = set_recipe(path, [object_json(other) for other in fitting], label)
        yield Problem(code="metric-form", message=f"{message} {label}.", recipe=[*path, str(index)], fixes=[fix])


def _vector_problems(place: list[str], metric: KerasObject) -> Iterator[Problem]:
    """A metric that gives one number a class can not be drawn as a curve."""
    type = canonical("metrics", metric)
    parameter, value, default = ONE_NUMBER.get(type, ("", "", ""))
    if parameter and metric.config.get(parameter, default) is None:
        path = [*place, "config", parameter]
        message = f"{type} gives one number a class unless {parameter} is set. Set {parameter} to {value}."
        fix = set_recipe(path, value, f'Set {parameter} to "{value}"')
        yield Problem(code="metric-vector", message=message, recipe=path, fixes=[fix])
