"""Which runs a list shows, and in which order."""

import re
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, or_, true
from sqlalchemy.sql.elements import UnaryExpression

from layerloom.runs.tables import RunRow, clean

SORTS = ("created_at", "started_at", "ended_at", "name", "state", "dataset", "parameters", "epochs_done")
METRIC_SORT = re.compile(r"metric:([\w./ -]+)")
MAX_SEARCH_LENGTH = 200


class UnknownSort(Exception):
    """The list cannot be sorted by this; the message says by what it can."""

    def __init__(self, sort: str) -> None:
        super().__init__(f"Sort by one of {', '.join(SORTS)} or metric:<name>, not by '{sort[:80]}'.")


def matches(state: str | None, search: str | None) -> ColumnElement[bool]:
    """Runs in this state whose name, dataset, notes or tags contain this text, upper or lower case."""
    condition = true() if state is None else RunRow.state == state
    if not search:
        return condition
    sought = clean(search)[:MAX_SEARCH_LENGTH]
    columns = (RunRow.name, RunRow.dataset, RunRow.notes, cast(RunRow.tags, Text))
    return condition & or_(*(column.icontains(sought, autoescape=True) for column in columns))


def order(sort: str, *, descending: bool) -> list[UnaryExpression[Any]]:
    """By a column of the list, or by `metric:<name>`: the best value of that metric. Raises UnknownSort."""
    metric = METRIC_SORT.fullmatch(sort)
    if metric:
        key: ColumnElement[Any] = RunRow.metrics[metric[1]]["best"].as_float()
    elif sort in SORTS:
        key = getattr(RunRow, sort)
    else:
        raise UnknownSort(sort)
    if descending:
        return [key.desc().nulls_last(), RunRow.id.desc()]
    return [key.asc().nulls_last(), RunRow.id.asc()]
