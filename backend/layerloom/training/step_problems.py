"""Where a training step failed: TensorFlow names an operation of a compiled graph; a person wants the layer.

The batch that failed goes through the model once more, layer by layer and uncompiled, until one raises.
"""

import functools
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import keras

from layerloom.graph.blocks import expand
from layerloom.graph.document import Graph
from layerloom.graph.naming import layer_names
from layerloom.modeling.inside import located
from layerloom.problem import Problem
from layerloom.training.rehearsal import Rehearsal

CODE = "step-failed"
OUT_OF_RANGE = re.compile(r"= (-?\d+) is not in \[0, (\d+)\)")
LABEL_OUT_OF_RANGE = re.compile(
    r"[Rr]eceived a label value of (-?\d+) which is outside the valid range of \[0, (\d+)\)"
)
MOST_BATCHES = 20
MAX_MESSAGE = 300


def step_problem(rehearsal: Rehearsal, graph: Graph, error: Exception) -> Problem:
    """The mistake at the node whose layer or loss raised it; at none where it can not be found again.

    The model of this rehearsal is of no use afterwards.
    """
    expanded = expand(graph)
    nodes = {name: id for id, name in layer_names(expanded.graph).items()}
    for found in _at_fault(rehearsal):
        problem = found.model_copy(update={"node": nodes.get(found.node or "")})
        return next(iter(located([problem], expanded)), problem)
    return Problem(code=CODE, message=f"One batch could not be trained on: {_first_line(error)}")


def _at_fault(rehearsal: Rehearsal) -> Iterator[Problem]:
    """Problems whose `node` is the name of a layer or an Output."""
    model = rehearsal.model
    raised: list[tuple[keras.layers.Layer, Exception]] = []
    for layer in model.layers:
        layer.call = _telling(layer, raised)
    for x, y in rehearsal.data.training.batches.take(MOST_BATCHES):
        try:
            answers = model(x, training=True)
        except Exception:  # noqa: BLE001 (the layer's own was noted; Keras makes another one of it)
            if raised:
                yield _layer_problem(*raised[0])
            return
        yield from _loss_problems(rehearsal, answers, y)


def _telling(layer: keras.layers.Layer, raised: list[tuple[keras.layers.Layer, Exception]]) -> Callable[..., Any]:
    """The layer's call, which notes what it raises."""
    call = layer.call

    @functools.wraps(call)
    def told(*args: Any, **kwargs: Any) -> Any:
        try:
            return call(*args, **kwargs)
        except Exception as error:
            raised.append((layer, error))
            raise

    return told


def _layer_problem(layer: keras.layers.Layer, error: Exception) -> Problem:
    kind = type(layer).__name__
    if isinstance(layer, keras.layers.Embedding) and (found := OUT_OF_RANGE.search(str(error))):
        received, size = found.groups()
        expected = f"Expected numbers from 0 to {int(size) - 1} (input_dim is {size}), received {received}"
        message = f"{expected}. Raise input_dim above the largest number in the data, or number the values from 0."
        return Problem(code=CODE, message=message, node=layer.name, parameter="input_dim")
    message = f"A batch of the data could not pass this {kind}: {_first_line(error)}"
    return Problem(code=CODE, message=message, node=layer.name)


def _loss_problems(rehearsal: Rehearsal, answers: Any, y: Any) -> Iterator[Problem]:
    """An Output whose loss raises for this batch."""
    names = [*rehearsal.signature.outputs]
    losses = rehearsal.model.loss
    for name in names:
        loss = losses[name] if isinstance(losses, dict) else losses
        given, wanted = (answers, y) if len(names) == 1 else (answers[name], y[name])
        try:
            loss(wanted, given)
        except Exception as error:  # noqa: BLE001 (whatever the loss raises is what is looked for)
            yield _loss_problem(name, type(loss).__name__, error)


def _loss_problem(output: str, loss: str, error: Exception) -> Problem:
    path = ["compile", "outputs", output, "loss"]
    if found := LABEL_OUT_OF_RANGE.search(str(error)):
        received, units = found.groups()
        expected = f"Expected class numbers from 0 to {int(units) - 1}, one for each unit, received {received}"
        message = f"{expected}. Give the layer before this Output more units, or choose a target with fewer classes."
        return Problem(code=CODE, message=message, node=output, recipe=path)
    message = f"The loss {loss} could not be computed for a batch of the data: {_first_line(error)}"
    return Problem(code=CODE, message=message, node=output, recipe=path)


def _first_line(error: Exception) -> str:
    """What TensorFlow said, without where it said it."""
    text = re.sub(r"\{\{[^}]*\}\}|\[Op:[^\]]*\]|name:\s*$", "", str(error))
    with suppress(StopIteration):
        line = next(line.strip() for line in text.splitlines() if line.strip())
        return f"{type(error).__name__}: {line[:MAX_MESSAGE]}"
    return type(error).__name__
