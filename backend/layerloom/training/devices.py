"""On what a training computes: one device, or all GPUs of the machine, each on its share of every batch.

Several GPUs are to train as one would, up to rounding. Where they would not, one is used, and it is said why.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import cache

import tensorflow as tf

from layerloom.graph.blocks import expand
from layerloom.graph.document import Graph
from layerloom.recipe import CompileRecipe, Recipe

GPU = "GPU"
EVENLY_REDUCED = ("sum_over_batch_size", "mean")
WHOLE_BATCH = ("Circle", "Dice", "Tversky")
"""Losses of a batch that are no mean of what its rows lose."""
PER_DEVICE = ("clipnorm", "clipvalue", "global_clipnorm", "gradient_accumulation_steps", "ema_overwrite_frequency")
"""Arguments of an optimizer that Keras heeds on each device by itself, or not at all on several."""


@dataclass(frozen=True)
class Devices:
    """What a training computes on, by a name to be shown. `there` counts the GPUs of the machine.

    A `strategy` spreads the training over several. `why_one` says why there is none though all were asked for.
    """

    name: str
    on_gpu: bool
    there: int = 0
    strategy: tf.distribute.Strategy | None = None
    why_one: str | None = None

    @property
    def count(self) -> int:
        """On how many devices it computes."""
        return int(self.strategy.num_replicas_in_sync) if self.strategy else 1

    def scope(self) -> AbstractContextManager[object]:
        """What creates or loads a model, its optimizer or its metrics has to happen in here."""
        scope: AbstractContextManager[object] = self.strategy.scope() if self.strategy else nullcontext()
        return scope


def one_device() -> Devices:
    """The CPU, or the first GPU. A GPU's memory is taken as needed: others may use it too."""
    gpus = tf.config.list_physical_devices(GPU)
    for gpu in gpus:
        tf.config.experimental.set_memory_growth(gpu, True)
    if not gpus:
        return Devices("CPU", on_gpu=False)
    details = tf.config.experimental.get_device_details(gpus[0])
    return Devices(str(details.get("device_name", GPU)), on_gpu=True, there=len(gpus))


def devices_for(graph: Graph, recipe: Recipe, kind: str = GPU) -> Devices:
    """What this recipe asks for, as far as it is there and trains this drawing as one device would.

    `kind` is TensorFlow's word for the devices to be spread over.
    """
    one = one_device()
    if recipe.fit.devices == "one":
        return one
    there = [device.name for device in tf.config.list_logical_devices(kind)]
    if len(there) < 2:
        return one
    reason = next(_against(graph, recipe, len(there)), None)
    if reason is not None:
        return replace(one, why_one=f"One of {len(there)} {kind}s is used: {reason}")
    return replace(one, name=f"{len(there)} × {one.name}", strategy=_strategy(tuple(there)))


@cache
def _strategy(names: tuple[str, ...]) -> tf.distribute.Strategy:
    """The one of this process.

    Each numbers its sums from the same start, where TensorFlow remembers the shapes of another's.
    """
    return tf.distribute.MirroredStrategy(names)


def only_one(graph: Graph, recipe: Recipe) -> bool:
    """Whether one device is used even where there are several, however many."""
    return recipe.fit.devices == "one" or next(_against(graph, recipe, 1), None) is not None


def _against(graph: Graph, recipe: Recipe, count: int) -> Iterator[str]:
    """Why so many devices would not train as one does."""
    if recipe.fit.batch_size % count:
        size = recipe.fit.batch_size
        more = size + -size % count
        yield f"batches of {size} rows can not be shared evenly. Choose a batch_size of {more}, say."
    yield from _against_compiling(recipe.compile)
    if recipe.dtype_policy == "mixed_float16" and recipe.compile.auto_scale_loss:
        yield "mixed_float16 scales the loss on each by itself. Choose mixed_bfloat16, or switch auto_scale_loss off."
    for node in expand(graph).graph.nodes:
        if node.type == "ActivityRegularization" or node.config.get("activity_regularizer") is not None:
            yield "an activity regularizer sums over all rows of a batch. Leave it out to use all."


def _against_compiling(recipe: CompileRecipe) -> Iterator[str]:
    if recipe.jit_compile is True:
        yield "jit_compile compiles for one. Set it to auto."
    if recipe.optimizer.type == "LossScaleOptimizer":
        yield "LossScaleOptimizer scales the loss on each by itself. Choose another optimizer."
    for name in PER_DEVICE:
        if recipe.optimizer.config.get(name) is not None:
            yield f"the optimizer's {name} would apply to each by itself. Leave it out to use all."
    for output in recipe.outputs.values():
        reduction = output.loss.config.get("reduction", EVENLY_REDUCED[0])
        if reduction not in EVENLY_REDUCED or output.loss.type in WHOLE_BATCH:
            yield f"the loss {output.loss.type} of a batch is then no mean over its rows. Choose another to use all."
