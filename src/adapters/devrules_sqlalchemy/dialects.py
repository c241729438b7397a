"""All that differs from database to database: types, how a connection is set up, what its errors mean."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Insert,
    LargeBinary,
    String,
    Table,
    Text,
    any_,
    event,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.types import TypeDecorator

from devrules.mask import mask_text

WRITES = "devrules_writes"
"""The option of a connection: whether its transaction is going to write; without it there is no transaction."""

WAIT = 30
"""For how many seconds to wait while another process writes to SQLite; ``?timeout=`` in the URL says otherwise."""

KEY = (
    String(255)
    .with_variant(postgresql.TEXT(collation="C"), "postgresql")
    .with_variant(mysql.VARCHAR(255, charset="utf8mb4", collation="utf8mb4_bin"), "mysql", "mariadb")
)
"""A short text by which is looked up: compared and ordered by the numbers of its characters."""

LONG = Text().with_variant(mysql.LONGTEXT(charset="utf8mb4", collation="utf8mb4_bin"), "mysql", "mariadb")
BYTES = LargeBinary().with_variant(mysql.LONGBLOB(), "mysql", "mariadb")


class Moment(TypeDecorator[datetime]):
    """A moment as a text of fixed length in UTC: alike everywhere, in order, to the microsecond."""

    impl = KEY
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> str | None:
        """Write a moment."""
        del dialect  # it is the same in all
        if value is not None and value.utcoffset() is None:
            raise ValueError(f"{value.isoformat()} has no time zone")
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: object) -> datetime | None:
        """Read a moment."""
        del dialect
        return None if value is None else datetime.fromisoformat(value)


def options(dialect: str, query: object) -> dict[str, Any]:
    """
    Tell how to connect.

    Args:
        dialect: The kind of database.
        query: What the URL says after its question mark.
    """
    if dialect == "sqlite":
        return {"connect_args": {} if "timeout" in str(query) else {"timeout": WAIT}}
    return {"pool_pre_ping": True}


def set_up(engine: Engine) -> None:
    """Have each connection of *engine* set up as this kind of database needs it."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def _set_up_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # the driver is not to begin by itself: see below
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is redacted is overwritten, not only forgotten


def _begin_sqlite(connection: Connection) -> None:
    """Take the right to write at once: who read first and wrote later could not wait for another writer."""
    writes = connection.get_execution_options().get(WRITES)
    if writes is not None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def before_creating(engine: Engine) -> None:
    """Choose, once for the whole database, that readers and a writer are not in each other's way."""
    if engine.dialect.name == "sqlite":
        _outside(engine, "PRAGMA journal_mode = WAL")


def after_redacting(engine: Engine) -> None:
    """Let what was taken away stand nowhere else in the files of the database either."""
    if engine.dialect.name == "sqlite":
        _outside(engine, "PRAGMA wal_checkpoint(TRUNCATE)")


def _outside(engine: Engine, statement: str) -> None:
    """Do something that is not part of a transaction."""
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)


def insert_unless_there(table: Table, dialect: str) -> Insert:
    """Insert what someone else may have inserted a moment ago; then nothing happens."""
    match dialect:
        case "sqlite":
            return sqlite.insert(table).on_conflict_do_nothing()
        case "postgresql":
            return postgresql.insert(table).on_conflict_do_nothing()
        case "mysql" | "mariadb":
            return insert(table).prefix_with("IGNORE")
    return insert(table)


def is_among(column: ColumnElement[Any], values: Collection[str], dialect: str) -> ColumnElement[bool]:
    """Compare with any number of values: as one parameter, where a statement may have only so many."""
    match dialect:
        case "sqlite":
            return column.in_(select(func.json_each(json.dumps([*values])).table_valued("value").c.value))
        case "postgresql":
            return column == any_(literal([*values], postgresql.ARRAY(Text())))
    return column.in_(values)


_REMEDIES = {
    "database or disk is full": "free some space",
    "readonly database": "let this user write to the file and its folder",
    "read-only": "let this user write",
    "file is not a database": "name another file, or restore this one from a backup",
    "malformed": "restore the file from a backup",
    "database is locked": "another process has been writing for too long; try again when it has ended",
    "unable to open database file": "does its folder exist, and may this user write there?",
    "connection": "is the database running, and may this user connect?",
}


def said(error: DBAPIError) -> str:
    """Say what the database says, without what was to be written, and what to do about it."""
    what = mask_text(str(error.orig).partition("\n")[0])
    remedy = next((remedy for words, remedy in _REMEDIES.items() if words in what), "")
    return f"{what} ({remedy})" if remedy else what


def is_taken(error: IntegrityError) -> bool:
    """Tell whether something of this key is there already; else a value is missing or out of place."""
    words = str(error.orig).lower()
    return getattr(error.orig, "sqlstate", None) == "23505" or "unique" in words or "duplicate" in words


def is_race(error: DBAPIError) -> bool:
    """Tell whether the database gave up because two wrote at the same time; PostgreSQL and MySQL may."""
    state = getattr(error.orig, "sqlstate", None)
    number = next(iter(getattr(error.orig, "args", ())), None)
    return state in ("40001", "40P01") or number == 1213  # noqa: PLR2004  # "Deadlock found" in MySQL
