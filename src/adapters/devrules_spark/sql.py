"""A query of a population in the words of Spark."""

from __future__ import annotations

from sqlglot import exp

from devrules.population.cells_sql import count_off

_DIALECT = "spark"


def spark_sql(query: exp.Expr) -> str:
    """Write *query* for Spark; it is left as it is."""
    return query.copy().transform(_as_spark_has_it, copy=False).sql(_DIALECT, identify=True)


def quoted(name: str) -> str:
    """Write a name so that it may have any characters."""
    return "`" + name.replace("`", "``") + "`"


def literal(text: str) -> str:
    """Write a text as SQL does."""
    return exp.Literal.string(text).sql(_DIALECT)


def _as_spark_has_it(node: exp.Expr) -> exp.Expr:
    match node:
        case exp.DateAdd():
            # Days and months are whole numbers of 32 bits there.
            node.set("expression", exp.cast(node.expression, "int"))
        case exp.DateDiff():
            # Without a unit it counts days and not the time between them.
            node.set("unit", None)
        case exp.Least(expressions=[]) | exp.Greatest(expressions=[]):
            return node.this  # type: ignore[no-any-return]  # SQLGlot does not say what stands there
        case exp.Select():
            count_off(node)
    return node
