"""The rival: the script that the course teaches, `model.fit` on arrays, in a fresh Python.

Run as `python plain_script.py mlp|cnn|lstm|transformer seed`; prints one JSON line with when its first training step
ended (seconds since 1970) and how good the model is in the end.
"""

import csv
import gzip
import json
import sys
import time
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from keras import layers

SETS = Path(__file__).parents[2] / "backend" / "layerloom" / "data" / "sets"


class FirstStep(keras.callbacks.Callback):
    """Remembers when the first training step ended: the moment a person sees life."""

    at: float | None = None

    def on_train_batch_end(self, batch: int, logs: object = None) -> None:
        if self.at is None:
            self.at = time.time()


def mlp() -> keras.Model:
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(100, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )


def cnn() -> keras.Model:
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(16, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dropout(0.25),
            layers.Dense(10, activation="softmax"),
        ]
    )


def mnist(model: keras.Model, first: FirstStep) -> dict[str, float]:
    with np.load(SETS / "mnist.npz") as file:
        x_train, y_train, x_test, y_test = (file[name] for name in ("x_train", "y_train", "x_test", "y_test"))
    x_train, x_test = (x[..., None].astype("float32") / 255 for x in (x_train, x_test))
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x_train, y_train, batch_size=32, epochs=5, validation_split=0.1, callbacks=[first], verbose=0)
    _, accuracy = model.evaluate(x_test, y_test, verbose=0)
    return {"test_accuracy": accuracy}


def lstm(first: FirstStep, seed: int) -> dict[str, float]:
    """The passengers of a month from the twelve months before it."""
    with (SETS / "airline_passengers.csv").open(newline="") as file:
        passengers = np.array([row["Passengers"] for row in csv.DictReader(file)], "float32")
    windows = np.lib.stride_tricks.sliding_window_view(passengers, 13)
    windows = np.random.default_rng(seed).permutation(windows)
    x, y = windows[:, :12, None], windows[:, 12]
    model = keras.Sequential(
        [
            layers.Input((12, 1)),
            layers.Rescaling(0.01),
            layers.LSTM(32),
            layers.Dense(1),
            layers.Rescaling(100.0),
        ]
    )
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
    history = model.fit(x, y, batch_size=16, epochs=100, validation_split=0.25, callbacks=[first], verbose=0)
    return {"val_mae": history.history["val_mae"][-1]}


def transformer(first: FirstStep, seed: int) -> dict[str, float]:
    """Whether the garment was recommended, from the words of the review."""
    with gzip.open(SETS / "clothing_reviews.csv.gz", "rt", newline="") as file:
        rows = list(csv.DictReader(file))
    rows = [rows[place] for place in np.random.default_rng(seed).permutation(len(rows))]
    x = tf.constant([row["Review Text"] for row in rows])
    y = np.array([row["Recommended IND"] for row in rows], "float32")
    held_out = len(rows) // 10
    words = layers.TextVectorization(max_tokens=5_000, output_sequence_length=64)
    words.adapt(x[held_out:])
    review = layers.Input((), dtype="string")
    last = layers.Embedding(5_000, 64)(words(review))
    for _ in range(2):
        last = encoder(last)
    recommended = layers.Dense(1, activation="sigmoid")(layers.GlobalAveragePooling1D()(last))
    model = keras.Model(review, recommended)
    model.compile(optimizer=keras.optimizers.Adam(0.001), loss="binary_crossentropy", metrics=["accuracy"])
    held = (x[:held_out], y[:held_out])
    history = model.fit(
        *(x[held_out:], y[held_out:]), batch_size=32, epochs=3, validation_data=held, callbacks=[first], verbose=0
    )
    return {"val_accuracy": history.history["val_accuracy"][-1]}


def encoder(x: keras.KerasTensor) -> keras.KerasTensor:
    attention = layers.MultiHeadAttention(num_heads=4, key_dim=16, dropout=0.1)(x, x)
    x = layers.LayerNormalization(epsilon=1e-6)(layers.Add()([x, layers.Dropout(0.1)(attention)]))
    wide = layers.Dense(128, activation="gelu")(x)
    narrow = layers.Dropout(0.1)(layers.Dense(64)(wide))
    return layers.LayerNormalization(epsilon=1e-6)(layers.Add()([x, narrow]))


def main(which: str, seed: int) -> None:
    keras.utils.set_random_seed(seed)
    first = FirstStep()
    if which in ("lstm", "transformer"):
        scores = {"lstm": lstm, "transformer": transformer}[which](first, seed)
    else:
        scores = mnist({"mlp": mlp, "cnn": cnn}[which](), first)
    print(json.dumps({"first_step_at": first.at, **scores}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
