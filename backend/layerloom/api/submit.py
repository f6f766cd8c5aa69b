"""Making a run: checked in full, then frozen with all that its result depends on, then queued."""

import asyncio
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from layerloom import __version__
from layerloom.api.bodies import NewRun
from layerloom.api.checking import check_text
from layerloom.api.errors import ApiError
from layerloom.api.forking import find_origin
from layerloom.api.rooms import Rooms
from layerloom.imported import WEIGHTS, UnknownWeights, find_weights
from layerloom.problem import Problem
from layerloom.report import CheckReport
from layerloom.runs.summary import RunDetail

MISFITS = "layerloom.modeling.importing.starting:misfits"
PACKAGES = ("keras", "tensorflow", "numpy")


async def submit(rooms: Rooms, asked: NewRun) -> RunDetail:
    """Freeze and queue a run. Raises ApiError 422 with the problems of a drawing that is not ready."""
    report = CheckReport.model_validate_json(await check_text(rooms.checker, rooms.settings, asked.graph, asked.recipe))
    if not report.ready:
        raise not_ready(report)
    weights = None if asked.weights is None else await _start_weights(rooms, asked, asked.weights)
    origin = None if asked.from_run is None else await find_origin(rooms, asked, asked.from_run)
    dataset = await asyncio.to_thread(rooms.library.get, asked.recipe.data.dataset)
    detail = await asyncio.to_thread(
        rooms.store.create,
        name=asked.name or asked.graph.name or "Untitled",
        graph=asked.graph,
        recipe=asked.recipe,
        versions=versions(),
        fingerprint=dataset.fingerprint,
        parameters=report.parameters,
        weights=weights,
        origin=origin,
    )
    rooms.dispatcher.wake()
    return detail


async def _start_weights(rooms: Rooms, asked: NewRun, token: str) -> Path:
    """The file of imported weights with this token. Raises ApiError 422 where there is none, or it does not fit."""
    try:
        folder = await asyncio.to_thread(find_weights, rooms.settings.home, token)
    except UnknownWeights:
        message = "The imported weights are no longer here. Import the file again, or start without them."
        problem = Problem(code="unknown-weights", message=message, parameter="weights")
        raise ApiError(422, "unknown-weights", message, [problem]) from None
    timeout_s = rooms.settings.check_timeout_s
    problems: list[Problem] = await rooms.checker.call(MISFITS, asked.graph, folder, timeout_s=timeout_s)
    if problems:
        raise ApiError(422, "weights-mismatch", problems[0].message, problems)
    return folder / WEIGHTS


def not_ready(report: CheckReport) -> ApiError:
    """The refusal of a drawing that can not be trained, with its problems."""
    errors = [problem for problem in report.problems if problem.severity == "error"]
    message = f"This drawing is not ready to train: {errors[0].message}"
    return ApiError(422, "graph-not-ready", message, report.problems)


def versions() -> dict[str, str]:
    """What computes here, by package; frozen into each run."""
    found = {"python": platform.python_version(), "layerloom": __version__}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue  # tensorflow goes by another name where only the CPU build is installed
    return found
