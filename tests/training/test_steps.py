from pathlib import Path

import keras
import numpy as np

from layerloom.data.library import Library
from layerloom.training.pipeline import TrainingData
from layerloom.training.signature import Signature, Tensor
from layerloom.training.steps import run_in_calls
from tests.training.making import flower_recipe

SIGNATURE = Signature(
    inputs={"flower": Tensor(shape=[4], dtype="float32")}, outputs={"species": Tensor(shape=[3], dtype="float32")}
)


def compiled() -> keras.Model:
    keras.utils.set_random_seed(1)
    given = keras.Input((4,))
    hidden = keras.layers.BatchNormalization()(keras.layers.Dropout(0.5)(keras.layers.Dense(8)(given)))
    model = keras.Model(given, keras.layers.Dense(3, activation="softmax")(hidden))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def test_measuring_changes_no_variable(home: Path) -> None:
    model = compiled()
    model.optimizer.build(model.trainable_variables)
    before = [np.array(variable) for variable in [*model.variables, *model.optimizer.variables]]

    steps = run_in_calls(model, TrainingData(Library(home), flower_recipe(), SIGNATURE).training).steps

    after = [np.array(variable) for variable in [*model.variables, *model.optimizer.variables]]
    assert all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))
    assert 1 <= steps <= 8


def test_many_steps_a_call_train_as_one_by_one(home: Path) -> None:
    data = TrainingData(Library(home), flower_recipe(), SIGNATURE)
    ours, plain = compiled(), compiled()
    run_in_calls(ours, data.training)
    ours.steps_per_execution = 8

    histories = [
        model.fit(data.training.batches, epochs=2, shuffle=False, verbose=0).history for model in (ours, plain)
    ]

    assert histories[0] == histories[1]
