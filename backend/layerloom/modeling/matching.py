"""Which layers of two drawings have the same name and weights of the same shapes: one can start from the other."""

from layerloom.graph.document import Graph
from layerloom.modeling.build import unallocated_model

Shapes = dict[str, list[tuple[int | None, ...]]]


def common_layers(graph: Graph, other: Graph) -> list[str]:
    """The names of the layers with weights that both drawings have, in the order of the first. Raises Refusal."""
    theirs = _shapes(other)
    return [name for name, shapes in _shapes(graph).items() if theirs.get(name) == shapes]


def _shapes(graph: Graph) -> Shapes:
    with unallocated_model(graph) as model:
        return {layer.name: [tuple(w.shape) for w in layer.weights] for layer in model.layers if layer.weights}
