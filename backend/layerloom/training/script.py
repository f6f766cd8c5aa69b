"""A training as a program that does it without this app, or as a notebook: the same numbers with Keras alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layerloom.data.library import Library
from layerloom.graph.blocks import expand
from layerloom.graph.document import Graph, Node
from layerloom.modeling.build import NO_LIMIT
from layerloom.modeling.source.expressions import object_of
from layerloom.modeling.source.literals import list_of, literal
from layerloom.modeling.source.program import Program
from layerloom.modeling.source.programs import program
from layerloom.modeling.source.rendering import code, filled, formatted
from layerloom.problem import Refusal
from layerloom.recipe import KerasObject, Recipe
from layerloom.training.adapt import ADAPTED, GIVEN
from layerloom.training.devices import only_one
from layerloom.training.plan import Plan, plan
from layerloom.training.preflight import preflight
from layerloom.training.script_callbacks import callback_expression
from layerloom.training.script_data import ScriptData, bare_expression, script_data
from layerloom.training.signature import Signature, Tensor
from layerloom.training.stored import windows_of

_TAKEN = frozenset(
    {"BATCH_SIZE", "Batches", "COLUMNS", "DATA", "EPOCHS", "NAMES", "SEED", "SHARERS", "VALIDATION_FRACTION"}
    | {
        "columns",
        "history",
        "order",
        "path",
        "prepare",
        "read",
        "rows",
        "shuffled",
        "split",
        "training",
        "validation",
        "x",
        "y",
        "data",
    }
    | {"held_out", "hold_out", "named", "results", "test", "test_rows", "validation_rows"}
    | {"gpus", "layer", "strategy", "tf"}
)
"""Variables of the templates."""

SECTIONS = ("settings", "model", "data", "adapt", "compile", "fit", "evaluate", "save")


@dataclass(frozen=True)
class Adapted:
    """A layer that learns from the data before training: its variable, and the tensor that reaches it first.

    `known_alone` says that empty cells reach it, of which it is to learn nothing.
    """

    variable: str
    reaching: str
    is_input: bool
    known_alone: bool


def script(graph: Graph, recipe: Recipe, home: Path) -> str:
    """The training as a program to be run by itself. Raises Refusal `graph-not-ready` as a run would."""
    return code("script", standalone=True, **_values(graph, recipe, home))


def notebook(graph: Graph, recipe: Recipe, home: Path) -> str:
    """The training as a Jupyter notebook (nbformat 4.5), as JSON text. Raises Refusal `graph-not-ready`."""
    values = {"standalone": False, **_values(graph, recipe, home)}
    cells = [_markdown("intro", filled("notebook_intro.md.j2", **values))]
    for section in _sections(values):
        cells.append(_markdown(f"about-{section}", filled(f"notebook_{section}.md.j2", **values)))
        cells.append(_code(section, formatted(filled(f"section_{section}.py.j2", **values))))
    return json.dumps(_notebook(cells), ensure_ascii=False, indent=1)


def _values(graph: Graph, recipe: Recipe, home: Path) -> dict[str, Any]:
    """What the templates print."""
    report = preflight(graph, recipe, home, NO_LIMIT)
    errors = [problem for problem in report.problems if problem.severity == "error"]
    if errors:
        raise Refusal("graph-not-ready", f"This can not be trained. {errors[0].message}", report.problems)
    planned = plan(graph, recipe, report, home)
    if planned.dataset is None:
        raise LookupError(recipe.data.dataset)
    written = program(graph, taken=_TAKEN, blocks="written-out" if _adapts_inside_blocks(graph) else "functions")
    shape = _signature(planned, written)
    adapted = _adapted(written, recipe.data.missing == "keep")
    return {
        "program": written,
        "recipe": recipe,
        "shared": not only_one(graph, recipe),
        "data": script_data(planned.dataset, recipe, shape, windows_of(Library(home), recipe.data)),
        "adapted": adapted,
        "kept": {*written.shared, *adapted},
        "compile": _compile(recipe, list(shape.outputs)),
        "callbacks": [callback_expression(described) for described in recipe.callbacks],
    }


def _sections(values: Mapping[str, Any]) -> list[str]:
    data: ScriptData = values["data"]
    left_out = {*(() if values["adapted"] else ("adapt",)), *(() if data.tested else ("evaluate",))}
    return [section for section in SECTIONS if section not in left_out]


def _signature(planned: Plan, written: Program) -> Signature:
    """What the model takes and gives, from the check: nothing is built for it."""
    ends = {target.name: target.source for target in planned.targets}
    return Signature(
        inputs={port.name: _tensor(planned, planned.inputs[port.name]) for port in written.inputs},
        outputs={
            port.name: Tensor(shape=list(ends[port.name].shape[1:]), dtype=ends[port.name].dtype)
            for port in written.outputs
        },
    )


def _tensor(planned: Plan, node: Node) -> Tensor:
    arriving = planned.arriving(node)
    if arriving is None:
        raise LookupError(node.id)
    return Tensor(shape=arriving.shape[1:], dtype=arriving.dtype)


def _adapts_inside_blocks(graph: Graph) -> bool:
    """Whether a block holds a layer that is adapted: then that layer needs a variable of its own."""
    expanded = expand(graph)
    classes = {cls.__name__ for cls in ADAPTED}
    return any(node.type in classes and len(expanded.origin[node.id]) > 1 for node in expanded.graph.nodes)


def _adapted(written: Program, keeps_empty: bool) -> dict[str, Adapted]:
    """The layers that are adapted, by node id, in the order of their calls."""
    classes = {cls.__name__ for cls in ADAPTED}
    inputs = {port.variable for port in written.inputs}
    found = {}
    for step in written.steps:
        if step.layer is None or not step.first or step.layer.type not in classes:
            continue
        if not any(step.layer.config.get(name) is not None for name in GIVEN):
            normal = step.layer.type == "Normalization" and step.layer.config.get("axis", -1) in (-1, [-1])
            found[step.layer.node] = Adapted(
                f"{step.layer.variable}_layer", step.arguments, step.arguments in inputs, keeps_empty and normal
            )
    return found


def _compile(recipe: Recipe, outputs: list[str]) -> dict[str, str]:
    """The arguments of `compile`, by name."""
    judged = {name: recipe.compile.outputs[name] for name in outputs}
    arguments = {
        "optimizer": object_of("optimizers", recipe.compile.optimizer),
        "loss": bare_expression({name: object_of("losses", one.loss) for name, one in judged.items()}),
    }
    if any(one.loss_weight != 1 for one in judged.values()):
        arguments["loss_weights"] = bare_expression({name: literal(one.loss_weight) for name, one in judged.items()})
    if any(one.metrics for one in judged.values()):
        arguments["metrics"] = bare_expression({name: _metrics(one.metrics) for name, one in judged.items()})
    if any(one.weighted_metrics for one in judged.values()):
        weighted = {name: _metrics(one.weighted_metrics) for name, one in judged.items()}
        arguments["weighted_metrics"] = bare_expression(weighted)
    if not recipe.compile.auto_scale_loss:
        arguments["auto_scale_loss"] = "False"
    return arguments


def _metrics(described: list[KerasObject]) -> str:
    return list_of(object_of("metrics", one) for one in described)


def _markdown(id: str, text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": id, "metadata": {}, "source": text.strip()}


def _code(id: str, text: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": id,
        "metadata": {},
        "outputs": [],
        "source": text.strip(),
    }


def _notebook(cells: list[dict[str, Any]]) -> dict[str, Any]:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
