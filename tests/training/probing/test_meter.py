"""A look tells the truth, for every kind of model, and leaves no trace."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from layerloom.training.probing.meter import Meter
from tests.training.probing.models import Batch, cnn, look, lstm, mlp

Making = Callable[[], tuple[keras.Model, Batch]]


def gradients(model: keras.Model, batch: Batch) -> dict[str, float]:
    """The norm of the gradient by each layer's weights, from a tape of its own."""
    x, y = batch
    with tf.GradientTape() as tape:
        loss = keras.losses.SparseCategoricalCrossentropy()(y, model(x, training=False)) + sum(model.losses)
    layers = [layer for layer in model.layers if layer.trainable_variables]
    by_layer = tape.gradient(loss, [[v.value for v in layer.trainable_variables] for layer in layers])
    # An embedding's gradient lists a row for each word: those of the same word belong together.
    dense = [[tf.convert_to_tensor(gradient) for gradient in found] for found in by_layer]
    return {layer.name: float(tf.linalg.global_norm(found)) for layer, found in zip(layers, dense, strict=True)}


def state(model: keras.Model) -> list[Any]:
    variables = [*model.variables, *model.optimizer.variables, *model.metrics_variables]
    return [variable.value.numpy().tolist() for variable in variables]


@pytest.mark.parametrize("make", [mlp, cnn, lstm])
def test_gradients_equal_those_of_an_independent_tape(make: Making) -> None:
    model, batch = make()
    model.train_on_batch(*batch)
    told = {name: float(seen["gradient"]) for name, seen in look(model, batch).items() if "gradient" in seen}
    assert told == pytest.approx(gradients(model, batch), rel=1e-5)


def test_rows_that_count_more_count_more_in_the_gradient() -> None:
    model, (x, y) = mlp()
    weights = tf.linspace(0.0, 4.0, len(y))
    with tf.GradientTape() as tape:
        loss = keras.losses.SparseCategoricalCrossentropy()(y, model(x, training=False), sample_weight=weights)
    expected = float(tf.linalg.global_norm(tape.gradient(loss, [v.value for v in model.get_layer("answer").weights])))
    assert float(Meter(model, (x, y, weights)).look()["answer"]["gradient"]) == pytest.approx(expected, rel=1e-5)


def test_a_look_changes_nothing() -> None:
    model, batch = cnn()
    model.train_on_batch(*batch)
    before = state(model)
    look(model, batch)
    assert state(model) == before


def test_the_gradient_by_an_output_is_that_of_the_loss_by_it() -> None:
    model, (x, y) = mlp()
    hidden = model.get_layer("hidden")(x)
    with tf.GradientTape() as tape:
        tape.watch(hidden)
        loss = keras.losses.SparseCategoricalCrossentropy()(y, model.get_layer("answer")(hidden))
    expected = float(tf.norm(tape.gradient(loss, hidden)))
    assert float(look(model, (x, y))["hidden"]["output_gradient"]) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(
    "optimizer",
    [
        {"class_name": "SGD", "config": {"learning_rate": 0.1, "momentum": 0.9}},
        {"class_name": "AdamW", "config": {"learning_rate": 0.01, "weight_decay": 0.1, "clipnorm": 0.5}},
    ],
    ids=lambda one: one["class_name"],
)
def test_the_update_ratio_is_that_of_the_step_that_comes_next(optimizer: dict[str, Any]) -> None:
    model, (x, y) = mlp(keras.optimizers.get(optimizer))
    model.train_on_batch(x, y)
    told = {name: float(seen["update_ratio"]) for name, seen in look(model, (x, y)).items() if "update_ratio" in seen}
    before = {layer.name: layer.get_weights() for layer in model.layers if layer.weights}
    model.train_on_batch(x, y)

    def norm(arrays: list[Any]) -> float:
        return float(np.sqrt(sum(np.sum(np.square(array)) for array in arrays)))

    after = {name: model.get_layer(name).get_weights() for name in before}
    moved = {
        name: norm([a - b for a, b in zip(after[name], before[name], strict=True)]) / norm(before[name])
        for name in before
    }
    assert told == pytest.approx(moved, rel=1e-4)


def test_gathered_gradients_move_the_weights_as_if_it_were_time() -> None:
    plain, batch = mlp(keras.optimizers.SGD(0.1))
    gathering, _ = mlp(keras.optimizers.SGD(0.1, gradient_accumulation_steps=4))
    ratios = [float(look(model, batch)["hidden"]["update_ratio"]) for model in (plain, gathering)]
    assert ratios[0] == pytest.approx(ratios[1], rel=1e-5)


def test_dead_units_are_those_that_are_zero_for_every_sample() -> None:
    model, batch = mlp(bias_initializer=keras.initializers.Constant(-100.0))
    layer = model.get_layer("hidden")
    layer.bias.assign([-100, -100, -100, 0, 0, 0])
    seen = look(model, batch)
    assert (seen["hidden"]["dead"], "dead" in seen["answer"], "dead" in seen["measures"]) == (0.5, False, False)


def test_saturated_units_are_those_at_an_end_of_their_range() -> None:
    inputs = keras.Input((8,))
    answer = keras.layers.Dense(1, activation="sigmoid", name="answer")(
        keras.layers.Dense(4, activation="tanh", name="hidden")(inputs)
    )
    model = keras.Model(inputs, answer)
    model.compile("sgd", "binary_crossentropy")
    model.get_layer("hidden").bias.assign([50, -50, 50, 0])
    x, y = mlp()[1]
    seen = look(model, (x, keras.ops.cast(y[:, None] > 0, "float32")))
    assert (seen["hidden"]["saturated"], "saturated" in seen["answer"]) == (0.75, False)


def test_a_shared_layer_counts_once_and_a_nested_model_as_one() -> None:
    left, right = keras.Input((4,), name="left"), keras.Input((4,), name="right")
    shared = keras.layers.Dense(3, activation="relu", name="shared")
    inner_input = keras.Input((6,))
    inner = keras.Model(inner_input, keras.layers.Dense(2)(inner_input), name="inner")
    joined = keras.ops.concatenate([shared(left), shared(right)], axis=-1)
    model = keras.Model({"left": left, "right": right}, {"a": inner(joined), "b": shared(left)})
    model.compile("adam", {"a": "mse", "b": "mse"})
    rows = {name: tf.ones((5, 4)) for name in ("left", "right")}
    seen = look(model, (rows, {"a": tf.ones((5, 2)), "b": tf.zeros((5, 3))}))
    weighted = {name for name, layer in seen.items() if layer.get("gradient", 0) > 0}
    assert (weighted, len(seen)) == ({"shared", "inner"}, 5)


def test_half_precision_with_scaled_losses_is_told_unscaled() -> None:
    def seen(policy: str) -> float:
        model, batch = mlp(dtype=policy)
        if policy == "mixed_float16":
            model.compile(keras.optimizers.LossScaleOptimizer(keras.optimizers.SGD(0.01)), model.loss)
        return float(look(model, batch)["answer"]["update_ratio"])

    assert seen("mixed_float16") == pytest.approx(seen("float32"), rel=0.02)
