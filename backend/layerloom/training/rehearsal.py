"""Everything a training begins with, for a trial that leaves no trace: model, data and optimizer as a run has them.

The newest one of this process that ran well may be kept: a run with the same content takes it over.
"""

from dataclasses import dataclass
from pathlib import Path

import keras

from layerloom.data.library import Library
from layerloom.events import Event
from layerloom.graph.document import Graph
from layerloom.job import USUAL_MEMORY, DataMemory
from layerloom.modeling.build import NO_LIMIT, build_model
from layerloom.recipe import Recipe
from layerloom.training.adapt import adapt
from layerloom.training.compiling import compile_model
from layerloom.training.devices import Devices
from layerloom.training.pipeline import TrainingData
from layerloom.training.probing.probe import ReadyMeter
from layerloom.training.signature import Signature, signature
from layerloom.training.steps import Pace


@dataclass(frozen=True)
class Rehearsal:
    """A compiled model with its initial weights, its data, and what there was to tell while they were made.

    Model, optimizer and metrics were made in the scope of the `devices`.
    """

    model: keras.Model
    data: TrainingData
    signature: Signature
    devices: Devices
    told: list[Event]


@dataclass(frozen=True)
class Traced:
    """A rehearsal whose steps were measured, for which graphs were made in `seconds`. Its variables are as before.

    `meter` looks at its layers; None where nobody made one yet.
    """

    rehearsal: Rehearsal
    pace: Pace
    seconds: float
    meter: ReadyMeter | None = None


_kept: dict[str, Traced] = {}
"""The one of this process, by its content."""


def make(
    graph: Graph,
    recipe: Recipe,
    home: Path,
    devices: Devices,
    budget_bytes: int = NO_LIMIT,
    memory: DataMemory = USUAL_MEMORY,
) -> Rehearsal:
    """Model and data; the model is not compiled, and nothing in it is adapted. Raises Refusal."""
    # Seeds the initial weights and every layer that draws.
    keras.utils.set_random_seed(recipe.seed)
    model = build_model(graph, budget_bytes, recipe.dtype_policy, devices.scope())
    shape = signature(graph, model)
    data = TrainingData(Library(home), recipe, shape, memory, devices.count)
    return Rehearsal(model, data, shape, devices, told=[])


def rehearse(graph: Graph, recipe: Recipe, home: Path, budget_bytes: int, devices: Devices) -> Rehearsal:
    """Make it as the first attempt of a run would. Raises Refusal, ConfigError, and whatever TensorFlow raises."""
    made = make(graph, recipe, home, devices, budget_bytes)
    made.data.begin_epoch(0)
    adapt(made.model, made.data, made.told.append)
    compile_model(made.model, recipe.compile, made.signature, devices)
    return made


def keep(content: str, traced: Traced) -> None:
    """Hold it, in the place of any other, for a run of this content."""
    _kept.clear()
    _kept[content] = traced


def take(content: str | None) -> Traced | None:
    """What is held for a run of this content; nothing is held afterwards."""
    traced = _kept.get(content) if content is not None else None
    _kept.clear()
    return traced
