"""The program of a drawing: what every style prints, each in its own way."""

from collections.abc import Collection
from typing import Literal

from layerloom.graph.block_definition import Definition, Scope
from layerloom.graph.blocks import expand
from layerloom.graph.document import Block, Graph
from layerloom.modeling.build import checked
from layerloom.modeling.custom import codes
from layerloom.modeling.source.autonames import makes_layers
from layerloom.modeling.source.block_fit import blocks_fit, has_blocks
from layerloom.modeling.source.counters import counters, has_operations
from layerloom.modeling.source.identifiers import Identifiers
from layerloom.modeling.source.own_code import names_of
from layerloom.modeling.source.program import Program
from layerloom.modeling.source.writer import Whole, Writer
from layerloom.report import CheckReport


def program(
    graph: Graph,
    taken: Collection[str] = (),
    attributes: Collection[str] = (),
    *,
    scoped: bool = False,
    blocks: Literal["functions", "classes", "written-out"] = "functions",
) -> Program:
    """The program of a drawing. `taken` are variables that the code around it uses, `attributes` of the class it is in.

    `scoped` leaves out names that TensorFlow refuses where a layer is called inside of another. Blocks become functions
    or classes where one text can serve all their copies; else, as if they were to be, their contents are written out.

    Raises Refusal `graph-not-ready`, with the problems, where the check finds an error.
    """
    report, own = checked(graph), codes(graph)
    written = _written(graph, report, (*taken, *names_of(own)), attributes, scoped, blocks)
    written.codes = own
    return written


def _written(
    graph: Graph,
    report: CheckReport,
    taken: Collection[str],
    attributes: Collection[str],
    scoped: bool,
    blocks: Literal["functions", "classes", "written-out"],
) -> Program:
    expanded = expand(graph)
    ids = {path: id for id, path in expanded.origin.items()}
    whole = Whole(report, ids, Identifiers(("number", *taken)), scoped, blocks == "classes")
    whole.operations = has_operations(expanded.graph)
    whole.nesting = any(makes_layers(node) for node in expanded.graph.nodes)
    if blocks != "written-out" and has_blocks(graph) and blocks_fit(graph, expanded, report):
        written = Writer(whole, Definition("", Block(graph=graph), Scope({})), Identifiers(attributes)).program()
        written.blocks = list(whole.blocks.values())
        written.counters = counters(expanded.graph) if blocks == "functions" else {}
        return written
    flat = Definition("", Block(graph=expanded.graph), Scope({}))
    whole.ids = {(node.id,): node.id for node in expanded.graph.nodes}
    written = Writer(whole, flat, Identifiers(attributes)).program()
    written.counters = counters(expanded.graph) if blocks == "functions" else {}
    return written
