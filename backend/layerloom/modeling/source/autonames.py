"""Which layers must be given their name: those that Keras, in a fresh process, would name otherwise by itself."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from layerloom.graph.document import Node
from layerloom.graph.naming import snake_case
from layerloom.modeling.drawing import INPUT, OUTPUT
from layerloom.modeling.operation_names import operation_stems
from layerloom.modeling.reflection import find, node_family

_PLAIN = frozenset(
    {"Activation", "Convolution", "Core", "Merging", "Normalization", "Pooling", "Regularization", "Reshaping"}
)
"""Categories of layers that make no layers of their own, wrappers among them aside."""

_SINGLE = frozenset({"Normalization", "Rescaling"})
"""Such layers of other categories."""

_WRAPPED = frozenset({"layer", "layers"})


@dataclass(frozen=True)
class Created:
    """A layer as it is created: the id and type of its node, its name, and whether a person chose that."""

    node: str
    type: str
    name: str
    chosen: bool


def names_to_write(created: Sequence[Created], *, beside_operations: bool = False) -> set[str]:
    """Node ids of the layers, given in the order of their creation, that need `name=`.

    Keras numbers the layers of a class that have no name: `dense`, `dense_1`, ... Layers inside of other layers count
    too, and not always the same way, so where there may be some, every layer is named. Operations count with the layers
    that are called like them (`add`): `beside_operations`, such layers are named.
    """
    if not all(makes_no_layers(layer.type) for layer in created):
        return {layer.node for layer in created}
    counts: Counter[str] = Counter()
    needed: set[str] = set()
    for layer in created:
        stem = snake_case(layer.type)
        shared = beside_operations and stem in operation_stems()
        if shared or layer.chosen or layer.name != (f"{stem}_{counts[stem]}" if counts[stem] else stem):
            needed.add(layer.node)
        else:
            counts[stem] += 1
    return needed


def makes_layers(node: Node) -> bool:
    """Whether this node may make more than one layer."""
    is_layer = node.shares is None and node.type not in (INPUT, OUTPUT) and node_family(node.type) != "operations"
    return is_layer and not makes_no_layers(node.type)


def makes_no_layers(type: str) -> bool:
    """Whether layers of this class are sure to be single ones."""
    entry = find("layers", type)
    if entry is None or (entry.category not in _PLAIN and type not in _SINGLE):
        return False
    return not any(parameter.kind in _WRAPPED for parameter in entry.parameters)
