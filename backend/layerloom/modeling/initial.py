"""The model that a training would start from."""

import keras

from layerloom.graph.document import Graph
from layerloom.modeling.build import build_model


def initial_model(graph: Graph, seed: int, budget_bytes: int) -> keras.Model:
    """The model with the weights that a run with this seed has before its first step.

    Raises Refusal `graph-not-ready` for a drawing with mistakes, or one that needs more than `budget_bytes`.
    """
    keras.utils.set_random_seed(seed)
    return build_model(graph, budget_bytes)
