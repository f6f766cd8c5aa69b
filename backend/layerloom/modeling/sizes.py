"""Whether the model fits into memory, counted from shapes before anything is allocated."""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from layerloom.graph.document import Node
from layerloom.modeling.constants import MAX_BYTES
from layerloom.modeling.edits import POOLING, configure, insert
from layerloom.modeling.symbolic import Sized
from layerloom.modeling.tensors import TIMES, Shape, Weight, show, show_bytes
from layerloom.modeling.walk import Walk
from layerloom.problem import Fix, Problem

_TRAINING_COPIES = 4
"""Weight, gradient and the two running means of Adam."""
_ACTIVATION_COPIES = 2.6
"""Measured: what training holds of the activations, in copies of the layers' outputs."""
_SMALLEST_TRIED = 10


def size_problems(found: Walk, budget_bytes: int) -> Iterator[Problem]:
    """An error where the model can not even be held, a warning where training it will not fit."""
    counted = {id: sized for id, sized in found.sized.items() if found.counts(id)}
    if not counted:
        return
    yield from _constants(found, counted)
    weights = sum(sized.weight_bytes for sized in counted.values())
    activations = sum(sized.activation_bytes for sized in counted.values())
    largest = max(counted, key=lambda id: max(counted[id].weight_bytes, counted[id].activation_bytes))
    held = weights + activations
    trained = _TRAINING_COPIES * weights + _ACTIVATION_COPIES * activations
    if held > budget_bytes or trained > budget_bytes:
        message = _message(found, largest, held > budget_bytes, weights, trained, budget_bytes)
        yield Problem(
            code="too-large",
            severity="error" if held > budget_bytes else "warning",
            message=message,
            node=largest,
            fixes=_fixes(found, found.drawing.nodes[largest]),
        )


def _constants(found: Walk, counted: Mapping[str, Sized]) -> Iterator[Problem]:
    """Constants are made when the model is built and kept as text when it is saved."""
    held = sum(sized.constant_bytes for sized in counted.values())
    if held <= MAX_BYTES:
        return
    largest = max(counted, key=lambda id: counted[id].constant_bytes)
    message = (
        f"The constants of this model would take {show_bytes(held)}, the largest of them "
        f"'{found.drawing.names[largest]}'; they may take {show_bytes(MAX_BYTES)} together. Make them smaller."
    )
    yield Problem(code="too-large", message=message, node=largest)


def _message(found: Walk, id: str, hopeless: bool, weights: int, trained: float, budget: int) -> str:
    name, sized = found.drawing.names[id], found.sized[id]
    limit = f"this server allows {show_bytes(budget)}"
    if sized.activation_bytes > sized.weight_bytes:
        needs = f"one sample would need {show_bytes(sized.activation_bytes)} after layer '{name}' ({_shapes(sized)})"
        verdict = "This model can not fit" if hopeless else "Training will hardly fit"
        return f"{verdict}: {needs}; {limit}. Make its output smaller."
    alone = f"layer '{name}' alone has {_largest(sized)} weights = {show_bytes(sized.weight_bytes)}"
    if hopeless:
        return (
            f"This model can not fit: {alone} (training all {show_bytes(weights)} with Adam needs about "
            f"{show_bytes(trained)}; {limit}). Use fewer units, or put a pooling layer before Flatten."
        )
    return (
        f"Training will hardly fit: with Adam it needs about {show_bytes(trained)}; {limit}. The largest: {alone}. "
        "Make it smaller, or train without Adam's two running means (SGD)."
    )


def _largest(sized: Sized) -> str:
    weight: Weight = max(sized.weights, key=lambda weight: weight.elements)
    return f" {TIMES} ".join(f"{size:,}" for size in weight.shape)


def _shapes(sized: Sized) -> str:
    return ", ".join(show(spec.sample) for spec in sized.outputs)


def _fixes(found: Walk, node: Node) -> list[Fix]:
    """Pool instead of flattening, or a smaller number for what makes the layer large."""
    if node.type == "Input":
        return []
    return [*_pooled(found, node), *_smaller(found.drawing.owner(node))]


def _pooled(found: Walk, node: Node) -> Iterator[Fix]:
    for edge in found.drawing.incoming[node.id]:
        source = found.drawing.nodes[edge.source]
        if source.type != "Flatten" or source.id not in found.arguments:
            continue
        shape: Shape = found.arguments[source.id][0].specs[0].sample
        if pooling := POOLING.get(len(shape)):
            yield insert(found.drawing, found.drawing.incoming[source.id], (pooling, {}))


def _smaller(node: Node) -> Iterator[Fix]:
    """Each whole number of the config, stepped down by tens: the larger ones first."""
    numbers = {name: value for name, value in node.config.items() if _number(value) >= _SMALLEST_TRIED}
    for name, value in sorted(numbers.items(), key=lambda item: -_number(item[1])):
        step = 10 ** (len(str(_number(value) - 1)) - 1)
        while step >= 1:
            yield configure(node, name, [step] * len(value) if isinstance(value, list) else step)
            step //= 10


def _number(value: JsonValue) -> int:
    numbers = value if isinstance(value, list) else [value]
    whole = [number for number in numbers if isinstance(number, int) and not isinstance(number, bool)]
    return max(whole, default=0) if len(whole) == len(numbers) else 0
