"""
What each check measures, and when it is met: one function a check, from the check as written to a body.

The glossary of a body is in :class:`devrules.program.model.Body`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import attrs

from devrules.days import Period
from devrules.program import measures as m
from devrules.program.conditions import Compare, Condition, Every, Some
from devrules.program.context import CheckError, Context
from devrules.program.model import Body, Measured, Term, Wanted
from devrules.program.paths import Read, read_days, scalar, split
from devrules.ruleset import checks as c

AS_OF = m.AsOf()
C = TypeVar("C")


def _on_the_edge(margin: m.Measure) -> Condition:
    """Tell when one day would change a verdict that turns on *margin*, which is 0 on the last day that passes."""
    return Every((Compare(margin, ">=", -1), Compare(margin, "<=", 0)))


def compile_check(check: c.Check, context: Context) -> Body:
    """
    Compile *check* for one edition.

    Raises:
        CheckError: When a parameter has the wrong form or a kind does not exist.
        PathError: When a path leads nowhere.
    """
    return _COMPILERS[type(check)](check, context)


def _present(check: c.Present, context: Context) -> Body:
    wanted = context.want(check.record)
    kind = context.kinds[check.record]
    if kind.step is None and context.gate_step is None:
        raise CheckError(
            f"a record of the kind {kind.id!r} has no place in the process: say before which gate it is due"
        )
    day = read_days((f"{check.record}.{kind.act_day}",), context.kinds)
    return Body(
        ok=Compare(wanted.there, ">=", 1),
        wanted=(wanted,),
        refutable=False,
        measured=(Measured("day", day.measure, "day"),),
        required=(("record", check.record),),
        kinds=(check.record,),
    )


def _complete(check: c.Complete, context: Context) -> Body:
    kind = context.kinds[context.known(check.record)]
    fields = kind.required.get(context.edition, ())
    if not fields:
        raise CheckError(f"the kind {kind.id!r} requires no field in {context.edition}")
    stated = [context.field(kind.id, name, filled=True) for name in fields]
    return Body(
        ok=Every(tuple(Compare(one, ">=", 1) for one in stated)),
        wanted=(context.want(kind.id),),
        measured=tuple(Measured(f"{one.name}_stated", one, "flag") for one in stated),
        required=(("fields", ", ".join(fields)),),
        kinds=(kind.id,),
    )


def _count(check: c.Count, context: Context) -> Body:
    number = m.Count(context.known(check.records))
    ok, required = _bounds(number, check.at_least, check.at_most, context)
    return Body(
        ok=ok,
        measured=(Measured("count", number, "count"),),
        required=required,
        kinds=(check.records,),
    )


def _bounds(
    number: m.Measure, at_least: str | None, at_most: str | None, context: Context
) -> tuple[Condition, tuple[tuple[str, str], ...]]:
    """Compare a number with parameters."""
    conditions: list[Condition] = []
    required: list[tuple[str, str]] = []
    for name, op, said in ((at_least, ">=", "at_least"), (at_most, "<=", "at_most")):
        if name is not None:
            conditions.append(Compare(number, op, context.number(name)))  # type: ignore[arg-type]  # one of Op
            required.append((said, context.said(name)))
    if not conditions:
        raise CheckError("expected at_least, at_most or both")
    return conditions[0] if len(conditions) == 1 else Every(tuple(conditions)), tuple(required)


def _within(check: c.Within, context: Context) -> Body:
    start, end = read_days(check.start, context.kinds), read_days(check.end, context.kinds)
    limit = context.period(check.limit)
    due = m.Shift(start.measure, limit)
    grace: m.Measure | None = None
    close: tuple[Condition, ...] = (_on_the_edge(m.Between(end.measure, due)),)
    extra: tuple[Measured, ...] = ()
    required = [("within", context.said(check.limit))]
    if check.extended is not None:
        grace = m.Shift(start.measure, context.period(check.extended))
        reason = _reason(check, context)
        # With a reason the edge is that of the longer limit, and only there does a day matter.
        close = (
            Every((close[0], Compare(reason, "<=", 0))),
            Every((_on_the_edge(m.Between(end.measure, grace)), Compare(reason, ">=", 1))),
        )
        extra = (Measured("reason_stated", reason, "flag"),)
        required.append(("with_reason_within", context.said(check.extended)))
    others = [read_days((path,), context.kinds).measure for path in check.also_from]
    return Body(
        ok=_in_time(check, start.measure, end.measure, context),
        wanted=(_wanted(end, context), *_wanted_if_any(start, context)),
        due=due,
        grace=grace,
        anchors=(start.measure,),
        close=close,
        other_readings=tuple(_in_time(check, other, end.measure, context) for other in others),
        assumed=start.assumed + end.assumed,
        softened=start.assumed,
        measured=(
            Measured("from", start.measure, "day"),
            Measured("to", end.measure, "day"),
            Measured("due", due, "day"),
            *extra,
        ),
        required=tuple(required),
        kinds=start.kinds + end.kinds,
    )


def _in_time(check: c.Within, start: m.Measure, end: m.Measure, context: Context) -> Condition:
    """Within the limit after *start*, or within the extended one with a reason stated."""
    in_time = Compare(m.Between(end, m.Shift(start, context.period(check.limit))), ">=", 0)
    if check.extended is None:
        return in_time
    extended = Compare(m.Between(end, m.Shift(start, context.period(check.extended))), ">=", 0)
    return Some((in_time, Every((extended, Compare(_reason(check, context), ">=", 1)))))


def _reason(check: c.Within, context: Context) -> m.Measure:
    if check.if_stated is None:
        raise CheckError("extended: expected if_stated beside it")
    kind, _, name = check.if_stated.partition(".")
    return context.field(kind, name, filled=True)


def _after(check: c.After, context: Context) -> Body:
    start, end = read_days(check.start, context.kinds), read_days(check.end, context.kinds)
    limit = context.period(check.limit)
    earliest: m.Measure = m.Shift(start.measure, limit)
    kinds = start.kinds + end.kinds
    instead = _instead(check.unless, context)
    if instead is not None:
        earliest = m.IfPresent(instead.kinds[0], instead.measure, earliest)
        kinds += instead.kinds
    slack = m.Between(earliest, end.measure)
    others = [m.Between(earliest, read_days((path,), context.kinds).measure) for path in check.also_to]
    others += [
        m.Between(m.Shift(read_days((path,), context.kinds).measure, limit), end.measure) for path in check.also_from
    ]
    return Body(
        ok=Compare(slack, ">=", 0),
        wanted=(_wanted(end, context), *_wanted_if_any(start, context, instead)),
        anchors=(start.measure,) if start.kinds else (),
        close=(_on_the_edge(slack),),
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


def _lasts(check: c.Lasts, context: Context) -> Body:
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
        wanted=(_wanted(end, context),),
        anchors=(start.measure,),
        close=tuple(map(_on_the_edge, margins)),
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


def _in_order(check: c.InOrder, context: Context) -> Body:
    first, then = read_days(check.first, context.kinds), read_days(check.then, context.kinds)
    gap = m.Between(first.measure, then.measure)
    return Body(
        ok=Compare(gap, ">=", 0),
        wanted=(_wanted(then, context), *_wanted_if_any(first, context)),
        anchors=(first.measure, then.measure),
        close=(_on_the_edge(gap),),
        assumed=first.assumed + then.assumed,
        measured=(Measured("first", first.measure, "day"), Measured("then", then.measure, "day")),
        required=(("order", "first <= then"),),
        kinds=first.kinds + then.kinds,
    )


def _every(check: c.Every, context: Context) -> Body:
    start, until = read_days(check.start, context.kinds), read_days(check.until, context.kinds)
    # On the as-of day itself there is still time.
    end = m.FirstKnown((until.measure, m.Shift(AS_OF, Period(days=-1))))
    interval = context.period(check.interval)
    series = context.known(check.series)
    due = m.Cells(series, start.measure, end, interval, "due")
    empty = m.Cells(series, start.measure, end, interval, "empty")
    return Body(
        ok=Every((Compare(due, ">=", 1), Compare(empty, "<=", 0))),
        wanted=_wanted_if_any(start, context),
        idle=Compare(due, "<=", 0),
        due=m.Shift(start.measure, interval),
        due_binds=False,
        anchors=(start.measure,),
        assumed=start.assumed,
        measured=(
            Measured("from", start.measure, "day"),
            Measured("until", end, "day"),
            Measured("spans", due, "count"),
            Measured("empty_spans", empty, "count"),
        ),
        required=(("every", context.said(check.interval)),),
        kinds=tuple(dict.fromkeys((*start.kinds, series))),
    )


def _quorum(check: c.Quorum, context: Context) -> Body:
    return _share(check.meeting, check.more_than, ("present_vote",), context)


def _majority(check: c.Majority, context: Context) -> Body:
    return _share(check.meeting, check.more_than, ("votes_for", "written_for"), context)


def _share(meeting: str, more_than: str, names: tuple[str, ...], context: Context) -> Body:
    """More than a share of those who should vote: n × counted − k × should > 0 for the share k/n."""
    share = context.fraction(more_than)
    should = context.field(meeting, "should_vote")
    # Only the votes in the room are always stated; written consents are, where there were any.
    counted = [context.field(meeting, name, blank_is_zero=name != names[0]) for name in names]
    margin = m.Total((*((share.denominator, one) for one in counted), (-share.numerator, should)))
    return Body(
        ok=Compare(margin, ">", 0),
        wanted=(context.want(meeting),),
        measured=(
            Measured("should_vote", should, "count"),
            *(Measured(one.name, one, "count") for one in counted),
        ),
        required=(("more_than", f"{share} of should_vote"),),
        kinds=(meeting,),
    )


def _people(check: c.People, context: Context) -> Body:
    kind = context.kinds[context.known(check.of)]
    if kind.shape != "assignment":
        raise CheckError(f"records of the kind {kind.id!r} name no people")
    conditions: list[Condition] = []
    measured: list[Measured] = []
    required: tuple[tuple[str, str], ...] = ()
    if check.at_least is not None or check.at_most is not None:
        number = m.People(kind.id, kind.counts)
        ok, required = _bounds(number, check.at_least, check.at_most, context)
        conditions.append(ok)
        measured.append(Measured("people", number, "count"))
    if check.full_members:
        others = m.People(kind.id, kind.counts, "not-full")
        conditions.append(Compare(others, "<=", 0))
        measured.append(Measured("not_full_members", others, "count"))
        required += (("all", "full members"),)
    if check.none_under:
        barred = m.People(kind.id, kind.counts, "under-sanction", check.none_under)
        conditions.append(Compare(barred, "<=", 0))
        measured.append(Measured("under_sanction", barred, "count"))
        required += (("none_under", ", ".join(check.none_under)),)
    if not conditions:
        raise CheckError("expected at_least, at_most, full_members or none_under")
    return Body(
        ok=conditions[0] if len(conditions) == 1 else Every(tuple(conditions)),
        wanted=(context.want(kind.id),),
        measured=tuple(measured),
        required=required,
        kinds=(kind.id,),
    )


def _attached(check: c.Attached, context: Context) -> Body:
    number = context.field(check.to, "attachments")
    return Body(
        ok=Compare(number, ">=", 1),
        wanted=(context.want(check.to),),
        measured=(Measured("attachments", number, "count"),),
        required=(("attached_to", check.to),),
        kinds=(check.to,),
    )


def _agrees(check: c.Agrees, context: Context) -> Body:
    day, other = read_days(check.day, context.kinds), read_days(check.other, context.kinds)
    expected: m.Measure = m.Shift(other.measure, context.period(check.plus)) if check.plus else other.measure
    kinds = day.kinds + other.kinds
    instead = _instead(check.unless, context)
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
        wanted=(_wanted(day, context), *_wanted_if_any(other, context, instead)),
        assumed=other.assumed,
        measured=(Measured("day", day.measure, "day"), Measured("expected", expected, "day")),
        required=(("equals", f"with + {context.said(check.plus)}" if check.plus else "with"),),
        kinds=kinds,
    )


def _expression(check: c.Expression, context: Context) -> Body:
    if bool(check.any) == bool(check.all):
        raise CheckError("expected either any or all")
    terms: list[Term] = []
    measured: list[Measured] = []
    required: list[tuple[str, str]] = []
    kinds: dict[str, None] = {}
    for written in check.any or check.all:
        condition, shown, asked, kind = _term(written, context)
        terms.append(Term(condition, (context.want(kind),) if kind else ()))
        measured.append(shown)
        required += asked
        kinds |= {kind: None} if kind else {}
    conditions = tuple(term.ok for term in terms)
    ok: Condition = Some(conditions) if check.any else Every(conditions)
    return Body(
        ok=conditions[0] if len(conditions) == 1 else ok,
        terms=tuple(terms) if len({term.wanted for term in terms}) > 1 else (),
        either=bool(check.any),
        wanted=tuple(map(context.want, kinds)),
        measured=tuple(measured),
        required=tuple(required),
        kinds=tuple(kinds),
    )


def _term(term: c.Term, context: Context) -> tuple[Condition, Measured, tuple[tuple[str, str], ...], str | None]:
    words = term.among or term.not_among
    if words:
        value, kind = _text(term.value, words, context)
        wanted = 1 if term.among else 0
        said = ("among" if term.among else "not_among", ", ".join(words))
        name = term.value.rpartition(".")[2]
        return (
            Compare(value, "==", wanted),
            Measured(f"{name}_{'' if wanted else 'not_'}as_required", value, "flag"),
            (said,),
            kind,
        )
    found, pick, name, field_type = split(term.value, context.kinds)
    if field_type not in ("number", "people", "attachments"):
        raise CheckError(f"{term.value!r} is no number")
    number = m.Field(found.id, pick, name)
    ok, required = _bounds(number, term.at_least, term.at_most, context)
    return ok, Measured(name, number, "count"), tuple((f"{name}_{op}", value) for op, value in required), found.id


def _text(path: str, words: tuple[str, ...], context: Context) -> tuple[m.Measure, str | None]:
    owner = path.partition(".")[0]
    if owner in context.kinds:
        found, pick, name, field_type = split(path, context.kinds)
        value: m.Field | m.Scalar = m.Field(found.id, pick, name, words)
        kind: str | None = found.id
    else:
        value, kind = scalar(path, words), None
        field_type = value.type
    if field_type != "text":
        raise CheckError(f"{path!r} is no text")
    return value, kind


def _wanted(read: Read, context: Context) -> Wanted:
    if not read.kinds or read.of_person:
        raise CheckError("the day that is judged must be that of a record")
    return context.want(*read.kinds)


def _wanted_if_any(read: Read, context: Context, instead: Read | None = None) -> tuple[Wanted, ...]:
    """
    Want the record where a limit begins, unless it may begin with the person or has no place in the process.

    Where a record is there whose day holds *instead*, nothing is wanted.
    """
    placed = [kind for kind in read.kinds if context.kinds[kind].step is not None]
    if not placed or read.of_person:
        return ()
    wanted = context.want(*read.kinds)
    if instead is None:
        return (wanted,)
    kind = instead.kinds[0]
    return (attrs.evolve(wanted, there=m.IfPresent(kind, m.Present((kind,)), wanted.there)),)


def _instead(path: str | None, context: Context) -> Read | None:
    """Find the day that holds instead where there is a record of its kind."""
    if path is None:
        return None
    read = read_days((path,), context.kinds)
    if not read.kinds:
        raise CheckError(f"unless = {path!r}: expected the day of a record")
    return read


_COMPILERS: dict[type[Any], Callable[[Any, Context], Body]] = {
    c.Present: _present,
    c.Complete: _complete,
    c.Count: _count,
    c.Within: _within,
    c.After: _after,
    c.Lasts: _lasts,
    c.InOrder: _in_order,
    c.Every: _every,
    c.Quorum: _quorum,
    c.Majority: _majority,
    c.People: _people,
    c.Attached: _attached,
    c.Agrees: _agrees,
    c.Expression: _expression,
}

__all__ = ["AS_OF", "CheckError", "Context", "compile_check"]
