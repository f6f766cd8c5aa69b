"""Whether rows can be weighted as the recipe wants: by a column, or by the classes of the one target."""

from collections.abc import Iterator

from pydantic import JsonValue

from layerloom.graph.patch import SetRecipe
from layerloom.problem import Fix, Problem
from layerloom.training.plan import Plan, closest, listed, set_recipe, warning

COLUMN = ["data", "sample_weight"]
CLASSES = ["fit", "class_weight"]


def weight_problems(plan: Plan) -> Iterator[Problem]:
    """Columns that are no weights, and class weights where there are no such classes."""
    yield from _column_problems(plan)
    yield from _class_problems(plan)


def _column_problems(plan: Plan) -> Iterator[Problem]:
    name = plan.recipe.data.sample_weight
    if name is None or plan.dataset is None:
        return
    off = set_recipe(COLUMN, None, "Count every row the same")
    known = {column.name: column for column in plan.dataset.columns}
    column = known.get(name)
    if column is None:
        guess = closest(name, known)
        message = f"Dataset '{plan.dataset.id}' has no column '{name}' to weigh rows by. It has {listed(known)}."
        fixes = [set_recipe(COLUMN, guess, f"Use '{guess}'"), off] if guess else [off]
        yield Problem(code="unknown-column", message=message, recipe=COLUMN, fixes=fixes)
    elif column.kind != "number":
        message = f"'{name}' is a {column.kind} column; rows are weighed by a number column. Choose another."
        yield Problem(code="sample-weight", message=message, recipe=COLUMN, fixes=[off])
    elif column.statistics and column.statistics.min < 0:
        lowest = f"'{name}' goes down to {column.statistics.min:g}"
        message = f"{lowest}: a weight below 0 would reward mistakes. Weigh rows by a column that is never below 0."
        yield Problem(code="sample-weight", message=message, recipe=COLUMN, fixes=[off])
    elif column.statistics and column.statistics.max == 0:
        yield Problem(
            code="sample-weight",
            message=f"'{name}' is 0 in every row: nothing would be learned. Choose another column.",
            recipe=COLUMN,
            fixes=[off],
        )
    elif column.missing and plan.recipe.data.missing == "refuse":
        message = f"Column '{name}', which weighs rows, has {column.missing:,} empty cells. Leave those rows out."
        drop = set_recipe(["data", "missing"], "drop", "Leave out rows with empty cells")
        yield Problem(code="non-finite", message=message, recipe=COLUMN, fixes=[drop, off])


def _class_problems(plan: Plan) -> Iterator[Problem]:
    given = plan.recipe.fit.class_weight
    if not given:
        return
    off = set_recipe(CLASSES, None, "Weigh all classes the same")
    targets = [plan.columns(names) for names in plan.recipe.data.targets.values()]
    if len(plan.recipe.data.targets) != 1:
        count = len(plan.recipe.data.targets)
        message = f"Keras weighs classes for a model with one output alone; this one has {count}. Use a sample weight."
        yield _refused(message, [off])
    elif plan.recipe.data.sample_weight is not None:
        message = "Keras takes class weights or sample weights, not both at once. Choose one of them."
        other = Fix(label="Keep the class weights", patch=[SetRecipe(path=COLUMN, value=None)])
        yield _refused(message, [off, other])
    elif targets[0] and (len(targets[0]) > 1 or targets[0][0].classes is None):
        yield _refused(f"'{targets[0][0].name}' is no single category: it has no classes to weigh.", [off])
    elif targets[0]:
        yield from _unknown_classes(given, targets[0][0].classes or [])


def _unknown_classes(given: dict[str, float], classes: list[str]) -> Iterator[Problem]:
    stray = [name for name in given if name not in classes]
    if stray:
        kept: dict[str, JsonValue] = {name: weight for name, weight in given.items() if name in classes}
        message = f"There is no class {listed(stray)}. The classes are {listed(classes)}."
        fix = set_recipe(CLASSES, kept or None, f"Take {listed(stray)} out")
        yield Problem(code="unknown-class", message=message, recipe=CLASSES, fixes=[fix])
    elif all(given.get(name, 1.0) == 0 for name in classes):
        message = "Every class weighs 0: nothing would be learned. Give at least one a weight above 0."
        yield _refused(message, [set_recipe(CLASSES, None, "Weigh all classes the same")])
    elif idle := [name for name in classes if given.get(name, 1.0) == 0]:
        message = f"Class {listed(idle)} weighs 0: rows of it teach nothing."
        yield warning("class-weight", message, CLASSES)


def _refused(message: str, fixes: list[Fix]) -> Problem:
    return Problem(code="class-weight", message=message, recipe=CLASSES, fixes=fixes)
