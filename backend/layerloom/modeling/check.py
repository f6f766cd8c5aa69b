"""The check: shapes, counts and problems of a drawing, from Keras itself, with nothing allocated."""

from functools import lru_cache

from layerloom.graph.blocks import Expanded, expand
from layerloom.graph.document import Graph
from layerloom.modeling.fixes import with_working_fixes
from layerloom.modeling.inside import block_problems, located
from layerloom.modeling.memory import REMEMBERED, memory
from layerloom.modeling.sizes import size_problems
from layerloom.modeling.symbolic import without_trace
from layerloom.modeling.tensors import TensorSpec
from layerloom.modeling.walk import Walk, walk
from layerloom.problem import Problem
from layerloom.report import CheckReport, NodeReport, TensorReport


def check_graph(graph: Graph, budget_bytes: int) -> CheckReport:
    """What Keras makes of every node, and everything that is wrong with the drawing.

    `budget_bytes` is what this machine allows a model to take. Answers are remembered within the process, so that
    one edit costs one layer and what follows it.
    """
    with without_trace():
        expanded = expand(graph)
        found = _analyse(expanded, budget_bytes)
        problems = with_working_fixes(graph, found, lambda mended: _analyse(expand(mended), budget_bytes))
    return _report(expanded, found, problems)


def _analyse(expanded: Expanded, budget_bytes: int) -> Walk:
    found = walk(expanded.graph, memory())
    found.problems += size_problems(found, budget_bytes)
    closed = list(block_problems(expanded, found.drawing))
    told = {problem.place for problem in closed}
    found.problems = [*closed, *(p for p in located(found.problems, expanded) if p.node is None or p.place not in told)]
    return found


def _report(expanded: Expanded, found: Walk, problems: list[Problem]) -> CheckReport:
    layers = {node.id: _layer_report(found, node.id) for node in expanded.graph.nodes}
    nodes = {**layers, **_block_reports(expanded, found, layers)}
    place = {node.id: index for index, node in enumerate(expanded.homes[()].graph.nodes)}
    return CheckReport(
        ready=all(problem.severity != "error" for problem in problems),
        nodes=nodes,
        parameters=sum(report.parameters for id, report in layers.items() if found.counts(id)),
        problems=sorted(problems, key=lambda p: (p.severity == "warning", place.get(p.node or "", -1))),
    )


def _layer_report(found: Walk, id: str) -> NodeReport:
    sized = found.sized.get(id)
    if sized is None:
        return NodeReport()
    return NodeReport(
        outputs={port: _tensor_report(spec) for port, spec in found.outputs[id].items()},
        parameters=sized.parameters,
        trainable_parameters=sized.trainable_parameters,
        operations=sized.operations,
        activation_bytes=sized.activation_bytes,
    )


def _block_reports(expanded: Expanded, found: Walk, layers: dict[str, NodeReport]) -> dict[str, NodeReport]:
    """Block nodes with the sums of what is in them, and the ports inside blocks; each with what comes out there."""
    inside: dict[tuple[str, ...], list[NodeReport]] = {}
    for id, report in layers.items():
        path = expanded.origin[id]
        for length in range(1, len(path), 2):
            inside.setdefault(path[:length], []).append(report)
    return {
        id: NodeReport(
            outputs={
                port: _tensor_report(spec) for port, end in given.items() if (spec := found.arriving(*end)) is not None
            },
            **_sums(inside.get(expanded.origin[id], [])),
        )
        for id, given in expanded.gone.items()
    }


def _sums(reports: list[NodeReport]) -> dict[str, int]:
    return {
        "parameters": sum(report.parameters for report in reports),
        "trainable_parameters": sum(report.trainable_parameters for report in reports),
        "operations": sum(report.operations for report in reports),
        "activation_bytes": sum(report.activation_bytes for report in reports),
    }


@lru_cache(maxsize=REMEMBERED)
def _tensor_report(spec: TensorSpec) -> TensorReport:
    return TensorReport(shape=list(spec.shape), dtype=spec.dtype, batched=spec.batched)
