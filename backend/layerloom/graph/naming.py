"""Names that nobody typed: layer names made from types as Keras makes them, and ids for new nodes."""

import re
from collections import Counter
from collections.abc import Collection

from layerloom.graph.document import BLOCK, Graph, Node


def layer_names(graph: Graph) -> dict[str, str]:
    """The layer name of each node by id: its own, else made from its type (`dense`, `dense_1`, `add` for `ops.add`).

    A call of a block is named after the block. Made names are numbered by node id, not by the place in `nodes`, so that
    reordering the document renames nothing. Names that were typed twice stay twice: that is a problem for the check,
    not for this function to hide.
    """
    names = {node.id: node.name for node in graph.nodes if node.name is not None}
    taken = set(names.values())
    numbers: Counter[str] = Counter()
    for node in sorted((node for node in graph.nodes if node.name is None), key=_natural):
        stem = snake_case(node.type.removeprefix(BLOCK).rpartition(".")[2] or node.type)
        names[node.id] = _next_free(stem, numbers, taken)
    return names


def snake_case(type: str) -> str:
    """`Conv2DTranspose` becomes `conv2d_transpose`, as in Keras."""
    word = re.sub(r"\W+", "_", type)
    word = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", word)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", word).lower()


def unique(name: str, taken: Collection[str]) -> str:
    """`name`, or the first of `name_1`, `name_2`, ... that is free."""
    return _next_free(name, Counter(), taken)


def fresh_ids(graph: Graph, count: int) -> list[str]:
    """Ids for new nodes, after the highest number in use: `n7`, `n8`, ..."""
    numbers = [int(found[1]) for node in graph.nodes if (found := re.fullmatch(r"n(\d{1,18})", node.id))]
    first = max(numbers, default=0) + 1
    return [f"n{number}" for number in range(first, first + count)]


def _next_free(stem: str, numbers: Counter[str], taken: Collection[str]) -> str:
    """The next free name of this stem; `numbers` remembers how far each stem has come."""
    while True:
        name = f"{stem}_{numbers[stem]}" if numbers[stem] else stem
        numbers[stem] += 1
        if name not in taken:
            return name


def _natural(node: Node) -> list[tuple[int, str]]:
    """Sorts n2 before n10: runs of digits compare as numbers (all else counts as below every number)."""
    return [
        (int(part), "") if part.isdecimal() and part.isascii() else (-1, part) for part in re.split(r"(\d+)", node.id)
    ]
