"""Counters of names that a program has to move on, so that Keras gives no operation the name of a layer.

Keras names an operation by counting (`add`, `add_1`, ...), nothing in code can name it, and a model with two equal
names is refused. `keras.backend.get_uid` takes a number from such a counter.
"""

import re
from collections import Counter
from collections.abc import Iterable

from layerloom.graph.document import Graph
from layerloom.modeling.drawing import OUTPUT, Drawing
from layerloom.modeling.memory import memory
from layerloom.modeling.operation_names import operation_stems
from layerloom.modeling.reflection import node_family
from layerloom.modeling.symbolic import without_trace
from layerloom.modeling.walk import walk

_NUMBERED = re.compile(r"(.+?)(?:_([1-9][0-9]{0,8}))?")


def has_operations(graph: Graph) -> bool:
    """Whether functions of `keras.ops` stand in a drawing without blocks."""
    return any(node_family(node.type) == "operations" for node in graph.nodes)


def counters(graph: Graph) -> dict[str, int]:
    """By the beginning of a name, how many numbers to pass over. `graph` is sound and has no blocks."""
    taken = _taken(_names(graph)) if has_operations(graph) else {}
    if not taken:
        return {}
    with without_trace():
        sized = walk(graph, memory()).sized.values()
    made = Counter(step for one in sized for step in one.steps if step in taken)
    # Steps that lead nowhere take numbers too, and are not counted here: twice as many is enough for them.
    starts = {stem: _start(taken[stem], 2 * count + 2) for stem, count in made.items()}
    return {stem: start for stem, start in starts.items() if start}


def _names(graph: Graph) -> Iterable[str]:
    """The names of Inputs and layers."""
    drawing = Drawing.of(graph)
    named = [node for node in graph.nodes if node.type != OUTPUT and node.shares is None]
    return [drawing.names[node.id] for node in named if node_family(node.type) != "operations"]


def _taken(names: Iterable[str]) -> dict[str, set[int]]:
    """The numbers that layers have taken from the counters of operations."""
    taken: dict[str, set[int]] = {}
    for name in names:
        found = _NUMBERED.fullmatch(name)
        if found and found[1] in operation_stems():
            taken.setdefault(found[1], set()).add(int(found[2] or 0))
    return taken


def _start(taken: set[int], count: int) -> int:
    """The first number from which on `count` are free."""
    start = 0
    for number in sorted(taken):
        if number - start >= count:
            break
        start = number + 1
    return start
