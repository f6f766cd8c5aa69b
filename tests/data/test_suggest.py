from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerloom.data import builtin
from layerloom.data.dataset import Column
from layerloom.data.start import start
from layerloom.data.suggest import suggest
from layerloom.graph.document import Edge, Graph, Node
from layerloom.recipe import OutputRecipe, Recipe

SETS = builtin.profiles()
AGES = {"name": "species", "kind": "number", "dtype": "float32", "role": "target"}
DAYS = {
    "name": "day",
    "kind": "date",
    "dtype": "float64",
    "ascending": True,
    "earliest": "2026-01-01",
    "latest": "2026-06-01",
}
TYPES = ["Input", "Output", "Dense", "Dropout", "Softmax", "Activation", "Concatenate", "Flatten", "Nonsense"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 1000) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda values: st.lists(values, max_size=4) | st.dictionaries(st.text(max_size=5), values, max_size=3),
    max_leaves=5,
)


def chain(*nodes: Node) -> Graph:
    edges = [Edge(source=a.id, target=b.id) for a, b in pairwise(nodes)]
    return Graph(nodes=list(nodes), edges=edges)


def node(id: str, type: str, name: str | None = None, /, **config: Any) -> Node:
    return Node(id=id, type=type, name=name, config=config)


def through(*layers: Node, shape: list[int | None], dtype: str = "float32") -> Graph:
    """A chain from an Input called x through these layers to an Output called y."""
    return chain(node("in", "Input", "x", shape=shape, dtype=dtype), *layers, node("out", "Output", "y"))


def judged(recipe: Recipe) -> tuple[str, dict[str, Any], str, dict[str, Any]]:
    output: OutputRecipe = recipe.compile.outputs["y"]
    (metric,) = output.metrics
    return output.loss.type, output.loss.config, metric.type, metric.config


@pytest.mark.parametrize(
    ("dataset", "last", "expected"),
    [
        (
            "mnist",
            [node("n", "Dense", units=10, activation="softmax")],
            ("SparseCategoricalCrossentropy", {}, "SparseCategoricalAccuracy", {"name": "accuracy"}),
        ),
        (
            "mnist",
            [node("n", "Dense", units=10)],
            ("SparseCategoricalCrossentropy", {"from_logits": True}, "SparseCategoricalAccuracy", {"name": "accuracy"}),
        ),
        (
            "mnist",
            [node("n", "Dense", units=10), node("m", "Dropout", rate=0.5), node("k", "Softmax")],
            ("SparseCategoricalCrossentropy", {}, "SparseCategoricalAccuracy", {"name": "accuracy"}),
        ),
        (
            "titanic",
            [node("n", "Dense", units=1, activation="sigmoid")],
            ("BinaryCrossentropy", {}, "BinaryAccuracy", {"name": "accuracy"}),
        ),
        (
            "titanic",
            [node("n", "Dense", units=1)],
            ("BinaryCrossentropy", {"from_logits": True}, "BinaryAccuracy", {"name": "accuracy", "threshold": 0.0}),
        ),
        (
            "titanic",
            [node("n", "Dense", units=2), node("m", "Activation", activation={"type": "Softmax"})],
            ("SparseCategoricalCrossentropy", {}, "SparseCategoricalAccuracy", {"name": "accuracy"}),
        ),
        (
            "california_housing",
            [node("n", "Dense", units=1)],
            ("MeanSquaredError", {}, "MeanAbsoluteError", {"name": "mae"}),
        ),
    ],
)
def test_loss_and_metric_follow_from_the_target_and_the_last_layers(
    dataset: str, last: list[Node], expected: tuple[str, dict[str, Any], str, dict[str, Any]]
) -> None:
    assert judged(suggest(through(*last, shape=[8]), SETS[dataset])) == expected


@pytest.mark.parametrize(
    ("dataset", "shape", "dtype", "expected"),
    [
        ("mnist", [28, 28, 1], "float32", ["image"]),
        ("mnist", [784], "float32", ["image"]),
        ("iris", [4], "float32", ["sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm"]),
        ("iris", [2], "float32", ["sepal_length_cm", "sepal_width_cm"]),
        ("titanic", [1], "float32", ["age"]),
        ("titanic", [3], "float32", ["age", "class", "sex"]),
        ("titanic", [1], "int32", ["class"]),
        ("clothing_reviews", [1], "string", ["Review Text"]),
        ("airline_passengers", [12, 1], "float32", ["last_12_months"]),
        ("airline_passengers", [None, 1], "float32", ["last_12_months"]),
        ("wine", [99], "float32", SETS["wine"].default_inputs),
    ],
)
def test_an_input_is_fed_by_kind_and_shape(
    dataset: str, shape: list[int | None], dtype: str, expected: list[str]
) -> None:
    graph = through(shape=shape, dtype=dtype)
    assert suggest(graph, SETS[dataset]).data.inputs == {"x": expected}


def test_columns_are_bound_by_name_first() -> None:
    graph = Graph(
        nodes=[
            node("a", "Input", "rest", shape=[2]),
            node("b", "Input", "hours_per_week", shape=[1]),
            node("c", "Output", "income"),
        ]
    )
    data = suggest(graph, SETS["adult"]).data
    assert (data.inputs, data.targets) == (
        {"rest": ["age", "educational-num"], "hours_per_week": ["hours-per-week"]},
        {"income": ["income"]},
    )


def test_several_outputs_get_the_targets_that_fit_them() -> None:
    nodes = [
        node("yes", "Dense", units=1, activation="sigmoid"),
        node("stars", "Dense", units=5, activation="softmax"),
        node("o1", "Output", "first"),
        node("o2", "Output", "second"),
    ]
    graph = Graph(nodes=nodes, edges=[Edge(source="yes", target="o1"), Edge(source="stars", target="o2")])
    targets = suggest(graph, SETS["clothing_reviews"]).data.targets
    assert targets == {"first": ["Recommended IND"], "second": ["Rating"]}


def test_two_inputs_share_the_columns_out_between_them() -> None:
    graph = Graph(nodes=[node("a", "Input", "a", shape=[2]), node("b", "Input", "b", shape=[2])])
    assert suggest(graph, SETS["iris"]).data.inputs == {
        "a": ["sepal_length_cm", "sepal_width_cm"],
        "b": ["petal_length_cm", "petal_width_cm"],
    }


def test_a_layer_called_twice_counts_where_it_is_shared() -> None:
    graph = chain(
        node("n1", "Dense", "d", units=1, activation="sigmoid"),
        Node(id="n2", type="Dense", shares="n1"),
        node("n3", "Output", "y"),
    )
    assert judged(suggest(graph, SETS["titanic"]))[0] == "BinaryCrossentropy"


def test_rows_with_empty_cells_are_dropped_only_where_there_are_any() -> None:
    graph = through(shape=[1])
    assert [suggest(graph, SETS[id]).data.missing for id in ("titanic", "wine")] == ["drop", "refuse"]


@pytest.mark.parametrize(
    ("dataset", "expected"),
    [("iris", (50, 16, 0.01, 0.2)), ("california_housing", (10, 64, 0.001, 0.1)), ("mnist", (5, 128, 0.001, 0.1))],
)
def test_few_rows_mean_small_batches_many_epochs_and_a_higher_rate(
    dataset: str, expected: tuple[int, int, float, float]
) -> None:
    recipe = suggest(Graph(), SETS[dataset])
    rate = recipe.compile.optimizer.config["learning_rate"]
    assert (recipe.fit.epochs, recipe.fit.batch_size, rate, recipe.data.validation_fraction) == expected


@pytest.mark.parametrize(
    ("counts", "expected"),
    [([900, 413], None), ([1250, 63], None), ([60, 1253], {"0": 20.0}), ([1290, 23], {"1": 20.0})],
)
def test_a_class_that_hardly_ever_occurs_weighs_more(counts: list[int], expected: dict[str, float] | None) -> None:
    titanic = SETS["titanic"]
    columns = [
        column.model_copy(update={"class_counts": counts}) if column.name == "survived" else column
        for column in titanic.columns
    ]
    assert suggest(Graph(), titanic.model_copy(update={"columns": columns})).fit.class_weight == expected


def test_an_empty_drawing_gets_the_defaults_of_the_dataset() -> None:
    data = suggest(Graph(), SETS["mnist"]).data
    assert (data.inputs, data.targets) == ({"input": ["image"]}, {"output": ["label"]})


NODES = st.builds(
    lambda id, type, name, config: Node(id=id, type=type, name=name, config=config),
    st.sampled_from([f"n{k}" for k in range(8)]),
    st.sampled_from(TYPES),
    st.none() | st.text(max_size=5) | st.just("label") | st.just("y" * 500),
    st.dictionaries(st.sampled_from(["shape", "dtype", "units", "filters", "activation"]), JSON, max_size=4),
)


@st.composite
def odd_graphs(draw: st.DrawFn) -> Graph:
    nodes = draw(st.lists(NODES, max_size=8, unique_by=lambda node: node.id))
    ids = [node.id for node in nodes]
    pairs = [(a, b) for a in ids for b in ids if a != b]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=12)) if pairs else []
    return Graph(nodes=nodes, edges=[Edge(source=a, target=b) for a, b in chosen])


@given(odd_graphs(), st.sampled_from(sorted(SETS)))
def test_any_drawing_gets_a_recipe_of_columns_that_exist_and_no_target_as_input(graph: Graph, id: str) -> None:
    data = suggest(graph, SETS[id]).data
    fed = {name for columns in data.inputs.values() for name in columns}
    predicted = {name for columns in data.targets.values() for name in columns}
    unknown = (fed | predicted) - {column.name for column in SETS[id].columns}
    assert (unknown, fed & set(SETS[id].default_targets)) == (set(), set())


@pytest.mark.parametrize("id", sorted(SETS))
def test_a_starting_graph_is_bound_as_it_was_drawn(id: str) -> None:
    graph, recipe = start(SETS[id])
    assert suggest(graph, SETS[id]) == recipe


def test_a_dataset_without_targets_and_inputs_leaves_the_nodes_unbound() -> None:
    bare = SETS["iris"].model_copy(update={"columns": [], "default_inputs": [], "default_targets": [], "rows": {}})
    recipe = suggest(through(shape=[4]), bare)
    assert (recipe.data.inputs, recipe.data.targets, recipe.compile.outputs) == ({}, {}, {})


def test_empty_cells_are_kept_where_the_drawing_fills_them() -> None:
    graph = through(node("n", "ops.nan_to_num"), node("m", "Dense", units=1), shape=[1])
    assert suggest(graph, SETS["titanic"]).data.missing == "keep"


@pytest.mark.parametrize(
    ("columns", "source", "expected"),
    [
        ([], "package", ("random", None)),
        ([], "upload", ("stratified", "species")),
        ([AGES, DAYS], "upload", ("time", "day")),
        ([AGES, {**DAYS, "ascending": False}], "upload", ("random", None)),
        ([AGES, {**DAYS, "missing": 1}], "upload", ("random", None)),
        ([AGES, {**DAYS, "latest": DAYS["earliest"]}], "upload", ("random", None)),
        ([DAYS], "upload", ("stratified", "species")),
    ],
)
def test_rows_are_held_out_by_class_or_else_in_the_order_of_their_dates(
    columns: list[dict[str, Any]], source: str, expected: tuple[str, str | None]
) -> None:
    changed = {column["name"]: column for column in columns}
    iris = SETS["iris"].model_copy(update={"source": source})
    kept = [column for column in iris.columns if column.name not in changed]
    info = iris.model_copy(update={"columns": [*kept, *(Column(**column) for column in columns)]})
    split = suggest(through(node("n", "Dense", units=3), shape=[4]), info).data.split
    assert (split.by, split.column) == expected
