"""Populations as a folder of Parquet files: written from dossiers as they come, and dossiers read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier
from devrules.errors import InvalidInput, Problem
from devrules.mask import mask_text
from devrules.population.api import HostTables, Written
from devrules.population.contract import columns, dossier_of, rows_of
from devrules.population.host import HostRows
from devrules_duckdb.load import connect
from devrules_duckdb.staging import staged
from devrules_duckdb.validate import check, lay_over, readable
from devrules_duckdb.views import parts

_AT_ONCE = 1_000


def write(dossiers: Iterable[Dossier], folder: Path, kinds: Kinds) -> int:
    """
    Write dossiers as a population; they are numbered in their order, and never all in memory.

    Args:
        dossiers: The dossiers.
        folder: The folder of the files; it is made when they are whole.
        kinds: The kinds of record.

    Returns:
        How many were written.

    Raises:
        InvalidInput: With everything that is wrong with them together: two dossiers with one id, for example.
        UsageError: When there is something at *folder*, or it cannot be written.
    """
    count = 0
    with staged(folder, kinds) as put:
        for count, dossier in enumerate(dossiers, start=1):
            for table, row in rows_of(dossier, count - 1):
                put(table, row)
    return count


def write_tables(tables: HostTables, folder: Path, kinds: Kinds) -> Written:
    """
    Write the tables of a host as a population.

    Args:
        tables: The tables.
        folder: The folder of the files; it is made when they are whole.
        kinds: The kinds of record.

    Raises:
        InvalidInput: With every column that is missing; else with everything that is wrong with the rows.
        UsageError: When there is something at *folder*, or it cannot be written.
    """
    rows = HostRows(tables, kinds)
    with staged(folder, kinds, sort=True, wrong=lambda: rows.problems) as put:
        for table in columns():
            for row in rows.of(table):
                put(table, row)
    return Written(rows.read["dossier"], remarks=tuple(rows.remarks))


def read_one(folder: Path, dossier_id: str, kinds: Kinds) -> Dossier:
    """
    Read one dossier back.

    Args:
        folder: The population.
        dossier_id: The host's own id.
        kinds: The kinds of record.

    Raises:
        InvalidInput: When there is none, or several; or the files are no population.
    """
    with _opened(folder) as connection, readable(folder):
        found = connection.execute("SELECT dossier FROM population.dossier WHERE id = ?", [dossier_id]).fetchall()
        if len(found) != 1:
            raise InvalidInput([Problem(str(folder), f"{len(found)} dossiers have this id", "check the id")])
        ((number,),) = found
        (dossier,) = _between(connection, number, number, folder, kinds)
        return dossier


def read_all(folder: Path, kinds: Kinds) -> Iterator[Dossier]:
    """
    Read all dossiers back, in the order of their numbers, some at a time.

    Args:
        folder: The population.
        kinds: The kinds of record.

    Raises:
        InvalidInput: With everything that is wrong with the population.
    """
    yield from Files(folder, kinds)


class Files:
    """
    The dossiers of a population, read back each time that somebody goes through them, some at a time.

    Args:
        folder: The population.
        kinds: The kinds of record.

    Raises:
        InvalidInput: With everything that is wrong with the population.
    """

    def __init__(self, folder: Path, kinds: Kinds) -> None:
        self._folder, self._kinds = folder, kinds
        with _opened(folder) as connection:
            check(connection, folder, kinds)
            ((self._count,),) = connection.execute("SELECT count(*) FROM population.dossier").fetchall()

    def __len__(self) -> int:
        return int(self._count)

    def __iter__(self) -> Iterator[Dossier]:
        with _opened(self._folder) as connection, readable(self._folder):
            for first, last, _ in parts(connection, _AT_ONCE):
                yield from _between(connection, first, last, self._folder, self._kinds)


def _opened(folder: Path) -> duckdb.DuckDBPyConnection:
    with ExitStack() as if_it_fails:
        connection = if_it_fails.enter_context(connect())
        with readable(folder):
            lay_over(connection, folder)
        if_it_fails.pop_all()
    return connection


def _between(
    connection: duckdb.DuckDBPyConnection, first: int, last: int, folder: Path, kinds: Kinds
) -> Iterator[Dossier]:
    """Yield the dossiers with these numbers."""
    tables: dict[str, dict[int, list[Mapping[str, Any]]]] = {}
    for name in columns():
        source = connection.execute(
            f"SELECT * FROM population.{name} WHERE dossier BETWEEN ? AND ?",  # noqa: S608
            [first, last],
        )
        names = [one[0] for one in source.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in source.fetchall()]
        rows.sort(key=_order)  # members and sanctions stay in the order of the file
        tables[name] = {number: list(own) for number, own in groupby(rows, lambda row: row["dossier"])}
    for number in tables["dossier"]:
        yield _made({name: of.get(number, ()) for name, of in tables.items()}, folder, kinds)


def _order(row: Mapping[str, Any]) -> tuple[int, int]:
    return row["dossier"], row.get("position") or 0


def _made(rows: Mapping[str, Sequence[Mapping[str, Any]]], folder: Path, kinds: Kinds) -> Dossier:
    unknown = {row["kind"] for row in rows["record"]} - set(kinds)
    if unknown:
        told = f"records of a kind that there is not: {', '.join(map(repr, sorted(map(str, unknown))))}"
        raise InvalidInput([Problem(f"{folder / 'record.parquet'}", told, "load the overlay that has it")])
    try:
        return dossier_of(rows, kinds)
    except (TypeError, ValueError) as error:
        told = f"a dossier cannot be read: {mask_text(str(error))}"
        raise InvalidInput([Problem(str(folder), told, "judging it lists everything that is wrong")]) from error
