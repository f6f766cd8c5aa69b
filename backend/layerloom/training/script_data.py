"""What a recipe says of the data, as Python expressions over `columns`, the arrays of a split by column name.

They make of an archive (`data.archive`) what `arrays.bind` makes of the library: the same numbers in the same order.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layerloom.data.dataset import Column, DatasetInfo
from layerloom.data.parts import PARTS, TEST, expected_rows, test_fraction
from layerloom.data.split_column import WORDS, named_parts, split_column
from layerloom.data.whole import to_be_filled
from layerloom.modeling.source.literals import dict_of, list_of, literal
from layerloom.recipe import DataRecipe, Recipe
from layerloom.training.signature import Signature, Tensor
from layerloom.training.weighting import class_column, class_weights
from layerloom.training.windows import Windows

ITEM_BYTES = {"uint8": 1, "float64": 8, "string": 100}
"""By dtype of a column, where it is not 4; a guess for texts."""


@dataclass(frozen=True)
class ScriptData:
    """What the templates print. `filled` are conditions for a row to be whole; `columns` all that is read.

    `weights` is the expression of the sample weights, `class_weight` that of the weights by class number.
    """

    dataset: str
    title: str
    archive: str
    columns: list[str]
    inputs: str
    targets: str
    filled: list[str]
    validated: bool
    tested: bool
    classes: bool
    texts: bool
    weights: str | None
    class_weight: str | None
    dealing: "ScriptSplit | None"
    windows: Windows | None = None
    memory_gb: int = 0


@dataclass(frozen=True)
class ScriptSplit:
    """How the rows are dealt out, where it is more than a shuffle that holds out validation rows.

    `key` is the expression of the cells that decide, `parts` the place in (train, validation, test) of each class where
    these name the split. `test_fraction` and `validation_fraction` are None where there is no such share; `test_seed`
    goes into the seed. `test_apart` says whether test rows come from the training split.
    """

    by: str
    key: str | None
    parts: list[int] | None
    test_fraction: float | None
    validation_fraction: float | None
    test_seed: int
    test_apart: bool


def script_data(info: DatasetInfo, whole: Recipe, signature: Signature, windows: Windows | None = None) -> ScriptData:
    """The data part of a program for a recipe that fits its dataset; `windows` are those of one that is streamed."""
    recipe = whole.data
    expected = expected_rows(info, recipe)
    columns = {name: info.column(name) for name in _wanted(recipe, signature)}
    if (decides := split_column(info, recipe)) is not None:
        columns.setdefault(decides.name, decides)
    whole_in = set() if recipe.missing == "refuse" else _filled_columns(info, recipe, columns)
    inputs = {
        name: _input([columns[one] for one in recipe.inputs[name]], tensor) for name, tensor in signature.inputs.items()
    }
    targets = {
        name: _target([columns[one] for one in recipe.targets[name]], recipe.encoding.get(name) == "one_hot", tensor)
        for name, tensor in signature.outputs.items()
    }
    return ScriptData(
        dataset=info.id,
        title=info.title,
        archive=f"{info.id}.npz",
        columns=list(columns),
        inputs=bare_expression(inputs),
        targets=bare_expression(targets),
        filled=[_filled(column) for column in columns.values() if column.kind != "image" and column.name in whole_in],
        validated=expected["validation"] > 0,
        tested=info.rows.get("test", 0) > 0 or expected["test"] > 0,
        classes="NAMES[" in "".join(inputs.values()),
        texts=any(tensor.dtype == "string" for tensor in signature.inputs.values()),
        weights=_column(columns[recipe.sample_weight]) if recipe.sample_weight else None,
        class_weight=_class_weight(whole, info),
        dealing=_dealing(info, recipe),
        windows=windows,
        memory_gb=_memory_gb(info, list(columns.values())),
    )


def _filled_columns(info: DatasetInfo, recipe: DataRecipe, columns: Mapping[str, Column]) -> set[str]:
    """Those that are asked for empty cells; where rows with some are kept, those of the targets that have any."""
    names = to_be_filled(info, recipe)
    return {name for name in names if recipe.missing == "drop" or columns[name].missing}


def bare_expression(values: dict[str, str]) -> str:
    """As `signature.bare` has it: the expression itself if it is the only one, else a dict by name."""
    return next(iter(values.values())) if len(values) == 1 else dict_of(values.items())


def _wanted(recipe: DataRecipe, signature: Signature) -> list[str]:
    bound = [*(recipe.inputs[name] for name in signature.inputs), *(recipe.targets[name] for name in signature.outputs)]
    weights = [recipe.sample_weight] if recipe.sample_weight else []
    return list(dict.fromkeys([*(name for columns in bound for name in columns), *weights]))


def _memory_gb(info: DatasetInfo, columns: Sequence[Column]) -> int:
    """About what the arrays take, twice: as they are read, and as the model takes them."""
    row_bytes = sum(math.prod(column.shape) * ITEM_BYTES.get(column.dtype, 4) for column in columns)
    return math.ceil(2 * row_bytes * max(info.rows.values()) / 1e9)


def _dealing(info: DatasetInfo, recipe: DataRecipe) -> ScriptSplit | None:
    column, share = split_column(info, recipe), test_fraction(info, recipe)
    if column is None and not share:
        return None
    by = recipe.split.by
    named = named_parts(column) if column and by == "column" else set()
    labels = (column.classes or []) if column and named else []
    return ScriptSplit(
        by=by,
        key=_column(column) if column else None,
        parts=[PARTS.index(WORDS[label.strip().lower()]) for label in labels] or None,
        test_fraction=share if share and "test" not in named else None,
        validation_fraction=recipe.validation_fraction or None if "validation" not in named else None,
        test_seed=TEST,
        test_apart="test" not in info.rows,
    )


def _class_weight(recipe: Recipe, info: DatasetInfo) -> str | None:
    """The weights that differ from 1, by class number, as `fit` takes them."""
    weights = class_weights(recipe, info)
    if weights is None:
        return None
    given = recipe.fit.class_weight or {}
    classes = info.column(class_column(recipe)).classes or []
    return dict_of((place, literal(given[name])) for place, name in enumerate(classes) if name in given)


def _input(columns: Sequence[Column], tensor: Tensor) -> str:
    if tensor.dtype == "string":
        return _joined([(_readable(column), len(column.shape)) for column in columns], tensor)
    joined = _joined([(_number(column, tensor.dtype), len(column.shape)) for column in columns], tensor)
    stored = {column.dtype for column in columns}
    # NumPy has no bfloat16; Keras casts by itself what it takes.
    return joined if stored == {tensor.dtype} or tensor.dtype == "bfloat16" else _cast(joined, tensor.dtype)


def _target(columns: Sequence[Column], one_hot: bool, tensor: Tensor) -> str:
    first = columns[0]
    if first.kind != "category" or len(columns) > 1:
        joined = _joined([(_column(column), len(column.shape)) for column in columns], tensor)
        return joined if {column.dtype for column in columns} == {"float32"} else _cast(joined, "float32")
    if one_hot:
        return f'np.eye({len(first.classes or [])}, dtype="float32")[{_column(first)}]'
    # One unit says yes or no: its target has to have its shape. Several units vote for one class number.
    return _cast(f"{_column(first)}[:, np.newaxis]", "float32") if tensor.shape[-1:] == [1] else _column(first)


def _joined(columns: Sequence[tuple[str, int]], tensor: Tensor) -> str:
    """Several columns (each an expression and the number of axes of a sample) side by side along the last axis."""
    if len(columns) == 1:
        expression, axes = columns[0]
        return expression if axes or not tensor.shape else f"{expression}[:, np.newaxis]"
    if not any(axes for _, axes in columns):
        return f"np.stack({list_of(expression for expression, _ in columns)}, axis=-1)"
    wide = (expression if axes else f"{expression}[:, np.newaxis]" for expression, axes in columns)
    return f"np.concatenate({list_of(wide)}, axis=-1)"


def _column(column: Column) -> str:
    return f"columns[{literal(column.name)}]"


def _number(column: Column, dtype: str) -> str:
    """A column as numbers; an empty category is none."""
    if column.kind == "category" and column.missing and dtype.startswith(("float", "bfloat")):
        return f"np.where({_column(column)} < 0, np.nan, {_column(column)})"
    return _column(column)


def _readable(column: Column) -> str:
    """A category as the names of its classes, anything else as it is."""
    return f"NAMES[{literal(column.name)}][{_column(column)}]" if column.kind == "category" else _column(column)


def _cast(expression: str, dtype: str) -> str:
    return f"{expression}.astype({literal(dtype)})"


def _filled(column: Column) -> str:
    """The condition under which cells of the column are not empty."""
    if column.kind == "category":
        return f"({_column(column)} >= 0)"
    if column.dtype == "string":
        return f'({_column(column)} != "")'
    axes = tuple(range(1, len(column.shape) + 1))
    return f"np.isfinite({_column(column)})" + (f".all(axis={axes})" if axes else "")
