from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from devrules.days import ChineseCalendar
from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier
from devrules.law.model import Citation
from devrules.program import measures as m
from devrules.program.checks import Context, compile_check
from devrules.program.conditions import compared, holds, never, surely
from devrules.program.evaluate import Evaluator
from devrules.program.view import View
from devrules.ruleset import checks as c
from devrules.ruleset.model import Value

CITED = Citation("club-2020", "1", "V1")
VALUES = {"half": Value("1/2", CITED), "month": Value("1 month", CITED), "year": Value("1 year", CITED)}
Judge = Callable[..., str]


@pytest.fixture
def judge(kinds: Kinds, member: Callable[..., Dossier]) -> Judge:
    """Tells whether a check surely holds of some records, never does, or may."""
    context = Context(kinds, "club-2020", VALUES)

    def told(check: c.Check, **records: Any) -> str:
        body = compile_check(check, context)
        taken = m.in_order(compared(body.ok))
        names = {measure: f"m{n}" for n, measure in enumerate(taken)}
        values = Evaluator(taken, kinds, ChineseCalendar()).values(View(member(**records), date(2021, 6, 30), kinds))
        ends = {names[one]: found for one, found in zip(taken, values, strict=True) if found is not None}
        fact = {f"{name}.{end}": ends[name][at] for name in ends for at, end in enumerate(("low", "high"))}
        if holds(surely(body.ok, names), fact):
            return "pass"
        return "fail" if holds(never(body.ok, names), fact) else "unknown"

    return told


@pytest.mark.parametrize(
    ("ballot", "verdict"),
    [
        ({"should_vote": 10}, "unknown"),
        ({"should_vote": 10, "votes_for": 9}, "pass"),
        ({"should_vote": 10, "written_for": 9}, "pass"),
        ({"should_vote": 10, "votes_for": 9, "written_for": 2}, "fail"),
        ({"votes_for": 9}, "unknown"),
    ],
)
def test_a_sum_of_nothing_says_nothing(judge: Judge, ballot: dict[str, int], verdict: str) -> None:
    """A part that is not stated is nothing only where another one is."""
    check = c.Sums("ballot", ("votes_for", "written_for"), "should_vote")

    assert verdict == judge(check, ballot=[ballot])


@pytest.mark.parametrize(
    ("should", "present", "verdict"), [(0, 0, "fail"), (10, 5, "pass"), (10, 4, "fail"), (None, 0, "unknown")]
)
def test_half_of_nobody_is_no_quorum(judge: Judge, should: int | None, present: int, verdict: str) -> None:
    """That nobody should vote is an error in the record."""
    check = c.Quorum("ballot", at_least_share="half")

    assert verdict == judge(check, ballot=[{"should_vote": should, "present_vote": present}])


@pytest.mark.parametrize(("day", "verdict"), [("2021-02-10", "fail"), ("2021-02-11", "pass")])
def test_a_strict_wait_is_over_a_day_later(judge: Judge, day: str, verdict: str) -> None:
    """On the last day of the month it is not over yet."""
    check = c.After("month", ("talk.day",), ("filing.day",), strict=True)

    assert verdict == judge(check, talk=[{"day": "2021-01-10"}], filing=[{"day": day}])
