"""Asking the child that has Keras what it makes of a drawing, and answering for it where it can not."""

import psutil

from layerloom.engine.calls import WorkerDied, WorkerTimedOut
from layerloom.engine.workers import Worker
from layerloom.graph.document import Graph
from layerloom.problem import Problem
from layerloom.recipe import Recipe
from layerloom.report import CheckReport
from layerloom.settings import Settings

CHECK = "layerloom.training.preflight:check_json"
SHARE_OF_MEMORY = 0.7
PYTHON = "python"


async def check_text(checker: Worker, settings: Settings, graph: Graph, recipe: Recipe | None) -> str:
    """A CheckReport as JSON text, also when the check itself breaks: then its one problem says so."""
    arguments = (graph, recipe, settings.home, budget_bytes(settings))
    try:
        text: str = await checker.call(CHECK, *arguments, timeout_s=settings.check_timeout_s)
    except WorkerDied:
        return _broken("check-crashed", "Checking this drawing ended the checker. Undo the last change.", graph)
    except WorkerTimedOut:
        took = f"Checking this drawing took longer than {settings.check_timeout_s:g} s (setting check_timeout_s)."
        return _broken("check-timeout", f"{took} Make it smaller.", graph)
    return text


def budget_bytes(settings: Settings) -> int:
    """What a model may take: the setting, else most of this machine's memory."""
    return settings.model_budget_bytes or int(psutil.virtual_memory().total * SHARE_OF_MEMORY)


def _broken(code: str, message: str, graph: Graph) -> str:
    """A report of this one problem, at each node whose own Python may have done it; at none where there is no such."""
    suspects: list[str | None] = [*(node.id for node in graph.nodes if node.type == PYTHON)] or [None]
    problems = [Problem(code=code, message=message, node=node) for node in suspects]
    return CheckReport(ready=False, nodes={}, parameters=0, problems=problems).model_dump_json()
