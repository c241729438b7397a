"""What is wrong with the files of a population, all at once, with counts and the numbers of dossiers as examples."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from devrules.dossier.kinds import Kinds
from devrules.errors import InvalidInput, Problem
from devrules.mask import mask_text
from devrules.plain import nearest
from devrules.population.contract import FORMAT, ColumnKind, columns
from devrules_duckdb.checks import Checks
from devrules_duckdb.load import literal, parquet
from devrules_duckdb.views import TYPES, fits, plain, says_nothing, show


def layout_problems(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Problem]:
    """List the tables and columns that are missing, or of a type that does not fit."""
    return [one for table, of in columns().items() for one in _table_problems(connection, folder, table, of)]


def lay_over(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """
    Show the tables of a population in the schema ``population``.

    Raises:
        InvalidInput: With every table and column that is missing, or of another type.
    """
    if found := layout_problems(connection, folder):
        raise InvalidInput(found)
    show(connection, folder)


def problems(
    connection: duckdb.DuckDBPyConnection, folder: Path, kinds: Kinds, *, named: Path | None = None
) -> list[Problem]:
    """
    List what is wrong with a population.

    Args:
        connection: A database in which the schema ``population`` has the tables, if :func:`layout_problems` has none.
        folder: Where its files are.
        kinds: The kinds of record.
        named: What to call the folder, where it is about to get another name.
    """
    checks = Checks(connection, folder, kinds, named or folder)
    return [*checks.dossiers(), *checks.records(), *checks.others()]


def check(connection: duckdb.DuckDBPyConnection, folder: Path, kinds: Kinds) -> None:
    """
    Refuse a population with which anything is wrong.

    Raises:
        InvalidInput: With everything that is wrong with it.
    """
    with readable(folder):
        found = problems(connection, folder, kinds)
    if found:
        raise InvalidInput(found)


@contextmanager
def readable(folder: Path) -> Iterator[None]:
    """Say of files that are damaged, or change meanwhile, that they are."""
    try:
        yield
    except duckdb.Error as error:
        raise damaged(folder, error) from error


def damaged(folder: Path, error: duckdb.Error) -> InvalidInput:
    """Say that files cannot be read, and why."""
    told = f"cannot be read to its end: {mask_text(str(error).partition(chr(10))[0])}"
    return InvalidInput([Problem(str(folder), told, "were its files changed, or damaged?")])


def _table_problems(
    connection: duckdb.DuckDBPyConnection, folder: Path, table: str, of: dict[str, ColumnKind]
) -> Iterator[Problem]:
    path = folder / f"{table}.parquet"
    if not path.is_file():
        yield Problem(str(path), "is missing", f"a population has the tables {', '.join(columns())}")
        return
    try:
        told = connection.execute(f"DESCRIBE FROM {parquet(path)}").fetchall()
        stated = connection.execute(
            "SELECT value::VARCHAR FROM parquet_kv_metadata(?) WHERE key::VARCHAR = 'devrules'", [literal(path)]
        ).fetchone()
    except duckdb.Error as error:
        yield Problem(str(path), f"is no Parquet file: {mask_text(str(error).partition(chr(10))[0])}")
        return
    if stated is not None and stated[0] != FORMAT:
        yield Problem(str(path), f"has the format {stated[0]!r}", f"this version reads {FORMAT}")
    types: dict[str, str] = {row[0]: row[1] for row in told}
    for name, kind in of.items():
        if name not in types:
            near = nearest(name, types.keys() - of.keys())
            yield Problem(
                f"{path} {name}", "the column is missing", ", ".join(filter(None, [f"add it: {TYPES[kind]}", near]))
            )
        elif not fits(types[name], kind) and not says_nothing(connection, path, name, types[name]):
            yield Problem(f"{path} {name}", f"the column is {plain(types[name])}", f"cast it to {TYPES[kind]}")
