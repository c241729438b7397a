"""A program's query in DuckDB, step by step; what no later step reads is dropped at once, so that little is held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import duckdb
from sqlglot import exp

from devrules.errors import DevrulesError
from devrules.population.query import Query
from devrules.population.steps import Step
from devrules_duckdb.load import quoted

DIALECT = "duckdb"
# Joins stay as they are written: to plan their order takes longer than to run them, and rows keep their order.
_SETTINGS = ("SET disabled_optimizers = 'join_order,build_side_probe_side'", "SET preserve_insertion_order = true")


class Stepwise:
    """
    The steps of a query, to be run over the tables that they read, which are there already.

    Args:
        connection: The database.
        query: The query.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, query: Query) -> None:
        self._connection = connection
        for setting in _SETTINGS:
            connection.execute(setting)
        self._steps = [(step, step.query.sql(DIALECT, identify=True)) for step in query.steps]
        self._done_with = _done_with(query.steps, [query.last, query.verdicts])
        self._there: list[Step] = []

    def run(self, views: Mapping[str, str] | None = None) -> None:
        """
        Make the tables of the steps.

        Args:
            views: What stands for some of the views instead of what the step says: their queries.

        Raises:
            DevrulesError: When the rows of two tables do not follow one another: a defect of the library.
        """
        given = views or {}
        for (step, query), done_with in zip(self._steps, self._done_with, strict=True):
            made = "VIEW" if step.is_view else "TABLE"
            self._connection.execute(f"CREATE {made} {quoted(step.name)} AS {given.get(step.name, query)}")
            self._there.append(step)
            if step.beside is not None:
                self._check(step.name, step.key, step.beside)
            for name in done_with:
                self._connection.execute(f"DROP TABLE {quoted(name)}")
            self._there = [one for one in self._there if one.name not in done_with]

    def clear(self) -> None:
        """Drop what is there of the steps."""
        for step in reversed(self._there):
            self._connection.execute(f"DROP {'VIEW' if step.is_view else 'TABLE'} {quoted(step.name)}")
        self._there = []

    def _check(self, name: str, key: str, beside: str) -> None:
        """Check that the rows of a table follow those that it lies beside."""
        side_by_side = f"{quoted(beside)} AS b POSITIONAL JOIN {quoted(name)} AS s"
        told = self._connection.execute(
            f"SELECT count(*) FROM {side_by_side} WHERE b.d IS DISTINCT FROM s.{quoted(key)}"  # noqa: S608
        ).fetchone()
        if told != (0,):
            raise DevrulesError(f"the rows of {name!r} do not follow those of {beside!r}: please report it")


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
