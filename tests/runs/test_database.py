"""The database itself: its schema, its settings, many processes, sudden ends."""

import multiprocessing
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from layerloom.engine import forkserver
from layerloom.runs.database import Database, DatabaseTooNew, DatabaseUnavailable
from layerloom.runs.tables import Base
from tests.runs.building import claimed, create, open_store
from tests.runs.writers import append_many, append_until_killed, claim_all

PROCESSES = 8


@pytest.fixture
def pool() -> Iterator[ProcessPoolExecutor]:
    forkserver.start(["layerloom.runs.store"])
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("forkserver")) as pool:
        yield pool


def test_the_migrations_lead_from_nothing_to_the_declared_schema(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'layerloom.db'}")
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert context.get_current_revision() == "0002"


def test_opening_twice_changes_nothing(tmp_path: Path) -> None:
    create(open_store(tmp_path))
    schema = "SELECT sql FROM sqlite_master ORDER BY name"
    with sqlite3.connect(tmp_path / "layerloom.db") as connection:
        before = connection.execute(schema).fetchall()
        store = open_store(tmp_path)
        assert connection.execute(schema).fetchall() == before
    connection.close()
    assert store.list().total == 1


def test_a_newer_database_is_refused_unharmed(tmp_path: Path) -> None:
    create(open_store(tmp_path))
    connection = sqlite3.connect(tmp_path / "layerloom.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    before = list(connection.iterdump())
    with pytest.raises(DatabaseTooNew, match="newer Layerloom"):
        open_store(tmp_path)
    assert list(connection.iterdump()) == before
    connection.close()


def test_every_connection_has_the_settings(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'layerloom.db'}")
    names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
    for enter in (database.read, database.write):
        with enter() as connection:
            found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]
        assert found == ["wal", 1, 5000, 1]


def test_a_file_that_is_no_database_is_unavailable_or_refused(tmp_path: Path) -> None:
    (tmp_path / "layerloom.db").mkdir()
    with pytest.raises(DatabaseUnavailable):
        open_store(tmp_path)


def test_eight_processes_write_without_a_lock_error(tmp_path: Path, pool: ProcessPoolExecutor) -> None:
    store = open_store(tmp_path)
    for _ in range(PROCESSES):
        create(store)
        claimed(store)
    waits = [pool.submit(append_many, tmp_path, run, 40) for run in range(1, PROCESSES + 1)]
    assert max(wait.result() for wait in waits) < 5
    assert [store.get(run).last_seq for run in range(1, PROCESSES + 1)] == [42] * PROCESSES


def test_no_run_is_claimed_twice(tmp_path: Path, pool: ProcessPoolExecutor) -> None:
    store = open_store(tmp_path)
    for _ in range(40):
        create(store)
    got = [pool.submit(claim_all, tmp_path) for _ in range(4)]
    assert sorted(run for claims in got for run in claims.result()) == list(range(1, 41))


def test_what_a_killed_writer_was_told_is_written_is_there(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store)
    claimed(store)
    told = tmp_path / "told"
    context = multiprocessing.get_context("forkserver")
    writer = context.Process(target=append_until_killed, args=(tmp_path, 1, told))
    writer.start()
    deadline = time.monotonic() + 60
    while not told.exists() or told.read_text().count("\n") < 50:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    writer.kill()
    writer.join()
    numbers = [event.seq for event in store.events(1, limit=10**6)]
    assert numbers == list(range(1, store.get(1).last_seq + 1))
    assert len(numbers) >= int(told.read_text().split("\n")[-2])
    assert (len(numbers) - 2) % 2 == 0, "half a batch"
