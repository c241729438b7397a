from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from devrules.days import ChineseCalendar, Day, Period
from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier
from devrules.program import measures as m
from devrules.program.evaluate import Evaluator
from devrules.program.view import View

AS_OF = date(2021, 6, 30)
APPLIED = m.Field("application", "first", "received")
BALLOT = m.ActDay("ballot", "last")
TALK = m.ActDay("talk", "first")
MONTH = Period(months=1)
Taker = Callable[..., Any]


@pytest.fixture
def take(kinds: Kinds, member: Callable[..., Dossier]) -> Taker:
    """Takes a number off a dossier: both ends, or ``None``."""

    def number(measure: m.Measure, as_of: date = AS_OF, **parts: Any) -> tuple[int, int] | None:
        measures = m.in_order([measure])
        return Evaluator(measures, kinds, ChineseCalendar()).values(View(member(**parts), as_of, kinds))[-1]

    return number


@pytest.fixture
def day(take: Taker) -> Taker:
    """Takes a day off a dossier, as it is written."""

    def read(measure: m.Measure, as_of: date = AS_OF, **parts: Any) -> str | None:
        ends = take(measure, as_of, **parts)
        return ends and str(Day(date.fromordinal(ends[0]), date.fromordinal(ends[1])))

    return read


def records(*days: str | None) -> list[dict[str, str]]:
    """Records, some of them without a day."""
    return [{} if one is None else {"day": one} for one in days]


def test_the_as_of_day(day: Taker) -> None:
    """It is always known."""
    assert "2021-06-30" == day(m.AsOf())


@pytest.mark.parametrize(
    ("node", "person", "value"),
    [
        (m.Scalar("person.floating", "flag"), {"floating": True}, (1, 1)),
        (m.Scalar("person.floating", "flag"), {}, None),
        (m.Scalar("person.floating", "flag", assume=False), {}, (0, 0)),
        (m.Scalar("person.floating", "flag", assume=False), {"floating": True}, (1, 1)),
        (m.Scalar("person.sex", "text", ("女",)), {"sex": "女"}, (1, 1)),
        (m.Scalar("person.sex", "text", ("女",)), {"sex": "男"}, (0, 0)),
        (m.Scalar("person.sex", "text", ("女",)), {}, None),
    ],
)
def test_a_field_of_the_person(
    take: Taker, node: m.Scalar, person: dict[str, Any], value: tuple[int, int] | None
) -> None:
    """What is not recorded is absent, or what the rule says to assume."""
    assert value == take(node, person=person)


def test_a_day_of_the_person_keeps_its_ends(day: Taker) -> None:
    """A birth in a year may be on any of its days."""
    assert "2000" == day(m.Scalar("person.birth", "day"), person={"birth": "2000"})


@pytest.mark.parametrize(
    ("pick", "days", "read"),
    [
        ("first", ["2021-03-01", "2021-02-01"], "2021-02-01"),
        ("last", ["2021-03-01", "2021-02-01"], "2021-03-01"),
        ("first", ["2021-02", "2021-02-10"], "2021-02-01/2021-02-10"),
        ("last", ["2021-02", "2021-02-10"], "2021-02-10/2021-02-28"),
        ("last", ["2021-06"], "2021-06"),
        ("first", ["2021-02-01", None], None),
        ("first", [None], None),
        ("first", [], None),
        ("last", ["2021-02-01", "2021-07-01"], "2021-02-01"),
        ("last", ["2021"], "2021-01-01/2021-06-30"),
    ],
)
def test_the_day_of_an_act(day: Taker, pick: m.Pick, days: list[str | None], read: str | None) -> None:
    """The ends span every day that the first (last) of the records may have; nothing is later than the as-of day."""
    assert read == day(m.ActDay("talk", pick), talk=records(*days))


def test_drafts_and_what_is_passed_over_do_not_count(day: Taker) -> None:
    """A failed vote is no vote, a draft no act."""
    votes = [
        {"day": "2021-02-01"},
        {"day": "2021-03-01", "outcome": "not-passed"},
        {"day": "2021-04-01", "status": "draft"},
    ]

    assert "2021-02-01" == day(BALLOT, ballot=votes)


@pytest.mark.parametrize(
    ("days", "value"),
    [
        (["2021-02-01", "2021-03-01"], (7, 7)),
        (["2021-03-01", "2021-02-01"], (5, 5)),
        (["2021-03", "2021-03-15"], (5, 7)),
        (["2021-03", "2021-04-01"], (7, 7)),
        (["2021-03-01", "2021-03-01"], (7, 7)),
        (["2021-03-01", None], (5, 7)),
    ],
)
def test_a_field_of_the_record_that_counts(take: Taker, days: list[str | None], value: tuple[int, int]) -> None:
    """Where days leave open which is the last, the ends span them; on the same day, the one written later counts."""
    votes = [record | {"present_vote": n} for record, n in zip(records(*days), (5, 7), strict=True)]

    assert value == take(m.Field("ballot", "last", "present_vote"), ballot=votes)


def test_a_field_that_one_candidate_does_not_state_is_absent(take: Taker) -> None:
    """Nobody knows its number."""
    votes = [{"day": "2021-03", "present_vote": 5}, {"day": "2021-03-15"}]

    assert take(m.Field("ballot", "last", "present_vote"), ballot=votes) is None


@pytest.mark.parametrize(
    ("node", "kept", "vote", "value"),
    [
        ("filled", "all", {"place": "甲"}, (1, 1)),
        ("filled", "all", {}, (0, 0)),
        ("filled", ["ballot.day"], {}, None),
        ("filled", ["ballot.day"], {"place": "甲"}, (1, 1)),
        ("filled", ["ballot.place"], {}, (0, 0)),
    ],
)
def test_whether_a_field_is_stated(
    take: Taker, node: str, kept: object, vote: dict[str, str], value: tuple[int, int] | None
) -> None:
    """A field that the source does not keep is not known to be blank."""
    measure = m.Field("ballot", "last", "place", filled=node == "filled")

    assert value == take(measure, recorded_kinds=kept, ballot=[vote])


@pytest.mark.parametrize(
    ("kept", "vote", "value"),
    [
        ("all", {"written_for": 3}, (3, 3)),
        ("all", {}, (0, 0)),
        (["ballot.written_for"], {}, (0, 0)),
        (["ballot.day"], {}, (0, m.MANY)),
    ],
)
def test_a_blank_number_is_zero_only_where_it_is_kept(
    take: Taker, kept: object, vote: dict[str, int], value: tuple[int, int]
) -> None:
    """Where the source has no such field it may be any number."""
    measure = m.Field("ballot", "last", "written_for", blank_is_zero=True)

    assert value == take(measure, recorded_kinds=kept, ballot=[vote])


def test_attachments_are_counted(take: Taker) -> None:
    """None is none where the source keeps them."""
    node = m.Field("talk", "first", "attachments")

    assert (2, 2) == take(node, talk=[{"attachments": [{"name": "1"}, {"name": "2"}]}])
    assert (0, 0) == take(node, talk=[{}])
    assert take(node, recorded_kinds=["talk.day"], talk=[{}]) is None


def test_words_among_others(take: Taker) -> None:
    """A text is one of these, or not; what is not stated is absent."""
    node = m.Field("ballot", "last", "place", ("甲", "乙"))

    assert [(1, 1), (0, 0), None] == [take(node, ballot=[vote]) for vote in ({"place": "乙"}, {"place": "丙"}, {})]


@pytest.mark.parametrize(
    ("kept", "talks", "count", "present"),
    [
        ("all", 2, (2, 2), (1, 1)),
        ("all", 0, (0, 0), (0, 0)),
        ([], 2, None, (1, 1)),
        ([], 0, None, None),
        (["talk.day"], 0, (0, 0), (0, 0)),
    ],
)
def test_how_many_there_are(
    take: Taker, kept: object, talks: int, count: tuple[int, int] | None, present: tuple[int, int] | None
) -> None:
    """Of a kind that is not kept nobody knows how many there are, but what is there is there."""
    some = {"recorded_kinds": kept, "talk": [{}] * talks}

    assert (count, present) == (take(m.Count("talk"), **some), take(m.Present(("talk",)), **some))


def test_any_of_several_kinds_will_do(take: Taker) -> None:
    """None is there only where each is kept."""
    node = m.Present(("ballot", "recorded-ballot"))

    assert (1, 1) == take(node, recorded_kinds=["ballot"], **{"recorded-ballot": [{}]})
    assert take(node, recorded_kinds=["ballot"]) is None
    assert (0, 0) == take(node, recorded_kinds=["ballot", "recorded-ballot"])


@pytest.mark.parametrize(("step", "done"), [(20, 1), (40, 1), (41, 0)])
def test_what_was_done_at_a_step_or_later(take: Taker, step: int, done: int) -> None:
    """A record without a day was done, too; a series has no step."""
    assert (done, done) == take(m.Done(step), talk=[{}], filing=[{}], review=[{}])


JUDGED = m.JudgedDay(m.ActDay("notice", "last"), ("notice",), 50)


@pytest.mark.parametrize(
    ("parts", "read"),
    [
        ({"notice": [{"start": "2021-03-05"}]}, "2021-03-05"),
        ({}, "2021-06-30"),
        ({"talk": records("2021-02-01")}, "2021-06-30"),
        ({"talk": records("2021-02-01"), "ballot": records("2021-04-01")}, "2021-02-01/2021-04-01"),
        ({"talk": records("2021-02"), "ballot": records("2021-04")}, "2021-02-01/2021-04-30"),
        ({"talk": records("2021-02-01"), "notice": [{}]}, "2021-02-01/2021-06-30"),
        ({"ballot": records("2021-04-01")}, "2021-04-01"),
        ({"talk": records("2021-05-01"), "ballot": records("2021-04-01")}, "2021-04-01/2021-05-01"),
        ({"notice": [{"start": "2021-08-01"}]}, "2021-06-30"),
    ],
    ids=["own", "nothing", "no later act", "between", "imprecise", "without a day", "no earlier", "disorder", "later"],
)
def test_the_day_of_an_act_that_is_not_recorded(day: Taker, parts: dict[str, Any], read: str) -> None:
    """It lies between its neighbours in the process, or by the only one; with no later act it is the as-of day."""
    assert read == day(JUDGED, **parts)


def test_an_act_without_a_place_is_judged_as_of_today(day: Taker) -> None:
    """It has no neighbours."""
    node = m.JudgedDay(m.ActDay("review", "last"), ("review",), None)

    assert "2021-06-30" == day(node, talk=records("2021-02-01"), ballot=records("2021-04-01"))


@pytest.mark.parametrize(
    ("talk", "editions"),
    [
        ("1999-12-31", (0, 0)),
        ("2000-01-01", (1, 1)),
        ("2019-12-31", (1, 1)),
        ("2020-01-01", (2, 2)),
        ("2019-12-31/2020-01-01", (1, 2)),
        ("1999", (0, 0)),
    ],
)
def test_the_edition_on_a_day(take: Taker, talk: str, editions: tuple[int, int]) -> None:
    """Its index counts from 1; 0 is before the first."""
    starts = (date(2000, 1, 1).toordinal(), date(2020, 1, 1).toordinal())

    assert editions == take(m.EditionOf(TALK, starts), talk=records(talk))


def test_the_first_that_is_known(take: Taker, day: Taker) -> None:
    """And which one it was."""
    options = (APPLIED, m.Field("application", "first", "day"))
    written, nothing = {"application": records("2021-02-01")}, {"application": [{}]}

    assert ("2021-02-01", (1, 1)) == (day(m.FirstKnown(options), **written), take(m.OptionUsed(options), **written))
    assert (None, None) == (day(m.FirstKnown(options), **nothing), take(m.OptionUsed(options), **nothing))


def test_one_day_or_another(day: Taker) -> None:
    """The record decides by being there, not by its day."""
    node = m.IfPresent("talk", TALK, BALLOT)
    ballot = {"ballot": records("2021-04-01")}

    assert "2021-04-01" == day(node, **ballot)
    assert "2021-02-01" == day(node, talk=records("2021-02-01"), **ballot)
    assert day(node, talk=records(None), **ballot) is None


@pytest.mark.parametrize(
    ("talk", "shifted"),
    [("2021-01-31", "2021-02-28"), ("2020-01-31", "2020-02-29"), ("2021-02", "2021-03-01/2021-03-28"), (None, None)],
)
def test_a_month_later(day: Taker, talk: str | None, shifted: str | None) -> None:
    """Both ends are moved, and clamped to the end of the month."""
    assert shifted == day(m.Shift(TALK, MONTH), talk=records(talk))


@pytest.mark.parametrize(
    ("talk", "ballot", "days"),
    [
        ("2021-02-01", "2021-02-01", (0, 0)),
        ("2021-02-01", "2021-02-02", (1, 1)),
        ("2021-02-02", "2021-02-01", (-1, -1)),
        ("2021-02", "2021-03-01", (1, 28)),
        ("2021-02", "2021-03", (1, 58)),
        ("2021-02", None, None),
    ],
)
def test_days_between(take: Taker, talk: str, ballot: str | None, days: tuple[int, int] | None) -> None:
    """The smallest and the greatest number that the two days allow."""
    assert days == take(m.Between(TALK, BALLOT), talk=records(talk), ballot=records(ballot))


@pytest.mark.parametrize(
    ("talk", "ballot", "days"),
    [
        ("2021-06-07", "2021-06-11", (5, 5)),
        ("2021-06-05", "2021-06-14", (5, 5)),
        ("2021-06-07/2021-06-08", "2021-06-11", (4, 5)),
        ("1999-06-07", "1999-06-11", None),
    ],
)
def test_working_days(take: Taker, talk: str, ballot: str, days: tuple[int, int] | None) -> None:
    """Both days count; weekends and the Dragon Boat holiday do not; outside the published years they are absent."""
    node = m.WorkingDays(TALK, BALLOT)

    assert days == take(node, talk=records(talk), ballot=records(ballot))


@pytest.mark.parametrize(
    ("talk", "rolled"),
    [
        ("2021-06-11", ("2021-06-11", "2021-06-11")),
        ("2021-06-12", ("2021-06-15", "2021-06-15")),
        ("2021-06-11/2021-06-12", ("2021-06-11", "2021-06-15")),
        ("1999-06-07", None),
    ],
)
def test_the_next_working_day(take: Taker, talk: str, rolled: tuple[str, str] | None) -> None:
    """A working day is its own; a weekend with a holiday behind it goes on to the day after both."""
    ends = rolled and tuple(date.fromisoformat(day).toordinal() for day in rolled)

    assert ends == take(m.NextWorkingDay(TALK), talk=records(talk))


def test_a_total_takes_the_right_ends(take: Taker) -> None:
    """A negative factor turns the ends around; one absent term makes it absent."""
    present, should = m.Field("ballot", "last", "present_vote"), m.Field("ballot", "last", "should_vote")
    node = m.Total(((2, present), (-1, should)), plus=1)
    open_ = [
        {"day": "2021-03", "present_vote": 5, "should_vote": 8},
        {"day": "2021-03-15", "present_vote": 7, "should_vote": 9},
    ]

    assert (3, 3) == take(node, ballot=[{"present_vote": 5, "should_vote": 8}])
    assert (10 - 9 + 1, 14 - 8 + 1) == take(node, ballot=open_)
    assert take(node, ballot=[{"present_vote": 5}]) is None


@pytest.mark.parametrize(
    ("talk", "months", "first"),
    [
        ("2021-01-01", 6, "2021-01-01"),
        ("2021-01-02", 6, "2021-07-01"),
        ("2021-06-30", 6, "2021-07-01"),
        ("2020-07-02", 6, "2021-01-01"),
        ("2021-02-01", 3, "2021-04-01"),
        ("2020-12-02", 12, "2021-01-01"),
        ("2021-03-31", 1, "2021-04-01"),
    ],
)
def test_the_calendar_year_begins(take: Taker, talk: str, months: int, first: str) -> None:
    """On 1 January, and with every half-year, quarter or month."""
    found = take(m.CalendarStart(TALK, months), talk=records(talk))

    assert (date.fromisoformat(first).toordinal(),) * 2 == found


def cells(count: str) -> m.Cells:
    """Half-years from the application until the ballot."""
    return m.Cells("review", APPLIED, BALLOT, Period(months=6), count)  # type: ignore[arg-type]  # one of two words


@pytest.mark.parametrize(
    ("until", "reviews", "due", "empty"),
    [
        ("2021-01-30", [], 0, 0),
        ("2021-01-31", [], 1, 1),
        ("2021-01-31", ["2020-07-31"], 1, 1),
        ("2021-01-31", ["2020-08-01"], 1, 0),
        ("2021-01-31", ["2021-01-31"], 1, 0),
        ("2021-01-31", ["2021-02-01"], 1, 1),
        ("2021-07-30", ["2021-01-31"], 1, 0),
        ("2021-07-31", ["2021-01-31"], 2, 1),
        ("2021-07-31", ["2021-01-31", "2021-02-01"], 2, 0),
    ],
)
def test_half_years_are_counted_on_both_sides(
    take: Taker, until: str, reviews: list[str], due: int, empty: int
) -> None:
    """A half-year begins the day after the anchor and is full on the same day, clamped to the month's end."""
    parts = {"application": [{"received": "2020-07-31"}], "ballot": records(until), "review": records(*reviews)}
    as_of = date(2022, 1, 1)

    assert ((due, due), (empty, empty)) == (take(cells("due"), as_of, **parts), take(cells("empty"), as_of, **parts))


@pytest.mark.parametrize(
    ("applied", "until", "reviews", "due", "empty"),
    [
        ("2020-07-31", "2021-01-31", ["2021-01"], (1, 1), (0, 0)),
        ("2020-07-31", "2021-02-28", ["2021-01-31/2021-02-01"], (1, 1), (0, 1)),
        ("2020-07", "2021-01-15", [], (0, 1), (0, 1)),
        ("2020-07", "2021-01-31", [], (1, 1), (1, 1)),
        ("2020-07-31", "2021-01-31", [None], (1, 1), (0, 1)),
    ],
)
def test_imprecise_days_leave_half_years_open(
    take: Taker, applied: str, until: str, reviews: list[str | None], due: tuple[int, int], empty: tuple[int, int]
) -> None:
    """A half-year is empty only where no review can lie in it, covered only where one must."""
    parts = {"application": [{"received": applied}], "ballot": records(until), "review": records(*reviews)}
    as_of = date(2022, 1, 1)

    assert (due, empty) == (take(cells("due"), as_of, **parts), take(cells("empty"), as_of, **parts))


def test_a_series_that_is_not_kept_has_no_half_years(take: Taker) -> None:
    """Nobody knows what was held."""
    parts = {"application": [{"received": "2020-07-31"}], "ballot": records("2021-01-31"), "recorded_kinds": ["ballot"]}

    assert take(cells("due"), **parts) is None


MEMBERS = [
    {"id": "full", "full_since": "2010-01-01", "sanctions": []},
    {"id": "new", "full_since": "2021-03-02", "sanctions": []},
    {"id": "month", "full_since": "2021-03"},
    {"id": "unknown"},
    {"id": "barred", "sanctions": [{"kind": "watch", "approved": "2021-03-01"}]},
    {"id": "restored", "sanctions": [{"kind": "watch", "approved": "2019-03-01", "rights_restored": "2021-03-01"}]},
    {"id": "warned", "sanctions": [{"kind": "warning", "approved": "2021-01-01"}]},
]


@pytest.mark.parametrize(
    ("test", "people", "number"),
    [
        ("all", ["full", "new", "full"], (2, 2)),
        ("all", [], (0, 0)),
        ("not-full", ["full"], (0, 0)),
        ("not-full", ["full", "new"], (1, 1)),
        ("not-full", ["month"], (0, 1)),
        ("not-full", ["unknown", "new"], (1, 2)),
        ("under-sanction", ["full"], (0, 0)),
        ("under-sanction", ["barred"], (1, 1)),
        ("under-sanction", ["restored"], (0, 0)),
        ("under-sanction", ["warned"], (0, 0)),
        ("under-sanction", ["unknown", "barred"], (1, 2)),
    ],
)
def test_people_are_counted_once(take: Taker, test: str, people: list[str], number: tuple[int, int]) -> None:
    """Of whom nothing is known, the high end alone knows."""
    node = m.People("guides", "last", test, ("watch",))  # type: ignore[arg-type]  # one of three words

    assert number == take(node, members=MEMBERS, guides=[{"day": "2021-03-01", "people": people}])


def test_people_without_a_day_may_be_anything(take: Taker) -> None:
    """An assignment without a day may have come before or after."""
    node = m.People("guides", "last", "not-full")

    assert (0, 1) == take(node, members=MEMBERS, guides=[{"people": ["full"]}])


def test_people_that_are_not_stated_are_absent(take: Taker) -> None:
    """An assignment that names nobody is not one of nobody."""
    assert take(m.People("guides", "last"), guides=[{"day": "2021-03-01"}]) is None
