"""Proposed fixes tried out: kept if they mend their problem, with what they cost in parameters."""

from collections.abc import Callable

from layerloom.graph.document import Graph
from layerloom.graph.patch import AddNode, InBlock, SetConfig, SetType, UnsetConfig, apply
from layerloom.modeling.walk import Walk
from layerloom.problem import Fix, Problem

Analyse = Callable[[Graph], Walk]
"""A drawing walked through, with the problems at the nodes that were drawn and fixes for the drawing."""
Key = tuple[str, str | None, str | None, str | None]

MAX_FIXES = 3
"""Offered with one problem."""
MAX_TRIALS = 24
MAX_VISITS = 4_000
"""Trials in one check, and nodes visited in them: what is beyond comes without fixes until the first are mended."""
_CONFIG = frozenset({"bad-value", "missing-parameter", "unknown-parameter", "unknown-type", "not-offered"})
_FIRST_STEPS = _CONFIG | {"cycle", "no-input", "no-output", "block-recursion", "too-many-nodes"}
"""Codes of problems that hide others: mending them may bring the next problem to light."""


def with_working_fixes(graph: Graph, found: Walk, analyse: Analyse) -> list[Problem]:
    """The problems of a walk through this drawing, each with those of its fixes that work."""
    trials = _Trials(graph, found, analyse)
    return [problem.model_copy(update={"fixes": trials.working(problem)}) for problem in found.problems]


class _Trials:
    """Walks through mended drawings, as many as a check may take."""

    def __init__(self, graph: Graph, found: Walk, analyse: Analyse) -> None:
        self._graph = graph
        self._before = found
        self._analyse = analyse
        self._left = max(MAX_FIXES, min(MAX_TRIALS, MAX_VISITS // max(1, len(found.drawing.nodes))))
        self._known = {_key(problem) for problem in found.problems}

    def working(self, problem: Problem) -> list[Fix]:
        """The fixes that mend it, at most `MAX_FIXES`, one for each argument that could be changed."""
        kept: list[Fix] = []
        settled: set[str] = set()
        for fix in problem.fixes:
            changed = _changed_argument(fix)
            if changed in settled or len(kept) == MAX_FIXES or not self._left:
                continue
            self._left -= 1
            after = self._analyse(apply(self._graph, fix.patch))
            if self._mends(problem, fix, after):
                kept.append(fix.model_copy(update={"parameters_added": self._cost(problem, fix, after)}))
                settled |= {changed} - {""}
        return kept

    def _mends(self, problem: Problem, fix: Fix, after: Walk) -> bool:
        left = {_key(other) for other in after.problems}
        if _key(problem) in left:
            return False
        if problem.code in _FIRST_STEPS:
            return True
        fresh = {_key(other) for other in after.problems if other.severity == "error"} - self._known
        new_nodes = set(after.drawing.nodes) - set(self._before.drawing.nodes)
        touched = {change.node for change in fix.patch if isinstance(change, SetConfig | SetType)}
        if any(isinstance(change, InBlock) for change in fix.patch):
            return not fresh  # every copy was touched
        return not any(key[1] in {*new_nodes, *touched, problem.place} for key in fresh)

    def _cost(self, problem: Problem, fix: Fix, after: Walk) -> int:
        """Weights of what is new, and more or fewer weights of what was known before."""
        before = {id: sized.parameters for id, sized in self._before.sized.items()}
        new = {change.node.id for change in fix.patch if isinstance(change, AddNode)}
        if problem.code in _CONFIG:
            new |= {c.node for c in fix.patch if isinstance(c, SetConfig | UnsetConfig | SetType)} - set(before)
        if any(isinstance(change, InBlock) for change in fix.patch):
            new |= after.sized.keys()
        known = before.keys() | new
        return sum(sized.parameters for id, sized in after.sized.items() if id in known) - sum(
            count for id, count in before.items() if id in after.sized or id not in after.drawing.nodes
        )


def _key(problem: Problem) -> Key:
    return problem.code, problem.place, problem.port, problem.parameter


def _changed_argument(fix: Fix) -> str:
    """The one argument that a fix changes: a ladder of values for it is climbed down to the first that works."""
    [only] = fix.patch if len(fix.patch) == 1 else [None]
    return only.parameter if isinstance(only, SetConfig) else ""
