"""Axes that a tensor does not have."""

import re

from layerloom.modeling.edits import configure, reset
from layerloom.modeling.fault import Fault
from layerloom.modeling.tensors import show
from layerloom.problem import Problem


def bad_axis(fault: Fault) -> Problem | None:
    """An argument names an axis beyond the shape that comes in, or the batch axis.

    Keras itself lets some pass and fails in training, or joins samples that have nothing to do with each other.
    """
    rank = min(len(spec.shape) for spec in fault.specs)
    for parameter in fault.axis_parameters():
        value = fault.node.config.get(parameter.name, parameter.default)
        for axis in value if isinstance(value, list) else [value]:
            if isinstance(axis, int) and (not -rank <= axis < rank or axis % rank == 0):
                return _beyond(fault, parameter.name, axis, parameter.required)
    return None


def out_of_bounds(fault: Fault, found: re.Match[str]) -> Problem:
    """Keras itself says that there is no such axis."""
    number = re.search(r"-?\d+", found[0])
    parameters = fault.axis_parameters()
    name = parameters[0].name if parameters else "axis"
    return _beyond(fault, name, int(number[0]) if number else 0, not parameters or parameters[0].required)


def _beyond(fault: Fault, parameter: str, axis: int, required: bool) -> Problem:
    last = len(fault.shape)
    allowed = f"1 to {last}, or -1 for the last" if last else "there is none but the batch"
    message = f"{parameter} must name an axis of {show(fault.shape)}: {allowed}; got {axis}. The batch is axis 0."
    fixes = [configure(fault.node, parameter, -1)] if required else [reset(fault.node, parameter)]
    return fault.problem("bad-axis", message, parameter, [*fixes, configure(fault.node, parameter, 1)])
