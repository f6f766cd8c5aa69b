"""Constants of a model with operations: what a drawing says of them is what Keras computed with."""

from typing import Any

import keras
import numpy as np
import pytest

from layerloom.graph.document import Graph
from layerloom.modeling.build import build_model
from tests.modeling.importing.test_round_trip import imported

X = keras.Input((2,), name="x")
ROWS = np.array([[1.5, -2.0], [0.25, 8.0]], "float32")


def constants(graph: Graph) -> list[tuple[str, dict[str, Any]]]:
    """Every operation with its config."""
    return [(node.type, node.config) for node in graph.nodes if node.type.startswith("ops.")]


@pytest.mark.parametrize(
    ("tensor", "drawn"),
    [
        (keras.ops.add(X, np.array([1, 2], "float32")), [("ops.add", {"x2": [1.0, 2.0]})]),
        (keras.ops.subtract(3.0, X), [("ops.subtract", {"x1": 3.0})]),
        (
            keras.ops.multiply(X, keras.ops.ones((2,), dtype="float16")),
            [("ops.multiply", {}), ("ops.array", {"x": [1.0, 1.0], "dtype": "float16"})],
        ),
        (
            keras.ops.einsum("bi,ij->bj", X, np.array([[0.0, 1.0], [2.0, 0.0]], "float32")),
            [("ops.einsum", {"subscripts": "bi,ij->bj"}), ("ops.array", {"x": [[0.0, 1.0], [2.0, 0.0]]})],
        ),
    ],
    ids=["in the config", "on the left", "of another dtype", "among operands"],
)
def test_a_constant_is_kept(tensor: keras.KerasTensor, drawn: list[tuple[str, dict[str, Any]]]) -> None:
    model = keras.Model(X, tensor)

    graph = imported(model.to_json())

    assert constants(graph) == drawn
    assert np.array(build_model(graph)(ROWS)).tolist() == np.array(model(ROWS)).tolist()
