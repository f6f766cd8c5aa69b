"""Small compiled models of the kinds that people build, and a batch for each."""

from typing import Any

import keras
import numpy as np

from layerloom.training.probing.meter import Meter

Batch = tuple[Any, Any]


def mlp(optimizer: Any = "sgd", **dense: Any) -> tuple[keras.Model, Batch]:
    """Two layers on eight numbers, three classes."""
    keras.utils.set_random_seed(3)
    inputs = keras.Input((8,), name="measures")
    hidden = keras.layers.Dense(6, activation="relu", name="hidden", **dense)(inputs)
    answer = keras.layers.Dense(3, activation="softmax", name="answer")(hidden)
    return _compiled(inputs, answer, optimizer), (_numbers(32, 8), _classes(32))


def cnn() -> tuple[keras.Model, Batch]:
    """Convolution, batch normalization, dropout: layers that differ between training and inference."""
    keras.utils.set_random_seed(3)
    inputs = keras.Input((8, 8, 1), name="picture")
    features = keras.layers.Conv2D(4, 3, activation="relu", name="strokes")(inputs)
    features = keras.layers.BatchNormalization(name="norm")(features)
    features = keras.layers.Dropout(0.5, seed=1, name="drop")(keras.layers.Flatten(name="flat")(features))
    answer = keras.layers.Dense(3, activation="softmax", kernel_regularizer="l2", name="answer")(features)
    return _compiled(inputs, answer, "adam"), (_numbers(16, 8, 8, 1), _classes(16))


def lstm() -> tuple[keras.Model, Batch]:
    """A recurrent network on tokens."""
    keras.utils.set_random_seed(3)
    inputs = keras.Input((6,), dtype="int32", name="words")
    embedded = keras.layers.Embedding(20, 4, name="embedding")(inputs)
    answer = keras.layers.Dense(3, activation="softmax", name="answer")(keras.layers.LSTM(5, name="memory")(embedded))
    words = np.random.default_rng(1).integers(0, 20, (16, 6)).astype("int32")
    return _compiled(inputs, answer, "adam"), (keras.ops.convert_to_tensor(words), _classes(16))


def look(model: keras.Model, batch: Batch) -> dict[str, dict[str, Any]]:
    """What one look sees."""
    return Meter(model, batch).look()


def _compiled(inputs: Any, outputs: Any, optimizer: Any) -> keras.Model:
    model = keras.Model(inputs, outputs)
    model.compile(optimizer=optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def _numbers(*shape: int) -> Any:
    return keras.ops.convert_to_tensor(np.random.default_rng(0).normal(size=shape).astype("float32"))


def _classes(count: int) -> Any:
    return keras.ops.convert_to_tensor(np.random.default_rng(2).integers(0, 3, count))
