"""Weights of a file and the drawing that was made of it: kept where layers get what they need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import h5py
import keras

from layerloom.graph.blocks import Expanded, expand
from layerloom.graph.document import Graph, Node
from layerloom.graph.naming import layer_names
from layerloom.imported import MANIFEST, WEIGHTS, WeightsManifest
from layerloom.modeling.build import build_model
from layerloom.modeling.check import check_graph
from layerloom.modeling.drawing import OUTPUT
from layerloom.modeling.importing.cutting import cut, unknown_layers
from layerloom.modeling.importing.draft import Draft
from layerloom.modeling.importing.limits import MAX_RATIO, MAX_UNPACKED_BYTES, SMALL_BYTES
from layerloom.modeling.importing.models import Place
from layerloom.modeling.importing.weights import Misfit, load_h5, load_keras, save
from layerloom.problem import Problem

Held = dict[Place, keras.layers.Layer]

_ITEM_BYTES = 4
_SHOWN = 6


@dataclass(frozen=True)
class Fitted:
    """Whether weights were kept, and what is to be said of those that were not."""

    kept: bool
    problems: list[Problem]


def keep_weights(graph: Graph, draft: Draft, places: list[Place], file: h5py.File, path: Path, folder: Path) -> Fitted:
    """Write the weights of `file` into `folder` as the drawing's, those of layers that nothing is known of aside."""
    expanded = expand(graph)
    whole, unknown = expanded.graph, unknown_layers(expanded.graph)
    if unknown:
        whole = cut(whole, unknown, draft.told, check_graph(whole, MAX_UNPACKED_BYTES))
    refused = _cannot_build(whole, path.stat().st_size)
    if refused is not None:
        return Fitted(False, [_at_drawn(refused, expanded)])
    keras.utils.set_random_seed(0)
    model = build_model(whole)
    found = _held(whole, draft, places, model)
    misfits = [_at_drawn(problem, expanded) for problem in _load(found, file, path, whole, lenient=bool(unknown))]
    if misfits and (not unknown or not found):
        return Fitted(False, misfits[:1])
    written = save(model, folder, {layer.name for layer in found.values()})
    size = (folder / WEIGHTS).stat().st_size
    (folder / MANIFEST).write_text(WeightsManifest(layers=written, size_bytes=size).model_dump_json(), "utf-8")
    owners = [node for node in expanded.graph.nodes if node.id in unknown and node.shares is None]
    return Fitted(True, [*(_unknown(node, expanded) for node in owners), *misfits])


def _held(graph: Graph, draft: Draft, places: list[Place], model: keras.Model) -> Held:
    """The layers that need weights, by where these lie in the file."""
    names = layer_names(graph)
    layers = {layer.name: layer for layer in model.layers if layer.weights}
    owners = {place: draft.owners[place.path] for place in places if place.path in draft.owners}
    named = {place: names[owner] for place, owner in owners.items() if owner in names}
    return {place: layers[name] for place, name in named.items() if name in layers}


def _load(found: Held, file: h5py.File, path: Path, graph: Graph, *, lenient: bool) -> list[Problem]:
    """Give the layers their weights; the problems of those whose weights do not fit, which are gone from `found`.

    Not `lenient`: all of them or none.
    """
    problems: list[Problem] = []
    nodes = nodes_by_layer(graph)
    whole_model = "model_weights" in file or "layer_names" in file.attrs
    for part in _apart(found, whole_model) if lenient else [dict(found)]:
        try:
            if whole_model:
                load_h5(file, _by_outermost(part))
            else:
                load_keras(file, path, {place.group: layer for place, layer in part.items()})
        except Misfit as misfit:
            known = nodes.get(misfit.layer) or nodes.get(next(iter(part.values())).name)
            problems.append(_misfit(misfit, known, alone=lenient))
            for place in part:
                del found[place]
    return problems


def _apart(found: Held, whole_model: bool) -> list[Held]:
    """The layers one by one; those of a model inside together where the file lists their weights together."""
    parts: dict[object, Held] = {}
    for place, layer in found.items():
        parts.setdefault(place.outermost if whole_model else place, {})[place] = layer
    return list(parts.values())


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


def _unknown(node: Node, expanded: Expanded) -> Problem:
    message = f"Layer '{node.name}' is not taken over, so its weights stay in the file; those of the others are kept."
    return _left_out("weights-left-out", message, expanded.origin[node.id][0])


def _at_drawn(problem: Problem, expanded: Expanded) -> Problem:
    """The problem at the node of the drawing in which its layer stands."""
    path = expanded.origin.get(problem.node or "", ())
    return problem.model_copy(update={"node": path[0] if path else None})


def _by_outermost(found: Mapping[Place, keras.layers.Layer]) -> dict[str, list[keras.layers.Layer]]:
    inside: dict[str, list[keras.layers.Layer]] = {}
    for place, layer in found.items():
        inside.setdefault(place.outermost, []).append(layer)
    return inside


def nodes_by_layer(graph: Graph) -> dict[str, str]:
    """The node of each layer name; of a layer inside a block, the outermost block node. Outputs are no layers."""
    whole = expand(graph).graph
    outputs = {node.id for node in (*graph.nodes, *whole.nodes) if node.type == OUTPUT}
    inside = {name: id.split(".")[0] for id, name in layer_names(whole).items() if id not in outputs}
    return {**{name: id for id, name in layer_names(graph).items() if id not in outputs}, **inside}


def _misfit(misfit: Misfit, node: str | None, *, alone: bool) -> Problem:
    rest = "Those of other layers are kept." if alone else "The drawing opens without weights."
    message = (
        f"The weights do not fit layer '{misfit.layer}': it needs {_shapes(misfit.expected)}, "
        f"the file holds {_shapes(misfit.found)}. {rest}"
    )
    return _left_out("weights-mismatch", message, node)


def _left_out(code: str, message: str, node: str | None, inside: Sequence[str] = ()) -> Problem:
    return Problem(code=code, severity="warning", message=message, node=node, inside=list(inside))


def _shapes(shapes: list[tuple[int, ...]]) -> str:
    shown = [f"({', '.join(map(str, shape))})" for shape in shapes[:_SHOWN]]
    more = f" and {len(shapes) - _SHOWN} more" if len(shapes) > _SHOWN else ""
    return (", ".join(shown) or "none") + more
