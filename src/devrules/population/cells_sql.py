"""The cells of a series to how many are due and how many are empty: one row a dossier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
from sqlglot import exp

from devrules.days import Period
from devrules.errors import InvalidRuleset, Problem
from devrules.population.layout import Layout
from devrules.population.sql import (
    LAST_DAY,
    Ends,
    Sql,
    alias,
    both,
    column,
    ends,
    flag,
    highest,
    how_many,
    known,
    lowest,
    named,
    number,
    or_no_day,
    shifted,
    total,
    when,
)
from devrules.program import measures as m
from devrules.program.program import Program

SERIES = "series"
"""The table of the numbers from 0, as many as :func:`series_length` says."""
_DAYS_A_MONTH = 28


def grids_of(nodes: Sequence[m.Measure]) -> list[m.Cells]:
    """List one measure for each grid of cells that some of *nodes* count."""
    grids = {attrs.evolve(node, count="due"): node for node in nodes if isinstance(node, m.Cells)}
    return list(grids.values())


def same_grid(one: m.Cells, other: m.Cells) -> bool:
    """Tell whether two measures count the same cells."""
    return attrs.evolve(one, count=other.count) == other


def grid_name(height: int, grid: int) -> str:
    """Name the query that counts the cells of a grid."""
    return f"cells_{height}_{grid}"


def series_length(program: Program) -> int:
    """Tell how many cells there can be between the first and the last day there is."""
    shortest = [_shortest(node.period) for node in program.measures if isinstance(node, m.Cells)]
    return max((LAST_DAY // days + 2 for days in shortest if days > 0), default=0)


def count_off(query: exp.Select) -> None:
    """
    Count the numbers of the series off for each row, for a database that would compare each row with each number.

    Args:
        query: Is changed, where it joins the series, for as long as ``k * length <= span``.
    """
    for join in query.args.get("joins") or ():
        if isinstance(join.this, exp.Table) and join.this.name == SERIES:
            names = exp.TableAlias(this=_named(join.this.alias), columns=[_named("k")])
            counted = exp.Unnest(expressions=[_numbers(join.args["on"])], alias=names)
            join.replace(exp.Join(this=counted, kind="CROSS"))


def _numbers(condition: exp.LTE) -> Sql:
    """Give the list of the numbers for which *condition* holds."""
    span = exp.paren(condition.expression.unnest())
    last = exp.IntDiv(this=span, expression=condition.this.unnest().expression)
    upward = exp.GenerateSeries(start=exp.cast(number(0), "bigint"), end=last)
    # Where the span is negative some databases count downward.
    return when(span >= number(0), upward)


def _named(name: str) -> exp.Identifier:
    return exp.to_identifier(name, quoted=True)


def cells(grid: m.Cells, name: str, below: str, program: Program, layout: Layout) -> Iterator[tuple[str, exp.Select]]:
    """
    Yield the named queries, up to *name*.

    Raises:
        InvalidRuleset: When a cell is so many months and minus so many days long.
    """
    yield f"{name}_open", _open(grid, below, program)
    yield f"{name}_covered", _covered(f"{name}_open", f"kind_{layout.kinds[grid.kind]}")
    yield name, _counted(f"{name}_covered")


def _shortest(period: Period) -> int:
    """Tell how many days a cell has at the least; 0 where there are no cells."""
    months, days = period.months, period.days
    if months <= 0 and days <= 0:
        return 0
    if months < 0 or days < 0:
        raise InvalidRuleset([Problem(str(period), "is no length for the cells of a series", "write it in one unit")])
    return months * _DAYS_A_MONTH + days


def _open(grid: m.Cells, below: str, program: Program) -> exp.Select:
    """Lay out the cells that may be full."""
    start, until = (ends(program.names[part], "b") for part in (grid.start, grid.until))
    period, shortest = grid.period, _shortest(grid.period)
    k = column("k", "s") if shortest else number(0)
    moved = number(grid.moved)
    opens = Ends(*(shifted(end, period, k) + moved for end in (start.low, start.high)))
    following = exp.paren(k + number(1))
    closes = Ends(*(shifted(end, period, following) + moved for end in (start.low, start.high)))
    possible = k * number(shortest) <= until.high - start.low
    laid = (
        exp.select(alias(column("d", "b"), "d"), alias(k, "k"))
        .select(*named("opens", opens), *named("closes", closes), *named("until", until))
        .from_(exp.to_table(below).as_("b"))
        .where(known(start.low), known(until.low))
    )
    # A period of no length has no cells.
    laid = laid.join(f"{SERIES} AS s", on=possible) if shortest else laid.where(exp.false())
    return (
        exp.select(exp.Star())
        .from_(laid.subquery("laid"))
        .where(column("closes_low") <= column("until_high"), column("closes_low") > column("opens_low"))
    )


def _covered(cells_open: str, records: str) -> exp.Select:
    """Tell of each cell whether a record surely, or possibly, lies in it."""
    opens, closes, until = (ends(name, "c") for name in ("opens", "closes", "until"))
    day = or_no_day(ends("act", "r"))
    # A cell without a record is joined to nothing, which is no record of any day.
    there = known(column("d", "r"))
    surely = both(there, day.low > opens.high, day.high <= closes.low)
    maybe = both(there, day.high > opens.low, day.low <= closes.high)
    return (
        exp.select(alias(column("d", "c"), "d"), alias(column("k", "c"), "k"))
        .select(alias(lowest(flag(closes.high <= until.low)), "due"))
        .select(*named("covered", Ends(highest(flag(surely)), highest(flag(maybe)))))
        .from_(exp.to_table(cells_open).as_("c"))
        .join(f"{records} AS r", on=column("d", "r").eq(column("d", "c")), join_type="left")
        .group_by(column("d", "c"), column("k", "c"))
    )


def _counted(covered: str) -> exp.Select:
    due = column("due").eq(number(1))
    surely_empty: Sql = both(due, column("covered_high").eq(number(0)))
    return (
        exp.select(column("d"))
        .select(*named("due", Ends(how_many(due), how_many())))
        .select(*named("empty", Ends(how_many(surely_empty), total(flag(column("covered_low").eq(number(0)))))))
        .from_(covered)
        .group_by(column("d"))
    )
