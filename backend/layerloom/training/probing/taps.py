"""Where a model can be looked into: each operation of its graph with the tensors it gives out and its weights."""

from dataclasses import dataclass

import keras


@dataclass(frozen=True)
class Tap:
    """One layer (or operation) by its name: every tensor it gives out in this model, by all its calls."""

    name: str
    operation: keras.Operation
    tensors: list[keras.KerasTensor]
    final: bool
    """Whether the model answers with one of these tensors."""

    @property
    def trainable(self) -> list[keras.Variable]:
        """The weights that are trained; none for an operation."""
        return list(getattr(self.operation, "trainable_variables", []))

    @property
    def weights(self) -> list[keras.Variable]:
        """All weights, in Keras's order."""
        return list(getattr(self.operation, "weights", []))


def taps(model: keras.Model) -> list[Tap]:
    """Every operation of a functional model in the order in which they are called, those inside nested models as one.

    Tensors that are no numbers with a fraction have no gradient and are left out.
    """
    answers = {id(tensor) for tensor in keras.tree.flatten(model.output)}
    calls = {id(node) for nodes in model._nodes_by_depth.values() for node in nodes}
    return [_tap(operation, calls, answers) for operation in model.operations]


def floating(tensor: keras.KerasTensor) -> bool:
    """Whether gradients flow through this tensor."""
    return bool(keras.backend.is_float_dtype(tensor.dtype))


def _tap(operation: keras.Operation, calls: set[int], answers: set[int]) -> Tap:
    """A layer may be called outside this model too: only calls inside it count."""
    nodes = [node for node in operation._inbound_nodes if id(node) in calls]
    tensors = [tensor for node in nodes for tensor in node.output_tensors if floating(tensor)]
    return Tap(operation.name, operation, tensors, any(id(tensor) in answers for tensor in tensors))
