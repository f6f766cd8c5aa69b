from pathlib import Path

import keras
import numpy as np
import pytest

from layerloom.graph.document import Edge, Graph, Node
from layerloom.modeling.build import build_model, summary
from layerloom.problem import Refusal
from tests.modeling.examples import read


def test_one_input_and_one_output_give_a_model_of_bare_tensors() -> None:
    model = build_model(read("valid", "mnist-mlp")["graph"])

    assert [layer.name for layer in model.layers] == ["image", "flatten", "dense", "dense_1", "dense_2"]
    assert model.predict(np.zeros((2, 28, 28, 1), "float32"), verbose=0).shape == (2, 10)


def test_several_inputs_and_outputs_go_by_the_names_of_their_nodes() -> None:
    model = build_model(read("valid", "two-inputs-two-outputs")["graph"])

    answer = model.predict({"a": np.zeros((3, 5)), "b": np.zeros((3, 6))}, verbose=0)

    assert {name: values.shape for name, values in answer.items()} == {"main_output": (3, 1), "sum_output": (3, 1)}


def test_a_merge_takes_its_tensors_in_the_order_of_the_edges() -> None:
    model = build_model(read("valid", "order-of-merge")["graph"])

    answer = model.predict({"a": np.full((1, 5), 1.0), "b": np.full((1, 6), 2.0)}, verbose=0)

    assert answer[0, :11].tolist() == [1.0] * 5 + [2.0] * 6


def test_states_of_an_encoder_reach_the_decoder() -> None:
    model = build_model(read("valid", "encoder-decoder")["graph"])
    source, target = np.ones((1, 7, 4)), np.ones((1, 5, 4))

    first = model.predict({"src": source, "dst": target}, verbose=0)
    other = model.predict({"src": -source, "dst": target}, verbose=0)

    assert first.shape == (1, 5, 4)
    assert not np.allclose(first, other)


def test_a_shared_layer_is_one_layer_called_twice() -> None:
    model = build_model(read("valid", "shared-layer")["graph"])
    same = np.arange(8.0).reshape(2, 4)

    difference = keras.Model(model.inputs, model.get_layer("subtract").output)

    assert difference.predict({"a": same, "b": same}, verbose=0).tolist() == np.zeros((2, 5)).tolist()


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_a_built_model_survives_saving(tmp_path: Path) -> None:
    model = build_model(read("valid", "residual")["graph"])
    path = tmp_path / "model.keras"
    picture = np.random.default_rng(0).random((2, 16, 16, 3), "float32")

    model.save(path)

    again = keras.models.load_model(path).predict(picture, verbose=0)
    assert np.array_equal(again, model.predict(picture, verbose=0))


def test_the_same_seed_builds_the_same_weights_whatever_was_checked_before() -> None:
    graph = read("valid", "convolutional")["graph"]
    keras.utils.set_random_seed(7)
    first = build_model(graph).get_weights()

    keras.utils.set_random_seed(7)
    summary(read("valid", "autoencoder")["graph"])
    second = build_model(graph).get_weights()

    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


def test_a_drawing_with_mistakes_is_refused_with_its_problems() -> None:
    graph = read("invalid", "rank")["graph"]

    with pytest.raises(Refusal) as refused:
        build_model(graph)

    assert refused.value.code == "graph-not-ready"
    assert [problem.code for problem in refused.value.problems] == ["rank"]


def test_the_summary_of_a_huge_model_allocates_nothing() -> None:
    nodes = [
        Node(id="a", type="Input", config={"shape": [150_528]}),
        Node(id="b", type="Dense", config={"units": 1_000_000}),
        Node(id="c", type="Output"),
    ]
    graph = Graph(nodes=nodes, edges=[Edge(source="a", target="b"), Edge(source="b", target="c")])

    assert "Total params: 150,529,000,000" in summary(graph)
