from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerloom.data import builtin
from layerloom.data.dataset import Column, DatasetInfo, Kind, Statistics
from layerloom.data.start import start
from layerloom.graph.document import Graph
from layerloom.graph.naming import layer_names
from layerloom.problem import Refusal

SETS = builtin.profiles()
NUMBERS = Statistics(min=0, max=4, mean=1, std=2, median=1, quartiles=(0, 2))
DTYPES = {"image": "uint8", "number": "float32", "category": "int32", "text": "string", "identifier": "string"}


def column(name: str, kind: Kind = "number", **given: Any) -> Column:
    """A column of ten rows with something in it."""
    filled: dict[str, Any] = {"statistics": NUMBERS}
    if kind == "category":
        classes = given.get("classes", ["a", "b"])
        filled = {"classes": classes, "class_counts": [5] * len(classes)}
    role = "feature"
    return Column.model_validate(
        {"name": name, "kind": kind, "dtype": DTYPES.get(kind, "float32"), "role": role} | filled | given
    )


def dataset(*columns: Column, target: str | None = "y", rows: int = 10) -> DatasetInfo:
    inputs = [one.name for one in columns if one.name != target]
    return DatasetInfo(
        **{"id": "d", "title": "D", "description": "", "licence": "", "origin": "", "task": "regression"},
        **{"rows": {"train": rows}, "columns": list(columns), "size_bytes": 1, "fingerprint": "f"},
        **{"default_inputs": inputs, "default_targets": [target] if target else [], "source": "upload"},
    )


def layers(graph: Graph) -> list[str]:
    return [node.type for node in graph.nodes]


def layers_of(*columns: Column) -> list[str]:
    """What is drawn before the hidden layers for these columns and a number as target."""
    types = layers(start(dataset(*columns, column("y"))).graph)
    return types[: types.index("Dense")]


def test_pictures_are_scaled_and_convolved_by_their_size() -> None:
    convolved = ["Conv2D", "MaxPooling2D"]
    drawn = {side: layers_of(column("x", "image", shape=[side, side, 3])) for side in (4, 28, 300)}
    assert drawn == {
        4: ["Input", "Rescaling", "Flatten"],
        28: ["Input", "Rescaling", *convolved * 2, "Flatten"],
        300: ["Input", "Resizing", "Rescaling", *convolved * 4, "Flatten"],
    }


def test_every_kind_of_column_gets_a_branch_that_fits_it() -> None:
    graph = start(
        dataset(
            *(column("size"), column("weight"), column("colour", "category"), column("words", "text")),
            *(column("steps", "sequence", shape=[900, 2]), column("many", "vector", shape=[7]), column("y")),
        )
    ).graph
    assert layers(graph) == [
        *("Input", "Normalization"),
        *("Input", "StringLookup"),
        *("Input", "TextVectorization", "Embedding", "GlobalAveragePooling1D"),
        *("Input", "Normalization", "Conv1D", "LSTM"),
        *("Input", "Normalization"),
        *("Concatenate", "Dense", "Dense", "Dense", "Rescaling", "Output"),
    ]


def test_few_rows_with_empty_cells_are_left_out_and_many_are_filled_in_the_drawing() -> None:
    few = start(dataset(column("age", missing=1), column("y"), rows=100))
    many = start(dataset(column("age", missing=50), column("y"), rows=100))
    filled = ["ops.nan_to_num", "ops.isnan", "ops.cast", "Concatenate"]
    assert [(layers(one.graph)[2:-5], one.recipe.data.missing) for one in (few, many)] == [
        ([], "drop"),
        (filled, "keep"),
    ]


def test_titanic_takes_names_of_classes_and_empty_ages() -> None:
    proposed = start(SETS["titanic"])
    names = layer_names(proposed.graph)
    drawn = {names[node.id]: node.config for node in proposed.graph.nodes if node.type == "StringLookup"}
    assert (proposed.recipe.data.inputs, proposed.recipe.data.missing, drawn) == (
        {"age": ["age"], "class": ["class"], "sex": ["sex"]},
        "keep",
        {
            "string_lookup": {"vocabulary": ["1st", "2nd", "3rd"], "output_mode": "one_hot"},
            "string_lookup_1": {"vocabulary": ["female", "male"], "output_mode": "one_hot"},
        },
    )


def test_names_are_fed_only_where_there_is_nothing_else() -> None:
    name, size = column("name", "text", unique=10), column("size")
    fed = [start(dataset(*columns, column("y"))).recipe.data.inputs for columns in ([name, size], [name])]
    assert fed == [{"size": ["size"]}, {"name": ["name"]}]


def test_several_targets_get_a_head_a_loss_and_a_weight_each() -> None:
    yes, kind = column("yes", "category"), column("kind", "category", classes=["a", "b", "c"])
    targets = ["price", "yes", "kind"]
    info = dataset(column("x"), column("price"), yes, kind).model_copy(
        update={"default_targets": targets, "default_inputs": ["x"]}
    )
    judged = start(info).recipe.compile.outputs
    assert {name: (one.loss.type, one.loss_weight) for name, one in judged.items()} == {
        "price": ("MeanSquaredError", 0.25),
        "yes": ("BinaryCrossentropy", 1.0),
        "kind": ("SparseCategoricalCrossentropy", 1.0),
    }


def test_categories_and_columns_beyond_what_can_be_drawn_stand_beside_the_numbers() -> None:
    many = [column(f"c{place}", "category") for place in range(20_000)]
    data = start(dataset(*many, column("y", missing=3))).recipe.data
    sizes = {name: len(columns) for name, columns in data.inputs.items() if len(columns) > 1}
    assert (sizes, sum(len(columns) for columns in data.inputs.values()), data.missing) == (
        {"numbers": 10_000, "numbers_1": 9_988},
        20_000,
        "drop",
    )


@pytest.mark.parametrize(
    ("info", "code"),
    [
        (dataset(column("x"), target=None), "no-target"),
        (dataset(column("x"), column("y", statistics=NUMBERS.model_copy(update={"max": 0}))), "no-target"),
        (dataset(column("x"), column("y", "category", classes=["a"])), "no-target"),
        (dataset(column("x"), column("y", "text")), "no-target"),
        (dataset(column("y")), "no-input"),
        (dataset(column("x", "identifier"), column("y")), "no-input"),
        (dataset(column("x", missing=10, statistics=None), column("y")), "no-input"),
    ],
)
def test_a_dataset_without_anything_to_predict_or_predict_from_is_refused(info: DatasetInfo, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        start(info)
    assert refused.value.code == code


KINDS: list[Kind] = ["number", "category", "text", "date", "identifier"]
COLUMNS = st.builds(
    column,
    st.text(max_size=4) | st.sampled_from(["y", "é x/y", "n" * 300]),
    st.sampled_from(KINDS),
    missing=st.integers(0, 10),
    unique=st.none() | st.integers(0, 10),
)


@given(st.lists(COLUMNS, max_size=6, unique_by=lambda one: one.name), st.booleans())
def test_any_dataset_gets_a_drawing_with_a_recipe_for_it_or_a_refusal(columns: list[Column], targeted: bool) -> None:
    target = columns[-1].name if columns and targeted else None
    try:
        graph, recipe = start(dataset(*columns, target=target))
    except Refusal:
        return
    names = layer_names(graph)
    ends = {type: {names[node.id] for node in graph.nodes if node.type == type} for type in ("Input", "Output")}
    assert (ends["Input"], ends["Output"], len(set(names.values()))) == (
        set(recipe.data.inputs),
        set(recipe.compile.outputs),
        len(graph.nodes),
    )


@pytest.mark.parametrize("id", sorted(SETS))
def test_no_two_nodes_overlap_on_the_canvas(id: str) -> None:
    graph = start(SETS[id]).graph
    places = sorted(graph.layout.values())
    close = [(a, b) for a in places for b in places if a < b and abs(a[0] - b[0]) < 200 and abs(a[1] - b[1]) < 90]
    assert (len(places), close) == (len(graph.nodes), [])


@pytest.mark.parametrize("id", sorted(SETS))
def test_the_drawing_is_fed_every_default_input_once_and_answers_the_targets(id: str) -> None:
    data = start(SETS[id]).recipe.data
    fed = [name for columns in data.inputs.values() for name in columns]
    assert (sorted(fed), [name for (name,) in data.targets.values()]) == (
        sorted(SETS[id].default_inputs),
        SETS[id].default_targets,
    )
