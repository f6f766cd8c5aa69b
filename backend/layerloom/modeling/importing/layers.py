"""One described layer as a node: its catalog type with its arguments, or a placeholder that shows what it was."""

from collections.abc import Sequence

from pydantic import JsonValue

from layerloom.catalog import Entry
from layerloom.graph.document import MAX_CONFIG_DEPTH, Node, depth
from layerloom.modeling.families import family
from layerloom.modeling.importing.canonical import canonical
from layerloom.modeling.importing.configs import plain, translate
from layerloom.modeling.importing.draft import Draft
from layerloom.modeling.importing.kinds import Named
from layerloom.modeling.importing.models import Layer, layers_of
from layerloom.modeling.importing.refusals import unsafe
from layerloom.modeling.reflection import find

_SHAPES = ("batch_shape", "batch_input_shape", "build_input_shape")
_NOT_RUN = "The file holds Python code in layer '{name}'. It was not run. Use other layers in its place."
_LEFT_OUT = "Layer '{name}' is a {type}, which is not offered. {reason}"
_CUSTOM = "Layer '{name}' is of the class {type}, which is not in the file. Draw what it does in its place."


def stands_for(draft: Draft, layer: Layer) -> Node:
    """The node of one more call of a layer. A class that is not in the catalog becomes a placeholder."""
    entry = find("layers", layer.kind.type)
    if entry is not None:
        return draft.call(layer.name, entry.type, layer_config(draft, entry, layer))
    node = draft.call(layer.name, layer.kind.type, {})
    if node.shares is None:
        _tell(draft, layer, node)
    return node


def layer_config(draft: Draft, entry: Entry, layer: Layer) -> dict[str, JsonValue]:
    """The arguments of a layer, defaults left out; a vocabulary that lay beside the description is put in."""
    translated = translate(entry, layer.kind.config)
    if _attends_to_all(layer):
        translated.pop("attention_axes", None)
    words = draft.vocabularies.get((layer.name,))
    if words is not None and translated.get("vocabulary") is None:
        translated["vocabulary"] = [*words]
    if depth(translated) > MAX_CONFIG_DEPTH:
        raise unsafe(f"The arguments of a layer nest deeper than {MAX_CONFIG_DEPTH} levels.")
    return canonical(entry.type, translated)


def input_config(model: Named, layers: Sequence[Layer]) -> dict[str, JsonValue] | None:
    """The config of an Input by what the first layer or the model says of its shape; None where nobody says it."""
    if layers and layers[0].is_model and layers[0].kind.type == "Sequential":
        return input_config(layers[0].kind, layers_of(layers[0].kind, "the first model inside"))
    if layers and layers[0].is_model:
        inside = layers_of(layers[0].kind, "the first model inside")
        return input_config(layers[0].kind, [one for one in inside if one.kind.type == "InputLayer"][:1])
    first = layers[0].kind.config if layers else {}
    for told in (first, model.config):
        shapes = [plain(told[name]) for name in _SHAPES if told.get(name) is not None]
        if shapes and isinstance(shapes[0], list):
            config: dict[str, JsonValue] = {"shape": [_size(size) for size in shapes[0][1:]]}
            dtype = first.get("dtype") if layers and layers[0].kind.type == "InputLayer" else None
            return config if dtype in (None, "float32") else {**config, "dtype": dtype}
    return None


def _attends_to_all(layer: Layer) -> bool:
    """Whether the axes of an attention are those that Keras works out by itself: all between batch and features."""
    built = layer.described.get("build_config")
    shapes = built.get("shapes_dict") if isinstance(built, dict) else None
    query = shapes.get("query_shape") if isinstance(shapes, dict) else None
    axes = plain(layer.kind.config.get("attention_axes"))
    return isinstance(query, list) and axes == [*range(1, len(query) - 1)]


def _size(size: JsonValue) -> JsonValue:
    return size if size is None or isinstance(size, int) else None


def _tell(draft: Draft, layer: Layer, node: Node) -> None:
    kind, name = layer.kind.type, layer.name
    reason = family("layers").left_out.get(kind)
    if kind == "Lambda":
        draft.tell("lambda", _NOT_RUN.format(name=name), node, warning=False)
    elif reason is not None:
        draft.tell("not-offered", _LEFT_OUT.format(name=name, type=kind, reason=reason), node, warning=False)
    else:
        draft.tell("custom-class", _CUSTOM.format(name=name, type=f"'{kind}'"), node, warning=False)
