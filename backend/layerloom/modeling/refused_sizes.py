"""Sizes that are unknown where Keras must know them, or that can not be divided up as asked."""

import math
import re

from pydantic import JsonValue

from layerloom.graph.document import Node
from layerloom.graph.patch import SetType
from layerloom.modeling.drawing import INPUT
from layerloom.modeling.edits import POOLING, configure, unshare
from layerloom.modeling.fault import Fault
from layerloom.modeling.tensors import show
from layerloom.problem import Fix, Problem

_LENGTH = 100
"""Proposed where the drawing leaves a size free."""


def unknown(fault: Fault, _: re.Match[str]) -> Problem:
    """A weight would have to be as large as a size that is not known."""
    message = (
        f"{fault.node.type} makes its weights by the last dimension, which must be known, got {show(fault.shape)}."
    )
    hint = "Give the Input a fixed shape, or pool over the axis that varies."
    return fault.problem("unknown-size", f"{message} {hint}", fixes=_known(fault))


def other_size(fault: Fault, _: re.Match[str]) -> Problem:
    """A shared layer called on another size than the one it was made for."""
    message = f"'{fault.name}' shares a layer whose weights were made for another size than {show(fault.shape)}."
    return fault.problem(
        "shares",
        f"{message} Share it between tensors of one shape, or give this node its own layer.",
        fixes=[unshare(fault.drawing, fault.node)],
    )


def reshape(fault: Fault, _: re.Match[str]) -> Problem:
    """The values can not be put into the target shape."""
    target = fault.node.config.get("target_shape")
    sizes = [size for size in target if isinstance(size, int)] if isinstance(target, list) else []
    values = math.prod(size for size in fault.shape if size is not None)
    wanted = math.prod(size for size in sizes if size > 0)
    many = "" if -1 not in sizes else " a multiple of"
    message = (
        f"{values} values can not become{many} {wanted}: {show(fault.shape)} does not fit into {show(tuple(sizes))}."
    )
    fixes = (
        [configure(fault.node, "target_shape", [values // wanted, *sizes])] if wanted and values % wanted == 0 else []
    )
    fixes += [configure(fault.node, "target_shape", [-1])]
    text = f"{message} Choose sizes whose product is {values}; one may be -1."
    return fault.problem("reshape", text, "target_shape", fixes)


def groups(fault: Fault, _: re.Match[str]) -> Problem:
    """The channels do not fall into that many equal groups."""
    count = fault.node.config.get("groups", 32 if fault.node.type == "GroupNormalization" else 1)
    channels = _channels(fault)
    message = f"{channels} channels can not be divided into {count} groups of equal size."
    fixes: list[Fix] = []
    if isinstance(count, int) and isinstance(channels, int):
        fixes = [configure(fault.node, "groups", number) for number in (math.gcd(count, channels), 1)]
    text = f"{message} Choose a number of groups that divides {channels}."
    return fault.problem("groups", text, "groups", fixes)


def _channels(fault: Fault) -> int | None:
    first = fault.node.config.get("data_format") == "channels_first"
    return fault.shape[0 if first else -1]


def _known(fault: Fault) -> list[Fix]:
    """Pool instead of flattening; else fix the Input's free sizes."""
    source = fault.source()
    fixes = _pooled_instead(source) if source.type == "Flatten" else []
    for node in fault.drawing.graph.nodes:
        shape = node.config.get("shape")
        if node.type == INPUT and isinstance(shape, list) and None in shape:
            fixes.append(_fixed(fault, node, [_LENGTH if size is None else size for size in shape]))
    return fixes


def _pooled_instead(flatten: Node) -> list[Fix]:
    return [
        Fix(label=f"Use {pooling} instead of Flatten", patch=[SetType(node=flatten.id, type=pooling)])
        for pooling in POOLING.values()
    ]


def _fixed(fault: Fault, node: Node, shape: list[JsonValue]) -> Fix:
    fix = configure(node, "shape", shape)
    return fix.model_copy(update={"label": f"{fix.label} at '{fault.drawing.names[node.id]}'"})
