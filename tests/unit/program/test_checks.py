from __future__ import annotations

from typing import Any

import attrs
import pytest

from devrules.dossier.kinds import Kinds
from devrules.law.model import Citation
from devrules.program.checks import CheckError, Context, compile_check
from devrules.program.model import Body
from devrules.ruleset import checks as c
from devrules.ruleset.model import Value

CITED = Citation("club-2020", "1", "V1")
NUMBERS = {
    "one": 1,
    "two": 2,
    "month": "1 month",
    "year": "1 year",
    "week": "7 days",
    "days": "5 working days",
    "half": "1/2",
}


@pytest.fixture
def context(kinds: Kinds) -> Context:
    """A few parameters in the edition of 2020."""
    return Context(kinds, "club-2020", {name: Value(value, CITED) for name, value in NUMBERS.items()})  # type: ignore[arg-type]  # they are


COMPILED: list[Any] = [
    (c.Present("talk"), "talk is there >= 1", {"record": "talk"}),
    (
        c.Complete("application"),
        "(application.first.received is stated >= 1 and application.first.number is stated >= 1)",
        {"fields": "received, number"},
    ),
    (c.Count("talk", at_least="one"), "number of talk >= 1", {"at_least": "1"}),
    (c.Count("talk", "one", "two"), "(number of talk >= 1 and number of talk <= 2)", {"at_least": "1", "at_most": "2"}),
    (
        c.Within("month", ("filing.day",), ("notice.start",)),
        "days from last notice to last filing + 1 month >= 0",
        {"within": "1 month"},
    ),
    (
        c.After("month", ("filing.day",), ("notice.start",)),
        "days from last filing + 1 month to last notice >= 0",
        {"after": "1 month"},
    ),
    (
        c.Lasts(("notice.start",), ("notice.end",), at_most="days"),
        "-1 × working days from last notice to notice.last.end + 5 >= 0",
        {"at_most": "5 working days"},
    ),
    (
        c.Lasts(("notice.start",), ("notice.end",), "month", "year"),
        (
            "(days from last notice + 1 month to notice.last.end >= 0"
            " and days from notice.last.end to last notice + 1 year >= 0)"
        ),
        {"at_least": "1 month", "at_most": "1 year"},
    ),
    (c.InOrder(("filing.day",), ("notice.start",)), "days from last filing to last notice >= 0", {}),
    (
        c.Majority("ballot", "half"),
        "2 × ballot.last.votes_for + 2 × ballot.last.written_for + -1 × ballot.last.should_vote > 0",
        {"more_than": "1/2 of should_vote"},
    ),
    (c.People("guides", full_members=True), "people not yet full members in guides <= 0", {"all": "full members"}),
    (c.People("guides", none_under=("watch",)), "people under sanction in guides <= 0", {"none_under": "watch"}),
    (c.Attached("talk"), "talk.first.attachments >= 1", {"attached_to": "talk"}),
    (
        c.Agrees(("notice.end",), ("notice.start",), plus="month", or_day_before=True),
        (
            "(days from last notice + 1 month to notice.last.end >= -1"
            " and days from last notice + 1 month to notice.last.end <= 0)"
        ),
        {"equals": "with + 1 month"},
    ),
    (
        c.Expression(any=(c.Term("ballot.outcome", among=("passed",)), c.Term("ballot.abstentions", at_most="one"))),
        "(ballot.last.outcome in (passed) == 1 or ballot.last.abstentions <= 1)",
        {"among": "passed", "abstentions_at_most": "1"},
    ),
    (
        c.Expression(all=(c.Term("ballot.outcome", not_among=("void",)),)),
        "ballot.last.outcome in (void) == 0",
        {"not_among": "void"},
    ),
]


@pytest.mark.parametrize(("check", "ok", "required"), COMPILED, ids=str)
def test_a_check_says_when_it_is_met(context: Context, check: c.Check, ok: str, required: dict[str, str]) -> None:
    """In measures, and in the words of the law."""
    body: Body = compile_check(check, context)

    assert ok.replace("+ -1", "− 1") == str(body.ok)
    assert required.items() <= dict(body.required).items()
    assert body.kinds


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (c.Present("tlak"), "there is no kind of record 'tlak'"),
        (c.Complete("talk"), "the kind 'talk' requires no field in club-2020"),
        (c.Count("talk"), "expected at_least, at_most or both"),
        (c.Count("talk", at_least="month"), "parameter 'month': expected a whole number, found '1 month'"),
        (c.Lasts(("notice.start",), ("notice.end",)), "expected at_least, at_most or both"),
        (c.After("half", ("talk.day",), ("notice.start",)), "parameter 'half': '1/2' is not a period"),
        (c.InOrder(("talk.day",), ("person.birth",)), "the day that is judged must be that of a record"),
        (c.Quorum("ballot", "month"), "parameter 'month': expected a fraction such as 1/2"),
        (c.People("guides"), "expected at_least, at_most, full_members, none_under, none_within or not_self"),
        (c.People("talk", full_members=True), "records of the kind 'talk' name no people"),
        (
            c.Every("week", "review", ("talk.day",), ("ballot.day",), "calendar"),
            'grid = "calendar": 7 days do not divide a year; expected 1, 2, 3, 4, 6 or 12 months',
        ),
        (c.Expression(), "expected either any or all"),
        (
            c.Expression((c.Term("ballot.abstentions", "one"),), (c.Term("ballot.abstentions", "one"),)),
            "expected either any or all",
        ),
        (c.Expression(all=(c.Term("ballot.abstentions"),)), "expected at_least, at_most or both"),
    ],
)
def test_a_check_that_means_nothing(context: Context, check: c.Check, said: str) -> None:
    """It is refused when the rules are loaded, not when someone is judged."""
    with pytest.raises(CheckError) as caught:
        compile_check(check, context)

    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    "check",
    [
        pytest.param(c.Quorum("talk", "half"), id="no votes in a talk"),
        pytest.param(
            c.Within("month", ("talk.day",), ("notice.start",), "year", "talk.reason"), id="no reason in a talk"
        ),
        pytest.param(
            c.Within("days", ("talk.day",), ("notice.start",)),
            id="a limit in working days",
        ),
        pytest.param(
            c.After("days", ("talk.day",), ("notice.start",)),
            id="a wait of working days",
        ),
        pytest.param(
            c.Every("days", "review", ("talk.day",), ("ballot.day",)),
            id="spans of working days",
        ),
        pytest.param(
            c.Expression(all=(c.Term("ballot.outcome", at_least="one"),)),
            id="a text compared with a number",
        ),
    ],
)
def test_a_check_that_cannot_be_measured(context: Context, check: c.Check) -> None:
    """It is refused as well."""
    with pytest.raises(ValueError, match=r"."):
        compile_check(check, context)


def test_a_record_that_is_never_due_cannot_be_wanted(context: Context) -> None:
    """A kind without a place in the process is missed at a gate, or never."""
    with pytest.raises(CheckError, match="say before which gate it is due"):
        compile_check(c.Present("review"), context)

    assert compile_check(c.Present("review"), attrs.evolve(context, gate_step=40)).wanted


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (c.After("month", ("talk.day",), ("notice.start",), unless="person.birth"), "expected the day of a record"),
        (c.InOrder(("talk.day",), ("notice.start", "person.birth")), "the day that is judged must be that of a record"),
        (c.Expression(all=(c.Term("notice.start", among=("x",)),)), "'notice.start' is no text"),
        (c.Expression(all=(c.Term("person.floating", among=("x",)),)), "'person.floating' is no text"),
    ],
)
def test_a_path_to_a_value_of_another_type(context: Context, check: c.Check, said: str) -> None:
    """It is refused when the rules are loaded."""
    with pytest.raises(CheckError, match=said):
        compile_check(check, context)


def test_nothing_is_missed_where_the_person_may_stand_in(context: Context) -> None:
    """The limit may begin with the person, and then needs no record."""
    body = compile_check(c.InOrder(("talk.day", "person.birth"), ("notice.start",)), context)

    assert [("notice",)] == [one.kinds for one in body.wanted]


def test_the_day_that_holds_instead_needs_no_beginning(context: Context) -> None:
    """Where the review is there, the talk is not wanted."""
    body = compile_check(c.After("month", ("talk.day",), ("notice.start",), unless="review.day"), context)

    assert "review is there if there is review, else talk is there" == str(body.wanted[1].there)
    assert "days from (last review if there is review, else first talk + 1 month) to last notice >= 0" == str(body.ok)
