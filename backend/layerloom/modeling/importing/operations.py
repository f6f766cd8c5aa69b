"""Tensor functions of a functional model as nodes: `keras.ops.matmul` is the class `Matmul` in a file."""

from layerloom.graph.document import Node
from layerloom.graph.naming import snake_case
from layerloom.modeling.importing.configs import plain
from layerloom.modeling.importing.draft import Draft
from layerloom.modeling.importing.models import Layer


def operation_node(draft: Draft, layer: Layer) -> Node:
    """The node of an operation, with what Keras wrote of its arguments."""
    config = {name: plain(value) for name, value in layer.kind.config.items() if name != "name"}
    return draft.add(f"ops.{snake_case(layer.kind.type)}", layer.name, config)
