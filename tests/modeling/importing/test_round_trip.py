"""A drawing written as code, run as Python, saved by Keras and imported is the drawing that it was."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from layerloom.graph.document import Graph
from layerloom.modeling.importing.reading import read_file
from layerloom.modeling.source.styles import functional
from tests.modeling.graphs import drawings
from tests.modeling.importing.meaning import meaning
from tests.modeling.source.running import namespace_of

UNHURRIED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def came_back(graph: Graph) -> Graph:
    """The drawing of the model that the drawing's source makes."""
    model = namespace_of(functional(graph))["model"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        path.write_text(model.to_json(), encoding="utf-8")
        answer = read_file(path, path.name, path.parent)
    assert answer.problems == []
    return answer.graph


@settings(max_examples=15, deadline=None, suppress_health_check=UNHURRIED, database=None)
@given(drawings())
def test_a_drawing_comes_back_from_its_code(graph: Graph) -> None:
    assert meaning(came_back(graph)) == meaning(graph)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@settings(max_examples=200, phases=[Phase.generate], deadline=None, suppress_health_check=UNHURRIED, database=None)
@given(drawings())
def test_200_drawings_come_back_from_their_code(graph: Graph) -> None:
    assert meaning(came_back(graph)) == meaning(graph)
