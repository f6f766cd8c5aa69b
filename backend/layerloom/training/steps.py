"""Several training steps in one call of TensorFlow: Python is entered ten times a second, not at every step."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import keras
import tensorflow as tf

from layerloom.training.feed import Feed
from layerloom.training.sharing import get_ready, run_shared, shared

CALL_S = 0.1
"""How long one call should take: news for the browser and a look at the stop flag come that often."""
MEASURED_S = 0.02
MOST_STEPS = 10_000
LARGEST_MEASURED = 50_000_000
"""Weights; a larger model takes long enough for one step a call, and a second copy of it may not fit."""

Logs = dict[str, tf.Tensor]
Call = Callable[[Any], Logs]


class Pace(NamedTuple):
    """How many steps a call does, and the loss of the first batch before any step, if it was measured."""

    steps: int
    first_loss: float | None = None


def run_in_calls(model: keras.Model, training: Feed, strategy: tf.distribute.Strategy | None = None) -> Pace:
    """Make `fit` and `evaluate` of this compiled model run as many steps a call as take about `CALL_S`.

    It is measured by training for a moment, then every variable gets its value back. The graphs traced for it are the
    ones that `fit` uses afterwards, so measuring costs no second tracing. A `strategy`, in whose scope the model was
    made, shares each batch among its devices.
    """
    count = tf.Variable(1, dtype=tf.int64, trainable=False)
    if strategy:
        get_ready(model, strategy, training.batches)
    model.train_function = _call(model, model.train_step, count, strategy)
    model.test_function = _call(model, model.test_step, count, strategy)
    pace = Pace(1) if model.count_params() > LARGEST_MEASURED else _measured(model, training, count)
    count.assign(pace.steps)
    model.steps_per_execution = pace.steps
    return pace


def _call(
    model: keras.Model, step: Callable[[Any], Any], count: tf.Variable, strategy: tf.distribute.Strategy | None
) -> Call:
    """A function as Keras's own of several steps, but for a number of steps that can change without a new trace.

    Metrics are read once a call. A call that meets the end of the data does fewer steps; a batch without rows, whose
    step an earlier attempt has done, is passed over.
    """
    step = shared(model, strategy, step) if strategy else step
    one_step = tf.function(
        tf.autograph.experimental.do_not_convert(step), reduce_retracing=True, jit_compile=model.jit_compile
    )

    def shared_call(iterator: Any) -> Any:
        run_shared(one_step, count, iterator)
        return model.get_metrics_result()

    def call(iterator: Any) -> Any:
        for _ in tf.range(count):
            batch = iterator.get_next_as_optional()
            if not batch.has_value():
                break
            if tf.shape(tf.nest.flatten(batch.get_value())[0])[0] > 0:
                one_step(batch.get_value())
        return model.get_metrics_result()

    compiled: Call = tf.function(shared_call if strategy else call, reduce_retracing=True)
    return compiled


@contextmanager
def untouched(model: keras.Model) -> Iterator[None]:
    """Whatever is trained within, every variable of model, optimizer and metrics is as before in the end."""
    if not model.optimizer.built:  # a LossScaleOptimizer would add its variables a second time
        model.optimizer.build(model.trainable_variables)
    variables = [*model.variables, *model.optimizer.variables]
    kept = [tf.identity(variable.value) for variable in variables]
    try:
        yield
    finally:
        for variable, value in zip(variables, kept, strict=True):
            variable.assign(value)
        model.reset_metrics()


def _measured(model: keras.Model, training: Feed, count: tf.Variable) -> Pace:
    with untouched(model):
        seconds, first_loss = _seconds_per_step(model.train_function, training, count)
    return Pace(max(1, min(round(CALL_S / seconds), training.steps, MOST_STEPS)), first_loss)


def _seconds_per_step(call: Call, training: Feed, count: tf.Variable) -> tuple[float, float]:
    """From the last and longest of ever longer calls, which has the least noise; and the loss of the first step."""
    iterator = iter(training.batches.repeat())
    first_loss = float(call(iterator)["loss"])
    steps, seconds = 1, 0.0
    while seconds < MEASURED_S and steps <= MOST_STEPS:
        count.assign(steps)
        began = time.perf_counter()
        # Reading a result waits for the call to end.
        call(iterator)["loss"].numpy()
        seconds = time.perf_counter() - began
        per_step = seconds / steps
        steps *= 4
    return per_step, first_loss
