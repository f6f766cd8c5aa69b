import re

import pytest

from layerloom.graph.document import Graph
from layerloom.graph.patch import apply
from layerloom.modeling.check import check_graph
from layerloom.problem import Problem
from tests.modeling.examples import names, read

WITHOUT_FIX = {
    "bad-value-combination",
    "missing-parameter-block",
    "no-input-block",
    "no-output-block",
    "bad-value-weights",
    "layer-error",
    "missing-input-merge",
    "missing-input-numbers",
    "mixes-samples",
    "mixes-samples-einsum",
    "no-batch",
    "no-batch-output",
    "not-offered",
    "not-offered-operation",
    "rank-application",
    "rank-matrices",
    "reshape-two-free-sizes",
    "shape-mismatch-arithmetic",
    "shape-mismatch-matmul",
    "too-large-arange",
    "too-large-constant",
    "too-large-constants",
    "unknown-type-operation",
}
"""Examples whose mistake no one click can mend: only a person knows what was meant."""


def place(problem: Problem) -> dict[str, str]:
    place = problem.model_dump(include={"code", "node", "port", "parameter", "severity"}, exclude_none=True)
    return {key: value for key, value in place.items() if (key, value) != ("severity", "error")}


def sorted_places(places: list[dict[str, str]]) -> list[dict[str, str]]:
    return sorted(places, key=str)


@pytest.mark.parametrize("name", names("invalid"))
def test_a_broken_drawing_has_these_problems_and_no_others(name: str) -> None:
    example = read("invalid", name)

    report = check_graph(example["graph"], example["budget_bytes"])

    assert sorted_places([place(problem) for problem in report.problems]) == sorted_places(example["expected"])


@pytest.mark.parametrize("name", names("invalid"))
def test_every_offered_fix_removes_its_problem(name: str) -> None:
    example = read("invalid", name)
    report = check_graph(example["graph"], example["budget_bytes"])

    left = [
        (fix.label, place(problem))
        for problem in report.problems
        for fix in problem.fixes
        if place(problem) in places_after(apply(example["graph"], fix.patch), example["budget_bytes"])
    ]

    assert left == []


@pytest.mark.parametrize("name", sorted(set(names("invalid")) - WITHOUT_FIX))
def test_every_problem_that_can_be_mended_offers_a_fix_with_its_cost(name: str) -> None:
    example = read("invalid", name)

    problems = check_graph(example["graph"], example["budget_bytes"]).problems

    assert [p.code for p in problems if not p.fixes] == []
    assert all(fix.parameters_added is not None for p in problems for fix in p.fixes)


@pytest.mark.parametrize("name", names("invalid"))
def test_messages_are_sentences_without_paths_dumps_and_colour_codes(name: str) -> None:
    example = read("invalid", name)

    messages = [p.message for p in check_graph(example["graph"], example["budget_bytes"]).problems]

    assert [m for m in messages if re.search(r"\x1b|site-packages|KerasTensor|Arguments received|\n", m)] == []
    assert all(message[-1] in ".?)" and len(message) < 600 for message in messages)


def places_after(graph: Graph, budget_bytes: int) -> list[dict[str, str]]:
    return [place(problem) for problem in check_graph(graph, budget_bytes).problems]
