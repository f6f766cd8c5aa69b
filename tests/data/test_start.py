import pytest

from layerloom.data import builtin
from layerloom.data.start import starting_graph
from layerloom.graph.document import Graph
from layerloom.graph.naming import layer_names

SETS = builtin.profiles()


def layers(graph: Graph) -> list[tuple[str, str]]:
    names = layer_names(graph)
    return [(node.type, names[node.id]) for node in graph.nodes]


def test_pictures_are_scaled_and_flattened() -> None:
    assert layers(starting_graph(SETS["mnist"])) == [
        ("Input", "image"),
        ("Rescaling", "rescaling"),
        ("Flatten", "flatten"),
        ("Dense", "hidden_1"),
        ("Dense", "hidden_2"),
        ("Dense", "dense"),
        ("Output", "label"),
    ]


def test_numbers_and_categories_are_encoded_and_joined() -> None:
    assert layers(starting_graph(SETS["titanic"])) == [
        ("Input", "numbers"),
        ("Normalization", "normalization"),
        ("Input", "class"),
        ("CategoryEncoding", "category_encoding"),
        ("Concatenate", "concatenate"),
        ("Dense", "hidden_1"),
        ("Dense", "hidden_2"),
        ("Dense", "dense"),
        ("Output", "survived"),
    ]


def test_texts_are_embedded_and_every_target_gets_a_head() -> None:
    assert layers(starting_graph(SETS["clothing_reviews"])) == [
        ("Input", "numbers"),
        ("Normalization", "normalization"),
        ("Input", "review_text"),
        ("TextVectorization", "text_vectorization"),
        ("Embedding", "embedding"),
        ("GlobalAveragePooling1D", "global_average_pooling1d"),
        ("Concatenate", "concatenate"),
        ("Dense", "hidden_1"),
        ("Dense", "hidden_2"),
        ("Dense", "dense"),
        ("Output", "rating"),
        ("Dense", "dense_1"),
        ("Output", "recommended_ind"),
    ]


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("iris", {"units": 3, "activation": "softmax"}),
        ("breast_cancer", {"units": 1, "activation": "sigmoid"}),
        ("airline_passengers", {"units": 1}),
    ],
)
def test_the_last_layer_answers_the_kind_of_target(id: str, expected: dict[str, object]) -> None:
    assert starting_graph(SETS[id]).nodes[-2].config == expected


@pytest.mark.parametrize("id", sorted(SETS))
def test_no_two_nodes_overlap_on_the_canvas(id: str) -> None:
    places = sorted(starting_graph(SETS[id]).layout.values())
    close = [(a, b) for a in places for b in places if a < b and abs(a[0] - b[0]) < 200 and abs(a[1] - b[1]) < 90]
    assert (len(places), close) == (len(starting_graph(SETS[id]).nodes), [])
