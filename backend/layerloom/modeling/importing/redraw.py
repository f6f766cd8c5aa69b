"""A described model drawn as a graph: a node for each call of a layer, wires for tensors, blocks for models inside."""

from pydantic import JsonValue

from layerloom.graph.document import Node
from layerloom.modeling.importing.arguments import wire
from layerloom.modeling.importing.calls import Inbound, Ref, calls_of, reference, references
from layerloom.modeling.importing.configs import plain
from layerloom.modeling.importing.draft import INPUT, OUTPUT, Draft, Source
from layerloom.modeling.importing.kinds import Named
from layerloom.modeling.importing.layers import input_config, stands_for
from layerloom.modeling.importing.models import Layer, layers_of
from layerloom.modeling.importing.operations import draw_operation
from layerloom.modeling.importing.refusals import not_a_model
from layerloom.modeling.ports import MASKS

Call = tuple[str, int]
"""A layer of a functional model and which of its calls, from 0."""

FREE: dict[str, JsonValue] = {"shape": []}
"""The Input of a block whose model tells no shape: it takes what comes."""


def draw(draft: Draft, model: Named, what: str = "the model", *, inside: bool = False) -> None:
    """Draw a model: its inputs become Input nodes, its outputs Output nodes. Raises Refusal."""
    layers = layers_of(model, what)
    if model.type == "Sequential":
        _chain(draft, model, layers, inside=inside)
    else:
        _Net(draft, layers).draw(model)


def _chain(draft: Draft, model: Named, layers: list[Layer], *, inside: bool) -> None:
    """Draw a Sequential model."""
    config = input_config(model, layers) or (FREE if inside else None)
    first = layers[0].name if layers and layers[0].kind.type == "InputLayer" else "input"
    source = None if config is None else Source(draft.add(INPUT, first, config).id)
    name = "output"
    for layer in layers:
        if layer.kind.type != "InputLayer":
            node = _called(draft, layer)
            if source is not None:
                draft.connect(source, node)
                _tell_arriving(draft, source, layer)
            source, name = Source(node.id), layer.name
    if source is not None:
        draft.connect(source, draft.add(OUTPUT, name, {}))


def _tell_arriving(draft: Draft, source: Source, layer: Layer) -> None:
    """Note the shape for which a layer of a chain was built: that of what comes out before it."""
    built = layer.described.get("build_config")
    before = next(node for node in draft.nodes if node.id == source.node)
    draft.tell_shape(before, 0, plain(built.get("input_shape")) if isinstance(built, dict) else None)


def _called(draft: Draft, layer: Layer) -> Node:
    """The node of one more call of a layer; a model inside becomes a block at its first."""
    if not layer.is_model:
        return stands_for(draft, layer)
    owner = next((node for node in draft.nodes if node.id == draft.owners.get((layer.name,))), None)
    if owner is not None:
        return draft.call(layer.name, owner.type, {})
    within = draft.inside(layer.name)
    draw(within, layer.kind, f"the model '{layer.name}'", inside=True)
    return draft.block(layer.name, within)


class _Net:
    """A functional model."""

    def __init__(self, draft: Draft, layers: list[Layer]) -> None:
        self._draft = draft
        self._layers = {layer.name: layer for layer in layers}
        if len(self._layers) < len(layers):
            raise not_a_model("The description of the model is damaged: two of its layers have one name.")
        self._calls = {layer.name: calls_of(layer.described, layer.name) for layer in layers}
        self._made: dict[Call, Node] = {}

    def draw(self, model: Named) -> None:
        """Inputs, then every call as soon as all that it takes is there, then outputs."""
        self._inputs(model)
        needed = self._needed(model)
        waiting = [(name, index) for name, calls in self._calls.items() for index in range(len(calls))]
        waiting = [call for call in waiting if call not in self._made and call[0] in needed]
        while waiting:
            left = [call for call in waiting if not self._call(*call)]
            if len(left) == len(waiting):
                raise not_a_model(f"The description of the model is damaged: '{left[0][0]}' waits for itself.")
            waiting = left
        self._outputs(model)

    def _inputs(self, model: Named) -> None:
        for _, ref in _leaves(model.config.get("input_layers"), "the inputs of the model"):
            layer = self._layer(ref.layer)
            self._made[ref.layer, 0] = self._draft.add(INPUT, ref.layer, input_config(layer.kind, [layer]) or FREE)

    def _needed(self, model: Named) -> set[str]:
        """The layers that outputs are made of. What makes masks only is left out: Keras does that along the wires."""
        found: set[str] = set()
        waiting = [ref.layer for _, ref in _leaves(model.config.get("output_layers"), "the outputs of the model")]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                self._layer(name)
                waiting += [ref.layer for call in self._calls[name] for ref in _tensors(call)]
        return found

    def _call(self, name: str, index: int) -> bool:
        """Draw this call if all that it takes is drawn; whether it is."""
        inbound = self._calls[name][index]
        if any(self._key(ref, inbound) not in self._made for ref in _tensors(inbound)):
            return False
        self._made[name, index] = self._drawn(self._layers[name], inbound)
        return True

    def _drawn(self, layer: Layer, inbound: Inbound) -> Node:
        if layer.kind.operation:
            return draw_operation(self._draft, layer, inbound, lambda ref: self._source(ref, inbound))
        node = _called(self._draft, layer)
        if layer.is_model:
            self._feed(layer, node, inbound)
        else:
            wire(self._draft, layer, node, inbound, lambda ref: self._source(ref, inbound))
        return node

    def _feed(self, layer: Layer, node: Node, inbound: Inbound) -> None:
        """The wires to a block: its inputs in their order, or by name where both sides name them."""
        ports, refs = self._draft.ports(node, INPUT), _tensors(inbound)
        given, wanted = inbound.positional[:1], layer.kind.config.get("input_layers")
        if given and isinstance(given[0], dict) and isinstance(wanted, dict) and wanted.keys() == given[0].keys():
            refs = [ref for key in wanted for ref in references(given[0][key])]
        for index, ref in enumerate(refs):
            port = ports[index] if 0 < index < len(ports) else None
            self._draft.connect(self._source(ref, inbound), node, port)

    def _source(self, ref: Ref, inbound: Inbound | None = None) -> Source:
        made = self._made.get(self._key(ref, inbound))
        if made is None:
            raise not_a_model(f"The description of the model is damaged: there is no call {ref.call} of '{ref.layer}'.")
        self._draft.tell_shape(made, ref.output, plain(ref.described.get("shape")), ref.described.get("dtype"))
        return self._draft.source(made, ref.output)

    def _key(self, ref: Ref, inbound: Inbound | None) -> Call:
        """Keras 2 counted the calls of a model from 1: its own making was the first."""
        legacy = inbound is not None and inbound.legacy and self._layer(ref.layer).is_model
        return ref.layer, max(0, ref.call - 1) if legacy else ref.call

    def _layer(self, name: str) -> Layer:
        if name not in self._layers:
            raise not_a_model("The description of the model is damaged: a wire comes from a layer that is not there.")
        return self._layers[name]

    def _outputs(self, model: Named) -> None:
        for key, ref in _leaves(model.config.get("output_layers"), "the outputs of the model"):
            inner = self._layer(ref.layer)
            # The one place where Keras 3 counts the calls of an inner model from 1; Keras 2 did so for chains too.
            counted = inner.kind.type != "Sequential" or ref.call >= len(self._calls[ref.layer])
            from_one = inner.is_model and counted and ref.call > 0
            source = self._source(ref._replace(call=ref.call - 1) if from_one else ref)
            self._draft.connect(source, self._draft.add(OUTPUT, key or ref.layer, {}))


def _tensors(inbound: Inbound) -> list[Ref]:
    """What a call takes, masks aside."""
    named = [value for key, value in inbound.named.items() if key not in MASKS]
    return [*references(inbound.positional), *references(named)]


def _leaves(value: JsonValue, what: str) -> list[tuple[str | None, Ref]]:
    """The tensors of a list, object or single `[layer, call, output]`, with their keys if they have some."""
    if isinstance(value, dict):
        return [(key, ref) for key, inner in value.items() for _, ref in _leaves(inner, what)]
    if not isinstance(value, list):
        raise not_a_model(f"The description of the model is damaged: {what} are missing.")
    if len(value) >= 3 and isinstance(value[0], str):
        return [(None, reference(value, what))]
    return [leaf for inner in value for leaf in _leaves(inner, what)]
