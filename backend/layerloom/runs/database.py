"""The database under the store: opened, migrated, and entered by transactions that never meet a lock error."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT_MS = 5000


class DatabaseUnavailable(Exception):
    """The database did not answer (locked, full, gone): the same call may succeed later."""


class DatabaseTooNew(Exception):
    """The database was written by a newer Layerloom. It was left as it is."""


class Database:
    """One engine. Reads are deferred; writes take the lock at once, so that they wait instead of failing."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self.sqlite = parsed.get_backend_name() == "sqlite"
        if self.sqlite and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        self._engine = create_engine(parsed)
        if self.sqlite:
            event.listen(self._engine, "connect", _set_pragmas)
            event.listen(self._engine, "begin", _begin)
        self._writer = self._engine.execution_options(immediate=True)
        self._migrate()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database. Raises DatabaseUnavailable."""
        with _translated(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that alone may write. Raises DatabaseUnavailable."""
        with _translated(), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    def _migrate(self) -> None:
        if self.sqlite:
            self._use_wal()
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        with self.write() as connection:
            _refuse_newer(connection, ScriptDirectory.from_config(config))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def _use_wal(self) -> None:
        """The journal mode is a property of the file: setting it again on a busy file would fail."""
        with _translated(), self._engine.connect() as connection:
            raw = connection.connection.cursor()
            if raw.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                raw.execute("PRAGMA journal_mode=WAL")
            raw.close()


def _refuse_newer(connection: Connection, scripts: ScriptDirectory) -> None:
    if not inspect(connection).has_table("alembic_version"):
        return
    known = {script.revision for script in scripts.walk_revisions()}
    found = set(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
    if found - known:
        raise DatabaseTooNew(
            f"The database has schema {', '.join(sorted(found - known))}, which this version does not know. "
            "It was written by a newer Layerloom: use that one, or another home folder."
        )


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by us, see _begin
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise DatabaseUnavailable(f"The database did not answer: {error.orig}") from error
