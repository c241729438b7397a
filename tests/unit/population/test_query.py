from __future__ import annotations

from typing import TYPE_CHECKING

from devrules.program.program import Program

if TYPE_CHECKING:
    from devrules_duckdb.engine import DuckDBEngine


def test_the_query_is_spark_too(duckdb_engine: DuckDBEngine, few: Program) -> None:
    """It has nothing that only one database knows: no lists, no lambdas, no FILTER; and Spark's SQL reads back."""
    import sqlglot  # noqa: PLC0415  # where the engine is there, so is this

    query = duckdb_engine.query(few)
    own = (sqlglot.exp.Unnest, sqlglot.exp.Lambda, sqlglot.exp.Array, sqlglot.exp.Filter, sqlglot.exp.Anonymous)

    assert [] == [found for _, one in query.chain for found in one.find_all(*own)]
    assert sqlglot.parse_one(query.sql("spark"), dialect="spark")


def test_the_query_is_always_the_same(duckdb_engine: DuckDBEngine, few: Program) -> None:
    """Nothing in it depends on the order of a set, or on what was compiled before."""
    first = duckdb_engine.query(few).sql("duckdb")

    assert first == type(duckdb_engine)().query(few).sql("duckdb")
