"""Trains a model of a few weights, so that what TensorFlow does but once is done before a run's first step."""

import keras
import numpy as np
import tensorflow as tf

from layerloom.training.feed import Feed
from layerloom.training.steps import run_in_calls

ROWS = 8


def warm() -> None:
    """Start TensorFlow's threads, make a first graph and run it; leaves no model and no name behind.

    Not where there is a GPU: a process in reserve would hold some of its memory.
    """
    if tf.config.list_physical_devices("GPU"):
        return
    given = keras.Input((4,))
    hidden = keras.layers.Dense(4, activation="relu")(given)
    model = keras.Model(given, keras.layers.Dense(2, activation="softmax")(hidden))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    rows = (np.zeros((ROWS, 4), np.float32), np.zeros(ROWS, np.int32))
    run_in_calls(model, Feed(tf.data.Dataset.from_tensor_slices(rows).batch(4), ROWS, 2))
    keras.utils.clear_session()
