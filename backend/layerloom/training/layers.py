"""Looking inside a model: its layers, each one's configuration and weights."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import keras
import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue

from layerloom.graph.document import Graph
from layerloom.inside import (
    LayerLine,
    LayerList,
    LayerReport,
    Shape,
    UnknownLayer,
    ValuesFormat,
    WeightLine,
    WeightReport,
    WeightValues,
)
from layerloom.modeling.initial import initial_model
from layerloom.training.loaded import loaded
from layerloom.training.weight_statistics import statistics
from layerloom.training.weight_values import thinned, write_values

KEPT_DRAWINGS = 2
LISTED = 50
"""Items of a list in a configuration that are told: a vocabulary has thousands."""

Epoch = int | Literal["last", "best"]
Array = NDArray[Any]


def layers_json(folder: Path, epoch: Epoch) -> str:
    """A LayerList of the run in `folder` as JSON. Raises UnknownCheckpoint."""
    kept = loaded(folder, epoch)
    return _list(kept.model, kept.epoch).model_dump_json()


def layer_json(folder: Path, epoch: Epoch, name: str) -> str:
    """A LayerReport of one layer, by name or index. Raises UnknownCheckpoint, UnknownLayer."""
    kept = loaded(folder, epoch)
    return _report(kept.model, _index(kept.model, name), kept.epoch).model_dump_json()


def values_json(folder: Path, epoch: Epoch, name: str, weight: int) -> str:
    """The WeightValues of one weight. Raises UnknownCheckpoint, UnknownLayer."""
    kept = loaded(folder, epoch)
    layer = kept.model.layers[_index(kept.model, name)]
    variable = _weight(layer, weight)
    steps, values = thinned(_values(variable))
    line = _weight_line(layer, weight, variable)
    return WeightValues(**line.model_dump(), epoch=kept.epoch, steps=steps, values=values).model_dump_json()


def values_file(folder: Path, epoch: Epoch, name: str, weight: int, format: ValuesFormat, path: Path) -> None:
    """Write all values of one weight to `path`. Raises UnknownCheckpoint, UnknownLayer, Refusal `too-large`."""
    model = loaded(folder, epoch).model
    write_values(_values(_weight(model.layers[_index(model, name)], weight)), format, path)


def initial_layers_json(graph: Graph, seed: int, budget_bytes: int) -> str:
    """A LayerList of the model that a run with this seed would start from. Raises Refusal as `initial_model` does."""
    return _list(_drawn(graph, seed, budget_bytes), None).model_dump_json()


def initial_layer_json(graph: Graph, seed: int, budget_bytes: int, name: str) -> str:
    """A LayerReport of one layer of that model, by name or index. Raises UnknownLayer too."""
    model = _drawn(graph, seed, budget_bytes)
    return _report(model, _index(model, name), None).model_dump_json()


def _drawn(graph: Graph, seed: int, budget_bytes: int) -> keras.Model:
    return _built(graph.model_copy(update={"layout": {}}).model_dump_json(), seed, budget_bytes)


@lru_cache(maxsize=KEPT_DRAWINGS)
def _built(graph_json: str, seed: int, budget_bytes: int) -> keras.Model:
    """Kept while one layer of a drawing after another is looked at."""
    return initial_model(Graph.model_validate_json(graph_json), seed, budget_bytes)


def _list(model: keras.Model, epoch: int | None) -> LayerList:
    return LayerList(epoch=epoch, layers=[_line(index, layer) for index, layer in enumerate(model.layers)])


def _line(index: int, layer: keras.layers.Layer) -> LayerLine:
    lines = [_weight_line(layer, place, variable) for place, variable in enumerate(layer.weights)]
    return LayerLine(**_facts(index, layer), weights=lines)


def _report(model: keras.Model, index: int, epoch: int | None) -> LayerReport:
    layer = model.layers[index]
    weights = [
        WeightReport(**_weight_line(layer, place, variable).model_dump(), statistics=statistics(_values(variable)))
        for place, variable in enumerate(layer.weights)
    ]
    config = _shortened(keras.saving.serialize_keras_object(layer)["config"])
    return LayerReport(
        **_facts(index, layer), epoch=epoch, config=config if isinstance(config, dict) else {}, weights=weights
    )


def _facts(index: int, layer: keras.layers.Layer) -> dict[str, Any]:
    """What a list and a report tell alike. A layer that is called several times is told by its first call."""
    call = layer._inbound_nodes[0]
    return {
        "index": index,
        "name": layer.name,
        "type": type(layer).__name__,
        "inputs": _shapes(call.input_tensors),
        "outputs": _shapes(call.output_tensors),
        "parameters": layer.count_params(),
        "trainable": bool(layer.trainable),
    }


def _shapes(tensors: Sequence[keras.KerasTensor]) -> list[Shape]:
    return [list(tensor.shape) for tensor in tensors]


def _weight_line(layer: keras.layers.Layer, index: int, variable: keras.Variable) -> WeightLine:
    name = variable.path.removeprefix(f"{layer.name}/")
    shape, dtype = list(variable.shape), str(variable.dtype)
    return WeightLine(index=index, name=name, shape=shape, dtype=dtype, trainable=bool(variable.trainable))


def _index(model: keras.Model, name: str) -> int:
    """The place of the layer of this name, or at this place. Raises UnknownLayer."""
    names = [layer.name for layer in model.layers]
    if name in names:
        return names.index(name)
    if name.isascii() and name.isdigit() and len(name) < 10 and int(name) < len(names):
        return int(name)
    raise UnknownLayer(name)


def _weight(layer: keras.layers.Layer, index: int) -> keras.Variable:
    if not 0 <= index < len(layer.weights):
        raise UnknownLayer(f"{layer.name}/weights/{index}")
    return layer.weights[index]


def _values(variable: keras.Variable) -> Array:
    """As NumPy has them; bfloat16, which it does not have, as float32."""
    values = np.asarray(keras.ops.convert_to_numpy(variable))
    return values.astype(np.float32) if values.dtype.kind == "V" else values


def _shortened(value: Any) -> JsonValue:
    """A configuration as JSON, long lists cut with a word that says so."""
    if isinstance(value, dict):
        return {str(key): _shortened(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        told = [_shortened(item) for item in value[:LISTED]]
        return [*told, f"… {len(value) - LISTED:,} more"] if len(value) > LISTED else told
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
