"""The overlays that come with the library: the two manuals, and the examples of a province and a university."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import chain
from typing import Any

import pytest

import devrules
import devrules_epioneer
import devrules_local
from devrules.dossier.convert import ALL, read_dossier
from devrules.dossier.model import Dossier
from devrules.findings.finding import Finding
from devrules.ruleset.lint import lint
from devrules.testing.cases import run_cases

MANUALS = ["epioneer-2018", "epioneer-2023"]
LOCAL = ["local-example-province", "local-example-university"]
EVERY = [*MANUALS, *LOCAL]
LOADED = [*([one] for one in EVERY), EVERY]
STEP = 60
"""One national case of so many is judged with the overlays, too."""


@cache
def _rules(*overlays: str) -> devrules.Rules:
    return devrules.load(overlays=list(overlays), engine="reference")


def _own(rules: devrules.Rules) -> set[str]:
    return {rule.id for ruleset in rules.rulesets if not ruleset.national for rule in ruleset.rules}


def _sample() -> Iterator[tuple[Dossier, date]]:
    """Yield dossiers of national cases that no overlay knows of."""
    rules = _rules()
    for case in rules.rulesets[0].cases[::STEP]:
        subject = next(one.rule.subject for one in rules.compiled if one.id == case.rule)
        data = {"subject": subject, **case.dossier}
        yield read_dossier(data, rules.program.kinds, where=case.place, recorded=ALL), case.as_of


def _findings(rules: devrules.Rules, records: dict[str, Any], as_of: date) -> devrules.Report:
    whole = {"format": Dossier.FORMAT, "id": "1", "recorded_kinds": "all", "records": records}
    return rules.check(rules.read_dossier(whole), as_of=as_of)


def _said(findings: Iterable[Finding], leave_out: set[str]) -> list[tuple[Any, ...]]:
    return [
        (one.rule, one.verdict, one.lamp, one.notes, one.edition, one.due, one.message, one.remedy)
        for one in findings
        if one.rule not in leave_out
    ]


def test_every_overlay_is_tested_here() -> None:
    """A new one is added to the lists above."""
    offered = chain(devrules_epioneer.devrules_rulesets(), devrules_local.devrules_rulesets())

    assert [(one, False) for one in EVERY] == [(source.id, source.national) for source in offered]


def test_overlays_are_off_by_default() -> None:
    """Without being named none is loaded, and nothing is local."""
    rules = _rules()

    assert ["xize"] == [ruleset.id for ruleset in rules.rulesets]
    assert "local" not in {rule.rule.strength for rule in rules.compiled}


@pytest.mark.parametrize("overlays", LOADED, ids="+".join)
def test_an_overlay_loads_alone_and_with_the_others(overlays: list[str]) -> None:
    """Each stands behind the law, in the order in which they were named."""
    assert ["xize", *overlays] == [ruleset.id for ruleset in _rules(*overlays).rulesets]


@pytest.mark.parametrize("overlay", EVERY)
def test_the_cases_of_an_overlay_hold_when_it_is_alone(overlay: str) -> None:
    """None of them leans on another overlay."""
    results = [one for one in run_cases(_only_own_cases(_rules(overlay))) if not one.passed]

    assert [] == [(one.case.place, one.case.says, one.wrong) for one in results]


def _only_own_cases(rules: devrules.Rules) -> devrules.Rules:
    """Leave the cases of the law to its own test."""

    class _Own:
        rulesets = tuple(ruleset for ruleset in rules.rulesets if not ruleset.national)

        def __getattr__(self, name: str) -> Any:
            return getattr(rules, name)

    return _Own()  # type: ignore[return-value]  # all that cases need of rules


@pytest.mark.parametrize("overlay", EVERY)
def test_lint_finds_nothing(overlay: str) -> None:
    """Every rule has cases, a pass and a fail among them, and no two say the same."""
    ruleset = _rules(overlay).rulesets[-1]

    assert [] == list(lint(ruleset))
    assert [] == [rule.id for rule in ruleset.rules if sum(case.rule == rule.id for case in ruleset.cases) < 4]


@pytest.mark.parametrize("overlay", EVERY)
def test_every_rule_is_local(overlay: str) -> None:
    """And what fails is yellow, never red."""
    ruleset = _rules(overlay).rulesets[-1]

    assert {"local"} == {rule.strength for rule in ruleset.rules}
    assert {"yellow"} == {case.expect.lamp for case in ruleset.cases if case.expect.verdict == "fail"}


@pytest.mark.parametrize("overlay", EVERY)
def test_every_finding_of_an_overlay_is_local(overlay: str) -> None:
    """In whatever dossier: its strength is local, its lamp never red."""
    rules = _rules(overlay)
    own = _own(rules)
    found = [
        finding for dossier, as_of in _sample() for finding in rules.check(dossier, as_of=as_of) if finding.rule in own
    ]

    assert {"local"} == {finding.strength for finding in found}
    assert "red" not in {finding.lamp for finding in found}
    assert {"yellow"} == {finding.lamp for finding in found if finding.verdict == "fail"}


def test_the_law_finds_the_same_with_every_overlay() -> None:
    """An overlay only adds."""
    alone, both = _rules(), _rules(*EVERY)
    own = _own(both)

    for dossier, as_of in _sample():
        expected = _said(alone.check(dossier, as_of=as_of), set())

        assert expected == _said(both.check(dossier, as_of=as_of), own)


@pytest.mark.parametrize("manual", MANUALS)
def test_what_is_missing_at_a_gate_fails_there(manual: str) -> None:
    """Before the gate is looked at it is pending."""
    report = _findings(
        _rules(manual),
        {"application": [{"received": "2024-01-05"}], "activist-decision": [{"day": "2024-06-20"}]},
        date(2024, 7, 1),
    )
    rule = f"{manual}-group-opinion-recorded"
    lamps = {one.rule: (one.verdict, one.lamp) for one in report.gate("determination-filing").lamps}

    assert "pending" == report.finding(rule).verdict
    assert ("fail", "yellow") == lamps[rule]


def test_an_overlay_may_take_over_a_check_with_its_own_number() -> None:
    """One contact is enough for the law, not for the province."""
    records = {"contact-assignment": [{"day": "2024-07-01", "people": ["tang"]}]}
    rules = _rules("local-example-province")
    whole = {
        "format": Dossier.FORMAT,
        "id": "1",
        "recorded_kinds": "all",
        "members": [{"id": "tang"}],
        "records": records,
    }
    report = rules.check(rules.read_dossier(whole), as_of=date(2024, 8, 1))

    assert "pass" == report.finding("contacts-one-or-two").verdict
    assert "fail" == report.finding("province-contacts-exactly-two").verdict
