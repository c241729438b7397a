"""Measures over one dossier: each node becomes a closure over the view and the values before it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import singledispatchmethod

from devrules.days import WorkingDays as Calendar
from devrules.days import nth_working_day, working_days
from devrules.dossier.kinds import Kinds
from devrules.program import measures as m
from devrules.program.ends import Value, Values, begins, earliest, enclosed, shifted
from devrules.program.recorded import Step, recorded
from devrules.program.series import cells, spacing
from devrules.program.view import NO_DAY, View, candidates


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


class _Compiler:
    """One method a node; each returns the closure that takes it."""

    def __init__(self, index: Mapping[m.Measure, int], kinds: Kinds, calendar: Calendar) -> None:
        self.index = index
        self.kinds = kinds
        self.calendar = calendar
        self.rolled: dict[int, int | None] = {}

    @singledispatchmethod
    def step(self, measure: m.Measure) -> Step:
        """Make the closure that takes *measure*."""
        return recorded(measure, self.kinds)

    @step.register
    def _(self, node: m.Spacing) -> Step:
        start, until = self.index[node.start], self.index[node.until]

        def take(view: View, values: Values) -> Value:
            begin, end = values[start], values[until]
            if begin is None or end is None or not view.keeps(node.kind):
                return None
            return spacing(node.period, begin, end, [dated.ends or NO_DAY for dated in view.records.get(node.kind, ())])

        return take

    @step.register
    def _(self, node: m.JudgedDay) -> Step:
        own, torn = self.index[node.own], self._torn(node.own)
        kinds, step, until = node.kinds, node.step, self.index[node.until]

        def take(view: View, values: Values) -> Value:
            if (known := values[own]) is not None:
                return known
            if torn(view, values):
                return NO_DAY[0], view.as_of
            if step is None:
                return values[until]
            if not any(at > step for at, _ in view.steps) and not any(kind in view.records for kind in kinds):
                return values[until]
            earlier = [ends for at, ends in view.steps if ends and at < step]
            later = [ends for at, ends in view.steps if ends and at > step]
            return enclosed(earlier, later, view.as_of)

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
            return earliest(begin, known, unsaid=unsaid) if begin and known else None

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
            return any(getattr(dated.record, name) is not None for dated in candidates(found, pick))

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
    def _(self, node: m.NextWorkingDay) -> Step:
        day = self.index[node.day]

        def take(_: View, values: Values) -> Value:
            if (ends := values[day]) is None:
                return None
            low, high = self._rolled(ends[0]), self._rolled(ends[1])
            return None if low is None or high is None else (low, high)

        return take

    def _rolled(self, ordinal: int) -> int | None:
        if ordinal not in self.rolled:
            found = nth_working_day(self.calendar, date.fromordinal(ordinal), 1)
            self.rolled[ordinal] = None if found is None else found.toordinal()
        return self.rolled[ordinal]

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
    def _(self, node: m.CalendarStart) -> Step:
        day, months = self.index[node.day], node.months

        def take(_: View, values: Values) -> Value:
            ends = values[day]
            return ends and (begins(ends[0], months), begins(ends[1], months))

        return take

    @step.register
    def _(self, node: m.Cells) -> Step:
        start, until = self.index[node.start], self.index[node.until]

        def take(view: View, values: Values) -> Value:
            begin, end = values[start], values[until]
            if begin is None or end is None or not view.keeps(node.kind):
                return None
            members = [dated.ends or NO_DAY for dated in view.records.get(node.kind, ())]
            return cells(node, begin, end, members)

        return take


__all__ = ["Evaluator", "Value", "Values"]
