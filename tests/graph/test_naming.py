from hypothesis import given
from hypothesis import strategies as st

from layerloom.graph.document import Graph, Node
from layerloom.graph.naming import fresh_ids, layer_names, snake_case, unique
from tests.graph.drawings import acyclic_graphs


def test_names_are_made_from_types_as_keras_makes_them() -> None:
    types = ["Dense", "Conv2DTranspose", "LSTM", "BatchNormalization", "GlobalAveragePooling2D", "PReLU", "ops.add"]

    assert [snake_case(type) for type in types] == [
        "dense",
        "conv2d_transpose",
        "lstm",
        "batch_normalization",
        "global_average_pooling2d",
        "p_re_lu",
        "ops_add",
    ]


def test_made_names_are_numbered_by_id_and_avoid_typed_ones() -> None:
    nodes = [Node(id="n10", type="Dense"), Node(id="n2", type="Dense"), Node(id="n3", type="Dense", name="dense_1")]

    assert layer_names(Graph(nodes=nodes)) == {"n2": "dense", "n3": "dense_1", "n10": "dense_2"}


def test_a_name_that_was_typed_twice_stays_twice() -> None:
    nodes = [Node(id="a", type="Dense", name="x"), Node(id="b", type="Dense", name="x")]

    assert layer_names(Graph(nodes=nodes)) == {"a": "x", "b": "x"}


@given(acyclic_graphs(), st.randoms())
def test_names_do_not_depend_on_document_order_and_are_unique(graph: Graph, random: st.randoms) -> None:  # type: ignore[valid-type]
    nodes = list(graph.nodes)
    random.shuffle(nodes)  # type: ignore[attr-defined]

    names = layer_names(graph)

    assert layer_names(Graph(nodes=nodes)) == names
    assert len(set(names.values())) == len(graph.nodes)


def test_unique_takes_the_first_free_number() -> None:
    assert (unique("a", ["b"]), unique("a", ["a", "a_1"])) == ("a", "a_2")


def test_fresh_ids_follow_the_highest_number_in_use() -> None:
    assert fresh_ids(Graph(nodes=[Node(id="n7", type="Dense"), Node(id="x99", type="Dense")]), 2) == ["n8", "n9"]
