"""Tables into DuckDB, by way of a CSV file: several times as fast as parameters, and nothing else need be installed."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path

import duckdb

from devrules.population.layout import Layout
from devrules.population.tables import OTHER, ColumnType, Table, columns

_FORM = """header = false, delim = ',', quote = '"', escape = '"', nullstr = ''"""
FLAG = "UTINYINT"
"""The type of what is 0 or 1."""
_TYPES: dict[ColumnType, str] = {"number": "BIGINT", "flag": FLAG, "text": "word"}


def connect(**settings: str | int) -> duckdb.DuckDBPyConnection:
    """
    Open an empty database in memory that never writes to the terminal: its progress bar would stand in what users read.

    Args:
        settings: Settings of DuckDB.
    """
    connection = duckdb.connect(":memory:", config={**settings})
    connection.execute("SET enable_progress_bar = false")
    # For all databases beside it, too: of a large file, what tells where its parts lie is large as well.
    connection.execute("SET GLOBAL parquet_metadata_cache = true")
    # It would keep what was read of files for as long as there is memory; another shard reads other parts of them.
    connection.execute("SET enable_external_file_cache = false")
    return connection


def database(threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """
    Open an empty database in memory; what lies there is compressed, to a tenth.

    Args:
        threads: How many it may use; by default one a processor.
    """
    connection = connect() if threads is None else connect(threads=threads)
    # The most of what lies there are days, and what is absent: these ways to compress are tried and seldom taken.
    connection.execute("SET disabled_compression_methods = 'rle,roaring'")
    _attach(connection, "devrules")
    return connection


def beside(connection: duckdb.DuckDBPyConnection, n: int) -> duckdb.DuckDBPyConnection:
    """
    Open another empty database, for another thread, that shares with the first one what is known of files.

    Args:
        connection: The first one.
        n: The number of this one.
    """
    another = connection.cursor()
    _attach(another, f"devrules_{n}")
    return another


def _attach(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    connection.execute(f"ATTACH ':memory:' AS {name} (COMPRESS); USE {name}")


def create(connection: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, ColumnType]) -> None:
    """Make an empty table."""
    listed = ", ".join(f"{quoted(column)} {_TYPES[of]}" for column, of in columns.items())
    connection.execute(f"CREATE TABLE {quoted(name)} ({listed})")


def load(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> None:
    """
    Put the rows of *table* into the table of that name.

    Args:
        connection: The database.
        table: The table.
        folder: Where the file may be; it is deleted again.
    """
    types = {name: _TYPES[of] for name, of in table.columns.items()}
    path = folder / f"{table.name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(table.rows)
    if path.stat().st_size:
        # No cell is an empty text: whatever is empty is null.
        source = f"read_csv(?, columns = ?, auto_detect = false, {_FORM})"
        connection.execute(f"INSERT INTO {quoted(table.name)} SELECT * FROM {source}", [literal(path), types])  # noqa: S608
    path.unlink()


def lay_out(connection: duckdb.DuckDBPyConnection, layout: Layout, calendar: Table, folder: Path) -> None:
    """Make the tables that a query reads: those of the dossiers are empty, that of the days is full."""
    words = ", ".join(text(word) for word in sorted({*layout.words, OTHER, ""}))
    connection.execute(f"CREATE TYPE word AS ENUM ({words})")
    for name, of in columns(layout).items():
        create(connection, name, of)
    create(connection, calendar.name, calendar.columns)
    load(connection, calendar, folder)


def quoted(name: str) -> str:
    """Write a name so that it may have any characters."""
    return '"' + name.replace('"', '""') + '"'


def text(said: str) -> str:
    """Write a text as SQL does."""
    return "'" + said.replace("'", "''") + "'"


def literal(path: Path) -> str:
    """Write the path of one file so that nothing in it stands for other characters, or for other files."""
    return re.sub(r"([*?\[])", r"[\1]", str(path))


def parquet(path: Path) -> str:
    """Write that a Parquet file is read, with its own columns only: the names of folders are none."""
    return f"read_parquet({text(literal(path))}, hive_partitioning = false)"
