"""The check before a training: what Keras makes of the drawing, and whether recipe, dataset and drawing fit."""

from pathlib import Path

from layerloom.graph.blocks import expand
from layerloom.graph.document import Graph
from layerloom.graph.patch import SetRecipe, apply
from layerloom.modeling.check import check_graph
from layerloom.modeling.inside import located
from layerloom.problem import Fix, Problem
from layerloom.recipe import Recipe
from layerloom.report import CheckReport
from layerloom.training.binding_problems import binding_problems
from layerloom.training.data_problems import data_problems
from layerloom.training.fitting_problems import fitting_problems
from layerloom.training.mixing_problems import mixing_problems
from layerloom.training.monitor_problems import monitor_problems
from layerloom.training.object_problems import object_problems
from layerloom.training.plan import Plan, plan
from layerloom.training.rate_problems import precision_problems, rate_problems
from layerloom.training.split_problems import split_problems
from layerloom.training.weight_problems import weight_problems


def check_json(graph: Graph, recipe: Recipe | None, home: Path, budget_bytes: int) -> str:
    """`preflight` as JSON text."""
    return preflight(graph, recipe, home, budget_bytes).model_dump_json()


def preflight(graph: Graph, recipe: Recipe | None, home: Path, budget_bytes: int) -> CheckReport:
    """What is wrong with the drawing alone and, if there is a recipe, with training it so. Trains nothing."""
    report = check_graph(graph, budget_bytes)
    if recipe is None:
        return report
    expanded = expand(graph)
    found = located(recipe_problems(plan(expanded.graph, recipe, report, home), home), expanded)
    problems = [*report.problems, *(_costed(problem, graph, report, budget_bytes) for problem in found)]
    return report.model_copy(
        update={
            "ready": all(problem.severity != "error" for problem in problems),
            "problems": sorted(problems, key=lambda problem: problem.severity == "warning"),
        }
    )


def recipe_problems(plan: Plan, home: Path) -> list[Problem]:
    """Everything wrong with the recipe, for this drawing and its dataset."""
    objects = object_problems(plan)
    # A loss that does not exist can not fit or not fit.
    broken = {tuple(problem.recipe or [])[:3] for problem in objects if problem.severity == "error"}
    return [
        *binding_problems(plan),
        *data_problems(plan),
        *split_problems(plan, home),
        *(p for target in plan.targets if tuple(target.path[:3]) not in broken for p in fitting_problems(plan, target)),
        *objects,
        *weight_problems(plan),
        *mixing_problems(plan),
        *rate_problems(plan),
        *precision_problems(plan),
        *(monitor_problems(plan) if not broken else []),
    ]


def _costed(problem: Problem, graph: Graph, report: CheckReport, budget_bytes: int) -> Problem:
    """The problem with what each of its fixes costs in weights, without those that would break the drawing."""
    fixes = (_tried(fix, graph, report, budget_bytes) for fix in problem.fixes)
    return problem.model_copy(update={"fixes": [fix for fix in fixes if fix]})


def _tried(fix: Fix, graph: Graph, report: CheckReport, budget_bytes: int) -> Fix | None:
    if all(isinstance(change, SetRecipe) for change in fix.patch):
        return fix
    after = check_graph(apply(graph, fix.patch), budget_bytes)
    if _errors(after) - _errors(report):
        return None
    return fix.model_copy(update={"parameters_added": after.parameters - report.parameters})


def _errors(report: CheckReport) -> set[tuple[str, str | None]]:
    return {(problem.code, problem.place) for problem in report.problems if problem.severity == "error"}
