import inspect
from collections.abc import Callable
from typing import Any

import keras
import pytest

from layerloom.catalog import Kind, Parameter
from layerloom.graph.document import Node
from layerloom.modeling.families import family
from layerloom.modeling.objects import make, make_layer
from layerloom.modeling.reflection import entries
from layerloom.modeling.source.autonames import Created, makes_no_layers, names_to_write
from layerloom.modeling.source.expressions import argument, construction
from layerloom.recipe import KerasObject

NEEDS_SCIPY = frozenset({"STFT"})
"""Neither Keras nor the app makes these without a package that the app does not bring."""


@pytest.mark.parametrize(
    ("family_name", "type", "config", "expected"),
    [
        ("layers", "Dense", {"units": 3}, "keras.layers.Dense(3)"),
        ("layers", "Dense", {"units": 3, "use_bias": True, "activation": None}, "keras.layers.Dense(3)"),
        ("layers", "Conv2D", {"filters": 2, "kernel_size": [3, 3]}, "keras.layers.Conv2D(2, (3, 3))"),
        ("layers", "Rescaling", {"scale": 1 / 255}, "keras.layers.Rescaling(1 / 255)"),
        ("layers", "Dropout", {"rate": 1}, "keras.layers.Dropout(1.0)"),
        (
            "layers",
            "Dense",
            {"units": 1, "kernel_regularizer": {"type": "L2", "config": {"l2": 0.5}}},
            "keras.layers.Dense(1, kernel_regularizer=keras.regularizers.L2(l2=0.5))",
        ),
        (
            "layers",
            "Bidirectional",
            {"layer": {"type": "LSTM", "config": {"units": 2}}},
            "keras.layers.Bidirectional(keras.layers.LSTM(2, name='lstm'))",
        ),
        (
            "optimizers",
            "SGD",
            {"learning_rate": {"type": "CosineDecay", "config": {"initial_learning_rate": 1, "decay_steps": 10}}},
            "keras.optimizers.SGD(learning_rate=keras.optimizers.schedules.CosineDecay(1.0, 10))",
        ),
        ("metrics", "SparseCategoricalAccuracy", {"name": "accuracy"}, ""),
    ],
)
def test_an_object_is_written_with_what_differs_from_the_default(
    family_name: str, type: str, config: dict[str, Any], expected: str
) -> None:
    written = construction(family_name, type, config)

    assert written == (expected or "keras.metrics.SparseCategoricalAccuracy(name='accuracy')")


@pytest.mark.parametrize("kind", ["activation", "initializer", "regularizer", "constraint"])
def test_keras_makes_of_every_word_that_is_written_what_the_app_makes(kind: Kind) -> None:
    family_name, parameter = f"{kind}s", Parameter(name="argument", kind=kind)
    found = family(family_name)
    needless = [n for n, entry in entries(family_name).items() if not any(p.required for p in entry.parameters)]
    needless = [name for name in needless if name not in NEEDS_SCIPY]
    words = [*needless, *(alias for alias, name in found.aliases.items() if name in needless)]

    written = {word: eval(argument(parameter, word), {"keras": keras}) for word in words}

    made = {word: getattr(keras, family_name).get(value) for word, value in written.items()}
    assert [word for word, value in made.items() if not same(value, make(family_name, word))] == []


def same(left: Any, right: Any) -> bool:
    return left is right or type(left) is type(right)


def requires(member: Callable[..., Any]) -> bool:
    """Whether Keras can not make it without an argument, be it one that a recipe may give or not."""
    known = inspect.signature(member).parameters.values()
    return any(one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD for one in known)


@pytest.mark.parametrize("family_name", ["losses", "metrics", "optimizers", "callbacks", "schedules"])
def test_every_object_without_required_arguments_is_written_and_made(family_name: str) -> None:
    names = [name for name in entries(family_name) if not requires(family(family_name).members[name])]

    made = {name: eval(construction(family_name, name, {}), {"keras": keras}) for name in names}

    assert [n for n, value in made.items() if not same(value, make(family_name, KerasObject(type=n)))] == []


def test_layers_that_are_said_to_make_no_layers_make_none() -> None:
    types = [type for type in entries("layers") if makes_no_layers(type)]

    made = {type: make_layer(Node(id="a", type=type, config=sample(type)), name="x") for type in types}

    assert len(types) > 60
    assert [type for type, layer in made.items() if layer._flatten_layers(include_self=False)] == []


def sample(type: str) -> dict[str, Any]:
    """The values to start from that the catalog suggests for what is required."""
    return {p.name: p.suggestion for p in entries("layers")[type].parameters if p.required}


def test_a_name_is_written_where_a_fresh_keras_would_give_another() -> None:
    layers = [
        Created("a", "Dense", "dense", False),
        Created("b", "Dense", "dense_2", False),
        Created("c", "Dense", "dense_1", False),
        Created("d", "Dense", "dense_9", True),
        Created("e", "Conv2D", "conv2d", False),
    ]

    assert names_to_write(layers) == {"b", "d"}


def test_all_names_are_written_beside_a_layer_that_makes_layers() -> None:
    layers = [Created("a", "LSTM", "lstm", False), Created("b", "Dense", "dense", False)]

    assert names_to_write(layers) == {"a", "b"}
