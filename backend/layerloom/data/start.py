"""A first drawing for a dataset with its recipe: small, sensible, ready to train and to be changed."""

from collections.abc import Sequence
from typing import NamedTuple

from layerloom.data.binding import can_be_named
from layerloom.data.branches import Branch, branches, draw
from layerloom.data.dataset import Column, DatasetInfo
from layerloom.data.heads import can_be_answered, head
from layerloom.data.sketch import Sketch
from layerloom.data.suggest import Bound, recipe_for
from layerloom.graph.document import Graph
from layerloom.problem import Refusal
from layerloom.recipe import Recipe

HIDDEN_UNITS = ((1_000, 16), (10_000, 32))
MOST_HIDDEN_UNITS = 64
FEW_MISSING = 0.05
"""The share of rows that is not worth filling."""
FED = frozenset({"number", "category", "text", "image", "sequence", "vector"})
MOST_TARGETS = 20
MOSTLY, NAME_WORDS = 0.9, 6


class Start(NamedTuple):
    """A drawing, and how it is trained."""

    graph: Graph
    recipe: Recipe


def start(dataset: DatasetInfo) -> Start:
    """A drawing that takes the dataset's default inputs and answers its default targets.

    Numbers are normalised side by side, categories one-hot encoded from their names, texts embedded, pictures
    convolved, sequences read by an LSTM; what comes out of these branches is joined and goes through hidden layers.
    Rows with empty cells are left out where they are few, else their cells are filled inside the drawing.

    Raises Refusal `no-target` or `no-input` where there is nothing to predict, or nothing to predict it from.
    """
    columns = {column.name: column for column in dataset.columns if can_be_named(column.name)}
    targets, inputs = _targets(dataset, columns), _inputs(dataset, columns)
    sketch = Sketch(dataset.title[:200])
    rows = dataset.rows.get("train", 0)
    drawn_branches = branches(inputs, sum(column.missing for column in inputs) > FEW_MISSING * rows)
    fed, ends = _drawn(sketch, drawn_branches)
    body = _body(sketch, ends, drawn_branches, rows)
    answered = {head(sketch, target, body, row - (len(targets) - 1) / 2): target for row, target in enumerate(targets)}
    graph = sketch.graph()
    return Start(graph, recipe_for(graph, dataset, Bound(fed, answered)))


def _drawn(sketch: Sketch, found: Sequence[Branch]) -> tuple[dict[str, list[str]], list[str]]:
    """The branches one under the other: by Input the columns it takes, and where each ends."""
    row = -(sum(branch.rows for branch in found) - 1) / 2
    fed, ends = {}, []
    for branch in found:
        drawn = draw(sketch, branch, row)
        fed[drawn.input] = [column.name for column in branch.columns]
        ends.append(drawn.end)
        row += branch.rows
    return fed, ends


def _body(sketch: Sketch, ends: Sequence[str], found: Sequence[Branch], rows: int) -> str:
    """Hidden layers behind everything that comes in; convolutions have done the work of the first."""
    body = ends[0] if len(ends) == 1 else sketch.add("Concatenate", ends)
    units = next((units for limit, units in HIDDEN_UNITS if rows < limit), MOST_HIDDEN_UNITS)
    pictures = all(branch.form == "image" for branch in found)
    for number in (1,) if pictures else (1, 2):
        name = sketch.free_name(f"hidden_{number}")
        body = sketch.add("Dense", [body], name=name, units=units, activation="relu")
    return body


def _targets(dataset: DatasetInfo, columns: dict[str, Column]) -> list[Column]:
    chosen = [columns[name] for name in dataset.default_targets if name in columns]
    chosen = chosen or [column for column in columns.values() if column.role == "target"]
    if usable := [column for column in chosen if can_be_answered(column)][:MOST_TARGETS]:
        return usable
    if not chosen:
        message = f"'{dataset.title}' names no column to predict. Choose one: a number, or a category of two classes."
    else:
        names = ", ".join(f"'{column.name}'" for column in chosen[:5])
        told = f"Nothing can be learned about {names}: a target is a number or a category that is not always the same"
        message = f"{told}. Choose another column as the target."
    raise Refusal("no-target", message)


def _inputs(dataset: DatasetInfo, columns: dict[str, Column]) -> list[Column]:
    """What the answers may depend on. Dates, names and columns that never change say nothing."""
    targets = {*dataset.default_targets, *(column.name for column in dataset.columns if column.role == "target")}
    offered = [columns[name] for name in dataset.default_inputs if name in columns]
    offered = offered or [column for column in columns.values() if column.role == "feature"]
    rows = dataset.rows.get("train", 0)
    if usable := [column for column in offered if column.name not in targets and _says_something(column, rows)]:
        # A network learns names by heart; it is given them only where there is nothing else.
        return [column for column in usable if not _is_a_name(column, rows)] or usable
    if dataset.task == "forecast":
        told = f"'{dataset.title}' says when, and how much"
        message = (
            f"{told}. To learn from what was before, make windows over a column of numbers; then begin with those."
        )
        raise Refusal("no-input", message)
    told = f"'{dataset.title}' has no column to predict from"
    message = f"{told}: numbers, categories, texts, pictures or sequences that differ from row to row."
    raise Refusal("no-input", message)


def _is_a_name(column: Column, rows: int) -> bool:
    """A few words that hardly any other row has."""
    if column.kind != "text" or column.statistics is None:
        return False
    return (column.unique or 0) > MOSTLY * rows and column.statistics.median <= NAME_WORDS


def _says_something(column: Column, rows: int) -> bool:
    if column.kind not in FED or (not column.shape and column.missing >= rows):
        return False
    if column.kind == "category":
        return sum(count > 0 for count in column.class_counts or []) + (column.missing > 0) > 1
    if column.kind in ("text", "image"):
        return True
    return column.statistics is not None and (column.statistics.min < column.statistics.max or column.missing > 0)
