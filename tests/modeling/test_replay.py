"""A drawing computed node by node comes to what its model says: blocks, shared layers, several ends."""

import json
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from layerloom.graph.document import Graph
from layerloom.modeling.build import build_model
from layerloom.modeling.replay import replay

VALID = Path(__file__).parents[1] / "examples/valid"
DRAWINGS = (
    "blocks",
    "shared-block",
    "shared-layer",
    "two-inputs-two-outputs",
    "order-of-merge",
    "arithmetic",
    "sequence",
)


def drawn(tensor: keras.KerasTensor) -> Any:
    numbers = keras.random.uniform([2, *(size or 3 for size in tensor.shape[1:])], maxval=9, seed=1)
    return keras.ops.cast(numbers, tensor.dtype)


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_outputs_are_those_of_the_model(name: str) -> None:
    content = json.loads((VALID / f"{name}.json").read_text())
    graph = Graph.model_validate(content.get("graph", content))
    model = build_model(graph)
    taken = model.input if isinstance(model.input, dict) else {model.inputs[0].name: model.input}
    inputs = {name: drawn(tensor) for name, tensor in taken.items()}

    seen = replay(graph, model, inputs)

    said = model(inputs if isinstance(model.input, dict) else next(iter(inputs.values())))
    ends = [node for node in graph.nodes if node.type == "Output"]
    expected = [said[node.name] if isinstance(said, dict) else said for node in ends]
    assert all(np.allclose(seen[node.id], one, atol=1e-6) for node, one in zip(ends, expected, strict=True))
    assert {node.id for node in graph.nodes} <= seen.keys()
