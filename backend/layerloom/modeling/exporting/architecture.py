"""Architecture without weights: JSON as Keras writes it, and the same in YAML, of plain values only."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import keras
import yaml

from layerloom.modeling.exporting.runtime import Runtime, keras_runtime


def write_json(model: keras.Model, path: Path) -> None:
    """Write what `keras.models.model_from_json` reads."""
    path.write_text(model.to_json(indent=2), encoding="utf-8")


def write_yaml(model: keras.Model, path: Path) -> None:
    """Write the same architecture so that `yaml.safe_load` gives back the content of the JSON."""
    text = yaml.safe_dump(json.loads(model.to_json()), sort_keys=False, allow_unicode=True)
    path.write_text(text, encoding="utf-8")


def read_json(path: Path) -> keras.Model:
    """A new model of the architecture in a JSON file."""
    return keras.models.model_from_json(path.read_text(encoding="utf-8"))


def read_yaml(path: Path) -> keras.Model:
    """A new model of the architecture in a YAML file."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return keras.models.model_from_json(json.dumps(content))


def opened(read: Callable[[Path], keras.Model]) -> Callable[[Path, keras.Model], Runtime]:
    """How to open what `read` reads: a new model that is given the weights of the old one.

    By a file, not by `set_weights`: after that a Normalization would go on with the statistics that it had before.
    """

    def open(path: Path, model: keras.Model) -> Runtime:
        fresh = read(path)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            weights = Path(folder) / "model.weights.h5"
            model.save_weights(weights)
            fresh.load_weights(weights)
        return keras_runtime(fresh)

    return open
