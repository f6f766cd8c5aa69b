"""What is wrong with an application on what reaches it, told before Keras is asked or in better words."""

import re

from layerloom.modeling.applications import pretrained, pretrained_fault
from layerloom.modeling.edits import configure, insert
from layerloom.modeling.fault import Fault
from layerloom.modeling.tensors import show
from layerloom.problem import Problem

_PICTURE_AXES = 3


def picture(fault: Fault) -> Problem | None:
    """Something else than pictures arrives, or pictures of no fixed size where the top needs one."""
    if len(fault.shape) != _PICTURE_AXES:
        message = f"{fault.node.type} needs pictures (height, width, channels), got {show(fault.shape)}."
        return fault.problem("rank", f"{message} Connect it to something of that shape.")
    if None in fault.shape and fault.node.config.get("include_top", True):
        message = f"{fault.node.type} with include_top needs pictures of a known size, got {show(fault.shape)}."
        return fault.problem(
            "unknown-size",
            f"{message} Give the Input a fixed shape, or leave the top out.",
            "include_top",
            [configure(fault.node, "include_top", False)],
        )
    return None


def too_small(fault: Fault, found: re.Match[str]) -> Problem:
    """Pictures smaller than the application takes: they are enlarged first."""
    side = int(found["side"])
    message = f"{fault.node.type} needs pictures of at least {side} by {side}, got {show(fault.shape)}."
    resizing = insert(fault.drawing, fault.edges[:1], ("Resizing", {"height": side, "width": side}))
    return fault.problem("too-small", f"{message} Enlarge them first.", fixes=[resizing])


def no_weights(fault: Fault) -> Problem | None:
    """Pretrained weights are wanted that do not exist for this config or shape."""
    reason = pretrained_fault(fault.node, fault.shape)
    if reason is None:
        return None
    message = f"There are no ImageNet weights for '{fault.name}': {reason} Set weights to null, or change that."
    return fault.problem("bad-value", message, "weights", [configure(fault.node, "weights", None)])


def download(fault: Fault) -> Problem | None:
    """A warning that a run of this node needs the network once."""
    if not pretrained(fault.node):
        return None
    message = f"A run of '{fault.name}' downloads ImageNet weights, unless this server has them already."
    problem = fault.problem(
        "download",
        f"{message} Without a network, set weights to null.",
        "weights",
        [configure(fault.node, "weights", None)],
    )
    return problem.model_copy(update={"severity": "warning"})
