"""Whether the blocks of a drawing can be written as functions: one text must be right for all of their copies."""

from collections.abc import Iterator

from pydantic import JsonValue

from layerloom.graph.block_definition import is_block
from layerloom.graph.block_parameters import parameter_of
from layerloom.graph.blocks import Expanded
from layerloom.graph.document import Graph, Node
from layerloom.modeling.drawing import INPUT, Drawing
from layerloom.modeling.reflection import node_family
from layerloom.report import CheckReport


def blocks_fit(graph: Graph, expanded: Expanded, report: CheckReport) -> bool:
    """Whether no block is called a second time with the same weights, and all copies of one have the same ports.

    Applications are made for what reaches them, and arrays for what they hold: inside of blocks neither fits. Nor do
    blocks that do not use what an Input feeds them: the model would have that Input all the same. Functions make names
    from those of their calls, and know of no others that are equal.
    """
    if expanded.renamed or _inputs(Drawing.of(graph)) != _inputs(Drawing.of(expanded.graph)):
        return False
    inner = [node for path, home in expanded.homes.items() if path for node in home.graph.nodes]
    every = [node for home in expanded.homes.values() for node in home.graph.nodes]
    if any(is_block(node) and node.shares for node in every) or any(map(_is_particular, inner)):
        return False
    ports: dict[tuple[int, str], tuple[str, ...]] = {}
    return all(ports.setdefault(key, found) == found for key, found in _ports(expanded, report))


def _inputs(drawing: Drawing) -> set[str]:
    return drawing.used.intersection(drawing.ids_of(INPUT))


def _ports(expanded: Expanded, report: CheckReport) -> Iterator[tuple[tuple[int, str], tuple[str, ...]]]:
    ids = {path: id for id, path in expanded.origin.items()}
    for path, home in expanded.homes.items():
        for node in home.graph.nodes if path else ():
            found = report.nodes.get(ids[*path, node.id])
            yield (id(home.graph), node.id), tuple(found.outputs) if found else ()


def _is_particular(node: Node) -> bool:
    family = node_family(node.type)
    return family == "applications" or (family == "operations" and any(map(_lists_parameter, node.config.values())))


def _lists_parameter(value: JsonValue) -> bool:
    return isinstance(value, list) and any(parameter_of(item) or _lists_parameter(item) for item in value)


def has_blocks(graph: Graph) -> bool:
    """Whether the drawing calls blocks."""
    return any(map(is_block, graph.nodes))
