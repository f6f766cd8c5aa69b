"""The two tables: runs, each with its frozen drawing and its running summary, and what each run said."""

from typing import Any

from sqlalchemy import JSON, BigInteger, Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

RunId = BigInteger().with_variant(Integer, "sqlite")


def clean(text: str) -> str:
    """The text without what a database refuses: NUL goes, a lone surrogate becomes U+FFFD."""
    return text.replace("\0", "").encode("utf-8", "surrogatepass").decode("utf-8", "replace")


class CleanText(TypeDecorator[str]):
    """Text that every database takes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """What is stored for `value`."""
        del dialect
        return None if value is None else clean(value)


class Base(DeclarativeBase):
    """The schema as it is declared; the migrations must lead to the same."""


class RunRow(Base):
    """One run. The columns after `recipe` follow its events, so that a list needs no look at them.

    Times are seconds since 1970. `queued_at` orders the queue: a run that is moved in it takes the time of another.
    `interruptions` counts sudden ends since the last checkpoint.
    """

    __tablename__ = "runs"
    __table_args__ = (Index("runs_queue", "state", "queued_at"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(RunId, primary_key=True)
    name: Mapped[str] = mapped_column(CleanText)
    state: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[float] = mapped_column(Float)
    queued_at: Mapped[float] = mapped_column(Float)
    started_at: Mapped[float | None] = mapped_column(Float)
    ended_at: Mapped[float | None] = mapped_column(Float)
    attempt: Mapped[int] = mapped_column(Integer)
    interruptions: Mapped[int] = mapped_column(Integer)
    last_seq: Mapped[int] = mapped_column(BigInteger)
    tags: Mapped[list[str]] = mapped_column(JSON)
    notes: Mapped[str] = mapped_column(CleanText)
    dataset: Mapped[str] = mapped_column(CleanText)
    fingerprint: Mapped[str] = mapped_column(CleanText)
    versions: Mapped[dict[str, str]] = mapped_column(JSON)
    graph: Mapped[str] = mapped_column(Text)
    recipe: Mapped[str] = mapped_column(Text)
    parameters: Mapped[int] = mapped_column(BigInteger)
    epochs: Mapped[int] = mapped_column(Integer)
    epochs_done: Mapped[int] = mapped_column(Integer)
    metrics: Mapped[dict[str, dict[str, float | None]]] = mapped_column(JSON)
    error: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    checkpoint_epochs: Mapped[list[int]] = mapped_column(JSON)
    best_epoch: Mapped[int | None] = mapped_column(Integer)
    from_run: Mapped[int | None] = mapped_column(BigInteger)
    from_epoch: Mapped[int | None] = mapped_column(Integer)


class EventRow(Base):
    """One event: `body` is its JSON, the other columns are copies to search by."""

    __tablename__ = "events"
    __table_args__ = (Index("events_kind", "run_id", "kind", "seq"), {"sqlite_with_rowid": False})

    run_id: Mapped[int] = mapped_column(RunId, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(32))
    body: Mapped[str] = mapped_column(Text)


RUNS = Base.metadata.tables["runs"]
EVENTS = Base.metadata.tables["events"]
