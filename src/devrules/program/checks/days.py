"""Checks of days: a body from two days and a limit between them."""

from __future__ import annotations

from devrules.days import Period
from devrules.program import measures as m
from devrules.program.checks.common import day_instead, on_the_edge, wanted, wanted_if_any
from devrules.program.conditions import Compare, Condition, Every, Op, Some
from devrules.program.context import CheckError, Context
from devrules.program.model import Body, Measured
from devrules.program.paths import Read, read_days
from devrules.ruleset import checks as c


def within(check: c.Within, context: Context) -> Body:
    """Compile: one day comes within a limit after another."""
    if bool(check.end) == bool(check.end_any):
        raise CheckError("expected either to or to_any")
    start = read_days(check.start, context.kinds)
    end = _first_of(check, start, context) if check.end_any else read_days(check.end, context.kinds)
    limit = context.period(check.limit)
    due = m.Shift(start.measure, limit)
    grace: m.Measure | None = None
    close: tuple[Condition, ...] = (on_the_edge(m.Between(end.measure, due)),)
    extra: tuple[Measured, ...] = ()
    required = [("within", context.said(check.limit))]
    if check.extended is not None:
        grace = m.Shift(start.measure, context.period(check.extended))
        reasons = _reasons(check, context)
        # With a reason the edge is that of the longer limit, and only there does a day matter.
        close = (
            Every((close[0], *map(_not_stated, reasons))),
            Every((on_the_edge(m.Between(end.measure, grace)), _stated(reasons))),
        )
        shown = reasons[0] if len(reasons) == 1 else m.FirstKnown(reasons)
        extra = (Measured("reason_stated", shown, "flag"),)
        required.append(("with_reason_within", context.said(check.extended)))
    last = _last_days(check, start.measure, context)
    others = [_last_days(check, read_days((path,), context.kinds).measure, context) for path in check.also_from]
    # Some move a last day that is a holiday to the next working day; the law of the Party does not say so.
    others.append(tuple(map(m.NextWorkingDay, last)))
    return Body(
        ok=_in_time(check, last, end.measure, context),
        wanted=(wanted(end, context), *wanted_if_any(start, context)),
        due=due,
        grace=grace,
        anchors=(start.measure,),
        close=(*close, _missing_on_a_holiday(context.want(*end.kinds).there, last[-1], context.as_of)),
        other_readings=tuple(_in_time(check, other, end.measure, context) for other in others),
        assumed=start.assumed + end.assumed,
        softened=tuple(Compare(one, ">=", 1) for one in start.assumed),
        measured=(
            Measured("from", start.measure, "day"),
            Measured("to", end.measure, "day"),
            Measured("due", due, "day"),
            *extra,
        ),
        required=tuple(required),
        kinds=start.kinds + end.kinds,
    )


def _last_days(check: c.Within, start: m.Measure, context: Context) -> tuple[m.Measure, ...]:
    """Tell the last day of the limit after *start*, and that of the extended one, where there is one."""
    limits = [check.limit] if check.extended is None else [check.limit, check.extended]
    return tuple(m.Shift(start, context.period(name)) for name in limits)


def _in_time(check: c.Within, last: tuple[m.Measure, ...], end: m.Measure, context: Context) -> Condition:
    """By the last day, or by that of the extended limit with a reason stated."""
    in_time, *extended = (Compare(m.Between(end, day), ">=", 0) for day in last)
    if not extended:
        return in_time
    return Some((in_time, Every((*extended, _stated(_reasons(check, context))))))


def _missing_on_a_holiday(there: m.Measure, last: m.Measure, as_of: m.Measure) -> Condition:
    """Tell when what is wanted is missing after its last day, and would be in time on the next working day."""
    missed, rolled = m.Between(last, as_of), m.Between(m.NextWorkingDay(last), as_of)
    return Every((Compare(there, "<=", 0), Compare(missed, ">", 0), Compare(rolled, "<=", 0)))


def _stated(reasons: tuple[m.Field, ...]) -> Condition:
    """Tell whether one of the reasons is stated; a record that is not there states none."""
    return Some(tuple(Every((_there(one, ">=", 1), Compare(one, ">=", 1))) for one in reasons))


def _not_stated(reason: m.Field) -> Condition:
    return Some((_there(reason, "<=", 0), Compare(reason, "<=", 0)))


def _there(field: m.Field, op: Op, value: int) -> Condition:
    return Compare(m.There((field.kind,)), op, value)


def _reasons(check: c.Within, context: Context) -> tuple[m.Field, ...]:
    if not check.if_stated:
        raise CheckError("extended: expected if_stated beside it")
    paths = (path.partition(".") for path in check.if_stated)
    return tuple(context.field(kind, name, filled=True) for kind, _, name in paths)


def _first_of(check: c.Within, start: Read, context: Context) -> Read:
    """Read the earliest of several days from *start* on."""
    if len(check.end_any) == 1:
        raise CheckError("to_any: expected several paths; one is to")
    reads = [read_days((path,), context.kinds) for path in check.end_any]
    if any(one.of_person for one in reads):
        raise CheckError("to_any: expected the days of records")
    kinds = tuple(dict.fromkeys(kind for one in reads for kind in one.kinds))
    there = tuple(m.There(one.kinds) for one in reads)
    earliest = m.Earliest(start.measure, tuple(one.measure for one in reads), there)
    return Read(earliest, kinds, (earliest,), tuple(one for read in reads for one in read.assumed))


def after(check: c.After, context: Context) -> Body:
    """Compile: one day comes no earlier than a limit after another."""
    start, end = read_days(check.start, context.kinds), read_days(check.end, context.kinds)
    limit = context.period(check.limit)
    begins: m.Measure = m.Shift(start.measure, limit)
    kinds = start.kinds + end.kinds
    instead = day_instead(check.unless, context)
    if instead is not None:
        begins = m.IfPresent(instead.kinds[0], instead.measure, begins)
        kinds += instead.kinds
    earliest = _not_before(begins, check)
    slack = m.Between(earliest, end.measure)
    others = [m.Between(earliest, read_days((path,), context.kinds).measure) for path in check.also_to]
    others += [
        m.Between(_not_before(m.Shift(read_days((path,), context.kinds).measure, limit), check), end.measure)
        for path in check.also_from
    ]
    return Body(
        ok=Compare(slack, ">=", 0),
        wanted=(wanted(end, context), *wanted_if_any(start, context, instead)),
        anchors=(start.measure,) if start.kinds else (),
        close=(on_the_edge(slack),),
        other_readings=tuple(Compare(other, ">=", 0) for other in others),
        assumed=start.assumed + end.assumed,
        measured=(
            Measured("from", start.measure, "day"),
            Measured("to", end.measure, "day"),
            Measured("earliest", earliest, "day"),
        ),
        required=(("after", context.said(check.limit)),),
        kinds=kinds,
    )


def _not_before(day: m.Measure, check: c.After) -> m.Measure:
    """Tell the first day that is late enough."""
    return m.Shift(day, Period(days=1)) if check.strict else day


def lasts(check: c.Lasts, context: Context) -> Body:
    """Compile: something lasts so long."""
    start, end = read_days(check.start, context.kinds), read_days(check.end, context.kinds)
    conditions: list[Condition] = []
    margins: list[m.Measure] = []
    required: list[tuple[str, str]] = []
    extra: list[Measured] = []
    for name, most in ((check.at_least, False), (check.at_most, True)):
        if name is None:
            continue
        slack, shown = _length(start, end, context.length(name), most=most)
        conditions.append(Compare(slack, ">=", -1 if check.or_day_before and not most else 0))
        margins.append(slack)
        extra += shown
        required.append(("at_most" if most else "at_least", context.said(name)))
    if not conditions:
        raise CheckError("expected at_least, at_most or both")
    return Body(
        ok=conditions[0] if len(conditions) == 1 else Every(tuple(conditions)),
        wanted=(wanted(end, context),),
        anchors=(start.measure,),
        close=tuple(map(on_the_edge, margins)),
        assumed=start.assumed + end.assumed,
        measured=(Measured("start", start.measure, "day"), Measured("end", end.measure, "day"), *extra),
        required=tuple(required),
        kinds=tuple(dict.fromkeys(start.kinds + end.kinds)),
    )


def _length(start: Read, end: Read, period: Period, *, most: bool) -> tuple[m.Measure, list[Measured]]:
    """Measure by how much the time from *start* to *end* keeps to *period*."""
    if period.workdays:
        days = m.WorkingDays(start.measure, end.measure)
        sign = -1 if most else 1
        return m.Total(((sign, days),), plus=-sign * period.workdays), [Measured("working_days", days, "working_days")]
    bound = m.Shift(start.measure, period)
    slack = m.Between(end.measure, bound) if most else m.Between(bound, end.measure)
    return slack, [Measured("latest_end" if most else "earliest_end", bound, "day")]


def in_order(check: c.InOrder, context: Context) -> Body:
    """Compile: one day comes no later than another."""
    first, then = read_days(check.first, context.kinds), read_days(check.then, context.kinds)
    gap = m.Between(first.measure, then.measure)
    return Body(
        ok=Compare(gap, ">=", 0),
        wanted=(wanted(then, context), *wanted_if_any(first, context)),
        anchors=(first.measure, then.measure),
        close=(on_the_edge(gap),),
        assumed=first.assumed + then.assumed,
        measured=(Measured("first", first.measure, "day"), Measured("then", then.measure, "day")),
        required=(("order", "first <= then"),),
        kinds=first.kinds + then.kinds,
    )


def agrees(check: c.Agrees, context: Context) -> Body:
    """Compile: one day is the one expected by another."""
    day, other = read_days(check.day, context.kinds), read_days(check.other, context.kinds)
    expected: m.Measure = m.Shift(other.measure, context.period(check.plus)) if check.plus else other.measure
    kinds = day.kinds + other.kinds
    instead = day_instead(check.unless, context)
    if instead is not None:
        expected = m.IfPresent(instead.kinds[0], instead.measure, expected)
        kinds += instead.kinds
    gap = m.Between(expected, day.measure)
    latest: Condition = Compare(gap, "<=", 0)
    if check.or_day_before and instead is not None:
        # The end that is stated instead may itself be written as the day before.
        latest = Some((latest, Every((Compare(m.Present(instead.kinds[:1]), ">=", 1), Compare(gap, "<=", 1)))))
    return Body(
        ok=Every((Compare(gap, ">=", -1 if check.or_day_before else 0), latest)),
        wanted=(wanted(day, context), *wanted_if_any(other, context, instead)),
        assumed=other.assumed,
        measured=(Measured("day", day.measure, "day"), Measured("expected", expected, "day")),
        required=(("equals", f"with + {context.said(check.plus)}" if check.plus else "with"),),
        kinds=kinds,
    )
