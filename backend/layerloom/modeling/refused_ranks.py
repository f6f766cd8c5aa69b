"""Too few or too many axes: an LSTM on a flat vector, a Conv2D on a picture without channels."""

import math
import re

from pydantic import JsonValue

from layerloom.modeling.edits import POOLING, LayerDraft, insert
from layerloom.modeling.fault import Fault
from layerloom.modeling.tensors import Shape, show
from layerloom.problem import Problem

_SPATIAL = {"1D": "(steps, channels)", "2D": "(height, width, channels)", "3D": "(depth, height, width, channels)"}
_SEQUENCES = ("LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional")
_CATEGORIES_HELD = 10_000
_PICTURES = "Image preprocessing"
_PICTURE_AXES = 3


def rank(fault: Fault, found: re.Match[str]) -> Problem:
    """Keras wants another number of axes than came in."""
    return _other_rank(fault, int(found["ndim"]) - 1)


def image_rank(fault: Fault) -> Problem | None:
    """A layer for pictures gets something else. Keras takes a sample without channels for the rows of one picture."""
    if fault.entry.category != _PICTURES or len(fault.shape) == _PICTURE_AXES:
        return None
    return _other_rank(fault, _PICTURE_AXES)


def spatial_rank(fault: Fault, _: re.Match[str] | None = None) -> Problem:
    """The layer works on another number of spatial axes than came in: its name tells which."""
    return _other_rank(fault, _spatial(fault.node.type) or len(fault.shape))


def has_other_rank(fault: Fault) -> bool:
    """Whether the name tells of another number of axes than came in."""
    return _spatial(fault.node.type) not in (None, len(fault.shape))


def _other_rank(fault: Fault, wanted: int) -> Problem:
    message = f"{fault.node.type} needs {_axes(fault.node.type, wanted)}, got {show(fault.shape)}."
    drafts = _drafts(fault, wanted)
    hint = "Put a layer before it that makes the shape fit" if drafts else "Connect it to something of that shape"
    fixes = [insert(fault.drawing, fault.edges[:1], draft) for draft in drafts]
    return fault.problem("rank", f"{message} {hint}.", fixes=fixes)


def _spatial(type: str) -> int | None:
    """The axes of one sample by the 1D, 2D or 3D in a class name, channels included."""
    found = re.search(r"[123](?=D)", type)
    if not found:
        return None
    return int(found[0]) + (2 if type.startswith("ConvLSTM") else 1)


def _axes(type: str, wanted: int) -> str:
    spatial = next((words for mark, words in _SPATIAL.items() if mark in type), None)
    if spatial and "LSTM" not in type and spatial.count(",") + 1 == wanted:
        return spatial
    if wanted == _PICTURE_AXES and not spatial:
        return _SPATIAL["2D"]
    if type in _SEQUENCES:
        return "(steps, features)"
    return f"{wanted} axes for each sample" if wanted != 1 else "1 axis for each sample"


def _drafts(fault: Fault, wanted: int) -> list[LayerDraft]:
    """Layers that may bring the sample shape to `wanted` axes, the likeliest first."""
    shape = fault.shape
    if wanted < 1:
        return []
    drafts: list[LayerDraft] = []
    if len(shape) < wanted:
        if wanted == 2 and fault.specs[0].dtype.startswith(("int", "uint")):
            drafts.append(("Embedding", {"input_dim": _CATEGORIES_HELD, "output_dim": 16}))
        drafts += [("Reshape", {"target_shape": target}) for target in _longer(shape, wanted)]
        return drafts
    if wanted == 1 and len(shape) in POOLING:
        return [("Flatten", {}), (POOLING[len(shape)], {})]
    return [("Reshape", {"target_shape": target}) for target in _shorter(shape, wanted)]


def _longer(shape: Shape, wanted: int) -> list[list[JsonValue]]:
    """Axes of one added behind; a square number of values may also be a square picture."""
    missing = wanted - len(shape)
    targets: list[list[JsonValue]] = []
    if len(shape) == 1 and wanted == 3 and shape[0] and math.isqrt(shape[0]) ** 2 == shape[0]:
        side = math.isqrt(shape[0])
        targets.append([side, side, 1])
    targets.append([*_open(shape), *([1] * missing)])
    return targets


def _shorter(shape: Shape, wanted: int) -> list[list[JsonValue]]:
    """The last axes multiplied into one."""
    kept, folded = shape[: wanted - 1], shape[wanted - 1 :]
    known = [size for size in folded if size is not None]
    last = math.prod(known) if len(known) == len(folded) else -1
    return [[*_open(kept), last]] if last != -1 or None not in kept else []


def _open(shape: Shape) -> list[JsonValue]:
    """Reshape writes an unknown size as -1."""
    return [-1 if size is None else size for size in shape]
