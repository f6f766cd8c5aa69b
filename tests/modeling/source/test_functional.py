import keras
from hypothesis import HealthCheck, given, settings

from layerloom.graph.document import Graph
from layerloom.modeling.build import build_model
from layerloom.modeling.source.styles import model_source
from tests.modeling.graphs import drawings
from tests.modeling.source.running import namespace_of


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawings())
def test_the_functional_source_of_any_drawing_makes_its_model(graph: Graph) -> None:
    made = namespace_of(model_source(graph, "functional"))["model"]

    built = build_model(graph)
    assert made.get_config() == built.get_config()
    assert [weight.shape for weight in made.weights] == [weight.shape for weight in built.weights]
    keras.utils.clear_session(free_memory=False)
