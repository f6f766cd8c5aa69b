"""A described model drawn as a graph: a node for each call of a layer, wires for its tensors."""

from collections.abc import Sequence

from pydantic import JsonValue

from layerloom.graph.document import Node
from layerloom.modeling.importing.arguments import wire
from layerloom.modeling.importing.calls import Inbound, Ref, calls_of, reference, references
from layerloom.modeling.importing.draft import OUTPUT, Draft, Source
from layerloom.modeling.importing.kinds import Named
from layerloom.modeling.importing.layers import input_config, stands_for
from layerloom.modeling.importing.models import Layer, LayerPath, layers_of
from layerloom.modeling.importing.refusals import not_a_model
from layerloom.modeling.ports import MASKS

Call = tuple[str, int]
"""A layer of a functional model and which of its calls, from 0."""


def draw(draft: Draft, model: Named) -> None:
    """Draw the outermost model: its inputs become Input nodes, its outputs Output nodes. Raises Refusal."""
    for name, source in _drawn(draft, model, (), None).items():
        draft.connect(source, draft.add(OUTPUT, name, {}))


def _drawn(draft: Draft, model: Named, path: LayerPath, given: Sequence[Source] | None) -> dict[str, Source]:
    """Draw a model on `given` (None: on Input nodes of its own); where its outputs come from, by name."""
    what = f"the model '{path[-1]}'" if path else "the model"
    layers = layers_of(model, what)
    if model.type == "Sequential":
        return _Chain(draft, path).drawn(model, layers, given)
    return _Net(draft, path, layers).drawn(model, given)


class _Chain:
    """A Sequential model."""

    def __init__(self, draft: Draft, path: LayerPath) -> None:
        self._draft = draft
        self._path = path

    def drawn(self, model: Named, layers: list[Layer], given: Sequence[Source] | None) -> dict[str, Source]:
        source = given[0] if given else self._input(model, layers)
        name = "output"
        for layer in layers:
            if layer.kind.type != "InputLayer":
                source, name = self._next(layer, source), layer.name
        return {} if source is None else {name: source}

    def _next(self, layer: Layer, source: Source | None) -> Source | None:
        at = (*self._path, layer.name)
        if layer.is_model:
            return next(iter(_drawn(self._draft, layer.kind, at, [source] if source else None).values()), None)
        node = stands_for(self._draft, layer, at)
        if source is not None:
            self._draft.connect(source, node)
        return Source(node.id)

    def _input(self, model: Named, layers: list[Layer]) -> Source | None:
        """An Input for the shape that the model or its first layer tells; none if nobody does."""
        if layers and layers[0].is_model:
            return None  # the inner model has an input of its own
        config = input_config(model, layers)
        if config is None:
            return None
        first = layers[0] if layers and layers[0].kind.type == "InputLayer" else None
        node = self._draft.add("Input", "_".join((*self._path, first.name if first else "input")), config)
        return Source(node.id)


class _Net:
    """A functional model."""

    def __init__(self, draft: Draft, path: LayerPath, layers: list[Layer]) -> None:
        self._draft = draft
        self._path = path
        self._layers = {layer.name: layer for layer in layers}
        if len(self._layers) < len(layers):
            raise not_a_model("The description of the model is damaged: two of its layers have one name.")
        self._calls = {layer.name: calls_of(layer.described, layer.name) for layer in layers}
        self._made: dict[Call, list[Source] | Node] = {}

    def drawn(self, model: Named, given: Sequence[Source] | None) -> dict[str, Source]:
        self._inputs(model, given)
        waiting = [(name, index) for name, calls in self._calls.items() for index in range(len(calls))]
        needed = self._needed(model)
        waiting = [call for call in waiting if call not in self._made and call[0] in needed]
        while waiting:
            left = [call for call in waiting if not self._call(*call)]
            if len(left) == len(waiting):
                raise not_a_model(f"The description of the model is damaged: '{left[0][0]}' waits for itself.")
            waiting = left
        return self._named_outputs(model)

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

    def _inputs(self, model: Named, given: Sequence[Source] | None) -> None:
        wanted = _leaves(model.config.get("input_layers"), "the inputs of the model")
        for index, (_, ref) in enumerate(wanted):
            layer = self._layer(ref.layer)
            if given is not None:
                if index >= len(given):
                    raise not_a_model(f"The description of the model is damaged: '{ref.layer}' gets nothing.")
                self._made[ref.layer, 0] = [given[index]]
            else:
                name = "_".join((*self._path, ref.layer))
                node = self._draft.add("Input", name, input_config(layer.kind, [layer]) or {"shape": []})
                self._made[ref.layer, 0] = node

    def _call(self, name: str, index: int) -> bool:
        """Draw this call if all that it takes is drawn; whether it is."""
        inbound = self._calls[name][index]
        refs = _tensors(inbound)
        if any(self._key(ref, inbound.legacy) not in self._made for ref in refs):
            return False
        layer, at = self._layers[name], (*self._path, name)
        if layer.is_model:
            sources = [self._source(ref, inbound) for ref in refs]
            self._made[name, index] = list(_drawn(self._draft, layer.kind, at, sources).values())
        else:
            self._made[name, index] = self._node(layer, at, inbound)
        return True

    def _node(self, layer: Layer, at: LayerPath, inbound: Inbound) -> Node:
        node = stands_for(self._draft, layer, at)
        wire(self._draft, layer, node, inbound, lambda ref: self._source(ref, inbound))
        return node

    def _source(self, ref: Ref, inbound: Inbound | None = None) -> Source:
        made = self._made.get(self._key(ref, inbound is not None and inbound.legacy))
        if made is None:
            raise not_a_model(f"The description of the model is damaged: there is no call {ref.call} of '{ref.layer}'.")
        if isinstance(made, list):
            if ref.output >= len(made):
                raise not_a_model(f"The description of the model is damaged: '{ref.layer}' has fewer outputs.")
            return made[ref.output]
        if ref.output == 0:
            return Source(made.id)
        ports = self._draft.outputs(made)
        return Source(made.id, ports[ref.output] if ref.output < len(ports) else f"output_{ref.output}")

    def _key(self, ref: Ref, legacy: bool) -> Call:
        """Keras counts the calls of a model from 1 in some places: its own making was the first."""
        layer = self._layers.get(ref.layer)
        return ref.layer, max(0, ref.call - 1) if legacy and layer is not None and layer.is_model else ref.call

    def _layer(self, name: str) -> Layer:
        if name not in self._layers:
            raise not_a_model("The description of the model is damaged: a wire comes from a layer that is not there.")
        return self._layers[name]

    def _named_outputs(self, model: Named) -> dict[str, Source]:
        outputs: dict[str, Source] = {}
        for key, ref in _leaves(model.config.get("output_layers"), "the outputs of the model"):
            inner = self._layer(ref.layer)
            # The one place where Keras 3 counts the calls of an inner model from 1; Keras 2 did so for chains too.
            counted = inner.kind.type != "Sequential" or ref.call >= len(self._calls[ref.layer])
            from_one = inner.is_model and counted and ref.call > 0
            name = key or ref.layer
            while name in outputs:
                name += "_"
            outputs[name] = self._source(ref._replace(call=ref.call - 1) if from_one else ref)
        return outputs


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
