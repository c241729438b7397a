"""A query of a population in the words of DuckDB."""

from __future__ import annotations

from sqlglot import exp

from devrules.population.cells_sql import count_off


def duckdb_sql(query: exp.Expr) -> str:
    """Write *query* for DuckDB; it is left as it is."""
    made = query.copy()
    for select in made.find_all(exp.Select):
        count_off(select)
    return made.sql("duckdb", identify=True, copy=False)
