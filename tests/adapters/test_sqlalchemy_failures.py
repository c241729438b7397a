"""What goes wrong with a database is said clearly, with a remedy; nothing is half written, and no secret told."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from devrules.desk.ports import Unit, Wanted
from devrules.errors import StoreFailure, UsageError
from devrules.testing.store_suite.making import attachment, event, everything, kept, message, row

sqlalchemy = pytest.importorskip("sqlalchemy")

from devrules_sqlalchemy.store import SqlStore  # noqa: E402  # after the check


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with something in it."""
    store = SqlStore(f"sqlite:///{tmp_path / 'desk.db'}")
    store.commit(everything())
    store.close()
    return tmp_path / "desk.db"


def refusal(url: str) -> str:
    with pytest.raises(StoreFailure) as caught:
        SqlStore(url)
    return str(caught.value)


def test_a_full_disk_leaves_things_as_they_were(file: Path) -> None:
    """And there is room for small things still."""
    store = SqlStore(f"sqlite:///{file}")
    before = kept(store)

    def limit(connection: Any, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 60")

    store._engine.dispose()
    sqlalchemy.event.listen(store._engine, "connect", limit)
    large = Unit(command="2", events=(event("d9"),), rows=(row("d9"),), attachments=(attachment(b"x" * 1_000_000),))
    with pytest.raises(StoreFailure, match=r"desk.db: database or disk is full \(free some space\)"):
        store.commit(large)

    assert before == kept(store)
    store.commit(Unit(command="3", events=(event("d9"),)))
    store.close()


def test_a_read_only_file_can_be_read(file: Path) -> None:
    """Writing says what is in the way."""
    store = SqlStore(f"sqlite:///file:{file}?mode=ro&uri=true")

    assert 2 == len(store.find(Wanted()).rows)
    with pytest.raises(StoreFailure, match=r"readonly database \(let this user write"):
        store.commit(Unit(command="2"))
    with pytest.raises(StoreFailure, match="readonly"):
        store.redact("d1", 1)
    with pytest.raises(StoreFailure, match="readonly"):
        store.put_row(row("d1", version=9))
    with pytest.raises(StoreFailure, match="readonly"):
        store.put_message(message(1, sent=("log",)))
    store.close()


def test_a_writer_that_takes_too_long_is_waited_for_no_longer(file: Path) -> None:
    """Reading goes on; when the other has ended, writing does, too."""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store = SqlStore(f"sqlite:///{file}?timeout=0.1")
    with pytest.raises(StoreFailure, match=r"database is locked \(another process has been writing for too long"):
        store.commit(Unit(command="2", events=(event("d9"),)))

    assert () == store.events("d9")
    other.execute("ROLLBACK")
    other.close()
    store.commit(Unit(command="2", events=(event("d9"),)))

    assert (event("d9"),) == store.events("d9")
    store.close()


def test_a_new_file_that_another_one_holds_is_not_waited_for_longer(tmp_path: Path) -> None:
    """The same while the tables are created."""
    other = sqlite3.connect(tmp_path / "desk.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    assert "database is locked (another process" in refusal(f"sqlite:///{tmp_path / 'desk.db'}?timeout=0.1")
    other.execute("ROLLBACK")
    other.close()


def test_who_reads_is_no_obstacle_to_a_redaction(file: Path) -> None:
    """The entry is redacted; what a reader still needs is overwritten when it has ended."""
    reader = sqlite3.connect(file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT body FROM devrules_events").fetchall()
    store = SqlStore(f"sqlite:///{file}?timeout=0.1")
    store.redact("d1", 1)

    assert store.events("d1")[0].body is None
    reader.close()
    store.close()


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    """Whatever it is."""
    file = tmp_path / "list.xlsx"
    file.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 20)
    before = file.read_bytes()

    assert "list.xlsx: file is not a database (name another file, or restore this one from a backup)" in refusal(
        f"sqlite:///{file}"
    )
    assert before == file.read_bytes()


@pytest.mark.parametrize("where", ["no/such/folder/desk.db", "."])
def test_a_place_where_no_file_can_be_is_named(tmp_path: Path, where: str) -> None:
    """A folder that is not there, or that is where the file should be."""
    said = refusal(f"sqlite:///{tmp_path / where}")

    assert "unable to open database file (does its folder exist, and may this user write there?)" in said


def test_tables_of_a_newer_devrules_are_left_alone(file: Path) -> None:
    """It may keep things there of which this one knows nothing."""
    connection = sqlite3.connect(file)
    connection.execute("UPDATE devrules_schema SET version = 2")
    connection.commit()

    assert "its tables have form 2, and this devrules knows form 1; use the devrules that wrote them" in refusal(
        f"sqlite:///{file}"
    )
    connection.execute("DELETE FROM devrules_schema")
    connection.commit()
    connection.close()

    assert "its tables have form 0" in refusal(f"sqlite:///{file}")


def test_tables_of_others_are_left_alone(tmp_path: Path) -> None:
    """They may stand beside ours; where one has a name of ours, ours are not created at all."""
    connection = sqlite3.connect(tmp_path / "portal.db")
    connection.execute("CREATE TABLE students (name TEXT)")
    SqlStore(f"sqlite:///{tmp_path / 'portal.db'}").close()
    connection.close()
    connection = sqlite3.connect(tmp_path / "other.db")
    connection.execute("CREATE TABLE devrules_messages (name TEXT)")

    assert "devrules_messages already exists" in refusal(f"sqlite:///{tmp_path / 'other.db'}")
    assert [("devrules_messages",)] == connection.execute("SELECT name FROM sqlite_master").fetchall()
    connection.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_would_be_another_one_for_each_thread(url: str) -> None:
    """There is a store for that."""
    with pytest.raises(UsageError, match="write memory: instead"):
        SqlStore(url)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("desk.db", "that is no URL of a database; write it as sqlite:///desk.db"),
        ("desk://secret@desk", "SQLAlchemy knows no database 'desk'"),
        ("firebird+fdb://:secret@desk/desk", "SQLAlchemy knows no database 'firebird'"),
        ("oracle+cx_oracle://:secret@desk/desk", "oracle needs a driver that is not installed: pip install cx_Oracle"),
    ],
)
def test_a_url_that_cannot_be_used_is_refused(url: str, said: str) -> None:
    """Without repeating what stands in it."""
    with pytest.raises(UsageError) as caught:
        SqlStore(url)

    assert str(caught.value).startswith(said)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["desk:secret@127.0.0.1:1/desk", "desk@127.0.0.1:1/desk?password=secret"])
def test_a_server_that_is_away_is_named_without_the_password(url: str) -> None:
    """An error ends up in logs; the password may stand among the options as well."""
    pytest.importorskip("psycopg")
    said = refusal(f"postgresql+psycopg://{url}")

    assert said.startswith("postgresql+psycopg://desk")
    assert "@127.0.0.1:1/desk: connection " in said
    assert "secret" not in said
    assert said.endswith("(is the database running, and may this user connect?)")


def test_more_at_once_than_there_are_connections_are_told_so(file: Path) -> None:
    """After a while; here at once."""
    store = SqlStore(f"sqlite:///{file}")
    store._engine.pool._timeout = 0.01
    with ExitStack() as held:
        for _ in range(15):
            held.enter_context(store._engine.connect())
        with pytest.raises(StoreFailure, match="too many use it at once; try again"):
            store.streams()

    assert store.streams()
    store.close()


def test_a_closed_store_says_so(file: Path) -> None:
    """It does not open itself again unasked."""
    store = SqlStore(f"sqlite:///{file}")
    store.close()
    with pytest.raises(StoreFailure, match=r"desk.db was closed; open it again"):
        store.streams()


def test_an_error_does_not_say_what_was_to_be_written(file: Path) -> None:
    """Not even to those who look into where it came from."""
    store = SqlStore(f"sqlite:///{file}")
    broken = event("d9", body="张三 110101190001011234", actor=None)
    with pytest.raises(StoreFailure, match=r"NOT NULL constraint failed: devrules_events\.actor") as caught:
        store.commit(Unit(command="2", events=(broken,)))

    assert "张三" not in str(caught.getrepr(showlocals=False, chain=True)).split("StoreFailure")[-1]
    assert (None, True) == (caught.value.__cause__, caught.value.__suppress_context__)
    assert () == store.events("d9")
    store.close()


def test_a_time_without_a_zone_is_refused(file: Path) -> None:
    """Nobody could tell which moment it is."""
    store = SqlStore(f"sqlite:///{file}")
    with pytest.raises(ValueError, match="2026-06-01T12:00:00 has no time zone"):
        store.commit(Unit(command="2", events=(event("d9", at=datetime(2026, 6, 1, 12)),)))  # noqa: DTZ001  # the point

    assert store.result("2") is None
    store.close()
