"""Where the weights of a first attempt come from, if not from their initializers alone."""

from collections.abc import Callable
from pathlib import Path

import keras

from layerloom.events import Event, LogEvent
from layerloom.modeling.importing.starting import give


def start_from(model: keras.Model, weights: Path, report: Callable[[Event], None]) -> frozenset[str]:
    """Give the model the weights that lie in the run's folder, if some do; the names of the layers that got some."""
    if not weights.exists():
        return frozenset()
    given = give(model, weights)
    holding = sum(1 for layer in model.layers if layer.weights)
    report(LogEvent(message=f"Starting from imported weights: {len(given)} of {holding} layers with weights."))
    return given
