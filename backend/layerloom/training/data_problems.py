"""Whether the columns fit the Input nodes, and whether something can be learned from them."""

import math
from collections.abc import Iterator, Sequence

from layerloom.data.dataset import Column
from layerloom.data.drawing import takes_empty
from layerloom.graph.document import Node
from layerloom.graph.patch import Change, SetConfig, SetRecipe
from layerloom.modeling.drawing import Drawing
from layerloom.modeling.edits import insert
from layerloom.problem import Fix, Problem
from layerloom.report import TensorReport
from layerloom.training.plan import Plan, listed, set_config, set_recipe, shown, warning

LARGE = 1e6
SCALING = frozenset({"Normalization", "BatchNormalization", "LayerNormalization", "Rescaling", "Discretization"})


def data_problems(plan: Plan) -> Iterator[Problem]:
    """Wrong shapes, wrong dtypes, empty cells, columns that can not help."""
    for name, node in plan.inputs.items():
        columns = plan.columns(plan.recipe.data.inputs.get(name, []))
        tensor = plan.arriving(node)
        if columns and tensor:
            yield from _input_problems(plan, name, node, columns, tensor)
    if plan.dataset is not None:
        yield from _empty_cells(plan)
        yield from _leaks(plan)


def _input_problems(
    plan: Plan, name: str, node: Node, columns: list[Column], tensor: TensorReport
) -> Iterator[Problem]:
    path = ["data", "inputs", name]
    wrong_dtype = _dtype_problem(name, node, columns, tensor, path)
    if wrong_dtype:
        yield wrong_dtype
    wanted = tensor.shape[1:]
    shape = joined_shape(columns, wanted)
    if shape is None:
        message = (
            f"Input '{name}': {listed(_names(columns))} can not be joined along their last axis; their shapes differ."
        )
        first: list[Fix] = [set_recipe(path, [columns[0].name], f"Use '{columns[0].name}' alone")]
        yield Problem(code="shape-mismatch", message=message, node=node.id, recipe=path, fixes=first)
    elif not _fits(shape, wanted):
        yield _shape_problem(plan, name, node, columns, shape, wanted)
    yield from _useless(plan, node, columns, path)


def joined_shape(columns: Sequence[Column], wanted: Sequence[int | None]) -> list[int] | None:
    """The shape of one sample of these columns side by side; a lone scalar is [] where that is wanted.

    None if they can not be joined.
    """
    if len(columns) == 1 and (columns[0].shape or not wanted):
        return columns[0].shape
    shapes = [column.shape or [1] for column in columns]
    if len({tuple(shape[:-1]) for shape in shapes}) > 1:
        return None
    return [*shapes[0][:-1], sum(shape[-1] for shape in shapes)]


def _fits(shape: Sequence[int], wanted: Sequence[int | None]) -> bool:
    return len(shape) == len(wanted) and all(want in (None, size) for size, want in zip(shape, wanted, strict=True))


def _shape_problem(
    plan: Plan, name: str, node: Node, columns: list[Column], shape: list[int], wanted: Sequence[int | None]
) -> Problem:
    given = f"{len(columns)} columns give" if len(columns) > 1 else f"column '{columns[0].name}' gives"
    message = f"Input '{name}' expects samples of shape {shown(wanted)}, but {given} {shown(shape)}. Make them equal."
    fixes = [set_config(node.id, "shape", [*shape], f"Set shape to {shown(shape)}")]
    if len(wanted) == 1 and len(shape) > 1 and wanted[0] == math.prod(shape):
        fixes = [_flattened(plan, node, shape)]
    return Problem(
        code="shape-mismatch",
        message=message,
        node=node.id,
        parameter="shape",
        recipe=["data", "inputs", name],
        fixes=fixes,
    )


def _flattened(plan: Plan, node: Node, shape: list[int]) -> Fix:
    """Take samples as they are and flatten them behind the Input, as the drawing meant it."""
    drawing = Drawing.of(plan.graph)
    flatten = insert(drawing, drawing.outgoing[node.id], ("Flatten", {}))
    reshaped = SetConfig(node=node.id, parameter="shape", value=[*shape])
    return Fix(label=f"Set shape to {shown(shape)} and insert Flatten", patch=[reshaped, *flatten.patch])


def _dtype_problem(
    name: str, node: Node, columns: list[Column], tensor: TensorReport, path: list[str]
) -> Problem | None:
    texts = [column.name for column in columns if column.dtype == "string"]
    others = [column.name for column in columns if column.dtype != "string" and column.kind != "category"]
    if tensor.dtype == "string" and others:
        message = f"Input '{name}' takes text (dtype string), but {listed(others)} holds numbers."
        wanted = "float32"
    elif tensor.dtype != "string" and texts:
        message = f"Input '{name}' takes numbers (dtype {tensor.dtype}), but {listed(texts)} holds text."
        wanted = "string"
    else:
        return None
    fixes = [] if texts and others else [set_config(node.id, "dtype", wanted, f'Set dtype to "{wanted}"')]
    if texts and others:
        fixes = without(node, columns, texts, path)
    return Problem(code="dtype-mismatch", message=message, node=node.id, parameter="dtype", recipe=path, fixes=fixes)


def _useless(plan: Plan, node: Node, columns: list[Column], path: list[str]) -> Iterator[Problem]:
    scaled = any(node.type in SCALING for node in plan.graph.nodes)
    for column in columns:
        found = column.statistics
        if found is None or column.dtype == "string":
            continue
        if found.min == found.max:
            message = (
                f"Column '{column.name}' is {found.min:g} in every row: nothing can be learned from it. Leave it out."
            )
            yield warning("constant-column", message, path, without(node, columns, [column.name], path))
        elif max(abs(found.min), abs(found.max)) > LARGE and not scaled:
            runs = f"Column '{column.name}' runs from {found.min:g} to {found.max:g}"
            message = f"{runs}, which few networks can learn from. Put a Normalization layer behind the Input."
            yield warning("large-values", message, path)


def _empty_cells(plan: Plan) -> Iterator[Problem]:
    missing = plan.recipe.data.missing
    if missing == "drop":
        return
    drop = set_recipe(["data", "missing"], "drop", "Leave out rows with empty cells")
    for path, names in _bound(plan):
        if missing == "keep" and (path[1] == "targets" or _takes_empty(plan, path[2])):
            continue
        for column in plan.columns(names):
            if column.missing:
                rows = plan.dataset.rows["train"] if plan.dataset else 0
                has = f"Column '{column.name}' has {column.missing:,} empty cells in {rows:,} rows"
                unfilled = " and nothing in the drawing fills them" if missing == "keep" else ""
                message = f"{has}{unfilled}. Leave those rows out, or bind another column."
                yield Problem(code="non-finite", message=message, recipe=path, fixes=[drop])


def _takes_empty(plan: Plan, input: str) -> bool:
    return input in plan.inputs and takes_empty(plan.graph, plan.inputs[input])


def _leaks(plan: Plan) -> Iterator[Problem]:
    targets = {name for names in plan.recipe.data.targets.values() for name in names}
    for name, node in plan.inputs.items():
        path = ["data", "inputs", name]
        columns = plan.columns(plan.recipe.data.inputs.get(name, []))
        for column in columns:
            # A picture may well be asked to come out as it went in.
            if column.name in targets and column.kind in ("number", "category"):
                both = f"Column '{column.name}' is input and target"
                message = f"{both}: the model can read off the answer. Leave it out of the inputs."
                yield warning("target-as-input", message, path, without(node, columns, [column.name], path))


def _bound(plan: Plan) -> Iterator[tuple[list[str], list[str]]]:
    data = plan.recipe.data
    for side, bound in (("inputs", data.inputs), ("targets", data.targets)):
        yield from ((["data", side, node], names) for node, names in bound.items())


def without(node: Node, columns: Sequence[Column], left_out: Sequence[str], path: list[str]) -> list[Fix]:
    """The fix that feeds an Input without these columns, and gives it the shape that is left; none if none are left."""
    kept = [column for column in columns if column.name not in left_out]
    if not kept:
        return []
    patch: list[Change] = [SetRecipe(path=path, value=[column.name for column in kept])]
    if shape := joined_shape(kept, [None]):
        patch.append(SetConfig(node=node.id, parameter="shape", value=[*shape]))
    return [Fix(label=f"Leave out {listed(left_out)}", patch=patch)]


def _names(columns: list[Column]) -> list[str]:
    return [column.name for column in columns]
