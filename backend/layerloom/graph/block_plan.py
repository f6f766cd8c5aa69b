"""Every call of a block looked at before one copy is made: what it would be, how large, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from layerloom.graph.block_call import Config, config_faults, port_faults, repeat_faults
from layerloom.graph.block_definition import Definition, is_block
from layerloom.graph.block_mistakes import (
    Mistake,
    badly_shared,
    missing_parameter,
    not_repeatable,
    recursion,
    too_deep,
    too_large_value,
    too_many,
    unknown_block,
)
from layerloom.graph.block_parameters import Arguments, Putter, TooLarge, Unknown
from layerloom.graph.document import BLOCK, MAX_EDGES, MAX_NODES, REPEAT, Node

MAX_DEPTH = 16
"""Levels of blocks in blocks."""


@dataclass
class Opening:
    """A block about to be put in the place of a node, `repeat` times: its inner configs, and the blocks inside.

    `mistakes` are those of one copy, by the path inside it. `nodes` and `edges` count one copy; an empty copy counts
    as one node, so that nothing is free.
    """

    definition: Definition
    repeat: int = 1
    configs: dict[str, Config] = field(default_factory=dict)
    inner: dict[str, "Opening"] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def nodes(self) -> int:
        """Nodes of one copy, without its ports."""
        ports = len(self.definition.inputs) + len(self.definition.outputs)
        plain = len(self.definition.graph.nodes) - ports - len(self.inner)
        return max(1, plain + sum(opening.repeat * opening.nodes for opening in self.inner.values()))

    @property
    def edges(self) -> int:
        """Wires of one copy, at most."""
        own = len(self.definition.graph.edges)
        return own + sum(opening.repeat * opening.edges for opening in self.inner.values())


class _Refused(Exception):
    def __init__(self, *mistakes: Mistake) -> None:
        self.mistakes = mistakes


class _Exhausted(Exception):
    pass


class Planner:
    """Plans all calls of one drawing. Takes no longer than a drawing at its limits needs, whatever the repeats say."""

    def __init__(self) -> None:
        self._putter = Putter()
        self._visits = 0

    def plan(self, top: Definition) -> Opening:
        """The drawing itself as an opening, with those calls of blocks that can be opened and fit into its limits."""
        whole = Opening(top, configs={node.id: node.config for node in top.graph.nodes})
        for node in _owners_first(top):
            try:
                self._try(whole, node, ())
            except _Exhausted:
                whole.mistakes.append(too_many(node, "nodes", f"more than {MAX_NODES:,}", MAX_NODES))
                break
        return _bounded(whole)

    def _fill(self, opening: Opening, arguments: Arguments, stack: tuple[Definition, ...]) -> None:
        for node in opening.definition.graph.nodes:
            self._visits += 1
            if self._visits > MAX_NODES:
                raise _Exhausted
            opening.configs[node.id] = self._config(opening, node, arguments)
        for node in _owners_first(opening.definition):
            self._try(opening, node, stack)

    def _config(self, opening: Opening, node: Node, arguments: Arguments) -> Config:
        config: Config = {}
        for name, value in node.config.items():
            try:
                config[name] = self._putter.put(value, arguments).value
            except Unknown as unknown:
                opening.mistakes.append(missing_parameter(node, name, unknown.args[0], arguments))
            except TooLarge:
                opening.mistakes.append(too_large_value(node, name))
        return config

    def _try(self, around: Opening, node: Node, stack: tuple[Definition, ...]) -> None:
        """Open what this node calls, or say why not. What feeds itself stays closed, so that the circle is seen."""
        try:
            opening = self._open(around, node, stack)
        except _Refused as refused:
            around.mistakes += refused.mistakes
            return
        if node.id not in around.definition.knotted:
            around.inner[node.id] = opening
            around.mistakes += [mistake.within((node.id, "1")) for mistake in opening.mistakes]

    def _open(self, around: Opening, node: Node, stack: tuple[Definition, ...]) -> Opening:
        definition = around.definition.scope.find(node.type.removeprefix(BLOCK))
        if definition is None:
            raise _Refused(unknown_block(node, around.definition.scope.names()))
        if definition in stack:
            circle = [*stack[stack.index(definition) :], definition]
            raise _Refused(recursion(node, [each.name for each in circle]))
        if len(stack) == MAX_DEPTH:
            raise _Refused(too_deep(node, MAX_DEPTH))
        owner = _owner(around, node)
        config = around.configs[owner.id]
        faults = [*repeat_faults(node, config), *port_faults(around.definition, node, definition)]
        faults += config_faults(owner, definition) if owner is node else []
        faults += [fault.within((node.id, "1") if fault.path else (node.id,)) for fault in definition.faults]
        if config.get(REPEAT, 1) != 1 and len(definition.inputs) != len(definition.outputs):
            faults.append(not_repeatable(node, len(definition.inputs), len(definition.outputs)))
        if faults:
            raise _Refused(*faults)
        repeat = config.get(REPEAT, 1)
        opening = Opening(definition, repeat if isinstance(repeat, int) else 1)
        given = {name: value for name, value in config.items() if name != REPEAT}
        self._fill(opening, self._arguments(node, {**definition.defaults, **given}), (*stack, definition))
        return opening

    def _arguments(self, node: Node, values: Mapping[str, JsonValue]) -> Arguments:
        try:
            return {name: self._putter.put(value, {}) for name, value in values.items()}
        except Unknown as unknown:
            raise _Refused(missing_parameter(node, "a parameter", unknown.args[0], [])) from None
        except TooLarge:
            raise _Refused(too_large_value(node, "a parameter")) from None


def _owners_first(definition: Definition) -> list[Node]:
    return sorted(filter(is_block, definition.graph.nodes), key=lambda node: node.shares is not None)


def _owner(around: Opening, node: Node) -> Node:
    """The node whose copies this call uses: itself, unless it shares those of another."""
    if node.shares is None:
        return node
    name = around.definition.names[node.id]
    owner = around.definition.nodes.get(node.shares)
    if owner is None or owner.id == node.id or owner.shares is not None:
        raise _Refused(badly_shared(node, name, f"there is no block of its own at node '{node.shares}'"))
    if owner.type != node.type:
        raise _Refused(badly_shared(node, name, f"it is a {node.type}, but node '{owner.id}' is a {owner.type}"))
    if owner.id not in around.inner:
        raise _Refused()
    return owner


def _bounded(whole: Opening) -> Opening:
    """The drawing with its largest blocks left closed where all together are too many."""
    called = whole.inner
    whole.inner = {}
    for id, opening in sorted(called.items(), key=lambda item: item[1].repeat * item[1].nodes):
        whole.inner[id] = opening
        node = whole.definition.nodes[id]
        for what, count, limit in (("nodes", _all_nodes(whole), MAX_NODES), ("wires", whole.edges, MAX_EDGES)):
            if count > limit:
                del whole.inner[id]
                whole.mistakes.append(too_many(node, what, f"{count:,}", limit))
                break
    return whole


def _all_nodes(whole: Opening) -> int:
    copies = sum(opening.repeat * opening.nodes for opening in whole.inner.values())
    return len(whole.definition.graph.nodes) - len(whole.inner) + copies
