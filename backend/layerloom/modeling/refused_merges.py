"""Tensors that can not be merged: too few, too many, or of shapes that do not go together."""

import re
from collections.abc import Sequence

from layerloom.modeling.edits import POOLING, LayerDraft, configure, connect, disconnect, insert
from layerloom.modeling.fault import Fault
from layerloom.modeling.tensors import Shape, show
from layerloom.modeling.wiring import loose_ends
from layerloom.problem import Fix, Problem


def count(fault: Fault, found: re.Match[str]) -> Problem:
    """A merge of one tensor, or of more than the layer takes."""
    got, port = len(fault.edges), fault.arguments[0].port
    if got < 2:
        sources = [id for id in loose_ends(fault.drawing, fault.node) if id != fault.edges[0].source]
        fixes = [connect(fault.drawing, source, fault.node.id) for source in sources[:2]]
        message = f"{fault.node.type} needs at least 2 tensors, got {got}. Draw a second wire to it."
        return _at_port(fault.problem("missing-input", message, fixes=fixes), port)
    message = f"{fault.node.type} takes exactly 2 tensors, got {got}. Remove a wire, or merge them in steps."
    if "exactly" not in found[0] and "2" not in found[0]:
        message = f"{fault.node.type} does not take {got} tensors. Remove a wire, or merge them in steps."
    return _at_port(fault.problem("too-many-inputs", message, fixes=[disconnect(fault.drawing, fault.edges[2:])]), port)


def unequal(fault: Fault, _: re.Match[str]) -> Problem:
    """Add, Multiply, Dot and their kin on shapes that differ."""
    shapes = [spec.sample for spec in fault.specs]
    wanted = "equal sizes along its axes" if fault.node.type == "Dot" else "equal shapes"
    message = f"{fault.node.type} needs {wanted}, got {_listed(shapes)}."
    hint = "Bring the branches to one shape first, for instance with a Dense layer."
    return fault.problem("shape-mismatch", f"{message} {hint}", fixes=_made_equal(fault, shapes))


def concatenation(fault: Fault, _: re.Match[str]) -> Problem:
    """Concatenate on shapes that differ in another axis than the one they are joined along."""
    shapes = [spec.sample for spec in fault.specs]
    message = f"Concatenate joins shapes that are equal but for its axis, got {_listed(shapes)}"
    if len({len(shape) for shape in shapes}) > 1:
        flat = [edge for edge, shape in zip(fault.edges, shapes, strict=True) if len(shape) > 1]
        fixes = [insert(fault.drawing, flat, ("Flatten", {}), f"Insert Flatten before '{fault.name}'")]
        fixes += _pooled(fault, shapes)
        text = f"{message}: they have different numbers of axes. Flatten or pool first."
        return fault.problem("shape-mismatch", text, fixes=fixes)
    axis = fault.node.config.get("axis", -1)
    differing = [k for k, sizes in enumerate(zip(*shapes, strict=True), 1) if len(set(sizes)) > 1]
    wrong = [k for k in differing if k != _counted(axis, len(shapes[0]))] or differing
    text = f"{message}: axis {', '.join(str(k) for k in wrong)} differs ({_sizes(shapes, wrong[0])})."
    hint = "Join along that axis, or flatten first" if len(differing) == 1 else "Make it equal, or flatten first"
    fixes = [configure(fault.node, "axis", differing[0])] if len(differing) == 1 else []
    every = list(fault.edges)
    fixes.append(insert(fault.drawing, every, ("Flatten", {}), f"Insert Flatten before '{fault.name}'"))
    return fault.problem("shape-mismatch", f"{text} {hint}.", "axis", fixes)


def _made_equal(fault: Fault, shapes: Sequence[Shape]) -> list[Fix]:
    """A layer on each odd wire that gives the size of the first; else of the last."""
    fixes: list[Fix] = []
    for model in (shapes[0], shapes[-1]):
        odd = [edge for edge, shape in zip(fault.edges, shapes, strict=True) if shape != model]
        if draft := _projection(model, shapes):
            fixes.append(insert(fault.drawing, odd, draft))
    return fixes or _pooled(fault, shapes)


def _projection(model: Shape, shapes: Sequence[Shape]) -> LayerDraft | None:
    """A Dense (for pictures a 1 by 1 convolution) to the last size of `model`, if only that differs."""
    if any(shape[:-1] != model[:-1] for shape in shapes) or not model or model[-1] is None:
        return None
    if len(model) == 3:
        return "Conv2D", {"filters": model[-1], "kernel_size": 1}
    return "Dense", {"units": model[-1]}


def _pooled(fault: Fault, shapes: Sequence[Shape]) -> list[Fix]:
    """Average away the space of every branch that has one, if all then are vectors."""
    deep = [(edge, len(shape)) for edge, shape in zip(fault.edges, shapes, strict=True) if len(shape) > 1]
    if len({rank for _, rank in deep}) != 1 or deep[0][1] not in POOLING:
        return []
    return [insert(fault.drawing, [edge for edge, _ in deep], (POOLING[deep[0][1]], {}))]


def _counted(axis: object, rank: int) -> object:
    """An axis counted from the front, batch axis 0."""
    return axis + rank + 1 if isinstance(axis, int) and axis < 0 else axis


def _sizes(shapes: Sequence[Shape], axis: int) -> str:
    return " and ".join("?" if shape[axis - 1] is None else str(shape[axis - 1]) for shape in shapes)


def _listed(shapes: Sequence[Shape]) -> str:
    return " and ".join(show(shape) for shape in shapes)


def _at_port(problem: Problem, port: str) -> Problem:
    return problem.model_copy(update={"port": port})
