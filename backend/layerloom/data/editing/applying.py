"""What each edit does to a dataset under edit."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np

from layerloom.data.dataset import Note
from layerloom.data.drawing import plain
from layerloom.data.editing.draft import Draft, without
from layerloom.data.editing.held import Held
from layerloom.data.editing.kinds import converted
from layerloom.data.editing.relabelling import CORRECTABLE, relabelled
from layerloom.data.editing.rows import Rows
from layerloom.data.editing.windowing import check_size, placed, sequences
from layerloom.data.edits import DropColumn, DropRows, Edit, KindEdit, Relabel, RoleEdit, TitleEdit, Windows
from layerloom.problem import Refusal


def apply(draft: Draft, edits: Sequence[Edit]) -> None:
    """Do all this to the draft, in order; most cells are read when it is written. Raises Refusal with the place."""
    for is_cell, some in groupby(edits, lambda edit: isinstance(edit, Relabel)):
        if is_cell:
            _relabel(draft, [edit for edit in some if isinstance(edit, Relabel)])
            continue
        for edit in some:
            _apply(draft, edit)


def _apply(draft: Draft, edit: Edit) -> None:
    match edit:
        case KindEdit():
            _change_kind(draft, edit)
        case RoleEdit():
            draft.assign(edit.column, edit.role)
        case DropRows():
            for row in edit.rows:
                draft.check_row(edit.split, row)
            draft.keep({edit.split: without(draft.rows[edit.split], edit.rows)})
        case DropColumn():
            draft.drop(edit.column)
        case Windows():
            _window(draft, edit)
        case TitleEdit():
            draft.title = edit.title
        case _:
            raise Refusal("bad-value", f"The edit '{edit.edit}' stands alone.")


def _change_kind(draft: Draft, edit: KindEdit) -> None:
    """A column that becomes a name or a date is no longer for anything; one that stops being one is a feature."""
    held, before = draft.column(edit.column), draft.column(edit.column).kind
    held.then(lambda values: converted(edit.column, values, edit.kind), edit.kind)
    useless = ("identifier", "date")
    if edit.kind in useless or (edit.kind == "text" and draft.roles[edit.column] == "target"):
        draft.assign(edit.column, None if edit.kind in useless else "feature")
    elif before in useless and draft.roles[edit.column] is None:
        draft.assign(edit.column, "feature")


def _relabel(draft: Draft, edits: Sequence[Relabel]) -> None:
    columns: dict[str, list[Relabel]] = {}
    for edit in edits:
        draft.check_row(edit.split, edit.row)
        columns.setdefault(edit.column, []).append(edit)
    for name, cells in columns.items():
        held = draft.column(name)
        if held.kind not in CORRECTABLE:
            raise Refusal("bad-value", f"Cells of column '{name}' ({held.kind}) can not be corrected one by one.")
        held.then(lambda values, name=name, cells=cells: relabelled(values, name, cells))  # type: ignore[misc]


def _window(draft: Draft, edit: Windows) -> None:
    """Rows in the order of their dates; the windows become the default input, the target what is predicted."""
    for name in [*edit.columns, edit.target]:
        if draft.column(name).kind != "number":
            message = f"Windows are over numbers, but column '{name}' holds {draft.column(name).kind}s."
            raise Refusal("not-a-number", message)
    order = _in_time(draft)
    values = [draft.column(name).values() for name in edit.columns]
    parts = {split: placed(edit, split, [one.parts[split] for one in values], order[split]) for split in draft.rows}
    check_size(edit, parts, draft.work.limits.max_unpacked_bytes)
    if gaps := sum(part.gaps for part in parts.values()):
        draft.notes.append(Note(code="gaps", message=f"{gaps:,} rows have an empty cell in their window: left out."))
    draft.keep({split: part.rows for split, part in parts.items()})
    name = _fresh(draft, edit)
    draft.add(Held(name, "sequence", lambda: sequences(edit, parts, draft.work.scratch)))
    draft.assign(edit.target, "target")
    draft.assign(name, "feature")
    draft.inputs, draft.targets, draft.is_forecast = [name], [edit.target], True


def _in_time(draft: Draft) -> dict[str, Rows]:
    """The rows of each split by their dates, if there are any; rows without one are left out. Leaves notes."""
    held = draft.dated()
    if held is None:
        return {split: np.arange(count, dtype=np.int64) for split, count in draft.rows.items()}
    order = {split: np.argsort(dates, kind="stable") for split, dates in held.values().parts.items()}
    dates = held.values().parts
    in_order = {split: dates[split][rows] for split, rows in order.items()}
    known = {split: np.isfinite(moments) for split, moments in in_order.items()}
    for code, message, found in (
        ("sorted", "The rows were put in the order of '{}'.", [np.any(np.diff(rows) != 1) for rows in order.values()]),
        ("undated", "Rows without '{}' were left out.", [not np.all(mask) for mask in known.values()]),
        ("same-date", "Several rows have the same '{}': their windows mix them.", _repeats(in_order)),
    ):
        if any(found):
            draft.notes.append(Note(code=code, message=message.format(held.name), column=held.name))
    return {split: rows[known[split]].astype(np.int64) for split, rows in order.items()}


def _repeats(in_order: dict[str, Any]) -> list[bool]:
    return [bool(np.any(np.diff(moments) == 0)) for moments in in_order.values()]


def _fresh(draft: Draft, edit: Windows) -> str:
    """A name for the windows that no column has: what they are the last of."""
    of = plain(edit.columns[0]) if len(edit.columns) == 1 else ""
    base = f"last_{edit.length}_{of or 'rows'}"
    taken = {held.name for held in draft}
    return next(name for number in range(1, len(taken) + 2) if (name := _numbered(base, number)) not in taken)


def _numbered(base: str, number: int) -> str:
    return base if number == 1 else f"{base}_{number}"
