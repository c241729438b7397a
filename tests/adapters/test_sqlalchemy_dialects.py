"""What is said to databases of each kind, and what their errors mean; no server is needed for that."""

from __future__ import annotations

import attrs
import pytest

sqlalchemy = pytest.importorskip("sqlalchemy")

from devrules_sqlalchemy import dialects  # noqa: E402  # after the check
from devrules_sqlalchemy.schema import SENT, TABLES  # noqa: E402  # the same


@attrs.define
class Original(Exception):
    """An error as a driver raises it."""

    words: str
    sqlstate: str | None = None

    def __str__(self) -> str:
        return self.words


def dialect(name: str) -> sqlalchemy.Dialect:
    return sqlalchemy.make_url(f"{name}://").get_dialect()()


def failed(kind: type[sqlalchemy.exc.DBAPIError], original: Exception) -> sqlalchemy.exc.DBAPIError:
    return kind("INSERT", {"name": "张三"}, original)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sqlite", "INSERT INTO devrules_sent (message, notifier) VALUES (?, ?) ON CONFLICT DO NOTHING"),
        ("postgresql", "ON CONFLICT DO NOTHING"),
        ("mysql", "INSERT IGNORE INTO devrules_sent (message, notifier) VALUES (%s, %s)"),
        ("mariadb", "INSERT IGNORE INTO devrules_sent (message, notifier) VALUES (%s, %s)"),
        ("oracle", "INSERT INTO devrules_sent (message, notifier) VALUES (:message, :notifier)"),
    ],
)
def test_what_may_be_there_is_inserted_without_complaint(name: str, said: str) -> None:
    """Where the database knows how; else it is a conflict."""
    statement = str(dialects.insert_unless_there(SENT, name).compile(dialect=dialect(name)))

    assert statement.endswith(said)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sqlite", "devrules_sent.message IN (SELECT value FROM json_each(?)"),
        ("postgresql", "devrules_sent.message = ANY ("),
        ("mysql", "devrules_sent.message IN ("),
    ],
)
def test_a_long_list_is_one_parameter_where_it_must_be(name: str, said: str) -> None:
    """SQLite and PostgreSQL take only so many."""
    condition = dialects.is_among(SENT.c.message, ["a", "b"], name)
    statement = " ".join(str(condition.compile(dialect=dialect(name))).split())

    assert statement.replace("anon_1.", "").startswith(said)


@pytest.mark.parametrize("name", ["sqlite", "postgresql", "mysql", "mariadb", "oracle", "mssql"])
def test_every_table_can_be_described(name: str) -> None:
    """To each kind of database that SQLAlchemy brings."""
    for table in TABLES.sorted_tables:
        assert f"CREATE TABLE {table.name} " in str(sqlalchemy.schema.CreateTable(table).compile(dialect=dialect(name)))


def test_long_texts_and_files_have_room_in_mysql() -> None:
    """Where a plain TEXT ends at 64 kB."""
    events, files = (
        str(sqlalchemy.schema.CreateTable(TABLES.tables[name]).compile(dialect=dialect("mysql")))
        for name in ("devrules_events", "devrules_attachments")
    )

    assert "body LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin" in events
    assert "content LONGBLOB" in files


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        (Original("UNIQUE constraint failed: devrules_events.stream"), True),
        (Original("错误: 重复键违反唯一约束", "23505"), True),
        (Exception(1062, "Duplicate entry 'a' for key 'PRIMARY'"), True),
        (Original("NOT NULL constraint failed: devrules_events.actor"), False),
        (Original("null value in column", "23502"), False),
    ],
)
def test_what_is_there_already_is_told_from_what_is_missing(original: Exception, expected: bool) -> None:
    """In whatever language the server speaks."""
    assert expected is dialects.is_taken(failed(sqlalchemy.exc.IntegrityError, original))


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        (Original("deadlock detected", "40P01"), True),
        (Original("could not serialize access", "40001"), True),
        (Exception(1213, "Deadlock found when trying to get lock"), True),
        (Exception(1205, "Lock wait timeout exceeded"), False),
        (Original("disk full", "53100"), False),
        (Exception(), False),
    ],
)
def test_a_race_is_told_from_a_failure(original: Exception, expected: bool) -> None:
    """Only who lost a race tries again."""
    assert expected is dialects.is_race(failed(sqlalchemy.exc.OperationalError, original))


def test_only_the_first_line_of_an_error_is_told() -> None:
    """In the others a database may quote what was to be written; numbers are masked wherever they stand."""
    original = Original("null value for 13812345678\nDETAIL: Failing row contains (张三).")

    assert "null value for 138******78" == dialects.said(failed(sqlalchemy.exc.IntegrityError, original))
