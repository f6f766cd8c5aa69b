"""Windows that do not fit what they slide over, and crops that leave nothing."""

import re
from collections.abc import Sequence

from pydantic import JsonValue

from layerloom.graph.patch import Change, SetConfig, SetType, UnsetConfig
from layerloom.modeling.edits import configure, reset
from layerloom.modeling.fault import Fault
from layerloom.modeling.tensors import TIMES, Shape, show
from layerloom.problem import Fix, Problem

_THINGS = {2: "image", 3: "volume"}


def window(fault: Fault, found: re.Match[str]) -> Problem:
    """A kernel or pooling window is larger than the picture."""
    parameter = "pool_size" if found["what"] == "pool_size" else "kernel_size"
    sizes = [int(number) for number in re.findall(r"\d+", found["window"])]
    space = _space(fault)
    sizes = sizes[: len(space)]
    size = f"A {_times(sizes)} window" if len(sizes) > 1 else f"A window of {_times(sizes)}"
    message = f"{size} does not fit {_picture(space)}: nothing would be left."
    smaller = [min(size, room) if room else size for size, room in zip(sizes, space, strict=False)]
    fixes = [configure(fault.node, "padding", "same")] if fault.parameter("padding") else []
    fixes += [configure(fault.node, parameter, _short(smaller))] if all(smaller) else []
    way_out = 'Use padding "same", a smaller window, or less pooling before it.'
    return fault.problem("output-empty", f"{message} {way_out}", parameter, fixes)


def adaptive(fault: Fault, _: re.Match[str]) -> Problem:
    """Pooling to a size of 1: Keras takes a window that is one longer than the axis, which fails in training."""
    node, pooling = fault.node, fault.node.type.replace("Adaptive", "Global")
    message = f"{node.type} can not pool to a size of 1: Keras would need a window longer than the axis."
    patch: list[Change] = [
        SetType(node=node.id, type=pooling),
        UnsetConfig(node=node.id, parameter="output_size"),
        SetConfig(node=node.id, parameter="keepdims", value=True),
    ]
    fixes = [Fix(label=f"Use {pooling} with keepdims", patch=patch), configure(node, "output_size", 2)]
    return fault.problem("output-empty", f"{message} Use {pooling}, which does the same.", "output_size", fixes)


def cropping(fault: Fault, _: re.Match[str]) -> Problem:
    """More is cut off than there is."""
    message = f"'{fault.name}' would cut off all of {show(fault.shape)}: nothing would be left. Crop less."
    fixes: list[Fix] = [configure(fault.node, "cropping", 0), reset(fault.node, "cropping")]
    return fault.problem("output-empty", message, "cropping", fixes)


def _space(fault: Fault) -> Shape:
    """The axes that a window slides over."""
    if fault.node.config.get("data_format") == "channels_first":
        return fault.shape[1:]
    space = fault.shape[:-1]
    return space[1:] if fault.node.type.startswith("ConvLSTM") else space


def _picture(space: Shape) -> str:
    known = _times(["?" if size is None else size for size in space])
    if len(space) == 1:
        return f"a sequence of {known} steps"
    return f"a {known} {_THINGS.get(len(space), 'tensor')}"


def _times(sizes: Sequence[int | str]) -> str:
    return TIMES.join(str(size) for size in sizes)


def _short(sizes: list[int]) -> JsonValue:
    return sizes[0] if len(set(sizes)) == 1 else list[JsonValue](sizes)
