"""Blocks as functions: called by each node, in a loop where they repeat, the same model as in the app."""

import ast
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from layerloom.graph.document import Block, Edge, Graph, Node
from layerloom.graph.library import library
from layerloom.modeling.build import build_model
from layerloom.modeling.source.styles import model_source
from tests.modeling.examples import read
from tests.modeling.source.running import namespace_of
from tests.picking import one_in

BLOCKS = {block.name: block.block for block in library()}
OPEN = 16
"""What stands for a size that a block of the library leaves open."""


def calling(name: str, block: Block, **config: object) -> Graph:
    """Inputs as the block asks for them, the block, its outputs."""
    ports = [node for node in block.graph.nodes if node.type == "Input"]
    ends = [node.name or "" for node in block.graph.nodes if node.type == "Output"]
    inputs = [
        node.model_copy(update={"id": f"i{k}", "name": f"input_{k}", "config": closed(node)})
        for k, node in enumerate(ports)
    ]
    outputs = [Node(id=f"o{k}", type="Output", name=f"output_{k}") for k in range(len(ends))]
    call = Node(id="b", type=f"block:{name}", name="the block", config={**config})
    edges = [Edge(source=i.id, target="b", target_port=port.name) for i, port in zip(inputs, ports, strict=True)]
    edges += [Edge(source="b", source_port=end, target=o.id) for end, o in zip(ends, outputs, strict=True)]
    return Graph(nodes=[*inputs, call, *outputs], edges=edges, blocks={name: block})


def closed(node: Node) -> dict[str, Any]:
    shape = node.config.get("shape", [OPEN])
    assert isinstance(shape, list)
    return {**node.config, "shape": [size if isinstance(size, int) else OPEN for size in shape]}


@pytest.mark.parametrize("name", one_in(3, [*BLOCKS]))
def test_every_block_of_the_library_is_a_function_that_makes_what_the_app_makes(name: str) -> None:
    graph = calling(name, BLOCKS[name])
    text = model_source(graph, "functional")

    made = namespace_of(text)["model"]

    built = build_model(graph)
    made.set_weights(built.get_weights())
    assert "def " in text
    assert [layer.get_config() for layer in made.layers] == [layer.get_config() for layer in built.layers]
    assert outputs(made) == outputs(built)
    keras.utils.clear_session(free_memory=False)


def outputs(model: keras.Model) -> list[list[float]]:
    """What the model says of ones, flat."""
    ones = [np.ones((2, *tensor.shape[1:]), "float32") for tensor in keras.tree.flatten(model.input)]
    inputs = keras.tree.pack_sequence_as(model.input, ones)
    return [np.ravel(value).tolist() for value in keras.tree.flatten(model.predict(inputs, verbose=0))]


@pytest.mark.parametrize("name", one_in(3, [*BLOCKS][::-1]))
def test_every_block_of_the_library_is_a_class_with_as_many_parameters_as_in_the_app(name: str) -> None:
    graph = calling(name, BLOCKS[name])
    text = model_source(graph, "subclass")

    made = namespace_of(text)["model"]

    assert text.count("(keras.layers.Layer):") == 1
    assert made.count_params() == build_model(graph).count_params()
    keras.utils.clear_session(free_memory=False)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_a_block_that_is_a_class_is_saved_with_its_settings(tmp_path: Path) -> None:
    model = namespace_of(model_source(read("valid", "blocks")["graph"], "subclass"))["model"]
    rows = np.ones((2, 4), "float32")

    model.save(tmp_path / "model.keras")

    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert np.array_equal(loaded.predict(rows, verbose=0), model.predict(rows, verbose=0))
    assert [layer.settings for layer in loaded.b] == [{"size": 7}] * 3
    keras.utils.clear_session(free_memory=False)


def test_a_repeated_block_is_a_loop() -> None:
    text = model_source(read("valid", "blocks")["graph"], "functional")

    made = namespace_of(text)["model"]

    assert 'for number in range(1, 4):\n    b = outer_block(b, size=7, name=f"b_{number}")\n' in text
    assert made.get_config() == build_model(read("valid", "blocks")["graph"]).get_config()
    keras.utils.clear_session(free_memory=False)


def test_a_block_called_again_with_the_same_weights_is_written_out() -> None:
    graph = read("valid", "shared-block")["graph"]

    made = namespace_of(model_source(graph, "functional"))["model"]

    assert made.get_config() == build_model(graph).get_config()
    keras.utils.clear_session(free_memory=False)


HOSTILE_BLOCK = Block.model_validate(
    {
        "parameters": {"class": 3, "name": "relu", "a b": 1, "unused": 1e300},
        "graph": {
            "nodes": [
                {"id": "i", "type": "Input", "name": "None", "config": {"shape": [4]}},
                {"id": "j", "type": "Input", "name": "number", "config": {"shape": [4]}},
                {
                    "id": "d",
                    "type": "Dense",
                    "name": "{name} 'x' \"y\"",
                    "config": {"units": {"$parameter": "class"}, "activation": {"$parameter": "name"}},
                },
                {"id": "e", "type": "Dense", "name": "evil_import_os_block", "config": {"units": 4}},
                {"id": "s", "type": "Add", "name": "keras"},
                {"id": "p", "type": "Output", "name": "second"},
                {"id": "o", "type": "Output", "name": "first"},
            ],
            "edges": [
                {"source": "i", "target": "d"},
                {"source": "d", "target": "s"},
                {"source": "j", "target": "s"},
                {"source": "s", "target": "e"},
                {"source": "e", "target": "o"},
                {"source": "d", "target": "p"},
            ],
        },
    }
)


def test_names_of_blocks_ports_and_parameters_can_not_hurt_and_ports_keep_their_order() -> None:
    graph = calling('evil"; import os; "', HOSTILE_BLOCK, **{"class": 4, "repeat": 2})
    text = model_source(graph, "functional")

    made = namespace_of(text)["model"]

    assert [type(node) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import)] == [ast.Import]
    assert made.get_config() == build_model(graph).get_config()
    keras.utils.clear_session(free_memory=False)


def test_a_block_that_does_not_use_an_input_is_written_out() -> None:
    content = HOSTILE_BLOCK.model_dump()
    content["graph"]["edges"] = [edge for edge in content["graph"]["edges"] if edge["source"] != "j"]
    graph = calling("lazy", Block.model_validate(content), **{"class": 4})

    made = namespace_of(model_source(graph, "functional"))["model"]

    assert made.get_config() == build_model(graph).get_config()
    keras.utils.clear_session(free_memory=False)


def test_a_variable_of_the_client_is_no_variable_of_the_code() -> None:
    nodes = [
        Node(id="i", type="Input", config={"shape": [2]}),
        Node(id="d", type="Dense", config={"units": {"$variable": "__import__"}}),
        Node(id="o", type="Output"),
    ]
    edges = [Edge(source="i", target="d"), Edge(source="d", target="o")]

    with pytest.raises(Exception, match="units"):
        model_source(Graph(nodes=nodes, edges=edges), "functional")


def test_layers_beside_a_block_that_makes_hidden_layers_keep_their_names() -> None:
    attention = Node(id="a", type="MultiHeadAttention", name="a", config={"num_heads": 2, "key_dim": 2})
    content = [Node(id="i", type="Input", name="x"), attention, Node(id="o", type="Output", name="y")]
    wires = [Edge(source="i", target="a"), Edge(source="i", target="a", target_port="value")]
    block = Block(graph=Graph(nodes=content, edges=[*wires, Edge(source="a", target="o")]))
    nodes = [
        Node(id="i", type="Input", config={"shape": [3, 2]}),
        Node(id="b", type="block:attend", config={"repeat": 2}),
        Node(id="d", type="Dropout", config={"rate": 0.5}),
        Node(id="o", type="Output"),
    ]
    edges = [Edge(source="i", target="b"), Edge(source="b", target="d"), Edge(source="d", target="o")]
    graph = Graph(nodes=nodes, edges=edges, blocks={"attend": block})

    made = namespace_of(model_source(graph, "functional"))["model"]

    assert [layer.name for layer in made.layers] == [layer.name for layer in build_model(graph).layers]
    keras.utils.clear_session(free_memory=False)
