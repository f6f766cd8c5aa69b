"""The learning-rate finder: the rate rises from batch to batch on a model that is thrown away.

A process holds one sweep; it is asked for the next points again and again, so that whoever watches sees them come.
"""

import math
import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from layerloom.graph.document import Graph
from layerloom.modeling.reflection import find
from layerloom.problem import Refusal
from layerloom.recipe import KerasObject, Recipe
from layerloom.training.devices import one_device
from layerloom.training.rate_curve import Smoother, choose, runs_away
from layerloom.training.rehearsal import Rehearsal, rehearse
from layerloom.training.step_problems import step_problem
from layerloom.trial import RatePoint, RateProgress, RateSweep

LOWEST, HIGHEST, STEPS = 1e-7, 10.0, 200
NICENESS = 5


class Sweep:
    """One range test. Raises Refusal where the drawing, the data or a step is refused."""

    def __init__(self, graph: Graph, recipe: Recipe, home: Path, budget_bytes: int) -> None:
        self._graph = graph
        self._rehearsal = rehearse(graph, _with_constant_rate(recipe), home, budget_bytes, one_device())
        self._points: list[RatePoint] = []
        self._coming = self._run(self._rehearsal)
        self._diverged = False

    def advance(self, seconds: float) -> RateProgress:
        """The points of about so many seconds; after the last one the sweep."""
        began = time.monotonic()
        fresh: list[RatePoint] = []
        while time.monotonic() - began < seconds:
            point = self._next()
            if point is None:
                return RateProgress(points=fresh, steps=STEPS, sweep=self._whole())
            fresh.append(point)
        return RateProgress(points=fresh, steps=STEPS)

    def _next(self) -> RatePoint | None:
        try:
            point = next(self._coming, None)
        except (Refusal, MemoryError):
            raise
        except Exception as error:
            problem = step_problem(self._rehearsal, self._graph, error)
            raise Refusal(problem.code, problem.message, [problem]) from error
        if point is not None:
            self._points.append(point)
        return point

    def _run(self, rehearsal: Rehearsal) -> Iterator[RatePoint]:
        model, smoother = rehearsal.model, Smoother()
        rates = np.geomspace(LOWEST, HIGHEST, STEPS)
        smoothed: list[float] = []
        for rate, (x, y) in zip(rates, rehearsal.data.training.batches.repeat(), strict=False):
            model.optimizer.learning_rate = float(rate)
            model.reset_metrics()
            loss = float(model.train_on_batch(x, y, return_dict=True)["loss"])
            smoothed.append(smoother(loss))
            yield RatePoint(rate=float(rate), loss=_finite(loss), smoothed=_finite(smoothed[-1]))
            if runs_away(smoothed):
                self._diverged = True
                return

    def _whole(self) -> RateSweep:
        told = [point for point in self._points if point.smoothed is not None]
        choice = choose([point.rate for point in told], [point.smoothed or 0.0 for point in told])
        return RateSweep(points=self._points, diverged=self._diverged, steepest=choice.steepest, tenth=choice.tenth)


_sweeps: list[Sweep] = []
"""The one of this process."""


def begin(graph: Graph, recipe: Recipe, home: Path, budget_bytes: int) -> None:
    """Make model and data of the sweep that this process holds from now on. Raises Refusal."""
    os.nice(NICENESS)
    _sweeps[:] = [Sweep(graph, recipe, home, budget_bytes)]


def advance_json(seconds: float) -> str:
    """A RateProgress as JSON text. Raises Refusal."""
    return _sweeps[0].advance(seconds).model_dump_json()


def _with_constant_rate(recipe: Recipe) -> Recipe:
    """The recipe with a number in the place of a schedule, which nothing could be set over."""
    optimizer = recipe.compile.optimizer
    entry = find("optimizers", optimizer.type)
    if entry is None or all(parameter.name != "learning_rate" for parameter in entry.parameters):
        message = f"{optimizer.type} has no learning_rate of its own. Choose another optimizer to find a rate for."
        raise Refusal("no-learning-rate", message)
    changed = KerasObject(type=optimizer.type, config={**optimizer.config, "learning_rate": LOWEST})
    return recipe.model_copy(update={"compile": recipe.compile.model_copy(update={"optimizer": changed})})


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
