"""The arguments of a call as wires to ports; what no wire can say is told."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from layerloom.catalog import NodeEntry
from layerloom.graph.document import Node
from layerloom.modeling.families import family
from layerloom.modeling.importing.calls import Array, Inbound, Ref, references
from layerloom.modeling.importing.draft import Draft, Source
from layerloom.modeling.importing.models import Layer
from layerloom.modeling.ports import MASKS
from layerloom.modeling.reflection import find

STATES = "initial_state"


def wire(draft: Draft, layer: Layer, node: Node, inbound: Inbound, source: Callable[[Ref], Source]) -> None:
    """Draw the wires of one call."""
    entry = find("layers", layer.kind.type)
    ports = {port.name: port for port in entry.inputs} if isinstance(entry, NodeEntry) else {}
    for name, value in _by_name(layer, inbound):
        refs = list(references(value))
        if name in MASKS:
            continue
        if not refs:
            _constant(draft, layer, node, name, value)
        elif name not in ports and ports:
            draft.tell(
                "call-argument", f"Layer '{layer.name}' is given a tensor as {name}; no wire can say that.", node
            )
        else:
            _connect(draft, node, refs, source, None if name in (None, *list(ports)[:1]) else name, ports)


def _connect(
    draft: Draft,
    node: Node,
    refs: list[Ref],
    source: Callable[[Ref], Source],
    port: str | None,
    ports: dict[str, Any],
) -> None:
    first = next(iter(ports.values()), None)
    states = port is None and first is not None and not first.variadic and STATES in ports
    for index, ref in enumerate(refs):
        # Keras 2 listed the states of a recurrent layer behind its input.
        draft.connect(source(ref), node, STATES if states and index else port)


def _constant(draft: Draft, layer: Layer, node: Node, name: str | None, value: Any) -> None:
    value = value.value if isinstance(value, Array) else value
    if value is None or value is False or value == [] or name is None:
        return
    entry = find("layers", layer.kind.type)
    if node.shares is None and entry is not None and any(one.name == name for one in entry.parameters):
        node.config[name] = value
        return
    draft.tell(
        "call-argument",
        f"Layer '{layer.name}' is called with a fixed value of {name}; a drawing can not say that, so it is left out.",
        node,
    )


def _by_name(layer: Layer, inbound: Inbound) -> Iterator[tuple[str | None, Any]]:
    """Every argument with its name; None where the class is unknown."""
    member = family("layers").members.get(layer.kind.type)
    call = getattr(member, "call", None)
    names = [name for name in inspect.signature(call).parameters if name != "self"] if call else []
    for index, value in enumerate(inbound.positional):
        yield (names[index] if index < len(names) else None), value
    yield from inbound.named.items()
