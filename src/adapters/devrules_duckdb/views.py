"""The types of the columns of a population in DuckDB, and its files as views."""

from __future__ import annotations

from pathlib import Path

import duckdb

from devrules.population.contract import ColumnKind, columns
from devrules_duckdb.load import parquet, quoted, text

TYPES: dict[ColumnKind, str] = {
    "number": "BIGINT",
    "text": "VARCHAR",
    "flag": "BOOLEAN",
    "date": "DATE",
    "list": "VARCHAR[]",
    "attachments": "STRUCT(name VARCHAR, digest VARCHAR)[]",
}
"""The types that the contract names."""

_SMALLER = frozenset({"TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT", "UINTEGER"})
_EMPTY = {"list": "NULL[]", "attachments": "NULL[]"}


def fits(found: str, kind: ColumnKind) -> bool:
    """Tell whether a column of this type loses nothing when it is read as the contract says."""
    smaller = kind == "number" and found in _SMALLER
    return smaller or plain(found) in (TYPES[kind], "NULL", _EMPTY.get(kind))


def says_nothing(connection: duckdb.DuckDBPyConnection, path: Path, name: str, found: str) -> bool:
    """
    Tell whether a column has no value, or only lists without any: then its type means nothing.

    Not every tool can write a column that has no type, DuckDB 1 cannot.
    """
    told = f"sum(len({quoted(name)}))" if found.endswith("[]") else f"count({quoted(name)})"
    row = connection.execute(f"SELECT {told} FROM {parquet(path)}").fetchone()  # noqa: S608
    return row is not None and not row[0]


def plain(found: str) -> str:
    """Write a type without quotes around names."""
    return found.replace('"', "")


def show(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """
    Show the files of a population, which have all columns, as views in the schema ``population``.

    Args:
        connection: The database.
        folder: Where the files are.
    """
    connection.execute("CREATE SCHEMA population")
    for table, of in columns().items():
        source = parquet(folder / f"{table}.parquet")
        told = connection.execute(f"DESCRIBE FROM {source}").fetchall()
        cast = [
            f"{_cast(name, found, of[name])} AS {quoted(name)}"
            for name, found, *_ in told
            if name in of and plain(found) != TYPES[of[name]]
        ]
        listed = f"* REPLACE ({', '.join(cast)})" if cast else "*"
        connection.execute(f"CREATE VIEW population.{table} AS SELECT {listed} FROM {source}")  # noqa: S608


def parts(connection: duckdb.DuckDBPyConnection, size: int, subject: str | None = None) -> list[tuple[int, int, int]]:
    """
    Divide the dossiers by their numbers: list the first and the last of each part, and how many they are.

    Args:
        connection: A database in which the schema ``population`` has the tables.
        size: How many each part but the last has.
        subject: Whose dossiers are meant, if not all.
    """
    where = "" if subject is None else f"WHERE subject = {text(subject)}"
    found: list[tuple[int, int, int]] = connection.execute(
        "SELECT min(dossier), max(dossier), count(*) FROM ("  # noqa: S608
        f"SELECT dossier, (row_number() OVER (ORDER BY dossier) - 1) // {size} AS part FROM population.dossier {where}"
        ") GROUP BY part ORDER BY part"
    ).fetchall()
    return found


def _cast(name: str, found: str, kind: ColumnKind) -> str:
    if fits(found, kind):
        return f"{quoted(name)}::{TYPES[kind]}"
    empty = "[]" if kind in _EMPTY else "NULL"
    return f"CASE WHEN {quoted(name)} IS NOT NULL THEN {empty} END::{TYPES[kind]}"
