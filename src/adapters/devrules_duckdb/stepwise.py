"""A program's query in DuckDB, step by step; what no later step reads is dropped at once, so that little is held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import duckdb
from sqlglot import exp

from devrules.errors import DevrulesError
from devrules.population.query import Query
from devrules.population.steps import DOSSIER, Step
from devrules_duckdb.load import quoted
from devrules_duckdb.sql import duckdb_sql

# Joins stay as they are written: to plan their order takes longer than to run them, and rows keep their order.
_SETTINGS = ("SET disabled_optimizers = 'join_order,build_side_probe_side'", "SET preserve_insertion_order = true")


class Stepwise:
    """
    The steps of a query, to be run over the tables that they read, which are there already.

    Args:
        connection: The database.
        query: The query.
        views: What stands for some of the views instead of what the step says: their queries.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, query: Query, views: Mapping[str, str] | None = None
    ) -> None:
        self._connection = connection
        for setting in _SETTINGS:
            connection.execute(setting)
        given = views or {}
        self._steps = [(step, given.get(step.name) or duckdb_sql(step.query)) for step in query.steps]
        self._done_with = _done_with(query.steps, [query.last, query.verdicts])
        self._tables: list[str] = []
        self._has_views = False

    def run(self) -> None:
        """
        Make the tables of the steps; the views, which stay, are made with the first ones.

        Raises:
            DevrulesError: When the rows of two tables do not follow one another: a defect of the library.
        """
        for (step, query), done_with in zip(self._steps, self._done_with, strict=True):
            if step.key is not None:
                self.lay_beside(step.name, query, step.key)
            elif not step.is_view:
                self._create(step.name, query)
            elif not self._has_views:
                self._connection.execute(f"CREATE VIEW {quoted(step.name)} AS {query}")
            self._drop(done_with)
        self._has_views = True

    def clear(self) -> None:
        """Drop the tables that are left."""
        self._drop(tuple(self._tables))

    def _drop(self, tables: Sequence[str]) -> None:
        for name in tables:
            self._connection.execute(f"DROP TABLE {quoted(name)}")
            self._tables.remove(name)

    def lay_beside(self, name: str, query: str, key: str) -> None:
        """
        Make a table whose rows follow those of the dossiers.

        Args:
            name: The table.
            query: What goes in.
            key: Its column with the dossiers.

        Raises:
            DevrulesError: When they do not: a defect of the library.
        """
        self._create(name, query)
        side_by_side = f"{quoted(DOSSIER)} AS x POSITIONAL JOIN {quoted(name)} AS s"
        told = self._connection.execute(
            f"SELECT count(*) FROM {side_by_side} WHERE x.d IS DISTINCT FROM s.{quoted(key)}"  # noqa: S608
        ).fetchone()
        if told != (0,):
            raise DevrulesError(f"the rows of {name!r} do not follow those of the dossiers: please report it")

    def _create(self, name: str, query: str) -> None:
        self._connection.execute(f"CREATE TABLE {quoted(name)} AS {query}")
        self._tables.append(name)


def _done_with(steps: Sequence[Step], last: Sequence[exp.Select]) -> list[list[str]]:
    """List, for each step, the tables that no step after it reads."""
    views = {step.name: step for step in steps if step.is_view}
    tables = {step.name for step in steps if not step.is_view}
    kept = {name for query in last for name in _read(query, views)}
    last_reader: dict[str, int] = {}
    for n, step in enumerate(steps):
        if not step.is_view:
            last_reader |= dict.fromkeys(_read(step.query, views), n)
    found: list[list[str]] = [[] for _ in steps]
    for name, n in last_reader.items():
        if name in tables - kept:
            found[n].append(name)
    return found


def _read(query: exp.Select, views: Mapping[str, Step]) -> Iterator[str]:
    """Yield the tables that a query reads, through views as well."""
    for table in query.find_all(exp.Table):
        view = views.get(table.name)
        yield from [table.name] if view is None else _read(view.query, views)
