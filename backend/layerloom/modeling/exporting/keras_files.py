"""Keras's own files: `.keras`, legacy `.h5`, `.weights.h5`."""

from pathlib import Path

import keras

from layerloom.modeling.exporting.runtime import Runtime, keras_runtime


def write_model(model: keras.Model, path: Path) -> None:
    """Save architecture, weights and, if compiled, the optimizer. The suffix decides between `.keras` and `.h5`."""
    model.save(path)


def open_model(path: Path, model: keras.Model) -> Runtime:  # noqa: ARG001 (a file of this kind needs no model)
    """Load what `write_model` wrote, running no code of the file."""
    return keras_runtime(keras.models.load_model(path, compile=False, safe_mode=True))


def write_weights(model: keras.Model, path: Path) -> None:
    """Save the weights alone."""
    model.save_weights(path)


def open_weights(path: Path, model: keras.Model) -> Runtime:
    """Load weights into a new model of the same architecture."""
    fresh = model.__class__.from_config(model.get_config())
    fresh.load_weights(path)
    return keras_runtime(fresh)
