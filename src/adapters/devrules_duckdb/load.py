"""Tables into DuckDB, by way of a CSV file: several times as fast as parameters, and nothing else need be installed."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb

from devrules.population.tables import ColumnType, Table

_FORM = """header = false, delim = ',', quote = '"', escape = '"', nullstr = ''"""
_TYPES: dict[ColumnType, str] = {"number": "BIGINT", "text": "VARCHAR"}


def load(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> None:
    """
    Put *table* into the database, in place of one of that name.

    Args:
        connection: The database.
        table: The table.
        folder: Where the file may be; it is deleted again.
    """
    types = {name: _TYPES[of] for name, of in table.columns.items()}
    listed = ", ".join(f"{_quoted(name)} {of}" for name, of in types.items())
    connection.execute(f"CREATE OR REPLACE TABLE {_quoted(table.name)} ({listed})")
    path = folder / f"{table.name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(table.rows)
    if path.stat().st_size:
        # No cell is an empty text: whatever is empty is null.
        source = f"read_csv(?, columns = ?, auto_detect = false, {_FORM})"
        connection.execute(f"INSERT INTO {_quoted(table.name)} SELECT * FROM {source}", [str(path), types])  # noqa: S608
    path.unlink()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
