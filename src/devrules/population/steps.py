"""
A chain of named queries as steps: small statements, each of which fills a table that lies beside those before it.

A database plans one query over the whole law for longer than it runs; and each query that adds columns to the one below
would copy all that stands there. So each query becomes a table of its own that holds only what is new, with its rows in
the order of the dossiers, and a view lays the tables side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs
from sqlglot import exp

from devrules.population.sql import Sql, alias, column

DOSSIER = "dossier"


@attrs.frozen
class Step:
    """
    One step.

    Args:
        name: The table or the view that it makes.
        query: What goes in.
        beside: The table or view whose rows it follows, one by one; its first column then repeats their ``d``, under
            the name of :attr:`key`.
        is_view: Whether it is a view, and no table.
    """

    name: str
    query: exp.Select
    beside: str | None = None
    is_view: bool = False

    @property
    def key(self) -> str:
        """The column that repeats the place of the dossier."""
        return f"d of {self.name}"


def steps(chain: Sequence[tuple[str, exp.Select]]) -> Iterator[Step]:
    """Yield a step for each of the named queries, or several."""
    laid: dict[str, list[Sql]] = {}
    tables = {DOSSIER: [DOSSIER]}
    for at, (name, query) in enumerate(chain):
        if _only_picks(query) or at == len(chain) - 1:  # the last is read once: it need not lie anywhere
            yield Step(name, query, is_view=True)
        elif joins := _of_dossiers(query):
            yield from _aligned(joins)
            yield Step(name, _side_by_side(query, joins), is_view=True)
            laid[name] = _still_read(query, chain[at + 2 :])
        elif below := _below(query):
            beside = DOSSIER if below in laid else below
            new = Step(f"{name} new", _only_new(query, f"d of {name} new", laid.get(below, [])), beside=beside)
            tables[name] = [*tables[beside], new.name]
            yield from (new, Step(name, _view(tables[name]), is_view=True))
        else:
            yield Step(name, query)


def _still_read(query: exp.Select, later: Iterable[tuple[str, exp.Select]]) -> list[Sql]:
    """
    List the columns of *query* that are read even by *later* queries, which start from the one after it.

    They are carried over to that one, so that the many tables below need not be kept.
    """
    read = {found.name for _, one in later for found in one.find_all(exp.Column)}
    return [column(one.alias_or_name) for one in query.expressions if not one.is_star and one.alias_or_name in read]


def _only_picks(query: exp.Select) -> bool:
    """Tell whether *query* gives some rows of a table as they are."""
    source = query.args["from_"].this
    picks = query.args.get("where") is not None and isinstance(source, exp.Table)
    return picks and query.is_star and len(query.expressions) == 1


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
        # A join puts the dossiers that have no such record after those that do.
        yield Step(new, query.join(join.copy()).order_by(column("d", "x")), beside=DOSSIER)


def _side_by_side(query: exp.Select, joins: Iterable[exp.Join]) -> exp.Select:
    made = query.copy()
    made.set("joins", [_positional(f"{join.this.name} aligned", join.this.name) for join in joins])
    return made


def _positional(table: str, name: str) -> exp.Join:
    this = exp.Table(this=exp.to_identifier(table, quoted=True))
    return exp.Join(this=exp.alias_(this, name, table=True, quoted=True), method="POSITIONAL")


def _only_new(query: exp.Select, key: str, carried: Iterable[Sql]) -> exp.Select:
    made = query.copy()
    source = made.args["from_"].this.alias_or_name
    made.set("expressions", [alias(column("d", source), key), *carried, *made.expressions[1:]])
    if made.args.get("joins"):
        made.order_by(column("d", source), copy=False)
    return made


def _view(tables: Sequence[str]) -> exp.Select:
    """Lay tables side by side, all at once: a view of a view of many columns takes long to plan."""
    first, *others = tables
    view = exp.select(exp.Star()).from_(exp.to_table(first))
    view.set("joins", [_positional(name, name) for name in others])
    return view
