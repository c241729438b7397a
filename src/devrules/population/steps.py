"""
A chain of named queries as steps: small statements, each of which fills a table that lies beside those before it.

A database plans one query over the whole law for longer than it runs; and each query that adds columns to the one below
would copy all that stands there. So each query becomes a table of its own that holds only what is new, with its rows in
the order of the dossiers, and a view lays the tables side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
from sqlglot import exp

from devrules.population.sql import alias, column

DOSSIER = "dossier"


@attrs.frozen
class Step:
    """
    One step.

    Args:
        name: The table that it fills, or the view that it is.
        query: What goes in.
        beside: The table or view whose rows it follows, one by one; its first column then repeats their ``d``, under
            the name of :attr:`key`.
        is_view: Whether it is a view: made once, never filled.
    """

    name: str
    query: exp.Select
    beside: str | None = None
    is_view: bool = False

    @property
    def key(self) -> str:
        """The column that repeats the place of the dossier."""
        return f"d of {self.name}"


def steps(chain: Iterable[tuple[str, exp.Select]]) -> Iterator[Step]:
    """Yield a step for each of the named queries, or several."""
    for name, query in chain:
        if joins := _of_dossiers(query):
            yield from _aligned(joins)
            yield Step(name, _side_by_side(query, joins), is_view=True)
        elif below := _below(query):
            new = Step(f"{name} new", _only_new(query, f"d of {name} new"), beside=below)
            yield from (new, Step(name, _view(below, new), is_view=True))
        else:
            yield Step(name, query)


def _of_dossiers(query: exp.Select) -> list[exp.Join]:
    """List what is joined to the dossiers, where *query* starts from them."""
    source = query.args["from_"].this
    return query.args.get("joins") or [] if isinstance(source, exp.Table) and source.name == DOSSIER else []


def _below(query: exp.Select) -> str | None:
    """Name the query to which *query* only adds columns, if it is such."""
    source = query.args["from_"].this
    return source.name if query.expressions[0].is_star and isinstance(source, exp.Table) else None


def _aligned(joins: Iterable[exp.Join]) -> Iterator[Step]:
    for join in joins:
        name = join.this.name
        new = f"{name} aligned"
        star = exp.Column(this=exp.Star(), table=exp.to_identifier(name))
        query = exp.select(alias(column("d", "x"), f"d of {new}"), star).from_(exp.to_table(DOSSIER).as_("x"))
        yield Step(new, query.join(join.copy()), beside=DOSSIER)


def _side_by_side(query: exp.Select, joins: Iterable[exp.Join]) -> exp.Select:
    made = query.copy()
    made.set("joins", [_positional(f"{join.this.name} aligned", join.this.name) for join in joins])
    return made


def _positional(table: str, name: str) -> exp.Join:
    this = exp.Table(this=exp.to_identifier(table, quoted=True))
    return exp.Join(this=exp.alias_(this, name, table=True, quoted=True), method="POSITIONAL")


def _only_new(query: exp.Select, key: str) -> exp.Select:
    made = query.copy()
    source = made.args["from_"].this.alias_or_name
    made.set("expressions", [alias(column("d", source), key), *made.expressions[1:]])
    return made


def _view(below: str, new: Step) -> exp.Select:
    star = exp.Star(except_=[exp.to_identifier(new.key, quoted=True)])
    return exp.Select(expressions=[star]).from_(exp.to_table(below)).join(_positional(new.name, new.name), copy=False)
