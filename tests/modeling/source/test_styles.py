"""Acceptance: each example in every style that applies, run by interpreters that know nothing of the app."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest

from layerloom.graph.document import Graph
from layerloom.modeling.build import summary
from layerloom.modeling.source.styles import STYLES, model_source
from layerloom.problem import Refusal
from tests.modeling.examples import names, read
from tests.modeling.source.running import run_all
from tests.server import ROOT

EXAMPLES = ROOT / "backend" / "layerloom" / "api" / "examples"


ALWAYS = {"mnist_mlp", "mnist_cnn", "iris_mlp", "text"}
"""Chains of layers whose sources are looked at in every run of the tests."""

Facts = dict[tuple[str, str], dict[str, Any]]


@cache
def graphs() -> dict[str, Graph]:
    """The drawings of the app's own examples and of `tests/examples/valid`."""
    offered = {path.stem: json.loads(path.read_text(encoding="utf-8"))["graph"] for path in EXAMPLES.glob("*.json")}
    return {
        **{name: read("valid", name)["graph"] for name in names("valid")},
        **{name: Graph.model_validate(graph) for name, graph in offered.items()},
    }


@cache
def summaries() -> dict[str, str]:
    """What the app says of the drawings, operations under Keras's own names: plain Keras can give them no other."""
    return {name: summary(with_unnamed_operations(graph)) for name, graph in graphs().items()}


def with_unnamed_operations(graph: Graph) -> Graph:
    nodes = [node.model_copy(update={"name": None}) if node.type.startswith("ops.") else node for node in graph.nodes]
    return graph.model_copy(update={"nodes": nodes})


@pytest.fixture(scope="module", params=[6, pytest.param(1, marks=pytest.mark.slow)])
def facts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """By style and drawing what its source makes; the Sequential styles of chains alone. One clean process for all."""
    sources: dict[tuple[str, str], str] = {}
    for style in STYLES:
        for name in sorted(ALWAYS | set([*graphs()][:: request.param])):
            with suppress_refusal("not-a-chain"):
                sources[style, name] = model_source(graphs()[name], style)
    return dict(zip(sources, run_all(list(sources.values()), tmp_path_factory.mktemp("sources")), strict=True))


@contextmanager
def suppress_refusal(code: str) -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        if refusal.code != code:
            raise


def of_style(facts: Facts, style: str, fact: str) -> dict[str, Any]:
    return {name: found[fact] for (one, name), found in facts.items() if one == style}


def without_input(text: str) -> str:
    """A summary without its first row, that of the Input: a Sequential model does not show it."""
    before, head, rows = text.partition("━┩\n")
    return before + head + rows[rows.index("┤\n") + 2 :]


def total(text: str) -> str:
    """The line of a summary that counts all parameters."""
    return next(line for line in text.splitlines() if "Total params" in line)


def test_functional_sources_have_the_summary_of_the_app(facts: Facts) -> None:
    found = of_style(facts, "functional", "summary")

    assert found == {name: summaries()[name] for name in found}


@pytest.mark.parametrize("style", ["sequential", "sequential_add"])
def test_sequential_sources_have_the_summary_of_the_app_but_for_its_input(style: str, facts: Facts) -> None:
    found = of_style(facts, style, "summary")

    # Where masks run beside the data, Keras shows the functional model as a network with a column more.
    plain = {name: text for name, text in summaries().items() if name in found and "Connected to" not in text}
    assert plain.keys() >= ALWAYS
    assert {name: found[name] for name in plain} == {name: without_input(text) for name, text in plain.items()}
    assert {name: total(text) for name, text in found.items()} == {name: total(summaries()[name]) for name in found}


def test_subclassed_sources_have_the_parameters_of_the_app(facts: Facts) -> None:
    found = of_style(facts, "subclass", "parameters")

    assert [name for name, count in found.items() if f"Total params: {count:,} " not in summaries()[name]] == []


def test_models_of_every_style_restore_their_weights(facts: Facts) -> None:
    assert [place for place, found in facts.items() if not found["restores"]] == []


@pytest.mark.parametrize(
    ("name", "node"),
    [
        ("shared-layer", "b"),
        ("residual", "c1"),
        ("input-straight-to-output", "a"),
        ("same-tensor-twice", "a"),
        ("one-layer-two-outputs", "d"),
    ],
)
def test_a_drawing_that_is_no_chain_is_refused_at_the_node_where_it_branches(name: str, node: str) -> None:
    with pytest.raises(Refusal) as refused:
        model_source(read("valid", name)["graph"], "sequential")

    assert [(p.code, p.node) for p in refused.value.problems] == [("not-a-chain", node)]


def test_a_drawing_with_mistakes_is_refused_with_its_problems() -> None:
    with pytest.raises(Refusal) as refused:
        model_source(read("invalid", "rank")["graph"], "functional")

    assert (refused.value.code, [p.code for p in refused.value.problems]) == ("graph-not-ready", ["rank"])
