"""Keras objects from names and configs: every class of the catalog is made, what Keras refuses becomes a problem."""

import importlib.util
import pickle

import keras
import pytest
from pydantic import JsonValue

from layerloom.catalog import Entry
from layerloom.graph.document import Node
from layerloom.graph.naming import snake_case
from layerloom.modeling.mistakes import ConfigError
from layerloom.modeling.objects import make, make_layer
from layerloom.modeling.reflection import entries
from layerloom.problem import Problem
from layerloom.recipe import KerasObject

NEEDED_TOO: dict[str, dict[str, JsonValue]] = {"Discretization": {"num_bins": 4}}
"""Arguments that Keras wants in spite of their defaults."""
WITHOUT_SCIPY: dict[str, dict[str, JsonValue]] = {"STFTSpectrogram": {"window": None}, "STFT": {"window": None}}
"""Arguments that need no SciPy, where it is not installed."""
BY_THE_APP: dict[str, dict[str, str]] = {"CSVLogger": {"filename": "x.csv"}}
"""Arguments that no recipe may give."""
OTHERS = [
    (name, type)
    for name in ("losses", "metrics", "optimizers", "schedules", "callbacks", "initializers", "regularizers")
    for type in entries(name)
    if type != "ModelCheckpoint"  # this app keeps checkpoints in its own way: tests/training/test_keeping.py
]
LAYERS = [type for type in entries("layers") if type not in ("Input", "Output")]


def minimal(entry: Entry) -> dict[str, JsonValue]:
    needed = {each.name: each.suggestion for each in entry.parameters if each.required}
    spared = {} if importlib.util.find_spec("scipy") else WITHOUT_SCIPY.get(entry.type, {})
    return {**needed, **NEEDED_TOO.get(entry.type, {}), **spared}


def complete(entry: Entry) -> dict[str, JsonValue]:
    return {**{each.name: each.default for each in entry.parameters if not each.required}, **minimal(entry)}


def layer(type: str, config: dict[str, JsonValue]) -> keras.layers.Layer:
    return make_layer(Node(id="n1", type=type, config=config), name="made")


def problem(type: str, config: dict[str, JsonValue]) -> Problem:
    with pytest.raises(ConfigError) as caught:
        layer(type, config)
    (found,) = caught.value.problems
    return found


@pytest.mark.parametrize("type", LAYERS)
def test_every_layer_is_made_from_its_required_arguments_and_its_config_round_trips(type: str) -> None:
    made = layer(type, minimal(entries("layers")[type]))

    again = made.__class__.from_config(made.get_config())

    assert (made.name, again.get_config()) == ("made", made.get_config())


@pytest.mark.parametrize("type", LAYERS)
def test_every_layer_takes_its_defaults_spelled_out(type: str) -> None:
    entry = entries("layers")[type]

    configs = [layer(type, config).get_config() for config in (minimal(entry), complete(entry))]

    assert {**configs[1], "seed": None} == {**configs[0], "seed": None}


@pytest.mark.parametrize(("name", "type"), OTHERS)
def test_every_other_class_is_made_and_takes_its_defaults_spelled_out(name: str, type: str) -> None:
    entry = entries(name)[type]

    given = BY_THE_APP.get(type, {})
    made = [make(name, KerasObject(type=type, config=config), **given) for config in (minimal(entry), complete(entry))]

    assert [each.__class__.__name__ for each in made] == [type] * 2


@pytest.mark.parametrize("name", ["losses", "metrics", "optimizers", "schedules", "initializers", "regularizers"])
def test_configs_of_other_classes_round_trip(name: str) -> None:
    made = [make(name, KerasObject(type=type, config=minimal(entry))) for type, entry in entries(name).items()]

    again = [each.__class__.from_config(each.get_config()) for each in made]

    assert [each.get_config() for each in again] == [each.get_config() for each in made]


@pytest.mark.parametrize("name", ["initializers", "regularizers", "constraints"])
def test_every_string_name_makes_the_object_it_names(name: str) -> None:
    types = [type for type in entries(name) if type not in WITHOUT_SCIPY]

    assert [make(name, snake_case(type)).__class__.__name__ for type in types] == types


@pytest.mark.parametrize("type", entries("activations"))
def test_every_activation_computes(type: str) -> None:
    activation = make("activations", type)

    assert activation(keras.ops.ones((1, 4))).dtype == "float32"


def test_every_layer_default_name_is_known() -> None:
    for entry in entries("layers").values():
        for each in entry.parameters:
            if each.kind in ("initializer", "activation") and each.default is not None:
                make(f"{each.kind}s", KerasObject(type=str(each.default)))


def test_nested_objects_are_made_by_kind() -> None:
    config: dict[str, JsonValue] = {
        "units": 4,
        "activation": "swish",
        "kernel_initializer": {"type": "HeNormal", "config": {"seed": 3}},
        "kernel_regularizer": {"type": "L2", "config": {"l2": 1}},
        "kernel_constraint": {"type": "MaxNorm"},
    }

    made = layer("Dense", config)

    assert (
        made.activation,
        made.kernel_initializer.get_config()["seed"],
        float(made.kernel_regularizer.l2),
        made.kernel_constraint.__class__,
    ) == (keras.activations.silu, 3, 1.0, keras.constraints.MaxNorm)


def test_wrapped_layers_get_the_same_names_every_time() -> None:
    config: dict[str, JsonValue] = {"layer": {"type": "LSTM", "config": {"units": 4}}}

    assert layer("Bidirectional", config).get_config() == layer("Bidirectional", config).get_config()


def test_a_schedule_is_taken_for_a_learning_rate() -> None:
    decay: dict[str, JsonValue] = {"initial_learning_rate": 0.1, "decay_steps": 100}
    config: dict[str, JsonValue] = {"learning_rate": {"type": "CosineDecay", "config": decay}}

    made = make("optimizers", KerasObject(type="SGD", config=config))

    assert made.get_config()["learning_rate"]["class_name"] == "CosineDecay"


def test_a_whole_number_is_taken_for_a_learning_rate() -> None:
    assert float(make("optimizers", KerasObject(type="Adam", config={"learning_rate": 1})).learning_rate) == 1.0


def test_lists_become_the_tuples_that_keras_wants() -> None:
    assert layer("Reshape", {"target_shape": [2, -1]}).target_shape == (2, -1)


def test_what_keras_refuses_is_a_problem_at_the_argument_it_names() -> None:
    found = problem("Conv2D", {"filters": 3, "kernel_size": 3, "strides": 2, "dilation_rate": 2})

    assert (found.code, found.node, found.parameter, found.message) == (
        "bad-value",
        "n1",
        "strides",
        "Keras refuses this Conv2D: `strides > 1` not supported in conjunction with `dilation_rate > 1`. "
        "Received: strides=(2, 2) and dilation_rate=(2, 2)",
    )


def test_an_argument_that_keras_misses_comes_with_a_value_to_start_from() -> None:
    found = problem("Discretization", {})

    assert (found.parameter, [fix.label for fix in found.fixes]) == ("num_bins", ["Set num_bins to 10"])


def test_what_keras_refuses_inside_a_wrapper_is_a_problem_at_its_path() -> None:
    inner: dict[str, JsonValue] = {"type": "Conv2D", "config": {"filters": 3, "kernel_size": 3, "groups": 2}}

    assert problem("TimeDistributed", {"layer": inner}).parameter == "layer.config.filters"


def test_an_unknown_layer_is_refused_before_keras_is_asked() -> None:
    assert problem("Lambda", {"function": "os.system"}).code == "not-offered"


def test_an_unknown_loss_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"There is no loss 'MeanSquareError'\. Did you mean MeanSquaredError\?"):
        make("losses", KerasObject(type="MeanSquareError"))


def test_a_config_error_survives_pickling() -> None:
    error = ConfigError([Problem(code="bad-value", message="units must be a whole number.")])

    again = pickle.loads(pickle.dumps(error))

    assert (again.problems, str(again)) == (error.problems, "units must be a whole number.")
