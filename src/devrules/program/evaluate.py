"""Measures over one dossier: each node becomes a closure over the view and the values before it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache, singledispatchmethod
from itertools import pairwise
from typing import Any, TypeAlias

from devrules.days import Day, Period, shift, working_days
from devrules.days import WorkingDays as Calendar
from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Member
from devrules.dossier.shapes import Assignment, Record
from devrules.program import measures as m
from devrules.program.view import NO_DAY, Dated, Ends, View

Value: TypeAlias = Ends | None
Values: TypeAlias = list[Value]
Step: TypeAlias = Callable[[View, Values], Value]


class Evaluator:
    """
    Takes a fixed list of measures off dossiers.

    Args:
        measures: The measures, parts before wholes (see :func:`devrules.program.measures.in_order`).
        kinds: The kinds of record.
        calendar: The working days.
    """

    def __init__(self, measures: Sequence[m.Measure], kinds: Kinds, calendar: Calendar) -> None:
        index = {measure: at for at, measure in enumerate(measures)}
        compiler = _Compiler(index, kinds, calendar)
        self._steps: tuple[Step, ...] = tuple(compiler.step(measure) for measure in measures)

    def values(self, view: View) -> Values:
        """
        Take every measure.

        Returns:
            The ends of each measure in the order of the list, ``None`` where it is absent.
        """
        values: Values = []
        put = values.append
        for step in self._steps:
            put(step(view, values))
        return values


@lru_cache(maxsize=65536)
def shifted(ordinal: int, period: Period) -> int:
    """Tell the ordinal of the day one *period* after that of *ordinal*."""
    return shift(date.fromordinal(ordinal), period).toordinal()


def multiple(period: Period, times: int) -> Period:
    """Tell the period that is *times* as long."""
    return Period(months=period.months * times, days=period.days * times)


class _Compiler:
    """One method a node; each returns the closure that takes it."""

    def __init__(self, index: Mapping[m.Measure, int], kinds: Kinds, calendar: Calendar) -> None:
        self.index = index
        self.kinds = kinds
        self.calendar = calendar

    @singledispatchmethod
    def step(self, measure: m.Measure) -> Step:
        """Make the closure that takes *measure*."""
        raise TypeError(f"no interpretation of {measure!r}")

    @step.register
    def _(self, _: m.AsOf) -> Step:
        return lambda view, _: (view.as_of, view.as_of)

    @step.register
    def _(self, node: m.Scalar) -> Step:
        owner, _, name = node.path.partition(".")
        blank = False if node.filled else node.assume
        assumed = None if blank is None else (int(blank), int(blank))
        read = _reader(node.among, node.filled)

        def take(view: View, _: Values) -> Value:
            value = getattr(getattr(view.dossier, owner), name)
            return assumed if value is None else read(value)

        return take

    @step.register
    def _(self, node: m.Field) -> Step:
        kind, name = node.kind, node.name
        read = _reader(node.among, node.filled, node.includes)
        act = self.kinds[kind].field_type(name) == "day" and name in ("received", "day", self.kinds[kind].act_day)

        unknown = (0, m.MANY) if node.blank_is_zero else None

        def one(view: View, record: Record) -> Value:
            value = getattr(record, name)
            if value is None or value == ():
                if node.filled or node.blank_is_zero or node.includes or name == "attachments":
                    return (0, 0) if view.keeps_field(kind, name) else unknown
                return None
            return view.ends(value) if act and not node.filled and value.low.toordinal() <= view.as_of else read(value)

        def take(view: View, _: Values) -> Value:
            found = view.records.get(kind)
            if not found:
                return None
            if len(found) == 1:
                return one(view, found[0].record)
            return _span([one(view, dated.record) for dated in _candidates(found, node.pick)])

        return take

    @step.register
    def _(self, node: m.ActDay) -> Step:
        kind, choose = node.kind, min if node.pick == "first" else max

        def take(view: View, _: Values) -> Value:
            found = view.records.get(kind)
            if not found:
                return None
            if len(found) == 1:
                return found[0].ends
            ends = [dated.ends for dated in found]
            known = [end for end in ends if end is not None]
            if len(known) < len(ends):
                return None
            return choose(low for low, _ in known), choose(high for _, high in known)

        return take

    @step.register
    def _(self, node: m.Count) -> Step:
        def take(view: View, _: Values) -> Value:
            found = len(view.records.get(node.kind, ()))
            return (found, found) if view.keeps(node.kind) else None

        return take

    @step.register
    def _(self, node: m.Present) -> Step:
        kinds = node.kinds

        def take(view: View, _: Values) -> Value:
            if not view.records.keys().isdisjoint(kinds):
                return 1, 1
            return (0, 0) if view.recorded.issuperset(kinds) else None

        return take

    @step.register
    def _(self, node: m.Done) -> Step:
        def take(view: View, _: Values) -> Value:
            return (1, 1) if view.reached >= node.step else (0, 0)

        return take

    @step.register
    def _(self, node: m.There) -> Step:
        def take(view: View, _: Values) -> Value:
            there = int(any(kind in view.records for kind in node.kinds))
            return there, there

        return take

    @step.register
    def _(self, node: m.StageReached) -> Step:
        def take(view: View, _: Values) -> Value:
            reached = possible = 0
            for number, kinds in enumerate(node.stages, start=1):
                if any(kind in view.records for kind in kinds):
                    reached = possible = number
                elif not all(view.keeps(kind) for kind in kinds):
                    possible = number
            return reached, possible

        return take

    @step.register
    def _(self, node: m.WordNumber) -> Step:
        owner, _, name = node.path.partition(".")
        numbers = {word: number for number, words in enumerate(node.groups, start=1) for word in words}

        def take(view: View, _: Values) -> Value:
            number = numbers.get(getattr(getattr(view.dossier, owner), name))
            return None if number is None else (number, number)

        return take

    @step.register
    def _(self, node: m.Spacing) -> Step:
        start, until = self.index[node.start], self.index[node.until]

        def take(view: View, values: Values) -> Value:
            begin, end = values[start], values[until]
            if begin is None or end is None or not view.keeps(node.kind):
                return None
            return _spacing(
                node.period, begin, end, [dated.ends or NO_DAY for dated in view.records.get(node.kind, ())]
            )

        return take

    @step.register
    def _(self, node: m.JudgedDay) -> Step:
        own, torn = self.index[node.own], self._torn(node.own)
        kinds, step = node.kinds, node.step

        def take(view: View, values: Values) -> Value:
            if (known := values[own]) is not None:
                return known
            if torn(view, values):
                return NO_DAY[0], view.as_of
            if step is None:
                return view.as_of, view.as_of
            if not any(at > step for at, _ in view.steps) and not any(kind in view.records for kind in kinds):
                return view.as_of, view.as_of
            earlier = [ends for at, ends in view.steps if ends and at < step]
            later = [ends for at, ends in view.steps if ends and at > step]
            return _enclosed(earlier, later, view.as_of)

        return take

    @step.register
    def _(self, node: m.EditionOf) -> Step:
        day, starts = self.index[node.day], node.starts

        def take(_: View, values: Values) -> Value:
            ends = values[day]
            return ends and (bisect_right(starts, ends[0]), bisect_right(starts, ends[1]))

        return take

    @step.register
    def _(self, node: m.FirstKnown) -> Step:
        taken = self._first(node.options)

        def take(view: View, values: Values) -> Value:
            found = taken(view, values)
            return None if found is None else values[found[1]]

        return take

    @step.register
    def _(self, node: m.Earliest) -> Step:
        start = self.index[node.start]
        places = [(self.index[day], self.index[there]) for day, there in zip(node.days, node.there, strict=True)]

        def take(_: View, values: Values) -> Value:
            begin = values[start]
            known = [ends for day, _ in places if (ends := values[day]) is not None]
            unsaid = any(values[day] is None and values[there] == (1, 1) for day, there in places)
            return _earliest(begin, known, unsaid=unsaid) if begin and known else None

        return take

    @step.register
    def _(self, node: m.OptionUsed) -> Step:
        taken = self._first(node.options)

        def take(view: View, values: Values) -> Value:
            found = taken(view, values)
            return None if found is None else (found[0], found[0])

        return take

    def _first(self, options: Sequence[m.Measure]) -> Callable[[View, Values], tuple[int, int] | None]:
        """Find the option that is known, its number and its place; none where one before it is torn."""
        tried = [(n, self.index[option], self._torn(option)) for n, option in enumerate(options)]

        def first(view: View, values: Values) -> tuple[int, int] | None:
            for n, at, torn in tried:
                if values[at] is not None:
                    return n, at
                if torn(view, values):
                    return None
            return None

        return first

    def _torn(self, node: m.Measure) -> Callable[[View, Values], bool]:
        """
        Tell whether *node*, being absent, is torn: stated in some of the records that may be the one that counts.

        Then nothing may stand in for it, as the record that counts may turn out to state it.
        """
        if isinstance(node, m.FirstKnown):
            options = [(self.index[option], self._torn(option)) for option in node.options]
            return lambda view, values: any(values[at] is None and torn(view, values) for at, torn in options)
        if not isinstance(node, m.Field):
            return lambda _, __: False
        kind, name, pick = node.kind, node.name, node.pick

        def torn(view: View, _: Values) -> bool:
            found = view.records.get(kind, ())
            if len(found) < 2:  # noqa: PLR2004  # one record alone is the one that counts
                return False
            return any(getattr(dated.record, name) is not None for dated in _candidates(found, pick))

        return torn

    @step.register
    def _(self, node: m.IfPresent) -> Step:
        then, otherwise = self.index[node.then], self.index[node.otherwise]
        return lambda view, values: values[then if node.kind in view.records else otherwise]

    @step.register
    def _(self, node: m.Shift) -> Step:
        day, period = self.index[node.day], node.period

        def take(_: View, values: Values) -> Value:
            ends = values[day]
            return ends and (shifted(ends[0], period), shifted(ends[1], period))

        return take

    @step.register
    def _(self, node: m.Between) -> Step:
        start, end = self.index[node.start], self.index[node.end]

        def take(_: View, values: Values) -> Value:
            a, b = values[start], values[end]
            return (b[0] - a[1], b[1] - a[0]) if a and b else None

        return take

    @step.register
    def _(self, node: m.WorkingDays) -> Step:
        start, end = self.index[node.start], self.index[node.end]

        def take(_: View, values: Values) -> Value:
            a, b = values[start], values[end]
            if a is None or b is None:
                return None
            low, high = self._worked(a[1], b[0]), self._worked(a[0], b[1])
            return None if low is None or high is None else (low, high)

        return take

    def _worked(self, start: int, end: int) -> int | None:
        return working_days(self.calendar, date.fromordinal(start), date.fromordinal(end))

    @step.register
    def _(self, node: m.Total) -> Step:
        terms = [(factor, self.index[term]) for factor, term in node.terms]

        def take(_: View, values: Values) -> Value:
            low = high = node.plus
            for factor, at in terms:
                if (ends := values[at]) is None:
                    return None
                a, b = factor * ends[0], factor * ends[1]
                low, high = low + min(a, b), high + max(a, b)
            return low, high

        return take

    @step.register
    def _(self, node: m.Cells) -> Step:
        start, until = self.index[node.start], self.index[node.until]

        def take(view: View, values: Values) -> Value:
            begin, end = values[start], values[until]
            if begin is None or end is None or not view.keeps(node.kind):
                return None
            members = [dated.ends or NO_DAY for dated in view.records.get(node.kind, ())]
            return _cells(node, begin, end, members)

        return take

    @step.register
    def _(self, node: m.People) -> Step:
        def take(view: View, _: Values) -> Value:
            found = view.records.get(node.kind)
            if not found:
                return None
            return _span([_people(node, view, dated) for dated in _candidates(found, node.pick)])

        return take


def _reader(
    among: tuple[str, ...],
    filled: bool,  # noqa: FBT001
    includes: tuple[str, ...] = (),
) -> Callable[[Any], Value]:
    """Make the function that turns a stated field into its ends."""
    if filled:
        return lambda _: (1, 1)
    if includes:
        return lambda value: (int(set(includes) <= set(value)),) * 2
    if among:
        return lambda value: (int(value in among),) * 2
    return _ends


def _ends(value: Any) -> Value:
    if isinstance(value, Day):
        return value.low.toordinal(), value.high.toordinal()
    number = len(value) if isinstance(value, tuple) else int(value)
    return number, number


def _candidates(found: list[Dated], pick: m.Pick) -> list[Dated]:
    """List the records that may be the first (last) one, given how precisely they are dated."""
    keys = [(dated, *dated.first_key) for dated in found]
    if pick == "first":
        bound = min(high for _, _, high in keys)
        return [dated for dated, low, _ in keys if low <= bound]
    bound = max(low for _, low, _ in keys)
    return [dated for dated, _, high in keys if high >= bound]


def _span(values: list[Value]) -> Value:
    """Tell the ends of what any of *values* may be; absent where one of them is."""
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    return min(low for low, _ in known), max(high for _, high in known)


def _enclosed(earlier: list[Ends], later: list[Ends], as_of: int) -> Ends:
    """
    Tell between which days lies what was done after *earlier* and before *later*, even if they are out of order.

    With nothing earlier it is as old as what follows; with nothing later it was done by the as-of day.
    """
    until = min((low for low, _ in later), default=as_of), min((high for _, high in later), default=as_of)
    if not earlier:
        return until if later else (NO_DAY[0], as_of)
    since = max(low for low, _ in earlier), max(high for _, high in earlier)
    return min(since[0], until[0]), max(since[1], until[1])


def _earliest(begin: Ends, known: list[Ends], *, unsaid: bool) -> Value:
    """The earliest day from *begin* on, else the latest; where one is *unsaid* it may be that."""
    surely = [high for low, high in known if low >= begin[1]]
    if unsaid:
        return (begin[0], min(surely)) if surely else None
    lows = [max(low, begin[0]) for low, high in known if high >= begin[0]]
    if surely:
        return min(lows), min(surely)
    return min([*lows, max(low for low, _ in known)]), max(high for _, high in known)


def _cells(node: m.Cells, begin: Ends, end: Ends, members: list[Ends]) -> Ends:
    low = high = k = 0
    counts_all = node.count == "due"
    opens = begin
    while True:
        k += 1
        period = multiple(node.period, k)
        closes = shifted(begin[0], period), shifted(begin[1], period)
        if closes[0] > end[1] or closes[0] <= opens[0]:
            return low, high
        surely_due = closes[1] <= end[0]
        covered = any(a > opens[1] and b <= closes[0] for a, b in members)
        maybe_covered = any(b > opens[0] and a <= closes[1] for a, b in members)
        low += surely_due and (counts_all or not maybe_covered)
        high += counts_all or not covered
        opens = closes


def _spacing(period: Period, begin: Ends, end: Ends, members: list[Ends]) -> Ends:
    """The smallest time to spare between neighbours; the ends of the n-th neighbour are the n-th of all ends."""
    lows = sorted(min(max(low, begin[0]), end[0]) for low, _ in members)
    highs = sorted(min(max(high, begin[1]), end[1]) for _, high in members)
    points = list(zip([begin[0], *lows, end[0]], [begin[1], *highs, end[1]], strict=True))
    pairs = list(pairwise(points))
    low = min(shifted(one[0], period) - following[1] for one, following in pairs)
    high = min(shifted(one[1], period) - following[0] for one, following in pairs)
    return low, high


def _people(node: m.People, view: View, dated: Dated) -> Value:
    assignment = dated.record
    if not isinstance(assignment, Assignment) or assignment.people is None:
        return None
    people = list(dict.fromkeys(assignment.people))
    if node.test == "all":
        return len(people), len(people)
    on = dated.ends or NO_DAY
    told = [_told(node, view, view.members[person], on) for person in people]
    return sum(surely for surely, _ in told), sum(maybe for _, maybe in told)


def _told(node: m.People, view: View, member: Member, on: Ends) -> tuple[bool, bool]:
    """Tell whether the node's test surely, and whether it possibly, holds of *member*."""
    match node.test:
        case "not-full":
            return _not_full(member, on)
        case "under-sanction":
            return _under_sanction(node.sanctions)(member, on)
        case "within-effect":
            return _within_effect(node, member, on)
    same_name = bool(member.name) and member.name == view.dossier.person.name
    return member.id == view.dossier.id, member.id == view.dossier.id or same_name


def _within_effect(node: m.People, member: Member, on: Ends) -> tuple[bool, bool]:
    """Tell whether a sanction has effect: from the day it was approved until a period later."""
    if member.sanctions is None:
        return False, True
    surely = maybe = False
    for sanction in member.sanctions:
        if sanction.kind in node.sanctions:
            low, high = (_ends(sanction.approved) if sanction.approved else None) or NO_DAY
            period = node.periods[node.sanctions.index(sanction.kind)]
            surely |= high <= on[0] and on[1] < shifted(low, period)
            maybe |= low <= on[1] and on[0] < shifted(high, period)
    return surely, maybe


def _not_full(member: Member, on: Ends) -> tuple[bool, bool]:
    if member.full_since is None:
        return False, True
    since = _ends(member.full_since) or NO_DAY
    return since[0] > on[1], since[1] > on[0]


def _under_sanction(sanctions: tuple[str, ...]) -> Callable[[Member, Ends], tuple[bool, bool]]:
    def test(member: Member, on: Ends) -> tuple[bool, bool]:
        if member.sanctions is None:
            return False, True
        surely = maybe = False
        for sanction in member.sanctions:
            if sanction.kind in sanctions:
                approved = _ends(sanction.approved) if sanction.approved else NO_DAY
                restored = _ends(sanction.rights_restored) if sanction.rights_restored else None
                assert approved is not None  # noqa: S101  # a day has ends
                surely |= approved[1] <= on[0] and (restored is None or restored[0] > on[1])
                maybe |= approved[0] <= on[1] and (restored is None or restored[1] > on[0])
        return surely, maybe

    return test


__all__ = ["Evaluator", "Value", "Values", "multiple", "shifted"]
