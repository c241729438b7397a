"""The neighbours of a series to the days that are to spare between them: one row a dossier."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from devrules.population.layout import Layout
from devrules.population.sql import (
    Ends,
    Sql,
    alias,
    both,
    column,
    ends,
    greatest,
    known,
    least,
    lowest,
    named,
    number,
    or_no_day,
    shifted,
)
from devrules.program import measures as m
from devrules.program.program import Program

_LAST_PLACE = 2**31


def spacing_name(node: m.Spacing, program: Program) -> str:
    """Name the query that tells the days to spare."""
    return f"{program.names[node]}_spacing"


def spacing(node: m.Spacing, below: str, program: Program, layout: Layout) -> Iterator[tuple[str, exp.Select]]:
    """Yield the named queries, up to :func:`spacing_name`."""
    name = spacing_name(node, program)
    yield f"{name}_inside", _inside(node, below, f"kind_{layout.kinds[node.kind]}", program)
    yield f"{name}_points", _points(node, below, f"{name}_inside", program)
    yield name, _spare(node, f"{name}_points")


def _inside(node: m.Spacing, below: str, records: str, program: Program) -> exp.Select:
    """Draw the days of the series into the span, and number either end of them in its own order."""
    start, until = ends(program.names[node.start], "b"), ends(program.names[node.until], "b")
    act = or_no_day(ends("act", "r"))
    low, high = _drawn(act.low, start.low, until.low), _drawn(act.high, start.high, until.high)
    drawn = (
        exp.select(alias(column("d", "b"), "d"), *named("day", Ends(low, high)))
        .from_(exp.to_table(below).as_("b"))
        .join(f"{records} AS r", on=column("d", "r").eq(column("d", "b")))
        .where(known(start.low), known(until.low))
    )
    places = Ends(_place(column("day_low")), _place(column("day_high")))
    return exp.select(exp.Star(), *named("place", places)).from_(drawn.subquery("drawn"))


def _drawn(day: Sql, start: Sql, until: Sql) -> Sql:
    return least(greatest(day, start), until)


def _place(day: Sql) -> Sql:
    order = exp.Order(expressions=[exp.Ordered(this=day)])
    return exp.Window(this=exp.RowNumber(), partition_by=[column("d")], order=order)


def _points(node: m.Spacing, below: str, inside: str, program: Program) -> exp.Select:
    """Lay the n-th low beside the n-th high, between the start and the end of the span."""
    start, until = ends(program.names[node.start], "b"), ends(program.names[node.until], "b")
    same = both(column("d", "h").eq(column("d", "l")), column("place_high", "h").eq(column("place_low", "l")))
    members = (
        exp.select(alias(column("d", "l"), "d"), alias(column("place_low", "l"), "place"))
        .select(*named("day", Ends(column("day_low", "l"), column("day_high", "h"))))
        .from_(exp.to_table(inside).as_("l"))
        .join(f"{inside} AS h", on=same)
    )
    given = both(known(start.low), known(until.low))
    first, last = (
        exp.select(alias(column("d", "b"), "d"), alias(number(place), "place"), *named("day", value))
        .from_(exp.to_table(below).as_("b"))
        .where(given)
        for place, value in ((0, start), (_LAST_PLACE, until))
    )
    all_points = exp.union(exp.union(members, first, distinct=False), last, distinct=False)
    return exp.select(exp.Star()).from_(all_points.subquery("u"))


def _spare(node: m.Spacing, points: str) -> exp.Select:
    following = Ends(_following(column("day_low")), _following(column("day_high")))
    pairs = exp.select(exp.Star(), *named("following", following)).from_(points)
    low = shifted(column("day_low"), node.period) - column("following_high")
    high = shifted(column("day_high"), node.period) - column("following_low")
    return (
        exp.select(column("d"), *named("spare", Ends(lowest(low), lowest(high))))
        .from_(pairs.subquery("pairs"))
        .where(known(column("following_low")))
        .group_by(column("d"))
    )


def _following(day: Sql) -> Sql:
    order = exp.Order(expressions=[exp.Ordered(this=column("place"))])
    return exp.Window(this=exp.Lead(this=day), partition_by=[column("d")], order=order)


__all__ = ["spacing", "spacing_name"]
