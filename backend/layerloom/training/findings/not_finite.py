"""Where a network that diverged breaks: the first layer, in the model's order, that makes NaN or infinities."""

from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from layerloom.training.findings.finding import Finding
from layerloom.training.probing.taps import Tap, taps

ADVICE = "Try a learning rate 100 times smaller or clipnorm of the optimizer, and normalize the inputs."


def first_not_finite(model: keras.Model, x: Any) -> Iterator[Finding]:
    """One forward pass over `x`, looked through layer by layer."""
    seen = taps(model)
    outputs = keras.Model(model.input, [tap.tensors for tap in seen])(x, training=False)
    for tap, tensors in zip(seen, outputs, strict=True):
        share = max((_share(tensor) for tensor in tensors), default=0.0)
        if share > 0:
            yield _broken(tap, share)
            return
    yield Finding(
        code="not-finite",
        message="The weights still give finite answers on training samples: it is the loss or a step that broke.",
        advice=ADVICE,
        metric="loss",
    )


def _broken(tap: Tap, share: float) -> Finding:
    """Weights that are no numbers make outputs that are none; else the layer's own computation does."""
    weights = max((_share(variable.value) for variable in tap.weights), default=0.0)
    if isinstance(tap.operation, keras.layers.InputLayer):
        why, advice = "the data itself holds them", "Look for empty or infinite cells in the dataset."
    elif weights:
        why, advice = f"{weights:.0%} of its weights are NaN or infinite", ADVICE
    else:
        why, advice = "its weights are finite, so it is what it computes", ADVICE
    return Finding(
        code="not-finite",
        message=f"'{tap.name}' is the first layer with outputs that are NaN or infinite ({share:.0%} of them): {why}.",
        advice=advice,
        layer=tap.name,
        metric="loss",
        evidence={"outputs_not_finite": share, "weights_not_finite": weights},
    )


def _share(tensor: Any) -> float:
    values = tf.convert_to_tensor(tensor)
    if not values.dtype.is_floating or not tf.size(values):
        return 0.0
    return float(1 - np.mean(tf.math.is_finite(values).numpy()))
