"""A query of a population in the words of Spark."""

from __future__ import annotations

from sqlglot import exp

from devrules.population.cells_sql import SERIES

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
            _count_off(node)
    return node


def _count_off(query: exp.Select) -> None:
    """
    Count ``k`` off for each row, where the table of numbers is joined for as long as ``k * length <= span``.

    Spark would compare each row with each number: millions of times the number of dossiers.
    """
    for join in query.args.get("joins") or ():
        if isinstance(join.this, exp.Table) and join.this.name == SERIES:
            numbers = _numbers(join.args["on"])
            if numbers is not None:
                query.args["joins"].remove(join)
                alias = exp.TableAlias(this=_named(join.this.alias), columns=[_named("k")])
                query.append("laterals", exp.Lateral(this=exp.Explode(this=numbers), view=True, alias=alias))
                return


def _numbers(condition: exp.Expr) -> exp.Expr | None:
    """Give the list of the numbers for which *condition* holds, if it is such a one."""
    match condition, condition.this.unnest():
        case exp.LTE(expression=span), exp.Mul(this=exp.Column(), expression=exp.Literal() as length):
            span = exp.paren(span.unnest())
            upward = exp.func("SEQUENCE", exp.cast(exp.convert(0), "bigint"), exp.IntDiv(this=span, expression=length))
            # Where the span is negative it would count downward.
            return exp.Case().when(span >= exp.convert(0), upward)
    return None


def _named(name: str) -> exp.Identifier:
    return exp.to_identifier(name, quoted=True)
