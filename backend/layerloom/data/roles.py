"""What a set is for, guessed from its columns: which column is to be predicted, which ones help."""

import re
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from layerloom.data.dataset import Column, Role, Task

PREDICTABLE = frozenset({"category", "number"})
USELESS = frozenset({"identifier", "date"})
SPLITS = frozenset({"train", "training", "validation", "valid", "val", "dev", "test", "testing"})
"""A column of these words says what a row is for."""
WORDS_OF_A_NAME, SHARE_OF_NAMES = 5.0, 0.7
COPY = "copy-of-target"
"""The code of the note that a column was left out for it holds the target."""
MOST_SERIES = 5
"""A table over time with more number columns than these measures much at a time, rather than one thing again."""

ALWAYS = frozenset(
    {"target", "targets", "label", "labels", "y", "output", "정답", "라벨", "레이블", "타깃", "타겟", "목표", "목표값"}
)
OFTEN = frozenset(
    {"survived", "species", "diagnosis", "outcome", "result", "income", "churn", "churned", "exited", "default"}
    | {"price", "quality", "rating", "sentiment", "fraud", "spam", "recommended", "medv", "mpg", "sales", "demand"}
    | {"score", "grade", "variety", "cultivar", "deposited", "approved", "passengers"}
    | {"생존", "생존여부", "품종", "진단", "결과", "소득", "이탈", "이탈여부", "가격", "품질", "등급", "평점", "별점"}
    | {"감성", "감정", "매출", "판매량", "수요", "점수", "승인", "추천", "합격", "합격여부"}
)
SOMETIMES = frozenset({"class", "type", "category", "종류", "분류", "클래스", "유형", "범주", "여부"})
_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])|[^\W_a-zA-Z0-9]+")

Copies = Callable[[str], Collection[str]]
"""Names of the columns that hold the column of this name over again."""


class Purpose(NamedTuple):
    """The task, and by column name its role; `copies` of the target would help, but were left out."""

    task: Task
    roles: dict[str, Role | None]
    default_inputs: list[str]
    default_targets: list[str]
    copies: list[str]


def guess(columns: Sequence[Column], copies: Copies = lambda _: ()) -> Purpose:
    """The target is the column whose name, place and kind say so most; of the others, those that can help are features.

    Names of rows, dates and columns that are the same in every row are no features; nor, while there are others, are
    names of people and things, and copies of the target.
    """
    target = _target(columns)
    features = [column.name for column in columns if column is not target and _can_help(column)]
    # A line that one number lies on is no leak, if that number is all there is.
    same = set(copies(target.name)) if target is not None else set()
    apart = [name for name in features if name not in same] or features
    left_out = [name for name in features if name not in apart]
    features = apart
    names = {column.name for column in columns if _is_name(column)}
    features = [name for name in features if name not in names] or features
    roles: dict[str, Role | None] = {column.name: "feature" if column.name in features else None for column in columns}
    if target is not None:
        roles[target.name] = "target"
    return Purpose(_task(columns, target), roles, features, [target.name] if target else [], left_out)


def _task(columns: Sequence[Column], target: Column | None) -> Task:
    """A few numbers beside dates that only go on are to be forecast."""
    if target is not None and target.kind != "number":
        return "classification"
    dates = [column for column in columns if column.kind == "date" and column.ascending]
    others = [column for column in columns if column.kind not in USELESS and (column.unique or 0) > 1]
    is_series = 0 < len(others) <= MOST_SERIES and all(column.kind == "number" for column in others)
    return "forecast" if dates and is_series else "regression"


def _target(columns: Sequence[Column]) -> Column | None:
    offered = [column for column in columns if column.kind in PREDICTABLE and (column.unique or 0) > 1]
    offered = [column for column in offered if not _names_splits(column)]
    offered = [column for column in offered if not _names_splits(column)]
    return max(reversed(offered), key=lambda column: _likelihood(column, offered), default=None)


def _likelihood(column: Column, offered: Sequence[Column]) -> float:
    """How much speaks for a column as the target: its name most, then that it stands last, as targets do."""
    name = column.name.strip().lower()
    words = {word.lower() for word in _WORD.findall(column.name)}
    named = max(
        6.0 * (name in ALWAYS),
        4.0 * (name in OFTEN),
        3.0 * bool(words & ALWAYS),
        2.0 * bool(words & OFTEN or name in SOMETIMES),
    )
    place = 2.5 * (column is offered[-1]) + 0.5 * (column is offered[0])
    return named + place - 1.0 * (column.kind == "category" and len(column.classes or []) > 50)


def _can_help(column: Column) -> bool:
    return column.kind not in USELESS and (column.unique is None or column.unique > 1) and not _names_splits(column)


def _names_splits(column: Column) -> bool:
    words = {label.strip().lower() for label in column.classes or []}
    return "train" in words and words <= SPLITS


def _is_name(column: Column) -> bool:
    """Whether texts are short and hardly ever repeat: a network would learn them by heart."""
    if column.kind != "text" or column.statistics is None or column.histogram is None:
        return False
    return column.statistics.mean < WORDS_OF_A_NAME and (column.unique or 0) >= SHARE_OF_NAMES * sum(
        column.histogram.counts
    )
