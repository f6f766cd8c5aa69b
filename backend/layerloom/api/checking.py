"""Asking the child that has Keras what it makes of a drawing, and answering for it where it can not."""

import psutil

from layerloom.engine.workers import Worker, WorkerDied, WorkerTimedOut
from layerloom.graph.document import Graph
from layerloom.problem import Problem
from layerloom.recipe import Recipe
from layerloom.report import CheckReport
from layerloom.settings import Settings

CHECK = "layerloom.training.preflight:check_json"
SHARE_OF_MEMORY = 0.7


async def check_text(checker: Worker, settings: Settings, graph: Graph, recipe: Recipe | None) -> str:
    """A CheckReport as JSON text, also when the check itself breaks: then its one problem says so."""
    arguments = (graph, recipe, settings.home, budget_bytes(settings))
    try:
        text: str = await checker.call(CHECK, *arguments, timeout_s=settings.check_timeout_s)
    except WorkerDied:
        return _broken("check-crashed", "Checking this drawing ended the checker. Undo the last change.")
    except WorkerTimedOut:
        took = f"Checking this drawing took longer than {settings.check_timeout_s:g} s (setting check_timeout_s)."
        return _broken("check-timeout", f"{took} Make it smaller.")
    return text


def budget_bytes(settings: Settings) -> int:
    """What a model may take: the setting, else most of this machine's memory."""
    return settings.model_budget_bytes or int(psutil.virtual_memory().total * SHARE_OF_MEMORY)


def _broken(code: str, message: str) -> str:
    problem = Problem(code=code, message=message)
    return CheckReport(ready=False, nodes={}, parameters=0, problems=[problem]).model_dump_json()
