"""One look at every layer: gradients, the next update, units, samples of activations. Leaves the model as it found it.

The forward and backward pass run in inference mode inside a StatelessScope, so that no metric, moving average or random
state changes. The update is the optimizer's own: it is applied, measured and taken back in the same call.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import keras
import tensorflow as tf

from layerloom.training.probing.taps import Tap, taps
from layerloom.training.probing.units import dead, saturated

SAMPLED_VALUES = 8_192
"""Of the activations of a layer, for its histogram."""

Tensors = dict[str, tf.Tensor]


class Meter:
    """Looks at a compiled functional model on one batch (x, y) or (x, y, weights), as `fit` takes it."""

    def __init__(self, model: keras.Model, batch: tuple[Any, ...]) -> None:
        if not model.optimizer.built:  # a LossScaleOptimizer would add its variables a second time
            model.optimizer.build(model.trainable_variables)
        self.taps = taps(model)
        self.samples = int(tf.shape(tf.nest.flatten(batch)[0])[0])
        self._model = model
        self._batch = batch
        # The same layers, called once: every tensor between them comes out beside the answers.
        self._open = keras.Model(model.input, [model.output, [tap.tensors for tap in self.taps]])
        self._look = tf.function(self._measure, autograph=False)

    def trace(self) -> None:
        """Make the graph that a look runs, and run it once, the slowest time of all. Takes tenths of a second."""
        self._look(*self._batch)

    def look(self) -> dict[str, dict[str, Any]]:
        """By layer name: `gradient`, `output_gradient`, `update_ratio`, `dead`, `saturated`, `values` (NumPy).

        What does not apply to a layer is left out. `values` are up to SAMPLED_VALUES of its activations.
        """
        looked: dict[str, dict[str, Any]] = tf.nest.map_structure(lambda one: one.numpy(), self._look(*self._batch))
        return looked

    def _measure(self, x: Any, y: Any, weights: Any = None) -> dict[str, Tensors]:
        variables = self._model.trainable_variables
        loss_gradients, made = self._gradients(x, y, weights, variables)
        gradients, by_output = loss_gradients
        ratios = self._ratios(gradients, variables)
        own = dict(zip(map(id, variables), zip(gradients, ratios, strict=True), strict=True))
        return {
            tap.name: {**_weights_told(tap, own), **_outputs_told(tap, outputs, grads)}
            for tap, outputs, grads in zip(self.taps, made, by_output, strict=True)
        }

    def _gradients(self, x: Any, y: Any, weights: Any, variables: Sequence[keras.Variable]) -> tuple[Any, Any]:
        """Gradients of the loss by the variables and by each tap's tensors, and those tensors."""
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch([variable.value for variable in variables])
            tape.watch([tensor for tensor in tf.nest.flatten(x) if tensor.dtype.is_floating])
            # Regularizers read weights from the scope alone, so it has to know them.
            known = [(variable, variable.value) for variable in self._model.variables]
            with keras.StatelessScope(known, collect_losses=True):
                answers, made = self._open(x, training=False)
                loss = self._model.compute_loss(x=x, y=y, y_pred=answers, sample_weight=weights, training=False)
        return tape.gradient(loss, ([variable.value for variable in variables], made)), made

    def _ratios(self, gradients: Sequence[Any], variables: Sequence[keras.Variable]) -> list[tuple[Any, Any]]:
        """Squared norms of the update and of the weight, for each variable."""
        optimizer = self._model.optimizer
        state = [variable.value for variable in [*variables, *optimizer.variables]]
        before = [tf.identity(one) for one in state]
        scale = optimizer.scale_loss(tf.constant(1.0))
        given = [
            (tf.convert_to_tensor(gradient) * tf.cast(scale, variable.dtype), variable)
            for gradient, variable in zip(gradients, variables, strict=True)
            if gradient is not None
        ]
        if given:
            with _as_one_step(optimizer):
                optimizer.apply_gradients(given)
        after = [tf.identity(variable.value) for variable in variables]
        for variable, value in zip(state, before, strict=True):
            variable.assign(value)
        return [(_square(new - old), _square(old)) for new, old in zip(after, before, strict=False)]


@contextmanager
def _as_one_step(optimizer: keras.optimizers.Optimizer) -> Iterator[None]:
    """An optimizer that gathers gradients moves the weights only every so many steps: here it is to move them now."""
    steps, optimizer.gradient_accumulation_steps = optimizer.gradient_accumulation_steps, None
    try:
        yield
    finally:
        optimizer.gradient_accumulation_steps = steps


def _weights_told(tap: Tap, own: dict[int, tuple[Any, tuple[Any, Any]]]) -> Tensors:
    found = [own[id(variable)] for variable in tap.trainable if id(variable) in own]
    gradients = [gradient for gradient, _ in found if gradient is not None]
    if not gradients:
        return {}
    moved, size = (tf.add_n(list(squares)) for squares in zip(*(ratio for _, ratio in found), strict=True))
    return {"gradient": _norm(gradients), "update_ratio": tf.sqrt(moved / size)}


def _outputs_told(tap: Tap, outputs: Sequence[tf.Tensor], gradients: Sequence[tf.Tensor | None]) -> Tensors:
    if not outputs:
        return {}
    first = tf.cast(outputs[0], tf.float32)
    flat = tf.reshape(first, [-1])
    stride = tf.size(flat) // SAMPLED_VALUES + 1
    told = {
        "dead": dead(tap.operation, first),
        "saturated": None if tap.final else saturated(tap.operation, first),
        # An odd stride does not keep to one half of the channels, whose number is mostly even.
        "values": flat[:: tf.bitwise.bitwise_or(stride, 1)],
        "output_gradient": _norm([gradient for gradient in gradients if gradient is not None] or None),
    }
    return {name: tensor for name, tensor in told.items() if tensor is not None}


def _norm(tensors: Sequence[Any] | None) -> tf.Tensor | None:
    """L2 norm of all elements together."""
    return None if tensors is None else tf.sqrt(tf.add_n([_square(tensor) for tensor in tensors]))


def _square(tensor: Any) -> tf.Tensor:
    return tf.reduce_sum(tf.square(tf.cast(tf.convert_to_tensor(tensor), tf.float32)))
