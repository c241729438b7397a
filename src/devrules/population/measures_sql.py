"""
Measures to SQL: level by level, each a named query that adds two columns for every measure it takes.

What is read off records is ready in ``base``; any other measure stands one level above the highest of its parts, so
that no expression is written twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import singledispatchmethod

from sqlglot import exp

from devrules.days import Period
from devrules.errors import InvalidRuleset, Problem
from devrules.population.calendar_sql import LookedUp, calendar_name, looked_up
from devrules.population.cells_sql import cells, grid_name, grids_of, same_grid
from devrules.population.endings_sql import last_day, over
from devrules.population.fields_sql import is_tearable, torn_column
from devrules.population.layout import Layout
from devrules.population.records_sql import LAST_STEP, TAKEN, after, before, number_of
from devrules.population.spacing_sql import spacing, spacing_name
from devrules.population.sql import (
    FIRST_DAY,
    Ends,
    Sql,
    begins,
    both,
    chosen,
    column,
    either,
    ends,
    first_known,
    flag,
    greatest,
    known,
    least,
    named,
    number,
    shifted,
    unknown,
    when,
)
from devrules.population.tables import kept_column
from devrules.program import measures as m
from devrules.program.program import Program


def levels(program: Program, layout: Layout) -> Iterator[tuple[str, exp.Select]]:
    """
    Yield the named queries that take every measure; the last of them has all.

    Raises:
        InvalidRuleset: When a measure adds working days to a day, or its cells have no clear length.
    """
    heights = _heights(program.measures)
    below = "base"
    for height in range(1, max(heights.values(), default=0) + 1):
        nodes = [node for node in program.measures if heights[node] == height]
        grids = grids_of(nodes)
        taken = _Node(program, layout, height, grids)
        for place, grid in enumerate(grids):
            yield from cells(grid, grid_name(height, place), below, program, layout)
        spaced = [node for node in nodes if isinstance(node, m.Spacing)]
        for series in spaced:
            yield from spacing(series, below, program, layout)
        query = exp.select(exp.Column(this=exp.Star(), table=exp.to_identifier("b")))
        query = query.from_(exp.to_table(below).as_("b"))
        joined = [grid_name(height, place) for place in range(len(grids))]
        joined += [spacing_name(series, program) for series in spaced]
        if asked := [node for node in nodes if isinstance(node, LookedUp)]:
            yield calendar_name(height), looked_up(asked, below, program.names)
            joined.append(calendar_name(height))
        for name in joined:
            query = query.join(name, on=column("d", name).eq(column("d", "b")), join_type="left", copy=False)
        for node in nodes:
            query = query.select(*named(program.names[node], taken.take(node)), copy=False)
        below = f"level_{height}"
        yield below, query


def _heights(measures: Sequence[m.Measure]) -> dict[m.Measure, int]:
    heights: dict[m.Measure, int] = {}
    for node in measures:
        heights[node] = 0 if isinstance(node, TAKEN) else 1 + max((heights[part] for part in node.parts()), default=0)
    return heights


class _Node:
    """One method a node; each gives its two ends from the columns below."""

    def __init__(self, program: Program, layout: Layout, height: int, grids: Sequence[m.Cells]) -> None:
        self.program = program
        self.names = program.names
        self.layout = layout
        self.height = height
        self.grids = grids

    @singledispatchmethod
    def take(self, node: m.Measure) -> Ends:
        """Give the two ends of *node*."""
        raise TypeError(f"no interpretation of {node!r}")

    def _at(self, node: m.Measure) -> Ends:
        return ends(self.names[node], "b")

    @take.register
    def _(self, node: m.AsOf) -> Ends:
        return last_day(node.endings, self.layout)

    @take.register
    def _(self, node: m.Over) -> Ends:
        return over(node.endings, self.layout)

    @take.register
    def _(self, node: m.Scalar) -> Ends:
        if node.filled:
            return Ends.same(flag(known(_b(f"{node.path}_low" if node.type == "day" else node.path))))
        if node.type == "day" and not node.among:
            stated = ends(node.path, "b")
        else:
            value = _b(f"{node.path}_low" if node.type == "day" else node.path)
            stated = Ends.same(_among(value, node) if node.among else value)
        if node.assume is None:
            return stated
        assumed = number(int(node.assume))
        return Ends(first_known(stated.low, assumed), first_known(stated.high, assumed))

    @take.register
    def _(self, node: m.Count) -> Ends:
        return Ends.same(when(_keeps(node.kind), _b(number_of(node.kind))))

    @take.register
    def _(self, node: m.Present) -> Ends:
        nowhere = both(*(_keeps(kind) for kind in node.kinds))
        return Ends.same(chosen([(_any_of(node.kinds), number(1)), (nowhere, number(0))]))

    @take.register
    def _(self, node: m.Done) -> Ends:
        return Ends.same(flag(_b(LAST_STEP) >= number(node.step)))

    @take.register
    def _(self, node: m.There) -> Ends:
        return Ends.same(flag(_any_of(node.kinds)))

    @take.register
    def _(self, node: m.StageReached) -> Ends:
        reached: list[Sql] = [number(0)]
        possible: list[Sql] = [number(0)]
        for stage, kinds in enumerate(node.stages, start=1):
            there, everywhere = _any_of(kinds), both(*map(_keeps, kinds))
            reached.append(when(there, number(stage)))
            possible.append(when(either(there, exp.not_(exp.paren(everywhere))), number(stage)))
        return Ends(greatest(*reached), greatest(*possible))

    @take.register
    def _(self, node: m.WordNumber) -> Ends:
        text = _b(node.path)
        return Ends.same(chosen((text.isin(*words), number(n)) for n, words in enumerate(node.groups, start=1)))

    @take.register
    def _(self, node: m.Spacing) -> Ends:
        spare = ends("spare", spacing_name(node, self.program))
        return Ends(when(_keeps(node.kind), spare.low), when(_keeps(node.kind), spare.high))

    @take.register
    def _(self, node: m.JudgedDay) -> Ends:
        own, until, as_of = self._at(node.own), self._at(node.until), _b("as_of")
        torn = [(self._torn(node.own), Ends(number(FIRST_DAY), as_of))]
        if node.step is None:
            return _first_of([(known(own.low), own), *torn], until)
        earlier, later = ends(before(node.step), "b"), ends(after(node.step), "b")
        gone_past = first_known(_b(LAST_STEP), number(0)) > number(node.step)
        still_to_come = exp.not_(either(gone_past, _any_of(node.kinds)))
        low = least(first_known(earlier.low, later.low, number(FIRST_DAY)), first_known(later.low, as_of))
        high = greatest(first_known(later.high, as_of), first_known(earlier.high, number(FIRST_DAY)))
        branches = [(known(own.low), own), *torn, (still_to_come, until)]
        return _first_of(branches, Ends(low, high))

    @take.register
    def _(self, node: m.EditionOf) -> Ends:
        day = self._at(node.day)
        return Ends(_edition(day.low, node.starts), _edition(day.high, node.starts))

    @take.register
    def _(self, node: m.FirstKnown) -> Ends:
        return self._first_known(node.options, [self._at(option) for option in node.options])

    @take.register
    def _(self, node: m.Earliest) -> Ends:
        begin, days = self._at(node.start), [self._at(day) for day in node.days]
        there = [self._at(one).high > number(0) for one in node.there]
        unsaid = exp.paren(either(*(both(unknown(day.low), one) for day, one in zip(days, there, strict=True))))
        surely = least(*(when(day.low >= begin.high, day.high) for day in days))
        low = least(*(when(day.high >= begin.low, greatest(day.low, begin.low)) for day in days))
        found, open_ = known(surely), exp.not_(unsaid)
        return Ends(
            chosen(
                [
                    (unknown(begin.low), exp.null()),
                    (both(found, unsaid), begin.low),
                    (found, low),
                    (open_, least(low, greatest(*(day.low for day in days)))),
                ]
            ),
            chosen(
                [
                    (unknown(begin.low), exp.null()),
                    (found, surely),
                    (open_, greatest(*(day.high for day in days))),
                ]
            ),
        )

    @take.register
    def _(self, node: m.OptionUsed) -> Ends:
        return self._first_known(node.options, [Ends.same(number(n)) for n in range(len(node.options))])

    def _first_known(self, options: Sequence[m.Measure], values: Sequence[Ends]) -> Ends:
        """Give the value of the first option that is known; none where one before it is torn."""
        nothing = Ends.same(exp.null())
        branches: list[tuple[Sql, Ends]] = []
        for option, value in zip(options, values, strict=True):
            branches += [(known(self._at(option).low), value), (self._torn(option), nothing)]
        return _first_of(branches, nothing)

    def _torn(self, node: m.Measure) -> Sql:
        """Tell whether *node*, being absent, is torn (see :mod:`devrules.program.evaluate`)."""
        if isinstance(node, m.FirstKnown):
            options = [(self._at(option).low, self._torn(option)) for option in node.options]
            possible = [both(unknown(low), torn) for low, torn in options if torn != exp.false()]
            return either(*possible) if possible else exp.false()
        torn = _b(torn_column(self.names[node])).eq(number(1))
        return torn if is_tearable(node, self.layout) else exp.false()

    @take.register
    def _(self, node: m.IfPresent) -> Ends:
        then, otherwise = self._at(node.then), self._at(node.otherwise)
        there = _any_of((node.kind,))
        return Ends(when(there, then.low, otherwise.low), when(there, then.high, otherwise.high))

    @take.register
    def _(self, node: m.Shift) -> Ends:
        period = without_workdays(node.period)
        day = self._at(node.day)
        return Ends(shifted(day.low, period), shifted(day.high, period))

    @take.register
    def _(self, node: m.Between) -> Ends:
        start, end = self._at(node.start), self._at(node.end)
        return Ends(end.low - start.high, end.high - start.low)

    @take.register
    def _(self, node: LookedUp) -> Ends:
        return ends(self.names[node], calendar_name(self.height))

    @take.register
    def _(self, node: m.Total) -> Ends:
        low = high = number(node.plus)
        for factor, term in node.terms:
            value = self._at(term)
            first, second = (value.low, value.high) if factor >= 0 else (value.high, value.low)
            low, high = low + number(factor) * first, high + number(factor) * second
        return Ends(low, high)

    @take.register
    def _(self, node: m.CalendarStart) -> Ends:
        day = self._at(node.day)
        return Ends(begins(day.low, node.months), begins(day.high, node.months))

    @take.register
    def _(self, node: m.Cells) -> Ends:
        grid = next(n for n, one in enumerate(self.grids) if same_grid(one, node))
        counted = ends(node.count, grid_name(self.height, grid))
        takes = both(_keeps(node.kind), known(self._at(node.start).low), known(self._at(node.until).low))
        return Ends(*(when(takes, first_known(end, number(0))) for end in (counted.low, counted.high)))


def without_workdays(period: Period) -> Period:
    """
    Give back *period*, if it can be added to a day.

    Raises:
        InvalidRuleset: When it has working days.
    """
    if period.workdays:
        raise InvalidRuleset([Problem(str(period), "working days cannot be added to a day", "count them with lasts")])
    return period


def _first_of(branches: Sequence[tuple[Sql, Ends]], otherwise: Ends) -> Ends:
    """``CASE``, for both ends; branches that cannot be are left out."""
    possible = [(condition, value) for condition, value in branches if condition != exp.false()]
    return Ends(
        chosen([(condition, value.low) for condition, value in possible], otherwise.low),
        chosen([(condition, value.high) for condition, value in possible], otherwise.high),
    )


def _b(name: str) -> Sql:
    return column(name, "b")


def _keeps(kind: str) -> Sql:
    return _b(kept_column(kind)).eq(number(1))


def _any_of(kinds: Sequence[str]) -> Sql:
    return exp.paren(either(*(_b(number_of(kind)) > number(0) for kind in kinds)))


def _among(value: Sql, node: m.Scalar) -> Sql:
    return when(known(value), flag(value.isin(*node.among)) if node.type == "text" else number(0))


def _edition(day: Sql, starts: Sequence[int]) -> Sql:
    passed = number(0)
    for start in starts:
        passed = passed + flag(day >= number(start))
    return when(known(day), passed)
