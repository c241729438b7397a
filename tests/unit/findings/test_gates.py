from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import devrules
from devrules import Report, UsageError, Waiver
from devrules.dossier.model import Dossier
from devrules.findings.gates import failing_gate, gate_of

APPLIED = {"application": [{"received": "2021-01-31"}]}
GUIDES = {"members": [{"id": "a"}, {"id": "b"}], "guides": [{"day": "2021-04-01", "people": ["a", "b"]}]}


@pytest.fixture
def checked(club: devrules.Rules, member: Callable[..., Dossier]) -> Callable[..., Report]:
    """Judges a dossier."""

    def check(as_of: str, waivers: tuple[Waiver, ...] = (), **parts: Any) -> Report:
        return club.check(member(**parts), as_of=date.fromisoformat(as_of), waivers=waivers)

    return check


def verdicts(report: Report) -> dict[str, str]:
    """What the gate shows, rule by rule."""
    return {finding.rule: finding.verdict for finding in report.gate("filing").findings}


def test_a_rule_belongs_to_the_gate_that_it_names_or_comes_to_first(club: devrules.Rules) -> None:
    """What is done after the last gate belongs to none."""
    gates = {compiled.id: gate_of(compiled, club.program) for compiled in club.program.rules}

    assert {
        "talk-in-time": "filing",
        "two-guides": "filing",
        "notice-long-enough": None,
        "reviewed-twice-a-year": "filing",
        "quorum-met": None,
        "floating-reviewed": "filing",
    } == gates


def test_what_is_missing_before_a_gate_counts_as_failed_there(checked: Callable[..., Report]) -> None:
    """Only where the rule says so; elsewhere it is still pending."""
    report = checked("2021-02-10", **APPLIED)
    gate = report.gate("filing")

    assert ("pending", "none") == (report.finding("two-guides").verdict, report.finding("two-guides").lamp)
    assert ("fail", "pending") == (verdicts(report)["two-guides"], verdicts(report)["talk-in-time"])
    assert [("two-guides", "red")] == [(finding.rule, finding.lamp) for finding in gate.lamps]
    assert not gate.passed


def test_a_finding_fails_at_the_gate_of_its_rule(checked: Callable[..., Report]) -> None:
    """What is pending fails there if the rule says so; what fails anyway, at the gate that it belongs to."""
    early, late = checked("2021-02-10", **APPLIED), checked("2021-06-01", **APPLIED)

    assert "filing" == failing_gate(early.finding("two-guides"))
    assert failing_gate(early.finding("talk-in-time")) is None
    assert ("fail", "filing") == (late.finding("talk-in-time").verdict, failing_gate(late.finding("talk-in-time")))


def test_a_gate_that_was_passed_is_judged_as_of_its_submission(checked: Callable[..., Report]) -> None:
    """What was mended later was missing then."""
    report = checked("2021-06-01", filing=[{"day": "2021-03-15"}], **APPLIED, **GUIDES)
    gate = report.gate("filing")

    assert gate.passed
    assert "pass" == report.finding("two-guides").verdict
    assert "fail" == verdicts(report)["two-guides"]
    assert {date(2021, 3, 15)} == {finding.judgement.as_of for finding in gate.findings}


def test_a_submission_that_is_not_dated_is_judged_today(checked: Callable[..., Report]) -> None:
    """There is no other day to judge on."""
    report = checked("2021-06-01", filing=[{}], **APPLIED, **GUIDES)

    assert report.gate("filing").passed
    assert {date(2021, 6, 1)} == {finding.judgement.as_of for finding in report.gate("filing").findings}


def test_there_is_no_other_gate(checked: Callable[..., Report]) -> None:
    """The gates that there are stand in the error."""
    with pytest.raises(UsageError, match=r"there is no gate 'door'; there are filing"):
        checked("2021-06-01").gate("door")


def test_a_waiver_holds_at_the_gate(checked: Callable[..., Report]) -> None:
    """What was waived needs no statement."""
    waiver = Waiver("two-guides", "1", "李四", "查无", date(2022, 1, 1))
    report = checked("2021-02-10", (waiver,), **APPLIED)

    assert () == report.gate("filing").lamps


def test_the_stage_is_the_last_one_reached(checked: Callable[..., Report]) -> None:
    """A failed vote makes no member."""
    stages = [
        checked("2021-06-01").stage,
        checked("2021-06-01", **APPLIED).stage,
        checked("2021-06-01", ballot=[{"outcome": "not-passed"}], **APPLIED).stage,
        checked("2021-06-01", ballot=[{}], **APPLIED).stage,
    ]

    assert [None, "applicant", "applicant", "member"] == [stage and stage.id for stage in stages]
