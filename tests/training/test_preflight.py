import time
from pathlib import Path

import pytest

from layerloom.data.library import Library
from layerloom.data.suggest import suggest
from layerloom.graph.document import Graph
from layerloom.graph.patch import apply
from layerloom.problem import Fix, Problem
from layerloom.recipe import Recipe
from layerloom.report import CheckReport
from layerloom.training.monitor_problems import metric_names
from layerloom.training.plan import plan
from layerloom.training.preflight import check_json, preflight
from tests.training.making import FLOWER, SOFTMAX, Layer, flower, flower_recipe, of_kind, run, with_recipe
from tests.training.mistakes import MISTAKES, two_outputs

BUDGET_BYTES = 2**33


def of_recipe(report: CheckReport) -> list[Problem]:
    """The problems that the drawing alone does not have."""
    return [problem for problem in report.problems if problem.recipe is not None]


def mended(graph: Graph, recipe: Recipe, fix: Fix) -> tuple[Graph, Recipe]:
    return apply(graph, fix.patch), with_recipe(recipe, fix.patch)


def test_a_recipe_that_fits_has_no_problems(home: Path) -> None:
    report = preflight(flower(SOFTMAX), flower_recipe(), home, BUDGET_BYTES)

    assert (report.ready, report.problems) == (True, [])


def test_a_drawing_without_a_recipe_is_checked_alone(home: Path) -> None:
    report = CheckReport.model_validate_json(check_json(flower(SOFTMAX), None, home, BUDGET_BYTES))

    assert (report.ready, report.parameters) == (True, 15)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_said_where_it_is(home: Path, name: str) -> None:
    mistake = MISTAKES[name]

    problems = of_recipe(preflight(mistake.graph, mistake.recipe, home, BUDGET_BYTES))

    assert sorted(problem.code for problem in problems) == sorted(mistake.said)
    first = next(problem for problem in problems if problem.code == mistake.said[0])
    assert mistake.words in first.message
    assert first.message.endswith((".", "?"))


@pytest.mark.parametrize("name", [name for name, mistake in MISTAKES.items() if mistake.fixable])
def test_each_fix_removes_its_problem_and_makes_no_error(home: Path, name: str) -> None:
    mistake = MISTAKES[name]
    before = preflight(mistake.graph, mistake.recipe, home, BUDGET_BYTES)
    problem = next(problem for problem in of_recipe(before) if problem.code == mistake.said[0])

    assert problem.fixes
    for fix in problem.fixes:
        graph, recipe = mended(mistake.graph, mistake.recipe, fix)
        after = preflight(graph, recipe, home, BUDGET_BYTES)
        left = {(other.code, other.message) for other in after.problems}
        known = {(other.code, other.message) for other in before.problems}
        assert (problem.code, problem.message) not in left
        assert [other for other in after.problems if other.severity == "error" and _place(other) not in known] == []


def _place(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.message


def test_a_fix_says_what_it_costs_in_weights(home: Path) -> None:
    mistake = MISTAKES["units-classes"]

    [problem] = of_recipe(preflight(mistake.graph, mistake.recipe, home, BUDGET_BYTES))

    assert [(fix.label, fix.parameters_added) for fix in problem.fixes] == [("Set units to 3", 5)]
    assert (problem.node, problem.parameter) == ("n1", "units")


def test_metrics_have_the_names_that_training_reports(home: Path, tmp_path: Path) -> None:
    recipe = flower_recipe(
        data__inputs={"flower": FLOWER[:3]},
        data__targets={"species": ["species"], "width": ["petal_width_cm"]},
        compile__outputs__width={"loss": {"type": "Huber"}, "metrics": [{"type": "RootMeanSquaredError"}]},
        fit__epochs=1,
    )
    graph = two_outputs()

    said = of_kind(run(graph, recipe, home, tmp_path), "epoch")[0].metrics

    report = preflight(graph, recipe, home, BUDGET_BYTES)
    names = metric_names(plan(graph, recipe, report, home))
    assert sorted(said) == sorted([*names, *(f"val_{name}" for name in names)])


def test_a_known_drawing_is_checked_again_in_milliseconds(home: Path) -> None:
    graph, recipe = flower(SOFTMAX), flower_recipe()
    preflight(graph, recipe, home, BUDGET_BYTES)

    began = time.perf_counter()
    preflight(graph, recipe, home, BUDGET_BYTES)

    assert time.perf_counter() - began < 0.1


def in_block(layer: Layer) -> Graph:
    """`flower` with its one layer in a block."""
    body = {
        "nodes": [
            {"id": "i", "type": "Input"},
            {"id": "d", "type": layer[0], "config": layer[1]},
            {"id": "o", "type": "Output"},
        ],
        "edges": [{"source": "i", "target": "d"}, {"source": "d", "target": "o"}],
    }
    document = flower(("block:last", {})).model_dump(mode="json")
    return Graph.model_validate({**document, "blocks": {"last": {"graph": body}}})


def test_a_recipe_sees_the_last_layer_through_a_block(home: Path) -> None:
    report = preflight(in_block(SOFTMAX), flower_recipe(), home, BUDGET_BYTES)

    assert (report.ready, report.problems, report.parameters) == (True, [], 15)


def test_a_mistake_of_the_recipe_inside_a_block_is_mended_in_its_definition(home: Path) -> None:
    graph = in_block(("Dense", {"units": 3, "activation": "relu"}))

    [problem] = preflight(graph, flower_recipe(), home, BUDGET_BYTES).problems
    after = preflight(apply(graph, problem.fixes[0].patch), flower_recipe(), home, BUDGET_BYTES)

    assert (problem.code, problem.node, problem.inside) == ("activation-loss", "n1", ["1", "d"])
    assert after.problems == []


def test_a_suggested_recipe_sees_the_last_layer_through_a_block(home: Path) -> None:
    dataset = Library(home).get("iris")

    assert suggest(in_block(SOFTMAX), dataset) == suggest(flower(SOFTMAX), dataset)
