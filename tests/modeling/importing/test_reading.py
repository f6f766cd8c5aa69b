"""Models that Keras has saved, read again: the same drawing, the same outputs on the same weights."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers

from layerloom.graph.document import Graph
from layerloom.imported import WEIGHTS, Imported
from layerloom.modeling.build import build_model
from layerloom.modeling.importing.reading import read_file
from layerloom.modeling.importing.starting import give

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


Array = np.ndarray[Any, Any]


def imported(model: keras.Model, folder: Path, suffix: str) -> Imported:
    path = folder / f"model{suffix}"
    if suffix == ".json":
        path.write_text(model.to_json())
    elif suffix == ".yaml":
        path.write_text(json.dumps(json.loads(model.to_json())))
    else:
        model.save(path)
    return read_file(path, path.name, folder)


def drawn(graph: Graph) -> list[str]:
    """Each node as its type, name and config, with the nodes that its wires come from."""
    names = {node.id: node.name or f"{node.type} again" for node in graph.nodes}

    def end(id: str, port: str | None) -> str:
        return names[id] + (f".{port}" if port else "")

    return [
        f"{node.type} {names[node.id]} {json.dumps(node.config)} <- "
        + ", ".join(
            end(edge.source, edge.source_port) + (f" at {edge.target_port}" if edge.target_port else "")
            for edge in graph.edges
            if edge.target == node.id
        )
        for node in graph.nodes
    ]


def rebuilt(answer: Imported, folder: Path) -> keras.Model:
    model = build_model(answer.graph)
    give(model, folder / WEIGHTS)
    return model


def difference(model: keras.Model, again: keras.Model, inputs: list[Array], names: list[str]) -> float:
    """The largest difference between the outputs of two models on the same inputs."""
    one = keras.tree.flatten(model(inputs[0] if len(inputs) == 1 else list(inputs)))
    other = keras.tree.flatten(again(inputs[0] if len(inputs) == 1 else dict(zip(names, inputs, strict=True))))
    return max(float(np.abs(np.array(a) - np.array(b)).max()) for a, b in zip(one, other, strict=True))


def dense_chain() -> keras.Model:
    return keras.Sequential(
        [
            keras.Input((4,), name="x"),
            layers.Dense(3, activation="relu", kernel_regularizer="l2", name="a"),
            layers.BatchNormalization(name="b"),
            layers.Dense(2, kernel_initializer="he_normal", trainable=False, name="c"),
        ]
    )


def two_ends() -> keras.Model:
    a, b = keras.Input((4, 5), name="a"), keras.Input((4, 5), name="b")
    sequence, h, c = layers.LSTM(6, return_state=True, return_sequences=True, name="first")(a)
    second = layers.LSTM(6, name="second")(b, initial_state=[h, c])
    attended = layers.MultiHeadAttention(2, 3, name="attention")(query=sequence, value=b, key=a)
    return keras.Model([a, b], {"y": second, "z": attended})


def masked() -> keras.Model:
    words = keras.Input((7,), dtype="int32", name="words")
    embedded = layers.Embedding(5, 3, mask_zero=True, name="embedding")(words)
    return keras.Model(
        words, layers.Bidirectional(layers.LSTM(4, return_sequences=True, dropout=0.1), name="both")(embedded)
    )


def siamese() -> keras.Model:
    one, two = keras.Input((3,), name="one"), keras.Input((3,), name="two")
    shared = layers.Dense(2, name="shared")
    return keras.Model([one, two], layers.Subtract(name="difference")([shared(one), shared(two)]))


def nested() -> keras.Model:
    entrance = keras.Input((3,), name="entrance")
    dense = layers.Dense(3, name="dense")(entrance)
    inner = keras.Model(entrance, layers.BatchNormalization(name="norm")(dense), name="inner")
    chain = keras.Sequential([keras.Input((3,)), layers.Dense(4, name="d"), layers.Dense(3, name="e")], name="chain")
    one, two = keras.Input((3,), name="one"), keras.Input((3,), name="two")
    return keras.Model([one, two], [layers.Add(name="add")([inner(one), inner(chain(two))]), chain(inner(two))])


def transfer() -> keras.Model:
    entrance = keras.Input((8, 8, 3), name="picture")
    base = keras.Model(entrance, layers.Conv2D(4, 3, strides=2, name="conv")(entrance), name="base")
    return keras.Sequential([base, layers.GlobalAveragePooling2D(name="pool"), layers.Dense(2, name="head")])


FLOATS = np.random.default_rng(1).random
MODELS: dict[str, tuple[Callable[[], keras.Model], list[Array]]] = {
    "chain": (dense_chain, [FLOATS((2, 4), np.float32)]),
    "two inputs, two outputs, states and named tensors": (two_ends, [FLOATS((2, 4, 5), np.float32)] * 2),
    "mask and wrapper": (masked, [np.array([[1, 2, 3, 4, 0, 0, 0], [1, 0, 2, 3, 3, 0, 0]])]),
    "shared layer": (siamese, [FLOATS((2, 3), np.float32), FLOATS((2, 3), np.float32)]),
    "models inside, called twice": (nested, [FLOATS((2, 3), np.float32), FLOATS((2, 3), np.float32)]),
    "a base in a chain": (transfer, [FLOATS((2, 8, 8, 3), np.float32)]),
}


@pytest.mark.parametrize("suffix", [".keras", ".h5"])
@pytest.mark.parametrize("name", MODELS)
def test_a_model_gives_the_same_outputs_after_the_way_through_a_drawing(name: str, suffix: str, tmp_path: Path) -> None:
    make, inputs = MODELS[name]
    model = make()
    for weight in model.weights:
        weight.assign(np.random.default_rng(2).random(weight.shape))
    answer = imported(model, tmp_path, suffix)
    again = rebuilt(answer, tmp_path)
    names = [node.name or "" for node in answer.graph.nodes if node.type == "Input"]
    assert (answer.problems, again.count_params()) == ([], model.count_params())
    assert difference(model, again, inputs, names) <= 1e-6


@pytest.mark.parametrize("suffix", [".json", ".yaml", ".keras"])
def test_defaults_are_left_out_and_objects_have_their_short_names(suffix: str, tmp_path: Path) -> None:
    assert drawn(imported(dense_chain(), tmp_path, suffix).graph) == [
        'Input x {"shape": [4]} <- ',
        'Dense a {"units": 3, "activation": "relu", "kernel_regularizer": "l2"} <- x',
        "BatchNormalization b {} <- a",
        'Dense c {"trainable": false, "units": 2, "kernel_initializer": "he_normal"} <- b',
        "Output c {} <- c",
    ]


def test_named_tensors_states_and_named_outputs_become_ports_and_output_nodes(tmp_path: Path) -> None:
    assert sorted(drawn(imported(two_ends(), tmp_path, ".json").graph)) == [
        'Input a {"shape": [4, 5]} <- ',
        'Input b {"shape": [4, 5]} <- ',
        'LSTM first {"return_sequences": true, "return_state": true, "units": 6} <- a',
        'LSTM second {"units": 6} <- b, first.state_h at initial_state, first.state_c at initial_state',
        'MultiHeadAttention attention {"num_heads": 2, "key_dim": 3} <- first, b at value, a at key',
        "Output y {} <- second",
        "Output z {} <- attention",
    ]


def test_implicit_masks_leave_no_nodes(tmp_path: Path) -> None:
    recurrent = '{"type": "LSTM", "config": {"return_sequences": true, "units": 4, "dropout": 0.1}}'
    assert drawn(imported(masked(), tmp_path, ".json").graph) == [
        'Input words {"shape": [7], "dtype": "int32"} <- ',
        'Embedding embedding {"input_dim": 5, "output_dim": 3, "mask_zero": true} <- words',
        f'Bidirectional both {{"layer": {recurrent}}} <- embedding',
        "Output both {} <- both",
    ]


def test_operations_become_nodes_with_ports_and_settings(tmp_path: Path) -> None:
    a, b = keras.Input((4, 5), name="a"), keras.Input((4, 5), name="b")
    product = keras.ops.matmul(a, keras.ops.transpose(b, (0, 2, 1)))
    left, right = keras.ops.split((product + 1.0)[:, 0, 1:3], 2, axis=-1)
    model = keras.Model([a, b], keras.ops.concatenate([right, left], axis=-1))
    nodes = drawn(imported(model, tmp_path, ".json").graph)
    assert sorted(node for node in nodes if node.startswith("ops")) == [
        'ops.add add {"x2": 1.0} <- matmul',
        'ops.concatenate concatenate {"axis": -1} <- split.output_1, split',
        'ops.get_item get_item {"key": [":", 0, [1, 3]]} <- add',
        "ops.matmul matmul {} <- a, transpose at x2",
        'ops.split split {"indices_or_sections": 2, "axis": -1} <- get_item',
        'ops.transpose transpose {"axes": [0, 2, 1]} <- b',
    ]


def test_a_model_inside_becomes_a_block_and_its_second_call_shares_it(tmp_path: Path) -> None:
    graph = imported(nested(), tmp_path, ".json").graph
    nodes = {node.id: node for node in graph.nodes}
    calls = [(node.type, node.name, nodes[node.shares].name if node.shares else None) for node in graph.nodes]
    assert (sorted(graph.blocks), sorted(map(str, calls))) == (
        ["chain", "inner"],
        sorted(
            map(
                str,
                [
                    ("Input", "one", None),
                    ("Input", "two", None),
                    ("block:inner", "inner", None),
                    ("block:chain", "chain", None),
                    ("block:inner", None, "inner"),
                    ("block:inner", None, "inner"),
                    ("block:chain", None, "chain"),
                    ("Add", "add", None),
                    ("Output", "add", None),
                    ("Output", "chain", None),
                ],
            )
        ),
    )


def test_what_is_left_out_of_a_model_inside_is_told_at_its_own_node(tmp_path: Path) -> None:
    odd = {"class_name": "Lambda", "module": "keras.layers", "config": {"name": "odd", "function": "x"}}
    entrance = {"class_name": "InputLayer", "module": "keras.layers", "config": {"batch_shape": [None, 4], "name": "x"}}
    inner = {"class_name": "Sequential", "module": "keras", "config": {"name": "inner", "layers": [entrance, odd]}}
    outer = {"class_name": "Sequential", "module": "keras", "config": {"name": "outer", "layers": [entrance, inner]}}
    path = tmp_path / "model.json"
    path.write_text(json.dumps(outer))

    answer = read_file(path, path.name, tmp_path)

    [problem] = answer.problems
    [call] = [node for node in answer.graph.nodes if node.type == "block:inner"]
    [layer] = [node for node in answer.graph.blocks["inner"].graph.nodes if node.type == "Lambda"]
    assert (problem.code, problem.node, problem.inside) == ("lambda", call.id, ["1", layer.id])


def test_a_vocabulary_that_lies_beside_the_description_comes_along(tmp_path: Path) -> None:
    words = layers.TextVectorization(output_mode="int", name="words")
    words.adapt(["warm rain", "warm sun"])
    text = keras.Input((1,), dtype="string", name="text")
    graph = imported(keras.Model(text, words(text)), tmp_path, ".keras").graph
    assert graph.nodes[1].config == {"vocabulary": ["", "[UNK]", *words.get_vocabulary()[2:]]}


def test_a_keras_2_description_is_read_where_it_is_plain(tmp_path: Path) -> None:
    """Bare lists for calls, `batch_input_shape`, activations by name, arguments that are gone."""

    def old(type: str, name: str, calls: list[Any], config: dict[str, Any]) -> dict[str, Any]:
        return {"class_name": type, "name": name, "inbound_nodes": calls, "config": {"name": name, **config}}

    lstm = {"units": 3, "implementation": 2, "time_major": False, "return_sequences": False}
    described = {
        "class_name": "Functional",
        "config": {
            "name": "old",
            "layers": [
                old("InputLayer", "x", [], {"batch_input_shape": [None, 4, 2]}),
                old("LSTM", "l", [[["x", 0, 0, {}]]], lstm),
                old("Dense", "d", [[["l", 0, 0, {}]]], {"units": 3}),
                old("Add", "s", [[["l", 0, 0, {}], ["d", 0, 0, {}]]], {}),
            ],
            "input_layers": [["x", 0, 0]],
            "output_layers": [["s", 0, 0]],
        },
        "keras_version": "2.4.0",
    }
    path = tmp_path / "old.json"
    path.write_text(json.dumps(described))
    answer = read_file(path, "old.json", tmp_path)
    assert (answer.problems, drawn(answer.graph)) == (
        [],
        [
            'Input x {"shape": [4, 2]} <- ',
            'LSTM l {"units": 3} <- x',
            'Dense d {"units": 3} <- l',
            "Add s {} <- l, d",
            "Output s {} <- s",
        ],
    )


def test_a_chain_without_an_input_layer_takes_its_shape_from_how_it_was_built(tmp_path: Path) -> None:
    model = keras.Sequential([layers.Dense(2, name="d")])
    model.build((None, 5))
    assert drawn(imported(model, tmp_path, ".json").graph)[0] == 'Input input_layer {"shape": [5]} <- '.replace(
        "input_layer", json.loads(model.to_json())["config"]["layers"][0]["config"]["name"]
    )


def test_a_model_with_operations_gives_the_same_outputs_after_the_way_through_a_drawing(tmp_path: Path) -> None:
    a, b = keras.Input((4, 5), name="a"), keras.Input((4, 5), name="b")
    product = keras.ops.matmul(a, keras.ops.transpose(layers.Dense(5, name="d")(b), (0, 2, 1)))
    left, right = keras.ops.split((product * 2.0 + 1.0)[:, 0, 1:3], 2, axis=-1)
    stacked = keras.ops.concatenate([keras.ops.relu(right), keras.ops.mean(left, axis=-1, keepdims=True)], axis=-1)
    model = keras.Model([a, b], keras.ops.where(stacked > 0.5, stacked, 0.0))
    answer = imported(model, tmp_path, ".keras")
    again = rebuilt(answer, tmp_path)
    given = [FLOATS((2, 4, 5), np.float32), FLOATS((2, 4, 5), np.float32)]
    assert (answer.problems, difference(model, again, given, ["a", "b"])) == ([], 0)
