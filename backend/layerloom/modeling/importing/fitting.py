"""Weights of a file and the drawing that was made of it: kept if every layer gets what it needs."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import h5py
import keras

from layerloom.graph.blocks import expand
from layerloom.graph.document import Graph
from layerloom.graph.naming import layer_names
from layerloom.imported import MANIFEST, WEIGHTS, WeightsManifest
from layerloom.modeling.build import build_model
from layerloom.modeling.check import check_graph
from layerloom.modeling.importing.draft import Draft
from layerloom.modeling.importing.limits import MAX_RATIO, MAX_UNPACKED_BYTES, SMALL_BYTES
from layerloom.modeling.importing.models import Place
from layerloom.modeling.importing.weights import Misfit, load_h5, load_keras, save
from layerloom.problem import Problem

_ITEM_BYTES = 4
_SHOWN = 6


def keep_weights(
    graph: Graph, draft: Draft, places: list[Place], file: h5py.File, path: Path, folder: Path
) -> Problem | None:
    """Write the weights of `file` into `folder` as the drawing's; else the problem that says why they were left."""
    refused = _cannot_build(graph, path.stat().st_size)
    if refused is not None:
        return refused
    keras.utils.set_random_seed(0)
    model = build_model(graph)
    names = layer_names(expand(graph).graph)
    layers = {layer.name: layer for layer in model.layers}
    held = {place: layers.get(names[draft.owners[place.path]]) for place in places if place.path in draft.owners}
    found = {place: layer for place, layer in held.items() if layer is not None and layer.weights}
    try:
        if "model_weights" in file or "layer_names" in file.attrs:
            load_h5(file, _by_outermost(found))
        else:
            load_keras(file, path, {place.group: layer for place, layer in found.items()})
    except Misfit as misfit:
        return _misfit(misfit, nodes_by_layer(graph).get(misfit.layer))
    written = save(model, folder)
    size = (folder / WEIGHTS).stat().st_size
    (folder / MANIFEST).write_text(WeightsManifest(layers=written, size_bytes=size).model_dump_json(), "utf-8")
    return None


def _cannot_build(graph: Graph, stored_bytes: int) -> Problem | None:
    """The reason not to build the model at all: it is not ready, or would be far larger than the file."""
    report = check_graph(graph, MAX_UNPACKED_BYTES)
    wrong = next((problem for problem in report.problems if problem.severity == "error"), None)
    if wrong is not None:
        message = f"The weights were left in the file: the drawing has to be mended first. {wrong.message}"
        return _left_out("weights-left-out", message, wrong.node, wrong.inside)
    needed = report.parameters * _ITEM_BYTES
    if needed > MAX_RATIO * stored_bytes + SMALL_BYTES:
        message = f"The drawing needs {needed:,} bytes of weights, the file holds {stored_bytes:,}. They were left out."
        return _left_out("weights-mismatch", message, None)
    return None


def _by_outermost(found: Mapping[Place, keras.layers.Layer]) -> dict[str, list[keras.layers.Layer]]:
    inside: dict[str, list[keras.layers.Layer]] = {}
    for place, layer in found.items():
        inside.setdefault(place.outermost, []).append(layer)
    return inside


def nodes_by_layer(graph: Graph) -> dict[str, str]:
    """The node of each layer name; of a layer inside a block, the outermost block node."""
    inside = {name: id.split(".")[0] for id, name in layer_names(expand(graph).graph).items()}
    return {**{name: id for id, name in layer_names(graph).items()}, **inside}


def _misfit(misfit: Misfit, node: str | None) -> Problem:
    message = (
        f"The weights do not fit layer '{misfit.layer}': it needs {_shapes(misfit.expected)}, "
        f"the file holds {_shapes(misfit.found)}. The drawing opens without weights."
    )
    return _left_out("weights-mismatch", message, node)


def _left_out(code: str, message: str, node: str | None, inside: Sequence[str] = ()) -> Problem:
    return Problem(code=code, severity="warning", message=message, node=node, inside=list(inside))


def _shapes(shapes: list[tuple[int, ...]]) -> str:
    shown = [f"({', '.join(map(str, shape))})" for shape in shapes[:_SHOWN]]
    more = f" and {len(shapes) - _SHOWN} more" if len(shapes) > _SHOWN else ""
    return (", ".join(shown) or "none") + more
