"""A drawing as a file without a training: its architecture, or a model with the weights it would start from."""

import json
from pathlib import Path
from typing import Any

import keras
import numpy as np

from layerloom.graph.document import Graph
from layerloom.model_file import UntrainedFormatName
from layerloom.modeling.build import unallocated_model
from layerloom.modeling.exporting.architecture import read_json, read_yaml, write_json, write_yaml
from layerloom.modeling.exporting.keras_files import write_model
from layerloom.modeling.exporting.quiet import quietly
from layerloom.modeling.exporting.refusing import not_written
from layerloom.modeling.initial import initial_model
from layerloom.problem import Refusal


def export_untrained(graph: Graph, seed: int, format: UntrainedFormatName, budget_bytes: int, path: Path) -> None:
    """Write the model of a drawing to `path`; what was written has been read back and is the same model.

    `seed` decides the initial weights in a `.keras` file. Raises Refusal `graph-not-ready` for a drawing with mistakes
    or too large for `budget_bytes`, `not-exportable` for one that does not survive the way.
    """
    with quietly():
        try:
            if format == "keras":
                _keras(initial_model(graph, seed, budget_bytes), path)
            else:
                _architecture(graph, format, path)
        except (Refusal, OSError):
            raise
        except Exception as error:  # a layer may fail in any way it likes on its way back
            raise _refusal(format, error) from error


def _keras(model: keras.Model, path: Path) -> None:
    write_model(model, path)
    read = keras.models.load_model(path, compile=False, safe_mode=True)
    same = _content(read) == _content(model) and all(
        np.array_equal(one, other, equal_nan=True)
        for one, other in zip(read.get_weights(), model.get_weights(), strict=True)
    )
    _require(same, "keras")


def _architecture(graph: Graph, format: UntrainedFormatName, path: Path) -> None:
    """Nothing is allocated: an architecture may be larger than this machine."""
    with unallocated_model(graph) as model:
        (write_json if format == "json" else write_yaml)(model, path)
        read = (read_json if format == "json" else read_yaml)(path)
        _require(_content(read) == _content(model), format)


def _require(same: bool, format: UntrainedFormatName) -> None:
    if not same:
        raise _refusal(format, ValueError("what was read back is another model"))


def _refusal(format: UntrainedFormatName, error: Exception) -> Refusal:
    """A layer that has not learnt from data yet, a StringLookup for one, may not come back from a `.keras` file."""
    return not_written(format, error, "the JSON file" if format == "keras" else "the drawing itself")


def _content(model: keras.Model) -> Any:
    return json.loads(model.to_json())["config"]
