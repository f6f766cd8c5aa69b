"""The dry run: one real batch forward and backward, timed, so that "ready" means that it ran."""

import logging
import math
import resource
import sys
import time
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from layerloom.graph.document import Graph
from layerloom.problem import Problem, Refusal
from layerloom.recipe import Recipe
from layerloom.training.devices import GPU, Devices, devices_for
from layerloom.training.feed import Feed
from layerloom.training.probing.probe import ReadyMeter, ready_meter
from layerloom.training.quickly import quickly
from layerloom.training.rehearsal import Rehearsal, Traced, keep, rehearse
from layerloom.training.step_problems import step_problem
from layerloom.training.steps import LARGEST_MEASURED, Pace, run_in_calls, untouched
from layerloom.trial import Trial

_KILOBYTE = 1024

log = logging.getLogger(__name__)


def trial_json(graph: Graph, recipe: Recipe, home: Path, budget_bytes: int, content: str) -> str:
    """`trial` as JSON text; this process then holds what a run of this `content` begins with."""
    return trial(graph, recipe, home, budget_bytes, content).model_dump_json()


def trial(
    graph: Graph, recipe: Recipe, home: Path, budget_bytes: int, content: str | None = None, kind: str = GPU
) -> Trial:
    """What a step, an epoch and its memory come to. What goes wrong on the way is a problem at its node.

    Raises Refusal where the drawing or the data is refused before any step. `kind` is as in `train`.
    """
    before = _resident_bytes()
    with quickly():
        rehearsal = rehearse(graph, recipe, home, budget_bytes, devices_for(graph, recipe, kind))
        try:
            return _tried(rehearsal, before, content)
        except (Refusal, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 (whatever a step raises is what the trial is for)
            return Trial(ok=False, problems=[step_problem(rehearsal, graph, error)])


def _tried(rehearsal: Rehearsal, before: int, content: str | None) -> Trial:
    """What the steps came to. A model that is too large to be copied is not kept."""
    if content is None or rehearsal.model.count_params() > LARGEST_MEASURED:
        return _measured(rehearsal, before)[0]
    with untouched(rehearsal.model):
        trial, pace, traced_s = _measured(rehearsal, before)
        meter = _meter(rehearsal)
    keep(content, Traced(rehearsal, pace, traced_s, meter))
    return trial


def _meter(rehearsal: Rehearsal) -> ReadyMeter | None:
    """What the first look at the layers needs, so that it costs the training next to nothing."""
    try:
        return ready_meter(rehearsal.model, rehearsal.data)
    except Exception:
        log.warning("no look at the layers could be made ready; the run will say why", exc_info=True)
        return None


def _measured(rehearsal: Rehearsal, before: int) -> tuple[Trial, Pace, float]:
    """Also the pace of calls, and the seconds it took to make the graphs."""
    model, data, devices = rehearsal.model, rehearsal.data, rehearsal.devices
    began = time.monotonic()
    pace = run_in_calls(model, data.training, devices.strategy)
    traced_s = time.monotonic() - began
    step_seconds, loss = _seconds_per_step(model.train_function, data.training, pace.steps)
    epoch_seconds = step_seconds * data.training.steps
    if data.validation:
        seconds, _ = _seconds_per_step(model.test_function, data.validation, pace.steps)
        epoch_seconds += seconds * data.validation.steps
    trial = Trial(
        ok=True,
        step_seconds=step_seconds,
        epoch_seconds=epoch_seconds,
        peak_bytes=_peak_on_gpu() if devices.on_gpu else max(0, _peak_bytes() - before),
        steps_per_epoch=data.training.steps,
        problems=[*([] if math.isfinite(loss) else [_not_finite(model, loss)]), *_one_device(devices)],
        device=devices.name,
        gpus=devices.there,
    )
    return trial, pace, traced_s


def _seconds_per_step(call: Any, feed: Feed, steps: int) -> tuple[float, float]:
    """From the faster of two calls, the first of which may still be tracing; and the loss."""
    fastest = math.inf
    for _ in range(2):
        iterator = iter(feed.batches)
        began = time.perf_counter()
        loss = float(call(iterator)["loss"])
        fastest = min(fastest, (time.perf_counter() - began) / min(steps, feed.steps))
    return fastest, loss


def _one_device(devices: Devices) -> list[Problem]:
    if devices.why_one is None:
        return []
    return [Problem(code="one-device", severity="warning", message=devices.why_one, recipe=["fit", "devices"])]


def _not_finite(model: keras.Model, loss: float) -> Problem:
    became = "NaN" if math.isnan(loss) else "infinite"
    rate = float(keras.ops.convert_to_numpy(model.optimizer.learning_rate))
    message = f"The loss was {became} after a few steps (learning rate {rate:g}). Normalize the inputs, or try less."
    return Problem(code="loss-not-finite", severity="warning", message=message, recipe=["compile", "optimizer"])


def _peak_on_gpu() -> int:
    return int(tf.config.experimental.get_memory_info("GPU:0")["peak"])


def _resident_bytes() -> int:
    """What this process holds now; its peak so far where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except FileNotFoundError:
        return _peak_bytes()
    return pages * resource.getpagesize()


def _peak_bytes() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * _KILOBYTE
