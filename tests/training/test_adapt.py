from pathlib import Path
from typing import Any

import keras
import numpy as np

from layerloom.checkpoint import MODEL, find
from layerloom.data.library import Library
from layerloom.data.split import split
from layerloom.graph.document import Block, Edge, Graph, Node
from layerloom.modeling.build import build_model
from layerloom.training.adapt import adapt
from layerloom.training.pipeline import TrainingData
from layerloom.training.predict import predict
from layerloom.training.signature import signature
from tests.training.making import FLOWER, SOFTMAX, flower, flower_recipe, of_kind, run


def test_normalization_learns_from_the_training_rows_alone(home: Path, tmp_path: Path) -> None:
    recipe = flower_recipe(fit__epochs=1)

    events = run(flower(("Normalization", {}), SOFTMAX), recipe, home, tmp_path)

    arrays = Library(home).arrays("iris", FLOWER, "train")
    training, _ = split(150, 0.2, recipe.seed)
    x = np.stack([arrays[name] for name in FLOWER], axis=1)[training]
    layer = keras.models.load_model(find(tmp_path, "last") / MODEL).get_layer("normalization")
    np.testing.assert_allclose(np.ravel(layer.mean), x.mean(axis=0), rtol=1e-5)
    np.testing.assert_allclose(np.ravel(layer.variance), x.var(axis=0), rtol=1e-4)
    assert of_kind(events, "log")[0].message == "Layer 'normalization' was adapted to 120 training rows."


def test_a_layer_that_is_given_its_statistics_keeps_them(home: Path, tmp_path: Path) -> None:
    given = ("Normalization", {"mean": [1.0, 1.0, 1.0, 1.0], "variance": [4.0, 4.0, 4.0, 4.0]})

    events = run(flower(given, SOFTMAX), flower_recipe(fit__epochs=1), home, tmp_path)

    layer = keras.models.load_model(find(tmp_path, "last") / MODEL).get_layer("normalization")
    assert np.ravel(layer.mean).tolist() == [1.0] * 4
    assert of_kind(events, "log") == []


def test_a_second_layer_learns_from_what_the_first_makes(home: Path, tmp_path: Path) -> None:
    layers = (("Rescaling", {"scale": 10.0}), ("Normalization", {}), ("Normalization", {}), SOFTMAX)

    run(flower(*layers), flower_recipe(fit__epochs=1), home, tmp_path)

    model = keras.models.load_model(find(tmp_path, "last") / MODEL)
    first, second = model.get_layer("normalization"), model.get_layer("normalization_1")
    assert float(np.ravel(first.mean)[0]) > 50
    np.testing.assert_allclose(np.ravel(second.mean), np.zeros(4), atol=1e-4)


def test_words_are_learned_saved_and_used_again(home: Path, tmp_path: Path) -> None:
    nodes = [
        Node(id="in", type="Input", name="review", config={"shape": [1], "dtype": "string"}),
        Node(id="a", type="TextVectorization", config={"max_tokens": 500, "output_sequence_length": 20}),
        Node(id="b", type="Embedding", config={"input_dim": 500, "output_dim": 4}),
        Node(id="c", type="GlobalAveragePooling1D"),
        Node(id="d", type="Dense", config={"units": 1, "activation": "sigmoid"}),
        Node(id="out", type="Output", name="liked"),
    ]
    edges = [Edge(source=s, target=t) for s, t in (("in", "a"), ("a", "b"), ("b", "c"), ("c", "d"), ("d", "out"))]
    recipe = flower_recipe(
        data={
            "dataset": "clothing_reviews",
            "inputs": {"review": ["Review Text"]},
            "targets": {"liked": ["Recommended IND"]},
        },
        compile__outputs={"liked": {"loss": {"type": "BinaryCrossentropy"}}},
        fit={"epochs": 1, "batch_size": 64, "shuffle": True},
    )
    graph = Graph(nodes=nodes, edges=edges)

    run(graph, recipe, home, tmp_path)
    run(graph, recipe, home, tmp_path, attempt=2)

    [[liked]] = predict(tmp_path, "last", {"review": ["I love this dress"]})["liked"]
    words = keras.models.load_model(find(tmp_path, "last") / MODEL).get_layer("text_vectorization").get_vocabulary()
    assert (len(words), "dress" in words) == (500, True)
    assert 0 < liked < 1


def test_layers_that_look_words_and_numbers_up_learn_inside_blocks_too(home: Path) -> None:
    inner = Graph(
        nodes=[
            Node(id="p", type="Input", name="x"),
            Node(id="b", type="Discretization", config={"num_bins": 4}),
            Node(id="w", type="Normalization"),
            Node(id="q", type="Output", name="y"),
        ],
        edges=[Edge(source=s, target=t) for s, t in (("p", "b"), ("b", "w"), ("w", "q"))],
    )
    nodes = [
        Node(id="n", type="Input", name="age", config={"shape": [1]}),
        Node(id="k", type="block:Bins"),
        Node(id="c", type="Input", name="class", config={"shape": [1], "dtype": "string"}),
        Node(id="l", type="StringLookup", config={"max_tokens": 4}),
        Node(id="e", type="Embedding", config={"input_dim": 4, "output_dim": 2}),
        Node(id="f", type="Flatten"),
        Node(id="j", type="Concatenate"),
        Node(id="d", type="Dense", config={"units": 1, "activation": "sigmoid"}),
        Node(id="o", type="Output", name="survived"),
    ]
    wires = ("n k", "c l", "l e", "e f", "k j", "f j", "j d", "d o")
    edges = [Edge(source=s, target=t) for s, t in (wire.split() for wire in wires)]
    graph = Graph(nodes=nodes, edges=edges, blocks={"Bins": Block(graph=inner)})
    recipe = flower_recipe(
        data={
            "dataset": "titanic",
            "inputs": {"age": ["age"], "class": ["class"]},
            "targets": {"survived": ["survived"]},
            "missing": "drop",
        },
        compile__outputs={"survived": {"loss": {"type": "BinaryCrossentropy"}}},
    )
    model = build_model(graph)
    said: list[Any] = []

    adapt(model, TrainingData(Library(home), recipe, signature(graph, model)), said.append)

    words = model.get_layer("string_lookup").get_vocabulary()
    [bins] = [layer for layer in model.layers if isinstance(layer, keras.layers.Discretization)]
    assert (len(said), sorted(words), len(bins.bin_boundaries)) == (3, ["1st", "2nd", "3rd", "[UNK]"], 3)
