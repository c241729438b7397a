"""A program's query in DuckDB, as steps that are planned once and run for every shard."""

from __future__ import annotations

import duckdb

from devrules.errors import DevrulesError
from devrules.population.query import Query
from devrules.population.steps import Step
from devrules_duckdb.load import quoted

DIALECT = "duckdb"
# Joins stay as they are written: to plan their order takes longer than to run them, and rows keep their order.
_SETTINGS = ("SET disabled_optimizers = 'join_order,build_side_probe_side'", "SET preserve_insertion_order = true")


class Prepared:
    """
    The steps of a query, ready to run over the tables that they read, which are there already.

    Args:
        connection: The database.
        query: The query.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, query: Query) -> None:
        self._connection = connection
        self._filled = [step for step in query.steps if not step.is_view]
        for setting in _SETTINGS:
            connection.execute(setting)
        for step in query.steps:
            self._create(step)
        # A statement is planned anew when a table is made after it: first all tables, then all statements.
        for n, step in enumerate(self._filled):
            connection.execute(f"PREPARE step_{n} AS INSERT INTO {quoted(step.name)} {_sql(step)}")

    def run(self) -> None:
        """
        Fill the tables of the steps.

        Raises:
            DevrulesError: When the rows of two tables do not follow one another: a defect of the library.
        """
        for n, step in enumerate(self._filled):
            self._connection.execute(f"EXECUTE step_{n}")
            if step.beside is not None:
                self._check(step.name, step.key, step.beside)

    def clear(self) -> None:
        """Empty the tables of the steps."""
        for step in self._filled:
            self._connection.execute(f"TRUNCATE {quoted(step.name)}")

    def _create(self, step: Step) -> None:
        if step.is_view:
            self._connection.execute(f"CREATE VIEW {quoted(step.name)} AS {_sql(step)}")
        else:
            self._connection.execute(f"CREATE TABLE {quoted(step.name)} AS FROM ({_sql(step)}) LIMIT 0")

    def _check(self, name: str, key: str, beside: str) -> None:
        """Check that the rows of a table follow those that it lies beside."""
        side_by_side = f"{quoted(beside)} AS b POSITIONAL JOIN {quoted(name)} AS s"
        told = self._connection.execute(
            f"SELECT count(*) FROM {side_by_side} WHERE b.d IS DISTINCT FROM s.{quoted(key)}"  # noqa: S608
        ).fetchone()
        if told != (0,):
            raise DevrulesError(f"the rows of {name!r} do not follow those of {beside!r}: please report it")


def _sql(step: Step) -> str:
    return step.query.sql(DIALECT, identify=True)
