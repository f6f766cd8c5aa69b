"""The rival: the script that the course teaches, `model.fit` on arrays, in a fresh Python.

Run as `python plain_script.py mlp|cnn path/to/mnist.npz seed`; prints one JSON line with when its first training step
ended (seconds since 1970) and the test accuracy after five epochs.
"""

import json
import sys
import time

import keras
import numpy as np


class FirstStep(keras.callbacks.Callback):
    """Remembers when the first training step ended: the moment a person sees life."""

    at: float | None = None

    def on_train_batch_end(self, batch: int, logs: object = None) -> None:
        if self.at is None:
            self.at = time.time()


def mlp() -> keras.Model:
    return keras.Sequential(
        [
            keras.layers.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(200, activation="relu"),
            keras.layers.Dense(100, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


def cnn() -> keras.Model:
    return keras.Sequential(
        [
            keras.layers.Input((28, 28, 1)),
            keras.layers.Conv2D(16, 3, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(32, 3, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dropout(0.25),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


def main(which: str, path: str, seed: str) -> None:
    keras.utils.set_random_seed(int(seed))
    with np.load(path) as file:
        x_train, y_train, x_test, y_test = (file[name] for name in ("x_train", "y_train", "x_test", "y_test"))
    x_train, x_test = (x[..., None].astype("float32") / 255 for x in (x_train, x_test))
    model = {"mlp": mlp, "cnn": cnn}[which]()
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    first = FirstStep()
    model.fit(x_train, y_train, batch_size=32, epochs=5, validation_split=0.1, callbacks=[first], verbose=0)
    _, accuracy = model.evaluate(x_test, y_test, verbose=0)
    print(json.dumps({"first_step_at": first.at, "accuracy": accuracy}))


if __name__ == "__main__":
    main(*sys.argv[1:])
