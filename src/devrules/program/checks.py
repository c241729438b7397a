"""
What each check measures, and when it is met: one function a check, from the check as written to a body.

The glossary of a body is in :class:`devrules.program.model.Body`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeVar

import attrs

from devrules.days import Period
from devrules.dossier.kinds import Kinds
from devrules.program import measures as m
from devrules.program.conditions import Compare, Condition, Every, Some
from devrules.program.model import Body, Measured, Wanted
from devrules.program.paths import Read, read_days, scalar, split
from devrules.ruleset import checks as c
from devrules.ruleset.model import Value

AS_OF = m.AsOf()
C = TypeVar("C")


class CheckError(ValueError):
    """A check that cannot be compiled, and why."""


@attrs.frozen
class Context:
    """
    What a check is compiled in.

    Args:
        kinds: The kinds of record.
        edition: The edition for which it is compiled.
        values: The parameters that it names, as they are in that edition.
        gate_step: The step of the gate before which it must be met, if there is one.
    """

    kinds: Kinds
    edition: str
    values: dict[str, Value]
    gate_step: int | None = None

    def period(self, name: str) -> Period:
        """Read a parameter that is a period."""
        value = self.values[name].value
        try:
            return Period.parse(str(value))
        except ValueError as error:
            raise CheckError(f"parameter {name!r}: {error}") from error

    def number(self, name: str) -> int:
        """Read a parameter that is a whole number."""
        value = self.values[name].value
        if not isinstance(value, int):
            raise CheckError(f"parameter {name!r}: expected a whole number, found {value!r}")
        return value

    def fraction(self, name: str) -> Fraction:
        """Read a parameter that is a fraction."""
        try:
            return Fraction(str(self.values[name].value))
        except (ValueError, ZeroDivisionError) as error:
            raise CheckError(f"parameter {name!r}: expected a fraction such as 1/2") from error

    def said(self, name: str) -> str:
        """Give a parameter's value as it is written."""
        return str(self.values[name].value)

    def known(self, kind: str) -> str:
        """Give back *kind*, if there is such a kind of record."""
        if kind not in self.kinds:
            raise CheckError(f"there is no kind of record {kind!r}")
        return kind

    def field(self, kind: str, name: str, **extra: Any) -> m.Field:
        """Measure a field of the record of *kind* that counts."""
        found, pick, field_name, _ = split(f"{self.known(kind)}.{name}", self.kinds)
        return m.Field(found.id, pick, field_name, **extra)

    def want(self, *kinds: str) -> Wanted:
        """
        Want a record of any of *kinds* before any later step of the process is done.

        A kind without a place in the process is wanted by the gate, if the rule names one.
        """
        steps = [step for kind in kinds if (step := self.kinds[self.known(kind)].step) is not None]
        after = max(steps) + 1 if steps else self.gate_step or m.MANY
        return Wanted(kinds, m.Present(kinds), m.Done(after))


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
    if check.unless is not None:
        instead = read_days((check.unless,), context.kinds)
        earliest = m.IfPresent(instead.kinds[0], instead.measure, earliest)
        kinds += instead.kinds
    slack = m.Between(earliest, end.measure)
    others = [m.Between(earliest, read_days((path,), context.kinds).measure) for path in check.also_to]
    others += [
        m.Between(m.Shift(read_days((path,), context.kinds).measure, limit), end.measure) for path in check.also_from
    ]
    return Body(
        ok=Compare(slack, ">=", 0),
        wanted=(_wanted(end, context), *_wanted_if_any(start, context)),
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
        slack, shown = _length(start, end, context.period(name), most=most)
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
    if check.unless is not None:
        instead = read_days((check.unless,), context.kinds)
        expected = m.IfPresent(instead.kinds[0], instead.measure, expected)
        kinds += instead.kinds
    gap = m.Between(expected, day.measure)
    latest: Condition = Compare(gap, "<=", 0)
    if check.or_day_before and check.unless is not None:
        # The end that is stated instead may itself be written as the day before.
        latest = Some((latest, Every((Compare(m.Present(instead.kinds[:1]), ">=", 1), Compare(gap, "<=", 1)))))
    return Body(
        ok=Every((Compare(gap, ">=", -1 if check.or_day_before else 0), latest)),
        wanted=(_wanted(day, context), *_wanted_if_any(other, context)),
        assumed=other.assumed,
        measured=(Measured("day", day.measure, "day"), Measured("expected", expected, "day")),
        required=(("equals", f"with + {context.said(check.plus)}" if check.plus else "with"),),
        kinds=kinds,
    )


def _expression(check: c.Expression, context: Context) -> Body:
    if bool(check.any) == bool(check.all):
        raise CheckError("expected either any or all")
    conditions: list[Condition] = []
    measured: list[Measured] = []
    required: list[tuple[str, str]] = []
    kinds: list[str] = []
    for term in check.any or check.all:
        condition, shown, asked, kind = _term(term, context)
        conditions.append(condition)
        measured.append(shown)
        required.append(asked)
        kinds += [kind] if kind else []
    unique = tuple(dict.fromkeys(kinds))
    ok: Condition = Some(tuple(conditions)) if check.any else Every(tuple(conditions))
    return Body(
        ok=conditions[0] if len(conditions) == 1 else ok,
        wanted=tuple(context.want(kind) for kind in unique),
        measured=tuple(measured),
        required=tuple(required),
        kinds=unique,
    )


def _term(term: c.Term, context: Context) -> tuple[Condition, Measured, tuple[str, str], str | None]:
    words = term.among or term.not_among
    if words:
        value, kind = _text(term.value, words, context)
        wanted = 1 if term.among else 0
        said = ("among" if term.among else "not_among", ", ".join(words))
        name = term.value.rpartition(".")[2]
        return (
            Compare(value, "==", wanted),
            Measured(f"{name}_{'' if wanted else 'not_'}as_required", value, "flag"),
            said,
            kind,
        )
    found, pick, name, _ = split(term.value, context.kinds)
    number = m.Field(found.id, pick, name)
    ok, required = _bounds(number, term.at_least, term.at_most, context)
    return ok, Measured(name, number, "count"), (f"{name}_{required[0][0]}", required[0][1]), found.id


def _text(path: str, words: tuple[str, ...], context: Context) -> tuple[m.Measure, str | None]:
    owner = path.partition(".")[0]
    if owner in context.kinds:
        found, pick, name, _ = split(path, context.kinds)
        return m.Field(found.id, pick, name, words), found.id
    return scalar(path, words), None


def _wanted(read: Read, context: Context) -> Wanted:
    if not read.kinds:
        raise CheckError("the day that is judged must be that of a record")
    return context.want(*read.kinds)


def _wanted_if_any(read: Read, context: Context) -> tuple[Wanted, ...]:
    """Want the record where a limit begins, unless it begins with the person or has no place in the process."""
    placed = [kind for kind in read.kinds if context.kinds[kind].step is not None]
    return (context.want(*read.kinds),) if placed else ()


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
