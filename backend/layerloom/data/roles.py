"""What a set is for, guessed from its columns: which column is to be predicted, which ones help."""

from collections.abc import Sequence
from typing import NamedTuple

from layerloom.data.dataset import Column, Role, Task
from layerloom.data.drawing import plain

TARGET_NAMES = ("target", "label", "class", "y", "output", "species", "survived", "price", "outcome", "category")
PREDICTABLE = frozenset({"category", "number"})
USELESS = frozenset({"identifier", "date"})


class Purpose(NamedTuple):
    """The task, and by column name its role."""

    task: Task
    roles: dict[str, Role | None]
    default_inputs: list[str]
    default_targets: list[str]


def guess(columns: Sequence[Column]) -> Purpose:
    """The target is the column that is called so, else the last one that can be predicted; the others are features."""
    target = _target(columns)
    roles: dict[str, Role | None] = {column.name: _role(column, target) for column in columns}
    return Purpose(
        task="regression" if target is None or target.kind == "number" else "classification",
        roles=roles,
        default_inputs=[name for name, role in roles.items() if role == "feature"],
        default_targets=[target.name] if target else [],
    )


def _target(columns: Sequence[Column]) -> Column | None:
    offered = [column for column in columns if column.kind in PREDICTABLE and (column.unique or 0) > 1]
    named = [column for wanted in TARGET_NAMES for column in offered if plain(column.name) == wanted]
    return next(iter([*named, *reversed(offered)]), None)


def _role(column: Column, target: Column | None) -> Role | None:
    if target is not None and column.name == target.name:
        return "target"
    return None if column.kind in USELESS else "feature"
