"""Checks of series: a body from records that must come again and again."""

from __future__ import annotations

import attrs

from devrules.days import Period
from devrules.program import measures as m
from devrules.program.checks.common import on_the_edge, wanted_if_any
from devrules.program.conditions import Compare, Condition, Every
from devrules.program.context import CheckError, Context
from devrules.program.model import Body, Measured
from devrules.program.paths import Read, read_days
from devrules.ruleset import checks as c

_A_YEAR = 12


def every(check: c.Every, context: Context) -> Body:
    """Compile: every interval has a record of a series."""
    start, until = read_days(check.start, context.kinds), read_days(check.until, context.kinds)
    # On the as-of day itself there is still time.
    end = m.FirstKnown((until.measure, m.Shift(context.as_of, Period(days=-1))))
    interval = context.period(check.interval)
    series = context.known(check.series)
    by_calendar = check.grid == "calendar"
    begin = m.CalendarStart(start.measure, _months(interval)) if by_calendar else start.measure
    due = m.Cells(series, begin, end, interval, "due", "on" if by_calendar else "after")
    empty = attrs.evolve(due, count="empty")
    first_end = attrs.evolve(interval, days=interval.days + due.moved)
    return Body(
        ok=Every((Compare(due, ">=", 1), Compare(empty, "<=", 0))),
        wanted=wanted_if_any(start, context),
        idle=Compare(due, "<=", 0),
        spared=_over(start, until, Compare(due, "<=", 0)),
        due=m.Shift(begin, first_end),
        due_binds=False,
        anchors=(start.measure,),
        assumed=start.assumed,
        measured=(
            Measured("from", start.measure, "day"),
            Measured("until", end, "day"),
            Measured("spans", due, "count"),
            Measured("empty_spans", empty, "count"),
        ),
        required=(("every_calendar" if by_calendar else "every", context.said(check.interval)),),
        kinds=tuple(dict.fromkeys((*start.kinds, series))),
    )


def _months(interval: Period) -> int:
    """Tell how many months of the calendar year an interval has."""
    if interval.days or interval.months < 1 or _A_YEAR % interval.months:
        raise CheckError(f'grid = "calendar": {interval} do not divide a year; expected 1, 2, 3, 4, 6 or 12 months')
    return interval.months


def gap(check: c.Gap, context: Context) -> Body:
    """Compile: no two neighbours of a series lie too far apart."""
    start, until = read_days(check.start, context.kinds), read_days(check.until, context.kinds)
    end = m.FirstKnown((until.measure, context.as_of))
    series = context.known(check.series)
    limit = context.period(check.limit)
    spare = m.Spacing(series, start.measure, end, limit)
    first = m.Shift(start.measure, limit)
    room = m.Between(end, first)
    idle = Compare(room, ">=", 0)
    last = m.ActDay(series, "last")
    return Body(
        ok=Every((Compare(room, "<", 0), Compare(spare, ">=", 0))),
        wanted=wanted_if_any(start, context),
        idle=idle,
        spared=_over(start, until, idle),
        due=m.IfPresent(series, m.Shift(last, limit), first),
        due_binds=False,
        anchors=(start.measure,),
        close=(on_the_edge(spare),),
        assumed=start.assumed,
        measured=(
            Measured("from", start.measure, "day"),
            Measured("until", end, "day"),
            Measured("days_to_spare", spare, "count"),
        ),
        required=(("at_most_apart", context.said(check.limit)),),
        kinds=tuple(dict.fromkeys((*start.kinds, series))),
    )


def _over(start: Read, until: Read, idle: Condition) -> Condition:
    """Tell where the series ended before anything was owed in it; also where it ended before it began."""
    begun = (Compare(m.There(start.kinds), ">=", 1),) if start.kinds else ()
    return Every((*begun, Compare(m.There(until.kinds), ">=", 1), idle))
