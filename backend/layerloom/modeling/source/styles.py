"""The styles in which a drawing is written as a model: functional, Sequential (two ways), subclassed."""

from collections.abc import Callable, Mapping
from functools import cache

import keras

from layerloom.graph.document import Graph
from layerloom.modeling.source.chain import require_chain
from layerloom.modeling.source.identifiers import class_identifier
from layerloom.modeling.source.programs import program
from layerloom.modeling.source.rendering import code
from layerloom.modeling.source.writer import CALL_NAMES

_SET_LATER = frozenset({"history", "inputs", "loss", "loss_weights", "optimizer", "outputs", "stop_training"})
"""Attributes that a model gets when it is compiled, fitted or loaded."""


def model_source(graph: Graph, style: str) -> str:
    """The drawing as a Python module that defines `model`; `style` is a key of `STYLES`.

    Raises Refusal `graph-not-ready` with the problems of the drawing, `not-a-chain` for a Sequential style.
    """
    return STYLES[style](graph)


def functional(graph: Graph) -> str:
    """Tensors led from layer to layer, then `keras.Model(inputs, outputs)`."""
    written = program(graph)
    return code("functional", program=written, kept=written.shared)


def sequential(graph: Graph) -> str:
    """A list of layers in `keras.Sequential`."""
    return _chain(graph, "sequential")


def sequential_add(graph: Graph) -> str:
    """An empty `keras.Sequential` and `add` for each layer."""
    return _chain(graph, "sequential_add")


def subclass(graph: Graph) -> str:
    """A class: layers made in `__init__`, called in `call`."""
    class_name = class_identifier(graph.name, "Network", taken=("Network",))
    written = program(graph, taken=(*CALL_NAMES, class_name), attributes=_attributes(), scoped=True, blocks="classes")
    return code("subclass", program=written, class_name=class_name)


def _chain(graph: Graph, template: str) -> str:
    written = program(graph, blocks="written-out")
    require_chain(graph)
    return code(template, program=written)


@cache
def _attributes() -> frozenset[str]:
    """What a model has already: a layer stored under such a name would break it."""
    return frozenset({*dir(keras.Model()), *_SET_LATER})


STYLES: Mapping[str, Callable[[Graph], str]] = {
    "functional": functional,
    "sequential": sequential,
    "sequential_add": sequential_add,
    "subclass": subclass,
}
