"""Axes that a tensor does not have, and values of a kind that a layer can not work on."""

import re

from layerloom.modeling.edits import LayerDraft, configure, insert, reset
from layerloom.modeling.fault import Fault
from layerloom.modeling.tensors import show
from layerloom.problem import Problem

TAKE_TEXT = frozenset({"StringLookup", "TextVectorization", "Hashing", "HashedCrossing", "Output"})
"""Layers whose values may be text; `IntegerLookup` and all that compute take numbers."""
_PASS_ON = frozenset({"Concatenate", "Flatten", "Identity", "Permute", "RepeatVector", "Reshape"})
"""Layers that move values without looking at them."""


def bad_axis(fault: Fault) -> Problem | None:
    """An argument names an axis beyond the shape that comes in. Keras itself lets some pass and fails in training."""
    rank = min(len(spec.shape) for spec in fault.specs)
    for parameter in fault.axis_parameters():
        value = fault.node.config.get(parameter.name)
        axes = value if isinstance(value, list) else [value]
        for axis in axes:
            if isinstance(axis, int) and not -rank <= axis < rank:
                return _beyond(fault, parameter.name, axis, parameter.required)
    return None


def out_of_bounds(fault: Fault, found: re.Match[str]) -> Problem:
    """Keras itself says that there is no such axis."""
    number = re.search(r"-?\d+", found[0])
    parameters = fault.axis_parameters()
    name = parameters[0].name if parameters else "axis"
    return _beyond(fault, name, int(number[0]) if number else 0, not parameters or parameters[0].required)


def text_into_numbers(fault: Fault) -> Problem | None:
    """Text reaches a layer that computes. Keras lets it pass symbolically and fails in training."""
    if fault.node.type in TAKE_TEXT | _PASS_ON or all(spec.dtype != "string" for spec in fault.specs):
        return None
    edges = [e for e, spec in zip(fault.edges, fault.specs, strict=True) if spec.dtype == "string"]
    message = f"'{fault.name}' ({fault.node.type}) computes with numbers, got text. Turn the words into numbers first."
    drafts: list[LayerDraft] = [
        ("TextVectorization", {"output_mode": "multi_hot", "max_tokens": 1_000}),
        ("StringLookup", {"output_mode": "multi_hot", "max_tokens": 1_000}),
    ]
    fixes = [insert(fault.drawing, edges, draft, f"Insert {draft[0]}") for draft in drafts]
    return fault.problem("dtype", message, fixes=fixes)


def _beyond(fault: Fault, parameter: str, axis: int, required: bool) -> Problem:
    last = len(fault.shape)
    message = f"{parameter} must name an axis of {show(fault.shape)}: 1 to {last}, or -1 for the last; got {axis}."
    fixes = [configure(fault.node, parameter, -1)] if required else [reset(fault.node, parameter)]
    return fault.problem("bad-axis", message, parameter, [*fixes, configure(fault.node, parameter, 1)])
