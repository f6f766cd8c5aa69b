"""The check: shapes, counts and problems of a drawing, from Keras itself, with nothing allocated."""

from layerloom.graph.document import Graph, Node
from layerloom.modeling.fixes import with_working_fixes
from layerloom.modeling.memory import memory
from layerloom.modeling.sizes import size_problems
from layerloom.modeling.symbolic import without_trace
from layerloom.modeling.walk import Walk, walk
from layerloom.problem import Problem
from layerloom.report import CheckReport, NodeReport, TensorReport


def check_graph(graph: Graph, budget_bytes: int) -> CheckReport:
    """What Keras makes of every node, and everything that is wrong with the drawing.

    `budget_bytes` is what this machine allows a model to take. Answers are remembered within the process, so that
    one edit costs one layer and what follows it.
    """
    with without_trace():
        found = _analyse(graph, budget_bytes)
        problems = with_working_fixes(found, lambda mended: _analyse(mended, budget_bytes))
    return _report(found, problems)


def _analyse(graph: Graph, budget_bytes: int) -> Walk:
    found = walk(graph, memory())
    found.problems += size_problems(found, budget_bytes)
    return found


def _report(found: Walk, problems: list[Problem]) -> CheckReport:
    nodes = {node.id: _node_report(found, node) for node in found.drawing.graph.nodes}
    place = {id: index for index, id in enumerate(nodes)}
    return CheckReport(
        ready=all(problem.severity != "error" for problem in problems),
        nodes=nodes,
        parameters=sum(report.parameters for id, report in nodes.items() if found.counts(id)),
        problems=sorted(problems, key=lambda p: (p.severity == "warning", place.get(p.node or "", -1))),
    )


def _node_report(found: Walk, node: Node) -> NodeReport:
    sized = found.sized.get(node.id)
    if sized is None:
        return NodeReport()
    return NodeReport(
        outputs={
            port: TensorReport(shape=list(spec.shape), dtype=spec.dtype, batched=spec.batched)
            for port, spec in found.outputs[node.id].items()
        },
        parameters=sized.parameters,
        trainable_parameters=sized.trainable_parameters,
        operations=sized.operations,
        activation_bytes=sized.activation_bytes,
    )
