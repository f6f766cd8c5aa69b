"""What can be done to a dataset that never changes: the edits that make its next version, and what they are called.

Row numbers count from 0 within their split, in the set as the edits before left it.
"""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from layerloom.data.dataset import Kind, Reading, Role, Word
from layerloom.data.uploads import Job

MOST_ROWS = 100_000
MOST_WORDS = 50

Name = Annotated[str, Field(min_length=1, max_length=1_000)]
Split = Annotated[str, Field(min_length=1, max_length=20)]
Row = Annotated[int, Field(ge=0, lt=10**12)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Steps = Annotated[int, Field(ge=1, le=100_000)]
Value = Annotated[str, Field(max_length=100_000)] | float | None


class KindEdit(Word):
    """A column is of another kind than was guessed: its cells are read anew as that."""

    edit: Literal["kind"]
    column: Name
    kind: Kind

    def words(self) -> str:
        """What was done, for a person."""
        return f"'{self.column}' read as {self.kind}"


class RoleEdit(Word):
    """A column is what is to be predicted, what helps to, or (null) neither."""

    edit: Literal["role"]
    column: Name
    role: Role | None

    def words(self) -> str:
        """What was done, for a person."""
        return f"'{self.column}' made {'a ' + self.role if self.role else 'neither feature nor target'}"


class DropRows(Word):
    """Rows are left out; one named twice is left out once."""

    edit: Literal["drop_rows"]
    split: Split
    rows: Annotated[list[Row], Field(min_length=1, max_length=MOST_ROWS)]

    def words(self) -> str:
        """What was done, for a person."""
        return f"{_counted(len(set(self.rows)), 'row')} of '{self.split}' left out"


class DropColumn(Word):
    """A column is left out."""

    edit: Literal["drop_column"]
    column: Name

    def words(self) -> str:
        """What was done, for a person."""
        return f"'{self.column}' left out"


class Relabel(Word):
    """A cell gets another value: of a category the name of a class (also a new one), of a date its ISO 8601; null
    empties it."""

    edit: Literal["relabel"]
    split: Split
    row: Row
    column: Name
    value: Value

    def words(self) -> str:
        """What was done, for a person."""
        return f"row {self.row:,} of '{self.split}': '{self.column}' corrected"


class Windows(Word):
    """A row learns from those before it: the last `length` values of `columns` that are `horizon` rows or more back.

    They become one column of shape [length, columns], oldest first, and `target` what is predicted. Only every
    `stride`-th row is kept, and none without a full window.
    """

    edit: Literal["windows"]
    columns: Annotated[list[Name], Field(min_length=1, max_length=1_000)]
    target: Name
    length: Steps
    horizon: Steps = 1
    stride: Steps = 1

    def words(self) -> str:
        """What was done, for a person."""
        names = ", ".join(f"'{name}'" for name in self.columns[:MOST_WORDS])
        return f"windows of {self.length} over {names}, {_counted(self.horizon, 'row')} ahead of '{self.target}'"


class ReadAgain(Word):
    """The file is read again, in another way; this stands alone."""

    edit: Literal["read"]
    reading: Reading

    def words(self) -> str:
        """What was done, for a person."""
        return "the file read in another way"


class TitleEdit(Word):
    """The set is called otherwise."""

    edit: Literal["title"]
    title: Title

    def words(self) -> str:
        """What was done, for a person."""
        return f"called '{self.title}'"


Edit = Annotated[
    KindEdit | RoleEdit | DropRows | DropColumn | Relabel | Windows | ReadAgain | TitleEdit, Field(discriminator="edit")
]


class Edits(Word):
    """What is to be done to a set, in this order, to make its next version."""

    edits: Annotated[list[Edit], Field(min_length=1, max_length=MOST_ROWS)]

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        rows = sum(len(edit.rows) if isinstance(edit, DropRows) else 1 for edit in self.edits)
        if rows > MOST_ROWS:
            raise ValueError(f"expected edits of at most {MOST_ROWS:,} rows, got {rows:,}; make several versions")
        if len(self.edits) > 1 and any(isinstance(edit, ReadAgain) for edit in self.edits):
            raise ValueError("the edit 'read' makes all columns anew and must stand alone")
        return self

    def words(self) -> list[str]:
        """What was done, for a person: each edit, corrected cells counted by column; cut after 50."""
        said = [edit.words() for edit in self.edits if not isinstance(edit, Relabel)]
        cells = [edit for edit in self.edits if isinstance(edit, Relabel)]
        if len(cells) == 1:
            said += [cells[0].words()]
        else:
            said += [f"{_counted(n, 'cell')} of '{name}' corrected" for name, n in _by_column(cells).items()]
        return said[:MOST_WORDS] + ([f"and {len(said) - MOST_WORDS} more"] if len(said) > MOST_WORDS else [])


class Revision(Job):
    """The order for a process that makes the next version of the set `parent`."""

    PROGRAM: ClassVar[str] = "layerloom.data.editing"

    parent: str
    edits: Edits


class History(Word):
    """Where a set comes from: the ids of the versions before it, the first one first, and what was done to the last."""

    ancestors: list[str]
    edits: Edits


class Version(Word):
    """One of a family of versions; `edits` say what was done to its parent."""

    id: str
    title: str
    version: int
    parent: str | None
    created_at: float | None
    fingerprint: str
    rows: dict[str, int]
    edits: list[str]


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _by_column(cells: list[Relabel]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for cell in cells:
        counts[cell.column] = counts.get(cell.column, 0) + 1
    return counts
