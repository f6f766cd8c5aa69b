"""Whether the recipe's names exist: dataset, columns, Input and Output nodes."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import JsonValue

from layerloom.graph.patch import Change, SetRecipe
from layerloom.problem import Fix, Problem
from layerloom.training.plan import Plan, closest, listed, object_json, set_recipe


def binding_problems(plan: Plan) -> Iterator[Problem]:
    """Names that lead nowhere, and nodes that no name leads to."""
    if plan.dataset is None:
        yield _unknown_dataset(plan)
    yield from _unknown_columns(plan)
    yield from _unknown_nodes(plan)
    yield from _unbound_inputs(plan)
    yield from _unbound_outputs(plan)


def _unknown_dataset(plan: Plan) -> Problem:
    name = plan.recipe.data.dataset
    message = f"There is no dataset '{name}'. Pick one from the list."
    return Problem(code="unknown-dataset", message=message, recipe=["data", "dataset"])


def _unknown_columns(plan: Plan) -> Iterator[Problem]:
    if plan.dataset is None:
        return
    known = [column.name for column in plan.dataset.columns]
    for side, bound in (("inputs", plan.recipe.data.inputs), ("targets", plan.recipe.data.targets)):
        for node, columns in bound.items():
            for name in columns:
                if name not in known:
                    yield _unknown_column(plan.dataset.id, known, ["data", side, node], columns, name)


def _unknown_column(dataset: str, known: list[str], path: list[str], columns: list[str], name: str) -> Problem:
    message = f"Dataset '{dataset}' has no column '{name}'. It has {listed(known)}."
    guess = closest(name, known)
    fixes = []
    if guess:
        mended: list[JsonValue] = [guess if column == name else column for column in columns]
        fixes = [set_recipe(path, mended, f"Use '{guess}'")]
    return Problem(code="unknown-column", message=message, recipe=path, fixes=fixes)


def _unknown_nodes(plan: Plan) -> Iterator[Problem]:
    data, judged = plan.recipe.data, plan.recipe.compile.outputs
    for name in data.inputs:
        if name not in plan.inputs:
            free = [known for known in plan.inputs if known not in data.inputs]
            message = (
                f"The recipe feeds an Input '{name}', which the drawing does not have. It has {listed(plan.inputs)}."
            )
            fix = _moved([(["data", "inputs"], data.inputs)], name, free)
            yield Problem(code="unknown-input", message=message, recipe=["data", "inputs", name], fixes=[fix])
    for name in {**data.targets, **judged}:
        if name not in plan.outputs:
            free = [known for known in plan.outputs if known not in data.targets or known not in judged]
            message = (
                f"The recipe trains an Output '{name}', which the drawing does not have. It has {listed(plan.outputs)}."
            )
            outputs = {key: object_json(value) for key, value in judged.items()}
            places: list[tuple[list[str], Mapping[str, Any]]] = [
                (["data", "targets"], data.targets),
                (["data", "encoding"], data.encoding),
                (["compile", "outputs"], outputs),
            ]
            path = ["data", "targets", name] if name in data.targets else ["compile", "outputs", name]
            yield Problem(code="unknown-output", message=message, recipe=path, fixes=[_moved(places, name, free)])


def _moved(places: list[tuple[list[str], Mapping[str, Any]]], name: str, free: list[str]) -> Fix:
    """Give what belongs to `name` to the one node that has nothing yet, else take it away."""
    new = free[0] if len(free) == 1 else None
    patch: list[Change] = []
    for path, content in places:
        if name in content:
            moved = {key: value for key, value in content.items() if key != name}
            if new is not None:
                moved.setdefault(new, content[name])
            patch.append(SetRecipe(path=path, value=moved))
    return Fix(label=f"Use it for '{new}'" if new else f"Remove '{name}' from the recipe", patch=patch)


def _unbound_inputs(plan: Plan) -> Iterator[Problem]:
    for name, node in plan.inputs.items():
        if name in plan.recipe.data.inputs:
            continue
        path = ["data", "inputs", name]
        fixes = []
        if plan.suggestion and (columns := plan.suggestion.data.inputs.get(name)):
            fixes = [set_recipe(path, [*columns], f"Feed it {listed(columns)}")]
        message = f"Input '{name}' gets no data. Choose the columns that feed it."
        yield Problem(code="unbound-input", message=message, node=node.id, recipe=path, fixes=fixes)


def _unbound_outputs(plan: Plan) -> Iterator[Problem]:
    for name, node in plan.outputs.items():
        suggested = plan.suggestion
        if name not in plan.recipe.data.targets:
            path = ["data", "targets", name]
            message = f"Output '{name}' has no target. Choose the column that it should learn to predict."
            fixes = []
            if suggested and (columns := suggested.data.targets.get(name)):
                fixes = [set_recipe(path, [*columns], f"Predict {listed(columns)}")]
            yield Problem(code="unbound-output", message=message, node=node.id, recipe=path, fixes=fixes)
        if name not in plan.recipe.compile.outputs:
            path = ["compile", "outputs", name]
            message = f"Output '{name}' has no loss. Choose what its predictions are judged by."
            fixes = []
            if suggested and (judged := suggested.compile.outputs.get(name)):
                fixes = [set_recipe(path, object_json(judged), f"Use {judged.loss.type}")]
            yield Problem(code="missing-loss", message=message, node=node.id, recipe=path, fixes=fixes)
