"""Apache Spark, by the extra ``spark``: an engine that judges populations beyond one machine."""

from __future__ import annotations

from devrules.errors import MissingExtra
from devrules.plugin import hookimpl
from devrules.population.api import ColumnEngine


@hookimpl
def devrules_column_engine(name: str) -> ColumnEngine | None:
    """Offer the engine ``spark``."""
    if name != "spark":
        return None
    try:
        from devrules_spark.engine import SparkEngine
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("pyspark", "py4j", "sqlglot"):
            raise
        raise MissingExtra("the engine spark", "spark") from error
    return SparkEngine()
