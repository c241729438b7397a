"""The engine ``duckdb``: DuckDB judges many dossiers at once."""

from __future__ import annotations

from devrules.errors import MissingExtra
from devrules.plugin import hookimpl
from devrules.population.api import ColumnEngine


@hookimpl
def devrules_column_engine(name: str) -> ColumnEngine | None:
    """Offer the engine ``duckdb``."""
    if name != "duckdb":
        return None
    try:
        from devrules_duckdb.engine import DuckDBEngine
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("duckdb", "sqlglot"):
            raise
        raise MissingExtra("the engine duckdb", "duckdb") from error
    return DuckDBEngine()
