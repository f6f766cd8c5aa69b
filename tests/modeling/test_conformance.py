"""Conformance with Keras: what the check says of every layer class is what the built layer does on real data."""

from collections.abc import Mapping

import keras
import numpy as np
import pytest
import tensorflow as tf
from pydantic import JsonValue

from layerloom.graph.document import Edge, Graph, Node
from layerloom.modeling.build import build_model
from layerloom.modeling.check import check_graph
from layerloom.modeling.ports import output_ports
from layerloom.modeling.reflection import entries
from tests.modeling.examples import BUDGET_BYTES

Shape = tuple[int, ...]
Config = Mapping[str, JsonValue]

BATCH = 3
VECTOR, STEPS, PICTURE, VOLUME, FILM = (8,), (6, 8), (12, 12, 3), (6, 6, 6, 4), (4, 6, 6, 4, 2)
BY_CATEGORY: Mapping[str, Shape] = {
    "Activation": VECTOR,
    "Image preprocessing": PICTURE,
    "Merging": STEPS,
    "Normalization": STEPS,
    "Preprocessing": (1,),
    "Recurrent": STEPS,
    "Regularization": STEPS,
    "Attention": STEPS,
    "Core": VECTOR,
    "Reshaping": VECTOR,
}
BY_SPACE: Mapping[str, Shape] = {"1D": STEPS, "2D": PICTURE, "3D": VOLUME}
"""The input of layers that name their space, and of those that do not (by category)."""
SPECIAL: Mapping[str, Shape] = {
    "CategoryEncoding": (4,),
    "ConvLSTM1D": (4, 6, 2),
    "ConvLSTM2D": (4, 6, 6, 2),
    "ConvLSTM3D": FILM,
    "Flatten": PICTURE,
    "GRUCell": VECTOR,
    "LSTMCell": VECTOR,
    "MaxNumBoundingBoxes": PICTURE,
    "MelSpectrogram": (4_000,),
    "Permute": STEPS,
    "Pipeline": PICTURE,
    "Rescaling": PICTURE,
    "Resizing": PICTURE,
    "STFTSpectrogram": (4_000, 1),
    "SimpleRNNCell": VECTOR,
    "StackedRNNCells": VECTOR,
}
DTYPES: Mapping[str, str] = {
    "CategoryEncoding": "int32",
    "Embedding": "int32",
    "HashedCrossing": "int32",
    "Hashing": "int32",
    "IntegerLookup": "int64",
    "ReversibleEmbedding": "int32",
    "StringLookup": "string",
    "TextVectorization": "string",
}
CONFIGS: Mapping[str, Config] = {
    "Discretization": {"bin_boundaries": [0.2, 0.5, 0.8]},
    "Dot": {"axes": 2},
    "GroupNormalization": {"groups": 4},
    "HashedCrossing": {"num_bins": 5},
    "IntegerLookup": {"vocabulary": [0, 1, 2, 3]},
    "MelSpectrogram": {"sampling_rate": 8_000},
    "Normalization": {"mean": 0.5, "variance": 2.0},
    "RandomCrop": {"height": 8, "width": 8},
    "Resizing": {"height": 7, "width": 9},
    "CenterCrop": {"height": 8, "width": 8},
    "StringLookup": {"vocabulary": ["red", "green", "blue"]},
    "StackedRNNCells": {
        "cells": [
            {"type": "LSTMCell", "config": {"units": 4}},
            {"type": "GRUCell", "config": {"units": 3}},
            {"type": "LSTMCell", "config": {"units": 5}},
        ]
    },
    "STFTSpectrogram": {"window": None},
    "TextVectorization": {"vocabulary": ["red", "green", "blue"], "output_sequence_length": 5},
}
STATES: Mapping[str, list[Shape]] = {
    "GRUCell": [(64,)],
    "LSTMCell": [(64,), (64,)],
    "SimpleRNNCell": [(64,)],
    "StackedRNNCells": [(4,), (4,), (3,), (5,), (5,)],
}
"""What cells want besides their input."""
LAYERS = [type for type in entries("layers") if type not in ("Input", "Output")]


def sample_config(type: str) -> dict[str, JsonValue]:
    required = {each.name: each.suggestion for each in entries("layers")[type].parameters if each.required}
    return {**required, **CONFIGS.get(type, {})}


def sample_shape(type: str, category: str) -> Shape:
    space = next((shape for space, shape in BY_SPACE.items() if type.endswith((space, f"{space}Transpose"))), None)
    return SPECIAL.get(type) or space or BY_CATEGORY[category]


def drawing(type: str) -> Graph:
    """Inputs for every port that needs one (two for a merge), the layer, an Output for everything that comes out."""
    entry = entries("layers")[type]
    config, shape, dtype = sample_config(type), sample_shape(type, entry.category), DTYPES.get(type, "float32")
    nodes, edges = [Node(id="layer", type=type, name="layer", config=config)], []
    for port in entry.inputs:
        if not port.required:
            continue
        shapes = STATES[type] if port.name == "states" else [shape] * (2 if port.variadic else 1)
        for each in shapes:
            id = f"in{len(nodes)}"
            nodes.append(Node(id=id, type="Input", name=id, config={"shape": list(each), "dtype": dtype}))
            edges.append(Edge(source=id, target="layer", target_port=port.name))
    for port_name in output_ports(type, config):
        nodes.append(Node(id=f"out_{port_name}", type="Output", name=f"out_{port_name}"))
        edges.append(Edge(source="layer", source_port=port_name, target=f"out_{port_name}"))
    return Graph(nodes=nodes, edges=edges)


def sample(tensor: keras.KerasTensor, rng: np.random.Generator) -> tf.Tensor:
    shape = (BATCH, *tensor.shape[1:])
    if tensor.dtype == "string":
        return tf.constant(rng.choice(["red", "blue", "a green pie"], size=shape))
    if tensor.dtype.startswith("int"):
        return tf.constant(rng.integers(0, 4, size=shape), dtype=tensor.dtype)
    return tf.constant(rng.random(shape), dtype=tensor.dtype)


def run(model: keras.Model) -> dict[str, tuple[Shape, str]]:
    """Shape and dtype of every output on real data, by the name of its Output."""
    rng = np.random.default_rng(0)
    inputs = {tensor.name: sample(tensor, rng) for tensor in keras.tree.flatten(model.input)}
    made = model(inputs if isinstance(model.input, dict) else next(iter(inputs.values())), training=True)
    outputs = made if isinstance(made, dict) else {next(iter(model.output_names), ""): made}
    return {name: (tuple(value.shape), keras.backend.standardize_dtype(value.dtype)) for name, value in outputs.items()}


@pytest.mark.parametrize("type", LAYERS)
def test_the_check_says_of_every_layer_what_the_built_one_does_on_real_data(type: str) -> None:
    graph = drawing(type)

    report = check_graph(graph, BUDGET_BYTES)
    model = build_model(graph)

    said = [((BATCH, *tensor.shape[1:]), tensor.dtype) for tensor in report.nodes["layer"].outputs.values()]
    assert (list(run(model).values()), model.get_layer("layer").count_params()) == (
        said,
        report.nodes["layer"].parameters,
    )


@pytest.mark.parametrize("type", LAYERS)
def test_a_built_layer_is_made_again_from_its_config(type: str) -> None:
    layer = build_model(drawing(type)).get_layer("layer")

    again = layer.__class__.from_config(layer.get_config())

    assert again.get_config() == layer.get_config()


def test_a_layer_left_out_because_keras_can_not_build_it_still_can_not_be_built() -> None:
    tensor = keras.Input((8, 8, 3))

    with pytest.raises(ValueError, match="part of a cycle"):
        keras.Model(tensor, keras.layers.Equalization()(tensor))
