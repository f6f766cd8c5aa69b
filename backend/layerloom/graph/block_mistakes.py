"""What can be wrong with a call of a block, in words. The check makes problems of these."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from layerloom.graph.document import BLOCK, MAX_REPEAT, REPEAT, Node
from layerloom.graph.patch import Change, RemoveNode, SetConfig, SetType, UnsetConfig

_SHOWN = 60


@dataclass(frozen=True)
class Way:
    """A way out of a mistake: changes of the graph in which the node stands."""

    label: str
    patch: tuple[Change, ...]


@dataclass(frozen=True)
class Mistake:
    """One thing wrong at the node at the end of `path` (block node, repetition, ..., node), and ways out."""

    code: str
    message: str
    path: tuple[str, ...]
    port: str | None = None
    parameter: str | None = None
    ways: tuple[Way, ...] = ()

    def within(self, path: Sequence[str]) -> "Mistake":
        """The same mistake, seen from where `path` leads into."""
        return replace(self, path=(*path, *self.path))


def unknown_block(node: Node, known: Iterable[str]) -> Mistake:
    """A call of a block that is not defined."""
    name = node.type.removeprefix(BLOCK)
    by_lower = {other.lower(): other for other in known}
    found = get_close_matches(name[:_SHOWN].lower(), by_lower, n=1, cutoff=0.6)
    guess = by_lower[found[0]] if found else None
    hint = f"Did you mean '{guess}'?" if guess else "Take one from the palette, or group nodes into one."
    message = f"There is no block '{cut(name)}' in this drawing. {hint}"
    ways = (Way(f"Make it '{guess}'", (SetType(node=node.id, type=BLOCK + guess),)),) if guess else ()
    return Mistake("unknown-type", message, (node.id,), ways=ways)


def recursion(node: Node, names: Sequence[str]) -> Mistake:
    """A block that contains itself, directly or around a corner."""
    circle = " → ".join(f"'{cut(name)}'" for name in names)
    message = f"A block can not contain itself: {circle}. Remove this node, or use another block."
    return Mistake("block-recursion", message, (node.id,), ways=(_removal(node),))


def too_deep(node: Node, limit: int) -> Mistake:
    """Blocks in blocks beyond the limit."""
    message = f"Blocks may be nested {limit} levels deep; this one would be level {limit + 1}. Unpack a block."
    return Mistake("too-many-nodes", message, (node.id,), ways=(_removal(node),))


def too_many(node: Node, what: str, count: str, limit: int) -> Mistake:
    """A block whose copies do not fit into a drawing."""
    message = f"With all copies of its blocks the drawing would have {count} {what}; at most {limit:,} are allowed."
    ways = (_unset(node, REPEAT),) if REPEAT in node.config else ()
    return Mistake("too-many-nodes", f"{message} Repeat it less often.", (node.id,), parameter=REPEAT, ways=ways)


def bad_repeat(node: Node, value: object) -> Mistake:
    """A repeat count that is no whole number from 1."""
    message = f"{REPEAT} must be a whole number from 1 to {MAX_REPEAT:,}, got {_value(value)}."
    return Mistake("bad-value", message, (node.id,), parameter=REPEAT, ways=(_unset(node, REPEAT),))


def unknown_parameter(node: Node, name: str, known: Sequence[str]) -> Mistake:
    """A value for a parameter that the block does not have."""
    has = f"It has {', '.join(cut(other) for other in known)} and {REPEAT}" if known else f"It has only {REPEAT}"
    message = f"Block '{cut(node.type.removeprefix(BLOCK))}' has no parameter '{cut(name)}'. {has}. Remove it."
    return Mistake("unknown-parameter", message, (node.id,), parameter=name, ways=(_unset(node, name),))


def missing_parameter(node: Node, parameter: str, name: str, known: Iterable[str]) -> Mistake:
    """A value that stands for a parameter which the block around it does not have."""
    has = ", ".join(f"'{cut(other)}'" for other in known) or "none"
    message = f"{cut(parameter)} takes the block's parameter '{cut(name)}', which it does not have. It has {has}."
    return Mistake("missing-parameter", f"{message} Give it a value.", (node.id,), parameter=parameter)


def too_large_value(node: Node, parameter: str) -> Mistake:
    """Parameters in parameters that multiply beyond all bounds."""
    message = f"{cut(parameter)} becomes too large or too deep with its parameters put in. Give it a smaller value."
    return Mistake("bad-value", message, (node.id,), parameter=parameter)


def no_such_port(node: Node, name: str, way: str, ports: Sequence[str], port: str) -> Mistake:
    """A wire at a port that the block does not have; `way` is input or output."""
    has = ", ".join(f"'{cut(other)}'" for other in ports)
    message = f"'{name}' ({node.type}) has the {way} ports {has}, got a wire at '{cut(port)}'. Choose one of them."
    return Mistake("unknown-port", message, (node.id,), port=port)


def unfed_port(node: Node, name: str, port: str) -> Mistake:
    """An input port without a wire."""
    message = f"'{name}' ({node.type}) needs a tensor at its port '{cut(port)}', but no wire ends there. Draw one."
    return Mistake("missing-input", message, (node.id,), port=port)


def overfed_port(node: Node, name: str, port: str, count: int) -> Mistake:
    """An input port with several wires."""
    message = f"Port '{cut(port)}' of '{name}' takes one wire, got {count}. Remove wires or join them first."
    return Mistake("too-many-inputs", message, (node.id,), port=port)


def not_repeatable(node: Node, inputs: int, outputs: int) -> Mistake:
    """A repeated block that can not be fed with what it gives."""
    message = (
        f"A repeated block feeds its outputs to its inputs, so it needs as many of both; it has {inputs} inputs and "
        f"{outputs} outputs. Set {REPEAT} to 1, or change the block."
    )
    patch: tuple[Change, ...] = (SetConfig(node=node.id, parameter=REPEAT, value=1),)
    return Mistake("block-ports", message, (node.id,), parameter=REPEAT, ways=(Way(f"Set {REPEAT} to 1", patch),))


def badly_shared(node: Node, name: str, reason: str) -> Mistake:
    """A block that can not take over the layers of another."""
    message = f"'{name}' can not share the layers: {reason}. Share a call of the same block that comes before it."
    return Mistake("shares", message, (node.id,))


def cut(text: str) -> str:
    """As much of a text as a person reads."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _value(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    # Python writes no whole number of more than 4,300 digits.
    return "a number beyond that" if isinstance(value, int) and abs(value) > MAX_REPEAT else cut(repr(value))


def _unset(node: Node, parameter: str) -> Way:
    return Way(f"Remove {cut(parameter)}", (UnsetConfig(node=node.id, parameter=parameter),))


def _removal(node: Node) -> Way:
    return Way("Remove this node", (RemoveNode(node=node.id),))
