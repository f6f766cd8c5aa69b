"""Imported weights as the start of a training: layers are matched by name, new ones start afresh."""

from pathlib import Path

import h5py
import keras

from layerloom.graph.document import Graph
from layerloom.imported import read_manifest
from layerloom.modeling.build import unallocated_model
from layerloom.modeling.importing.fitting import nodes_by_layer
from layerloom.problem import Problem


def misfits(graph: Graph, folder: Path) -> list[Problem]:
    """Why the weights in `folder` do not fit the drawing: a layer of the same name with other shapes, or none at all.

    Raises Refusal for a drawing with mistakes, UnknownWeights where the weights are gone.
    """
    held = read_manifest(folder).layers
    with unallocated_model(graph) as model:
        layers = [layer for layer in model.layers if layer.weights]
        needed = {layer.name: [tuple(weight.shape) for weight in layer.weights] for layer in layers}
    ids = nodes_by_layer(graph)
    problems = [
        _other_shapes(name, needed[name], held[name], ids.get(name))
        for name in needed
        if name in held and needed[name] != [tuple(shape) for shape in held[name]]
    ]
    if not problems and not held.keys() & needed.keys():
        message = "No layer of this drawing bears the name of a layer of the imported weights. Start without them."
        return [Problem(code="weights-mismatch", message=message, parameter="weights")]
    return problems


def give(model: keras.Model, weights: Path) -> frozenset[str]:
    """Set the weights of every layer that the file knows by name; the names of those layers."""
    given = set()
    with h5py.File(weights, "r") as file:
        for layer in model.layers:
            if layer.weights and layer.name in file:
                group = file[layer.name]
                layer.set_weights([group[str(index)][()] for index in range(len(layer.weights))])
                given.add(layer.name)
                if isinstance(layer, keras.layers.Normalization):
                    layer.finalize_state()  # its mean and variance are worked out from its weights
    return frozenset(given)


def _other_shapes(name: str, needed: list[tuple[int, ...]], held: list[list[int]], node: str | None) -> Problem:
    message = (
        f"Layer '{name}' needs weights of the shapes {_shown(needed)}, the imported ones have {_shown(held)}. "
        "Rename the layer to start it afresh, or start without the imported weights."
    )
    return Problem(code="weights-mismatch", message=message, node=node, parameter="weights")


def _shown(shapes: list[tuple[int, ...]] | list[list[int]]) -> str:
    return ", ".join(f"({', '.join(map(str, shape))})" for shape in shapes[:6]) or "none"
