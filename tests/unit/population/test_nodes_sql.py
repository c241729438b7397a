"""Every node, at its edges: SQL and Python take the same measure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs
import pytest

from devrules.days import Day, Period
from devrules.dossier.model import Dossier, Organisation, Person
from devrules.dossier.shapes import Event, Extension, Meeting, Notice, Opinion
from devrules.errors import InvalidRuleset
from devrules.program import measures as m
from devrules.program.evaluate import Evaluator
from devrules.program.program import Program
from devrules.program.view import View

if TYPE_CHECKING:
    from devrules_duckdb.engine import DuckDBEngine

FIRST, LAST = date.min, date.max
DAYS = (FIRST, date(2004, 1, 1), date(2020, 1, 31), date(2020, 2, 29), date(2026, 12, 31), date(2027, 1, 4), LAST)
BIRTH = m.Scalar("person.birth", "day")
NOTICE = m.ActDay("public-notice", "last")
END = m.Field("public-notice", "last", "end")
AS_OF = date(2021, 3, 1)
KINDS = (
    "public-notice",
    "extension",
    "activist-review",
    "general-meeting",
    "recorded-admission-day",
    "training",
    "oath",
)
"""What is recorded here: DuckDB plans something for every kind that there is, which takes two seconds for all."""


def of(program: Program, *nodes: m.Measure) -> Program:
    """Make a program that only takes measures, and knows no more kinds than it needs."""
    measures = m.in_order(list(nodes))
    names = {node: f"m{n}" for n, node in enumerate(measures)}
    kinds = {name: program.kinds[name] for name in KINDS}
    return attrs.evolve(program, measures=tuple(measures), names=names, outcomes=(), kinds=kinds)


def check(engine: DuckDBEngine, program: Program, dossiers: list[Dossier], as_of: date = AS_OF) -> None:
    """Take the measures both ways."""
    evaluator = Evaluator(program.measures, program.kinds, program.calendar)
    expected = [evaluator.values(View(dossier, as_of, program.kinds)) for dossier in dossiers]

    assert expected == [one.values for one in engine.judge(program, dossiers, [as_of] * len(dossiers))]


@pytest.mark.parametrize(
    "period",
    [
        Period(months=1),
        Period(months=-1),
        Period(months=13, days=-3),
        Period(days=5),
        Period(days=-5),
        Period(),
        Period(months=12 * 20_000),
        Period(days=-9_999_999),
    ],
    ids=str,
)
def test_shift_keeps_to_the_calendar(duckdb_engine: DuckDBEngine, program: Program, period: Period) -> None:
    """Months end where they end, and time ends in the year 9999."""
    dossiers = [Dossier("1", person=Person(birth=Day.on(day))) for day in DAYS]
    dossiers += [Dossier("1", person=Person(birth=Day(FIRST, LAST))), Dossier("1")]

    check(duckdb_engine, of(program, m.Shift(BIRTH, period)), dossiers)


def test_working_days_are_absent_outside_the_calendar(duckdb_engine: DuckDBEngine, program: Program) -> None:
    """Unless the end comes before the start: then there are none, wherever it is."""
    pairs = [(Day.on(start), Day.on(end)) for start in DAYS for end in DAYS]
    pairs += [(Day.parse("2020"), Day.parse("2020")), (Day.parse("2003-12"), Day.parse("2004-01"))]
    notices = [Notice(start=start, end=end) for start, end in pairs]
    dossiers = [Dossier("1", records={"public-notice": (notice,)}) for notice in notices]

    check(duckdb_engine, of(program, m.WorkingDays(NOTICE, END)), dossiers, LAST)


def test_the_next_working_day_is_absent_outside_the_calendar(duckdb_engine: DuckDBEngine, program: Program) -> None:
    """And where none follows within it."""
    days = [
        *map(Day.on, DAYS),
        *map(Day.parse, ("2003-12", "2021-06-12", "2021-06", "2026-12-31", "2026-12", "2027-01-01")),
    ]
    dossiers = [Dossier("1", person=Person(birth=day)) for day in days]

    check(duckdb_engine, of(program, m.NextWorkingDay(BIRTH)), [*dossiers, Dossier("1")])


@pytest.mark.parametrize(
    "period", [Period(months=6), Period(days=10), Period(months=1, days=3), Period(), Period(days=-1)], ids=str
)
def test_cells_have_any_length(duckdb_engine: DuckDBEngine, program: Program, period: Period) -> None:
    """Even none, or less than none: then there are no cells."""
    until = m.FirstKnown((m.ActDay("extension", "last"), m.AsOf()))
    cells = [m.Cells("activist-review", BIRTH, until, period, count) for count in ("due", "empty")]
    reviews = tuple(Opinion(day=day) for day in (Day.parse("2020-07"), Day.on(date(2020, 12, 31)), None))
    everything = frozenset(KINDS)
    dossiers = [
        Dossier("1", Person(birth=birth), everything, {"activist-review": reviews[:n], **more})
        for birth in (Day.on(date(2020, 1, 31)), Day.parse("2020-01"), Day.on(AS_OF), None)
        for n in range(4)
        for more in ({}, {"extension": (Extension(day=Day.parse("2020")),)})
    ]

    check(duckdb_engine, of(program, *cells), [*dossiers, attrs.evolve(dossiers[0], recorded_kinds=frozenset())])


@pytest.mark.parametrize("months", [1, 3, 6, 12])
def test_the_calendar_year_has_its_own_cells(duckdb_engine: DuckDBEngine, program: Program, months: int) -> None:
    """They begin on its own days, the first of them on or after the given one; also at the end of time."""
    start = m.CalendarStart(BIRTH, months)
    cells = [
        m.Cells("activist-review", start, m.AsOf(), Period(months=months), count, "on") for count in ("due", "empty")
    ]
    days = ("2020-01-01", "2020-01-02", "2020-06-30", "2020-07-01", "2020-12-31", "2020-01", "2019", "9999-12-02")
    reviews = tuple(Opinion(day=Day.parse(day)) for day in ("2020-06-30", "2020-07-01", "2020-12", "2021-01"))
    everything = frozenset(KINDS)
    dossiers = [
        Dossier("1", Person(birth=Day.parse(day)), everything, {"activist-review": reviews[:n]})
        for day in days
        for n in range(5)
    ]

    check(duckdb_engine, of(program, start, *cells), [*dossiers, Dossier("1")])


def test_a_cell_of_months_less_days_is_refused(duckdb_engine: DuckDBEngine, program: Program) -> None:
    """How many there are could not be bounded."""
    cells = m.Cells("activist-review", BIRTH, m.AsOf(), Period(months=1, days=-30), "due")

    with pytest.raises(InvalidRuleset, match="no length"):
        duckdb_engine.judge(of(program, cells), [Dossier("1")], [AS_OF])


def test_working_days_are_not_added_to_a_day(duckdb_engine: DuckDBEngine, program: Program) -> None:
    """As in Python, where they raise too."""
    with pytest.raises(InvalidRuleset, match="working days"):
        duckdb_engine.judge(of(program, m.Shift(BIRTH, Period(workdays=1))), [Dossier("1")], [AS_OF])


def test_scalars_may_be_texts_and_assumed(duckdb_engine: DuckDBEngine, program: Program) -> None:
    """A text is looked for among words; what is not recorded is what the rule assumes."""
    nodes = [
        m.Scalar("person.floating", "flag"),
        m.Scalar("person.floating", "flag", assume=False),
        m.Scalar("branch.kind", "text", ("a", "it's")),
        m.Scalar("branch.kind", "text", ("a",), assume=True),
    ]
    dossiers = [
        Dossier("1", person=Person(floating=floating), branch=Organisation(kind=kind))
        for floating in (True, False, None)
        for kind in ("a", "it's", "", '张三,\n"', None)
    ]

    check(duckdb_engine, of(program, *nodes), dossiers)


def test_fields_that_are_not_stated(duckdb_engine: DuckDBEngine, program: Program) -> None:
    """What a blank means depends on what is asked, and on what the source keeps."""
    kind = "general-meeting"
    nodes = [
        m.Field(kind, "last", "votes_for"),
        m.Field(kind, "first", "written_for", blank_is_zero=True),
        m.Field(kind, "last", "place", filled=True),
        m.Field(kind, "last", "attachments"),
        m.Field(kind, "last", "outcome", ("passed",)),
        m.Field(kind, "last", "secret_ballot"),
        m.Field(kind, "first", "day"),
        m.OptionUsed((m.Field(kind, "first", "day"), m.AsOf())),
    ]
    stated = Meeting(
        day=Day.parse("2020-05"), votes_for=-3, written_for=2, place="", outcome="passed", secret_ballot=True
    )
    meetings = [(), (Meeting(),), (stated,), (Meeting(), stated), (stated, attrs.evolve(stated, written_for=None))]
    kept = [frozenset(), frozenset({kind}), frozenset({f"{kind}.place", f"{kind}.written_for"})]
    dossiers = [Dossier("1", recorded_kinds=some, records={kind: tuple(one)}) for one in meetings for some in kept]

    check(duckdb_engine, of(program, *nodes), dossiers)


def test_what_is_not_recorded_is_dated_by_its_neighbours(duckdb_engine: DuckDBEngine, program: Program) -> None:
    """By those before and after it; without them it is dated by the as-of day; and so it is without a place."""
    own = m.ActDay("recorded-admission-day", "last")
    nodes = [m.JudgedDay(own, ("recorded-admission-day",), step) for step in (170, 10, 400, None)]
    days = (None, Day.parse("2020"), Day.parse("2020-05"), Day.on(date(2021, 2, 1)), Day.on(date(2022, 2, 1)))
    dossiers = [
        Dossier(
            "1",
            records={"training": (Event(day=None),) if earlier is None else (_training(earlier),)}
            | {"oath": (Event(day=later),)}
            | more,
        )
        for earlier in days
        for later in days
        for more in ({}, {"recorded-admission-day": (Event(),)})
    ]

    check(duckdb_engine, of(program, *nodes), [*dossiers, Dossier("1")])


def _training(day: Day) -> Notice:
    return Notice(start=day)


def test_sums_with_factors_of_either_sign(duckdb_engine: DuckDBEngine, program: Program) -> None:
    """A negative factor swaps the ends."""
    total = m.Total(((2, m.Between(BIRTH, m.AsOf())), (-3, m.Between(BIRTH, m.AsOf()))), plus=-7)

    check(duckdb_engine, of(program, total), [Dossier("1", person=Person(birth=Day.parse("2000"))), Dossier("1")])
