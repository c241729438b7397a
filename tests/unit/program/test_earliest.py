from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pytest

from devrules.days import ChineseCalendar, Day
from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier
from devrules.law.model import Citation
from devrules.program import measures as m
from devrules.program.checks import CheckError, Context, compile_check
from devrules.program.evaluate import Evaluator
from devrules.program.view import View
from devrules.ruleset import checks as c
from devrules.ruleset.model import Value

START = m.ActDay("filing", "last")
DAYS = (m.ActDay("ballot", "first"), m.ActDay("talk", "first"))
EARLIEST = m.Earliest(START, DAYS, (m.There(("ballot",)), m.There(("talk",))))
Taker = Callable[..., "str | None"]


@pytest.fixture
def day(kinds: Kinds, member: Callable[..., Dossier]) -> Taker:
    """Takes the earliest day off a dossier, as it is written."""

    def read(**records: str | None) -> str | None:
        made = {kind: [{} if one == "?" else {"day": one}] for kind, one in records.items() if one}
        taken = m.in_order([EARLIEST])
        view = View(member(**made), date(2021, 12, 31), kinds)
        ends = Evaluator(taken, kinds, ChineseCalendar()).values(view)[-1]
        return ends and str(Day(date.fromordinal(ends[0]), date.fromordinal(ends[1])))

    return read


@pytest.mark.parametrize(
    ("ballot", "talk", "earliest"),
    [
        ("2021-03-05", "2021-04-05", "2021-03-05"),
        ("2021-04-05", "2021-03-05", "2021-03-05"),
        ("2021-04-05", None, "2021-04-05"),
        ("2021-02-05", "2021-04-05", "2021-04-05"),
        ("2021-02-05", "2021-01-05", "2021-02-05"),
        ("2021-04", "2021-04-05", "2021-04-01/2021-04-05"),
        ("2021-03", "2021-04-05", "2021-03"),
        ("2021-02-05/2021-03-05", "2021-04-05", "2021-03-01/2021-04-05"),
        ("?", "2021-04-05", "2021-03-01/2021-04-05"),
        ("?", "2021-02-05", None),
        ("?", None, None),
        (None, None, None),
    ],
)
def test_the_earliest_day_from_another_on(
    day: Taker, ballot: str | None, talk: str | None, earliest: str | None
) -> None:
    """What is not there does not count; what is there without a day may be any day."""
    assert earliest == day(filing="2021-03-01", ballot=ballot, talk=talk)


def test_without_a_beginning_there_is_none(day: Taker) -> None:
    """It is not known from when on to look."""
    assert day(ballot="2021-04-05") is None


def test_it_holds_for_every_day_that_may_be(day: Taker) -> None:
    """The ends enclose what the exact days would give."""
    wide = {"filing": "2021-03-01/2021-03-04", "ballot": "2021-02-27/2021-03-03", "talk": "2021-03-02/2021-03-06"}
    found = Day.parse(day(**wide) or "")
    for days in product(*(_days(Day.parse(text)) for text in wide.values())):
        exact = Day.parse(day(**dict(zip(wide, map(str, days), strict=True))) or "")
        assert found.low <= exact.low
        assert exact.high <= found.high


def _days(span: Day) -> list[date]:
    return [date.fromordinal(one) for one in range(span.low.toordinal(), span.high.toordinal() + 1)]


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ({}, "expected either to or to_any"),
        ({"end": ("talk.day",), "end_any": ("talk.day", "ballot.day")}, "expected either to or to_any"),
        ({"end_any": ("talk.day",)}, "expected several paths"),
        ({"end_any": ("talk.day", "person.birth")}, "expected the days of records"),
    ],
)
def test_a_limit_ends_with_one_or_with_several(kinds: Kinds, extra: dict[str, Any], said: str) -> None:
    """Both, or neither, or one of several, is refused."""
    context = Context(kinds, "club-2020", {"month": Value("1 month", Citation("club-2020", "1", "V1"))})
    with pytest.raises(CheckError, match=said):
        compile_check(c.Within("month", ("filing.day",), **extra), context)
