"""DuckDB, by the extra ``duckdb``: an engine that judges many dossiers at once, and reports in Parquet."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from devrules.errors import MissingExtra
from devrules.plugin import hookimpl
from devrules.population.api import ColumnEngine
from devrules.report.formats import How, ReportFormat
from devrules.report.subject import Audited


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


@hookimpl
def devrules_report_formats() -> list[ReportFormat]:
    """Offer the format ``parquet``."""
    return [ReportFormat("parquet", ".parquet", _pieces, binary=True, streams=True)]


def _pieces(audit: Audited, how: How) -> Iterable[bytes]:
    if find_spec("duckdb") is None:
        raise MissingExtra("writing Parquet files", "duckdb")
    from devrules_duckdb.parquet import parquet_pieces

    return parquet_pieces(audit, how)
