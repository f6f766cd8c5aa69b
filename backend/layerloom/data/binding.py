"""Which columns of a dataset feed which Input and Output nodes of a drawing: by name, else by kind and shape."""

from collections.abc import Collection, Sequence

from layerloom.data.dataset import Column, DatasetInfo, Role
from layerloom.data.drawing import InputForm, OutputForm, plain

MOST_COLUMNS = 10_000
"""That a recipe may bind to one node."""
LONGEST_NAME = 200
"""Of a column or a node that a recipe can speak of."""

BIT_ACTIVATIONS = frozenset({"sigmoid", "hard_sigmoid"})


def bind_inputs(forms: Sequence[InputForm], dataset: DatasetInfo) -> dict[str, list[str]]:
    """Columns for each Input node by its name. Never the default targets, and no column twice while others are left.

    A node that nothing fits gets the default inputs; it is left out where the dataset has none.
    """
    offered, default = _offered(dataset, dataset.default_inputs, "feature"), default_inputs(dataset)
    named = {form.name: column for form in forms if (column := _namesake(form, dataset))}
    used = {column.name for column in named.values()}
    bound: dict[str, list[str]] = {}
    for form in forms:
        columns = [named[form.name]] if form.name in named else _fitting(form, _fresh_first(offered, used))
        if fed := [column.name for column in columns][:MOST_COLUMNS] or default:
            bound[form.name] = fed
            used.update(fed)
    return bound


def bind_targets(forms: Sequence[OutputForm], dataset: DatasetInfo) -> dict[str, Column]:
    """A column for each Output node by its name: what fits, the default targets first; else the default target.

    A node is left out where the dataset has no target for it.
    """
    offered = _offered(dataset, dataset.default_targets, "target")
    by_name = {plain(one.name): one for one in reversed(dataset.columns) if can_be_named(one.name)}
    named = {form.name: by_name[plain(form.name)] for form in forms if plain(form.name) in by_name}
    used = {column.name for column in named.values()}
    bound: dict[str, Column] = {}
    for form in forms:
        fresh = _fresh_first(offered, used)
        fitting = [column for column in fresh if _answers(form, column)]
        if chosen := named.get(form.name) or next(iter([*fitting, *fresh]), None):
            bound[form.name] = chosen
            used.add(chosen.name)
    return bound


def default_inputs(dataset: DatasetInfo) -> list[str]:
    """The dataset's default inputs, as many as one node can take."""
    return [name for name in dataset.default_inputs if can_be_named(name)][:MOST_COLUMNS]


def can_be_named(name: str) -> bool:
    """Names in a recipe are bounded; those of columns and nodes are not."""
    return 0 < len(name) <= LONGEST_NAME


def _offered(dataset: DatasetInfo, first: Sequence[str], role: Role) -> list[Column]:
    """The columns named first, then the others of this role."""
    columns = {column.name: column for column in dataset.columns if can_be_named(column.name)}
    known = [columns[name] for name in dict.fromkeys(first) if name in columns]
    taken = set(first)
    return known + [column for column in columns.values() if column.role == role and column.name not in taken]


def _namesake(form: InputForm, dataset: DatasetInfo) -> Column | None:
    """The column of the node's name, if it fits the node by itself."""
    wanted, targets = plain(form.name), set(dataset.default_targets)
    for column in dataset.columns:
        if plain(column.name) != wanted or column.name in targets or not can_be_named(column.name):
            continue
        if _fitting(form, [column]) == [column]:
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
