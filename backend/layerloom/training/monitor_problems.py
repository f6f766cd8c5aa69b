"""Whether the callbacks of a recipe watch something that there will be."""

from collections.abc import Iterator

from pydantic import JsonValue

from layerloom.data.split_column import named_parts
from layerloom.graph.naming import snake_case
from layerloom.modeling.reflection import find
from layerloom.problem import Problem
from layerloom.recipe import KerasObject
from layerloom.training.plan import Plan, closest, listed, set_recipe

VALIDATION = "val_"
HIGHER_IS_BETTER = (
    "accuracy",
    "auc",
    "correlation",
    "io_u",
    "iou",
    "precision",
    "recall",
    "score",
    "similarity",
    "true",
)
WITHOUT_DIRECTION = frozenset({"FalseNegatives", "FalsePositives", "TrueNegatives", "TruePositives"})
"""Metrics of which Keras does not know whether more is better."""


def monitor_problems(plan: Plan) -> Iterator[Problem]:
    """Monitors that name no metric, and ones of which Keras can not tell which way is better."""
    validated = plan.recipe.data.validation_fraction > 0 or _named(plan)
    training = metric_names(plan)
    known = [*training, *(f"{VALIDATION}{name}" for name in training if validated)]
    for index, callback in enumerate(plan.recipe.callbacks):
        monitor = _monitor(callback)
        path = ["callbacks", str(index), "config"]
        if monitor is None:
            continue
        if monitor not in known:
            yield _unknown(monitor, known, validated, path)
        elif callback.config.get("mode", "auto") == "auto" and not _direction_known(plan, monitor):
            yield _undirected(monitor, path)


def _named(plan: Plan) -> bool:
    """Whether a column names the rows that are for validation."""
    split = plan.recipe.data.split
    columns = plan.columns([split.column]) if split.by == "column" and split.column else []
    return any("validation" in named_parts(column) for column in columns)


def metric_names(plan: Plan) -> list[str]:
    """What training will report, by Keras's names: several outputs put their name before each."""
    outputs = {name: judged for name, judged in plan.recipe.compile.outputs.items() if name in plan.outputs}
    several = len(plan.outputs) > 1
    names = ["loss", *(f"{name}_loss" for name in outputs if several)]
    for name, judged in outputs.items():
        judges = [*judged.metrics, *judged.weighted_metrics]
        names += [f"{name}_{_name(metric)}" if several else _name(metric) for metric in judges]
    return names


def _name(metric: KerasObject) -> str:
    """What Keras calls a metric: its `name`, else the default of its class."""
    given = metric.config.get("name")
    if isinstance(given, str):
        return given
    entry = find("metrics", metric.type)
    defaults = [parameter.default for parameter in entry.parameters if parameter.name == "name"] if entry else []
    default = defaults[0] if defaults else None
    return default if isinstance(default, str) else snake_case(entry.type if entry else metric.type)


def _monitor(callback: KerasObject) -> str | None:
    entry = find("callbacks", callback.type)
    default = next((p.default for p in entry.parameters if p.name == "monitor"), None) if entry else None
    monitor = callback.config.get("monitor", default)
    return monitor if isinstance(monitor, str) else None


def _unknown(monitor: str, known: list[str], validated: bool, path: list[str]) -> Problem:
    hint = "" if validated or not monitor.startswith(VALIDATION) else " No rows are held out for validation."
    message = f"There will be no metric '{monitor}'.{hint} Watch one of {listed(known)}."
    wanted: JsonValue = closest(monitor if validated else monitor.removeprefix(VALIDATION), known) or "loss"
    fixes = [set_recipe([*path, "monitor"], wanted, f"Watch {wanted}")]
    if hint:
        fixes.append(set_recipe(["data", "validation_fraction"], 0.1, "Hold out a tenth for validation"))
    return Problem(code="unknown-metric", message=message, recipe=[*path, "monitor"], fixes=fixes)


def _direction_known(plan: Plan, monitor: str) -> bool:
    """Keras looks for a metric of exactly that name, without the name of an output before it."""
    name = monitor.removeprefix(VALIDATION)
    metrics = [
        metric
        for judged in plan.recipe.compile.outputs.values()
        for metric in (*judged.metrics, *judged.weighted_metrics)
    ]
    return name == "loss" or any(_name(m) == name and m.type not in WITHOUT_DIRECTION for m in metrics)


def _undirected(monitor: str, path: list[str]) -> Problem:
    mode = "max" if any(word in monitor.lower() for word in HIGHER_IS_BETTER) else "min"
    message = f"Keras can not tell whether a higher '{monitor}' is better. Set mode to min or max."
    fix = set_recipe([*path, "mode"], mode, f'Set mode to "{mode}"')
    return Problem(code="monitor-mode", message=message, recipe=[*path, "mode"], fixes=[fix])
