"""A drawing written as code, run as Python, saved by Keras and imported is the drawing that it was.

Equal is what both mean (`meaning`): the calls of layers and operations with all that reaches them, as they are once all
blocks are put in. Code has functions for blocks, and what Keras keeps of a model is what they made.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from layerloom.graph.document import Graph
from layerloom.modeling.importing.reading import read_file
from layerloom.modeling.source.styles import functional
from tests.modeling.graphs import drawings
from tests.modeling.importing.meaning import meaning
from tests.modeling.source.running import Interpreter, interpreter, namespace_of

UNHURRIED = list(HealthCheck)


def imported(description: str) -> Graph:
    """The drawing of a model that Keras describes so."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        path.write_text(description, encoding="utf-8")
        answer = read_file(path, path.name, path.parent)
    assert answer.problems == []
    return answer.graph


@settings(max_examples=15, deadline=None, suppress_health_check=UNHURRIED, database=None)
@given(drawings(whole=True))
def test_a_drawing_comes_back_from_its_code(graph: Graph) -> None:
    model = namespace_of(functional(graph))["model"]

    assert meaning(imported(model.to_json())) == meaning(graph)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Interpreter]:
    with interpreter(tmp_path_factory.mktemp("clean")) as started:
        yield started


@pytest.mark.slow
@pytest.mark.timeout(1200)
@settings(max_examples=200, phases=[Phase.generate], deadline=None, suppress_health_check=UNHURRIED, database=None)
@given(graph=drawings(whole=True))
def test_200_drawings_come_back_from_their_code_run_in_a_clean_process(clean: Interpreter, graph: Graph) -> None:
    assert meaning(imported(clean.description(functional(graph)))) == meaning(graph)
