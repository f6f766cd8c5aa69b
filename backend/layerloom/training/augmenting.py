"""What a layer makes of pictures in training alone, before and after: a few rows drawn anew with each seed."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from layerloom.activations import Augmented, Picture
from layerloom.data.library import Library
from layerloom.graph.blocks import expand
from layerloom.graph.document import Edge, Graph, Node
from layerloom.graph.naming import fresh_ids, layer_names
from layerloom.modeling.initial import initial_model
from layerloom.problem import Refusal
from layerloom.recipe import Recipe
from layerloom.training.activations import Followed
from layerloom.training.signature import bare, signature

MOST_SIDE = 64
PICTURE_AXES = 4
RANGES = ((0.0, 1.0), (-1.0, 1.0), (0.0, 255.0))
"""In which pictures usually are."""
SEEDS = "seed_generator_state"

Array = NDArray[Any]


def augmented_json(
    graph: Graph, recipe: Recipe, home: Path, budget_bytes: int, node: str, rows: Sequence[int], seed: int
) -> str:
    """The Augmented of these rows (from 0) of the training split at a node, as JSON.

    `node` is the node's path (`n3`, inside a block `n4.1.n2`). Raises Refusal as `initial_model` does; `bad-row` for a
    row that is not there, `unbound-input`, `unknown-node` for a node that is no layer, `not-pictures` for one that
    takes or gives anything else, `not-computed` where a layer refuses.
    """
    drawing = _up_to(expand(graph).graph, node)
    name = layer_names(drawing)[node]
    model = initial_model(drawing, recipe.seed, budget_bytes)
    layer = next((one for one in model.layers if one.name == name and one._inbound_nodes), None)
    if layer is None or isinstance(layer, keras.layers.InputLayer):
        raise Refusal("unknown-node", f"Expected the path of a layer, got '{node[:60]}', which holds none.")
    _reseed(model, seed)
    # There is nothing to be predicted here.
    taken = signature(drawing, model).model_copy(update={"outputs": {}})
    if unbound := [input for input in taken.inputs if input not in recipe.data.inputs]:
        raise Refusal("unbound-input", f"Input '{unbound[0][:60]}' gets no data. Choose the columns that feed it.")
    followed = Followed(model, Library(home), recipe, taken)
    inputs = followed.inputs(rows)
    followed.adapt()
    try:
        before, after = _through(model, layer, bare(inputs))
    except Exception as error:
        raise Refusal("not-computed", f"These pictures can not be augmented: {str(error)[:300]}") from error
    if before.ndim != PICTURE_AXES or after.ndim != PICTURE_AXES:
        told = f"'{name}' takes samples with {before.ndim - 1} axes and gives {after.ndim - 1}"
        raise Refusal("not-pictures", f"{told}; expected pictures: height, width and channels.")
    limits = _limits(before)
    pictures = ([_picture(one, limits) for one in batch] for batch in (before, after))
    return Augmented(
        **{"node": node, "rows": list(rows), "seed": seed}, **dict(zip(("before", "after"), pictures, strict=True))
    ).model_dump_json()


def _up_to(graph: Graph, node: str) -> Graph:
    """The part of a drawing that this node needs, with one Output behind it: what follows may well be wrong."""
    names, sources = layer_names(graph), defaultdict(list)
    for edge in graph.edges:
        sources[edge.target].append(edge.source)
    sources |= {one.id: [*sources[one.id], one.shares] for one in graph.nodes if one.shares}
    needed, waiting = set(), [node]
    while waiting:
        if (id := waiting.pop()) not in needed:
            needed.add(id)
            waiting += sources[id]
    kept = [
        one if one.shares else one.model_copy(update={"name": names[one.id]}) for one in graph.nodes if one.id in needed
    ]
    if node not in {one.id for one in kept}:
        raise Refusal("unknown-node", f"Expected the path of a node of the drawing, got '{node[:60]}'.")
    edges = [edge for edge in graph.edges if edge.source in needed and edge.target in needed]
    end = fresh_ids(graph, 1)[0]
    return Graph(nodes=[*kept, Node(id=end, type="Output")], edges=[*edges, Edge(source=node, target=end)])


def _reseed(model: keras.Model, seed: int) -> None:
    """Every layer draws as this seed decides, those too whose config holds a seed of their own."""
    states = [variable for variable in model.variables if variable.name == SEEDS]
    for place, state in enumerate(states):
        state.assign(np.array([seed, place], dtype=state.dtype))


def _through(model: keras.Model, layer: keras.layers.Layer, inputs: Any) -> tuple[Array, Array]:
    """What reaches the layer in training, and what it makes of that. Of a layer called twice, the first call."""
    reaching = keras.Model(model.input, layer._inbound_nodes[0].input_tensors[0])
    before = reaching(inputs, training=True)
    mode = {"training": True} if layer._call_has_training_arg else {}
    return np.asarray(before, np.float64), np.asarray(layer(before, **mode), np.float64)


def _limits(pictures: Array) -> tuple[float, float]:
    """The usual range that these pictures lie in; their own, where there is none."""
    low, high = float(np.nanmin(pictures)), float(np.nanmax(pictures))
    fitting = (limits for limits in RANGES if limits[0] <= low and high <= limits[1])
    return next(fitting, (low, high))


def _picture(pixels: Array, limits: tuple[float, float]) -> Picture:
    """A picture of (height, width, channels) as bytes; of other numbers of channels than three the first one."""
    low, high = limits
    step = max(1, -(-max(pixels.shape[:2]) // MOST_SIDE))
    thin = pixels[::step, ::step, : 3 if pixels.shape[-1] >= 3 else 1]
    share = np.nan_to_num((thin - low) / ((high - low) or 1.0))
    told: Picture = np.rint(np.clip(share, 0, 1) * 255).astype(int).tolist()
    return told
