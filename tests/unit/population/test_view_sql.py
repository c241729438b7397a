"""SQL for the views of a host: every column of the contract, in its order."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from devrules.errors import UsageError
from devrules.population.contract import columns
from devrules.population.view_sql import DIALECTS, select_sql


@pytest.mark.parametrize("table", columns())
def test_every_column_is_there(table: str) -> None:
    """Null unless it is given."""
    with closing(sqlite3.connect(":memory:")) as database:
        found = database.execute(select_sql("sqlite", table, {"dossier": "n + 1"}, "(SELECT 6 AS n)"))
        rows = found.fetchall()

    assert list(columns()[table]) == [one[0] for one in found.description]
    assert [(7, *[None] * (len(columns()[table]) - 1))] == rows


@pytest.mark.parametrize("dialect", DIALECTS)
def test_reserved_names_are_quoted_as_the_database_does(dialect: str) -> None:
    """And no others: in some databases a quoted name is found only by one in small letters."""
    query = select_sql(dialect, "record", {"by": "x"}, "y")

    assert ("x AS `by`," if dialect == "mysql" else 'x AS "by",') in query
    assert " AS kind," in query
    assert query.endswith("\nFROM y")


@pytest.mark.parametrize(
    ("dialect", "table", "column", "said"),
    [
        ("access", "record", "kind", r"no dialect 'access' \(one of sqlite, postgresql, mysql, dm\)"),
        ("sqlite", "records", "kind", r"no table 'records' \(one of dossier, record, member, sanction\)"),
        ("sqlite", "record", "knd", r"record has no column 'knd' \(did you mean 'kind'\?\)"),
    ],
)
def test_what_there_is_not(dialect: str, table: str, column: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        select_sql(dialect, table, {column: "x"}, "y")
