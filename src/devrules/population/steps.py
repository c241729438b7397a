"""
A chain of named queries as steps: views, and as few tables as can be.

A database plans one query over the whole law for longer than it runs, and each query that adds columns to the one below
would copy all that stands there, if it were a table. So only what is joined to the dossiers becomes a table, with a row
for each of them in their order, and so does what several queries read. All else are views: the last query takes
the measures and the verdicts of a dossier in one go, over tables that lie side by side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import attrs
from sqlglot import exp

from devrules.population.sql import alias, column

DOSSIER = "dossier"


@attrs.frozen
class Step:
    """
    One step.

    Args:
        name: The table or the view that it makes.
        query: What goes in.
        is_view: Whether it is a view, and no table.
        key: Of a table whose rows follow those of the dossiers, one by one: the column that repeats their ``d``.
    """

    name: str
    query: exp.Select
    is_view: bool = False
    key: str | None = None


def steps(chain: Sequence[tuple[str, exp.Select]]) -> Iterator[Step]:
    """Yield a step for each of the named queries, or several."""
    readers = Counter(table.name for _, query in chain for table in query.find_all(exp.Table))
    for name, query in chain:
        if _only_adds(query):
            joins: Sequence[exp.Join] = query.args.get("joins") or ()
            yield from map(_aligned, joins)
            yield Step(name, _side_by_side(query, joins), is_view=True)
        else:
            yield Step(name, query, is_view=readers[name] == 1)


def _only_adds(query: exp.Select) -> bool:
    """Tell whether *query* gives the rows of one table as they are, with or without more columns."""
    return query.expressions[0].is_star and isinstance(query.args["from_"].this, exp.Table)


def _aligned(join: exp.Join) -> Step:
    """Give what is joined to the dossiers a row for each of them."""
    name = join.this.name
    new = f"{name} aligned"
    key = f"d of {new}"
    star = exp.Column(this=exp.Star(), table=exp.to_identifier(name))
    on = column("d", name).eq(column("d", "x"))
    query = exp.select(alias(column("d", "x"), key), star).from_(exp.to_table(DOSSIER).as_("x"))
    # A join puts the dossiers that have no such record after those that do.
    return Step(new, query.join(name, on=on, join_type="left").order_by(column("d", "x")), key=key)


def _side_by_side(query: exp.Select, joins: Sequence[exp.Join]) -> exp.Select:
    """Give *query* with its joins side by side; all else stands in both of them."""
    return exp.Select(**{**query.args, "joins": [_positional(join.this.name) for join in joins]})


def _positional(name: str) -> exp.Join:
    this = exp.Table(this=exp.to_identifier(f"{name} aligned", quoted=True))
    return exp.Join(this=exp.alias_(this, name, table=True, quoted=True), method="POSITIONAL")
