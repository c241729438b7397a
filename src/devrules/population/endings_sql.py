"""Whether and when the process of each dossier ended: see :mod:`devrules.program.endings`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlglot import exp

from devrules.dossier.kinds import Kind
from devrules.population.layout import PASSED_OVER, Layout
from devrules.population.sql import (
    FIRST_DAY,
    Ends,
    Sql,
    alias,
    both,
    clamped,
    column,
    either,
    ends,
    first_known,
    flag,
    greatest,
    highest,
    known,
    least,
    lowest,
    named,
    number,
    or_no_day,
    unknown,
    when,
)
from devrules.program.program import Program
from devrules.ruleset.process import Ending

# A place among the records of a kind: the day, then the number of the record.
_PLACES = 2**32


def endings(program: Program, layout: Layout) -> Iterator[tuple[str, exp.Select]]:
    """Yield the named queries: one row for each dossier that each of the endings ends, or possibly does."""
    for ending in layout.endings:
        kind, name = program.kinds[ending.by], _name(ending, layout)
        yield f"{name}_last", _last(ending, kind, layout)
        yield name, _ended(f"{name}_last")


def with_endings(query: exp.Select, layout: Layout) -> exp.Select:
    """Lay what the endings come to beside *query*, whose dossiers are called x."""
    for ending in layout.endings:
        name = _name(ending, layout)
        went_on = [known(column("d", taken(layout, kind))) for kind in ending.unless]
        for told in ("closes", "closed"):
            found = ends(told, name)
            if went_on:
                found = Ends(*(when(exp.not_(exp.paren(either(*went_on))), end) for end in (found.low, found.high)))
            query = query.select(*named(f"{name} {told}", found), copy=False)
        query = query.join(name, on=column("d", name).eq(column("d", "x")), join_type="left", copy=False)
    return query


def over(found: Iterable[Ending], layout: Layout) -> Ends:
    """Tell whether the process has ended."""
    told = [ends(f"{_name(one, layout)} closes", "b") for one in found]
    return Ends(greatest(number(0), *(one.low for one in told)), greatest(number(0), *(one.high for one in told)))


def last_day(found: Iterable[Ending], layout: Layout) -> Ends:
    """Tell the day on which the process ended, or the as-of day where it has not."""
    as_of, names = column("as_of", "b"), [_name(one, layout) for one in found]
    if not names:
        return Ends.same(as_of)
    day = [ends(f"{name} closed", "b") for name in names]
    surely = [column(f"{name} closes_low", "b").eq(number(1)) for name in names]
    highs = [when(sure, one.high) for sure, one in zip(surely, day, strict=True)]
    return Ends(least(as_of, *(one.low for one in day)), least(as_of, *highs))


def not_later() -> Sql:
    """Tell whether a record was made by the as-of day, as far as its day is known."""
    return exp.or_(unknown(column("act_low")), column("act_low") <= column("as_of"))


def came_to(outcomes: Sequence[str]) -> Sql:
    """Tell whether a record has one of the *outcomes*."""
    outcome = first_known(column(PASSED_OVER), exp.Literal.string(""))
    return exp.paren(both(known(column(PASSED_OVER)), outcome.isin(*outcomes)))


def places() -> Ends:
    """Tell the place of a record among those of its kind, at the earliest and at the latest."""
    day = or_no_day(ends("act"))
    return Ends(*(end * number(_PLACES) + column("n") for end in (day.low, day.high)))


def recorded(layout: Layout, kind: str) -> str:
    """Name the query with all records of a kind."""
    return f"record_{layout.kinds[kind]}"


def of_kind(layout: Layout, kind: str) -> str:
    """Name the query with the records of a kind that count."""
    return f"kind_{layout.kinds[kind]}"


def taken(layout: Layout, kind: str) -> str:
    """Name the query with what is read off the records of a kind, for the dossiers that have some."""
    return f"{of_kind(layout, kind)}_taken"


def _name(ending: Ending, layout: Layout) -> str:
    return f"ending_{layout.endings.index(ending)}"


def _last(ending: Ending, kind: Kind, layout: Layout) -> exp.Select:
    """List the records that may be the last of their kind, with what they come to."""
    as_of = column("as_of")
    found = (
        exp.select(column("d"), column("n"), as_of, *named("act", clamped(ends("act"), as_of)))
        .select(alias(flag(_closing(ending, kind)), "closing"))
        .from_(recorded(layout, kind.id))
        .where(not_later())
    )
    placed = exp.select(exp.Star(), *named("place", places())).from_(found.subquery("found"))
    place = ends("place")
    last = place.high >= exp.Window(this=highest(place.low), partition_by=[column("d")])
    return exp.select(exp.Star(), alias(last, "last")).from_(placed.subquery("placed"))


def _closing(ending: Ending, kind: Kind) -> Sql:
    if kind.field_type(PASSED_OVER) is None:
        return exp.false() if ending.among else exp.true()
    if ending.among:
        return came_to(ending.among)
    return exp.not_(came_to(kind.passes_over)) if kind.passes_over else exp.true()


def _ended(last: str) -> exp.Select:
    closing, act = column("closing"), ends("act")
    days = Ends(first_known(act.low, number(FIRST_DAY)), first_known(act.high, column("as_of")))
    closed = [when(closing.eq(number(1)), day) for day in (days.low, days.high)]
    return (
        exp.select(column("d"))
        .select(*named("closes", Ends(lowest(closing), highest(closing))))
        .select(*named("closed", Ends(lowest(closed[0]), highest(closed[1]))))
        .from_(last)
        .where(column("last"))
        .group_by(column("d"))
    )
