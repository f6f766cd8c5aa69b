"""Everything a training begins with, for a trial that leaves no trace: model, data and optimizer as a run has them."""

from dataclasses import dataclass
from pathlib import Path

import keras

from layerloom.data.library import Library
from layerloom.graph.document import Graph
from layerloom.modeling.build import build_model
from layerloom.recipe import Recipe
from layerloom.training.adapt import adapt
from layerloom.training.compiling import compile_model
from layerloom.training.pipeline import TrainingData
from layerloom.training.signature import Signature, signature


@dataclass(frozen=True)
class Rehearsal:
    """A compiled model with its initial weights, and its data in the order of the first epoch."""

    model: keras.Model
    data: TrainingData
    signature: Signature


def rehearse(graph: Graph, recipe: Recipe, home: Path, budget_bytes: int, on_gpu: bool) -> Rehearsal:
    """Make it as the first attempt of a run would. Raises Refusal, ConfigError, and whatever TensorFlow raises."""
    keras.utils.set_random_seed(recipe.seed)
    model = build_model(graph, budget_bytes)
    shape = signature(graph, model)
    data = TrainingData(Library(home), recipe, shape)
    data.begin_epoch(0)
    adapt(model, data, lambda _: None)
    compile_model(model, recipe.compile, shape, on_gpu=on_gpu)
    return Rehearsal(model, data, shape)
