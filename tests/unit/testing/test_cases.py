from __future__ import annotations

from datetime import date

import attrs
import pytest

import devrules
from devrules.engine.durable import available
from devrules.ruleset.model import Case, Expectation
from devrules.testing.cases import run_case, run_cases

LATE = Case(
    rule="talk-in-time",
    says="a day late",
    as_of=date(2021, 6, 1),
    dossier={"records": {"application": [{"received": date(2021, 1, 31)}], "talk": [{"day": "2021-03-01"}]}},
    expect=Expectation(verdict="fail", strength="must", edition="club-2020", article="2", notes=("borderline",)),
    place="cases.toml talk-in-time[0]",
)


def test_every_case_of_the_club_passes(club: devrules.Rules) -> None:
    """In the order in which they are written."""
    results = list(run_cases(club))

    assert [] == [(result.case.place, result.wrong) for result in results if not result.passed]
    assert list(club.rulesets[0].cases) == [result.case for result in results]


@pytest.mark.skipif(available() is None, reason="durable-rules cannot be imported")
def test_durable_rules_judges_the_cases_alike(club: devrules.Rules) -> None:
    """The engine does not matter."""
    rules = devrules.Rules({"person": club.program}, club.plugins, "durable")

    assert [] == [(result.case.place, result.wrong) for result in run_cases(rules) if not result.passed]


def test_what_is_not_stated_is_not_compared(club: devrules.Rules) -> None:
    """A case says as much as it wants to show."""
    assert run_case(club, LATE).passed
    assert run_case(club, attrs.evolve(LATE, expect=Expectation("fail"))).passed


@pytest.mark.parametrize(
    ("expected", "wrong"),
    [
        ({"verdict": "pass"}, "verdict: expected pass, got fail"),
        ({"strength": "should"}, "strength: expected should, got must"),
        ({"edition": "club-2000"}, "edition: expected club-2000, got club-2020"),
        ({"article": "1"}, "article: expected 1, got 2"),
        ({"notes": ()}, "notes: expected (), got ('borderline',)"),
        ({"lamp": "yellow"}, "lamp: expected yellow, got red"),
        ({"due": date(2021, 2, 28)}, "due: expected 2021-02-28, got None"),
    ],
)
def test_a_case_that_is_wrong_says_how(club: devrules.Rules, expected: dict[str, object], wrong: str) -> None:
    """What was expected, what came, and why."""
    result = run_case(club, attrs.evolve(LATE, expect=attrs.evolve(LATE.expect, **expected)))

    [told] = result.wrong
    assert not result.passed
    assert told.startswith(f"{wrong} (The talk is held in time: fail; ")


MISSING = Case(
    rule="two-guides",
    says="no guides yet",
    as_of=date(2021, 2, 10),
    dossier={"records": {"application": [{"received": date(2021, 1, 31)}]}},
    expect=Expectation(verdict="pending", fails_at="filing"),
    place="cases.toml two-guides[0]",
)


def test_a_case_may_tell_the_gate_at_which_what_is_missing_fails(club: devrules.Rules) -> None:
    """Only that gate, and only what it shows as failed."""
    elsewhere = attrs.evolve(MISSING, expect=Expectation("pending", fails_at="door"))
    guided = {
        "members": [{"id": "a"}, {"id": "b"}],
        "records": {"guides": [{"day": "2021-02-01", "people": ["a", "b"]}]},
    }
    there = attrs.evolve(MISSING, dossier=guided, expect=Expectation("pass", fails_at="filing"))
    pending = attrs.evolve(MISSING, rule="talk-in-time")
    results = [run_case(club, one).wrong for one in (MISSING, elsewhere, there, pending)]

    assert [
        (),
        ("fails_at: expected door, got filing",),
        ("fails_at: expected filing, got None",),
        ("fails_at: expected filing, got None",),
    ] == [tuple(told.partition(" (")[0] for told in wrong) for wrong in results]


def test_a_case_whose_dossier_cannot_be_read_is_wrong(club: devrules.Rules) -> None:
    """It is no crash, and no pass."""
    result = run_case(club, attrs.evolve(LATE, dossier={"records": {"tlak": []}, "persn": {}}))

    assert (
        "cases.toml talk-in-time[0] $.records.tlak: there is no such kind of record (did you mean 'talk'?)",
        "cases.toml talk-in-time[0] $: unknown field(s): persn",
    ) == result.wrong


def test_a_case_of_a_rule_that_does_not_exist_is_wrong(club: devrules.Rules) -> None:
    """The others are run all the same."""
    assert not run_case(club, attrs.evolve(LATE, rule="talk-in-tiem")).passed
