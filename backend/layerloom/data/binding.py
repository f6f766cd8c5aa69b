"""Which columns of a dataset feed which Input and Output nodes of a drawing: by name, else by kind and shape."""

from collections.abc import Collection, Sequence

from layerloom.data.dataset import Column, DatasetInfo
from layerloom.data.drawing import InputForm, OutputForm, plain

BIT_ACTIVATIONS = frozenset({"sigmoid", "hard_sigmoid"})


def bind_inputs(forms: Sequence[InputForm], dataset: DatasetInfo) -> dict[str, list[str]]:
    """Columns for each Input node by its name. Never the default targets, and no column twice while others are left."""
    offered = [dataset.column(name) for name in dataset.default_inputs]
    offered += [column for column in dataset.columns if column.role == "feature" and column not in offered]
    named = {form.name: column for form in forms if (column := _namesake(form, dataset))}
    used = {column.name for column in named.values()}
    bound: dict[str, list[str]] = {}
    for form in forms:
        columns = [named[form.name]] if form.name in named else _fitting(form, _fresh_first(offered, used))
        bound[form.name] = [column.name for column in columns] or dataset.default_inputs
        used.update(bound[form.name])
    return bound


def bind_targets(forms: Sequence[OutputForm], dataset: DatasetInfo) -> dict[str, Column]:
    """A column for each Output node by its name: what fits, the default targets first; else the default target."""
    default = [dataset.column(name) for name in dataset.default_targets]
    offered = default + [column for column in dataset.columns if column.role == "target" and column not in default]
    named = {
        form.name: column for form in forms for column in dataset.columns if plain(column.name) == plain(form.name)
    }
    used = {column.name for column in named.values()}
    bound: dict[str, Column] = {}
    for form in forms:
        fitting = [column for column in _fresh_first(offered, used) if _answers(form, column)]
        bound[form.name] = named.get(form.name) or next(iter([*fitting, *_fresh_first(offered, used)]))
        used.add(bound[form.name].name)
    return bound


def _namesake(form: InputForm, dataset: DatasetInfo) -> Column | None:
    """The column of the node's name, if it fits the node by itself."""
    for column in dataset.columns:
        if (
            column.name not in dataset.default_targets
            and plain(column.name) == plain(form.name)
            and _fitting(form, [column]) == [column]
        ):
            return column
    return None


def _fresh_first(columns: Sequence[Column], used: Collection[str]) -> list[Column]:
    return sorted(columns, key=lambda column: column.name in used)


def _fitting(form: InputForm, offered: Sequence[Column]) -> list[Column]:
    """The columns to feed the node with, best first in `offered`; none if nothing fits."""
    if form.dtype == "string":
        return _first(offered, "text") or _first(offered, "category")
    shape = form.shape or ()
    if len(shape) > 1:
        whole = [column for column in offered if _has_shape(column, shape)]
        return whole[:1] or _first(offered, "image") or _first(offered, "sequence")
    if form.dtype.startswith(("int", "uint")):
        return _first(offered, "category")
    if vectors := [column for column in offered if len(column.shape) == 1 and _has_shape(column, shape)]:
        return vectors[:1]
    return _numbers(shape[0] if shape else 1, offered)


def _numbers(count: int | None, offered: Sequence[Column]) -> list[Column]:
    """`count` number columns side by side (all, for a free size), filled up with categories as their index."""
    numbers = [column for column in offered if column.kind == "number"]
    numbers += [column for column in offered if column.kind == "category"]
    return numbers[:count] if count is None or len(numbers) >= count else []


def _has_shape(column: Column, shape: Sequence[int | None]) -> bool:
    """Whether samples of the column have this shape; a free size fits any."""
    if len(column.shape) != len(shape):
        return False
    return all(wanted in (None, size) for wanted, size in zip(shape, column.shape, strict=True))


def _first(offered: Sequence[Column], kind: str) -> list[Column]:
    return [column for column in offered if column.kind == kind][:1]


def _answers(form: OutputForm, column: Column) -> bool:
    """Whether an output of this form can predict the column."""
    if column.classes is None:
        return (
            column.dtype != "string"
            and form.activation not in {"softmax", *BIT_ACTIVATIONS}
            and form.units in (None, 1)
        )
    if form.units == 1:
        return len(column.classes) == 2
    return form.units in (None, len(column.classes))
