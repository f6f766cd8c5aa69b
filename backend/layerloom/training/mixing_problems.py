"""Layers that mix the pictures of a batch: in a model they are handed no labels, which then say too little."""

from collections.abc import Iterator

from layerloom.graph.document import Edge, Node
from layerloom.graph.patch import AddEdge, Change, RemoveNode
from layerloom.problem import Fix, Problem
from layerloom.training.plan import Plan, warning

MIXING = frozenset({"CutMix", "MixUp"})


def mixing_problems(plan: Plan) -> Iterator[Problem]:
    """Pictures made of two, of which the target names one: Keras mixes labels only where it is given both in a dict."""
    path = ["data", "targets"]
    for node in plan.graph.nodes:
        if node.type in MIXING:
            mixed = f"{node.type} makes one picture of two, but the target stays that of the first"
            message = f"{mixed}: a model hands it no labels. Use layers that change each picture by itself."
            found = warning("mixed-labels", message, path, [_without(plan, node)] if "." not in node.id else [])
            yield found.model_copy(update={"node": node.id})


def _without(plan: Plan, node: Node) -> Fix:
    """Lead what reaches the node past it."""
    reaching = [edge for edge in plan.graph.edges if edge.target == node.id]
    leaving = [edge for edge in plan.graph.edges if edge.source == node.id]
    past = [
        AddEdge(edge=Edge(source=a.source, source_port=a.source_port, target=b.target, target_port=b.target_port))
        for a in reaching
        for b in leaving
    ]
    patch: list[Change] = [RemoveNode(node=node.id), *past]
    return Fix(label=f"Remove {node.type}", patch=patch)
