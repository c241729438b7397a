"""The cases of every installed ruleset, and what they must show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import permutations
from typing import TypeAlias

import pytest

import devrules
from devrules.api.rules import SUBJECTS
from devrules.engine.branches import branches_of, exclude
from devrules.plugin import Plugins
from devrules.program.conditions import Outcome, Plain, Test
from devrules.program.from_ruleset import compile_rulesets
from devrules.program.measures import Measure, Over, Present
from devrules.reference.coverage import coverage, lacking
from devrules.ruleset.cases import cases_of
from devrules.ruleset.lint import lint
from devrules.ruleset.model import Case, Ruleset
from devrules.testing.cases import run_case

SOURCES = [source for offered in Plugins().call("devrules_rulesets") for source in offered]
RULES = devrules.load(overlays=[source.id for source in SOURCES if not source.national])
NATIONAL = [ruleset for ruleset in RULES.rulesets if ruleset.national]
CASES: dict[str, list[Case]] = {}
for _case in cases_of(RULES.rulesets):
    CASES.setdefault(_case.rule, []).append(_case)
PROGRAMS = [compile_rulesets(RULES.rulesets, RULES.program.calendar, subject) for subject in SUBJECTS]

Measures: TypeAlias = Mapping[str, Measure]


@pytest.mark.parametrize("rule", CASES)
def test_the_cases_of_a_rule_end_as_they_say(rule: str) -> None:
    """The rule finds in each dossier what the case expects."""
    results = [run_case(RULES, case) for case in CASES[rule]]
    wrong = ["\n".join((one.case.place, one.case.says, *one.wrong)) for one in results if not one.passed]

    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("ruleset", NATIONAL, ids=lambda ruleset: ruleset.id)
def test_the_cases_of_a_national_rule_show_every_verdict(ruleset: Ruleset) -> None:
    """Each verdict that a rule can reach is shown; any rule can be left without an answer."""
    shown: defaultdict[str, set[str]] = defaultdict(set)
    for case in ruleset.cases:
        shown[case.rule].add(case.expect.verdict)
    reached: defaultdict[str, set[str]] = defaultdict(set)
    for program in PROGRAMS:
        measures = {name: measure for measure, name in program.names.items()}
        for outcome in program.outcomes:
            if _can_hold(outcome.when, measures) and not _at_the_end(outcome, measures):
                reached[outcome.rule].add(outcome.verdict)

    assert {} == {
        rule.id: missing
        for rule in ruleset.rules
        if (missing := {*_always(reached[rule.id]), *reached[rule.id]} - shown[rule.id])
    }


@pytest.mark.parametrize("ruleset", NATIONAL, ids=lambda ruleset: ruleset.id)
def test_lint_finds_nothing_in_the_national_rules(ruleset: Ruleset) -> None:
    """Every rule has its cases, and no two cases of a rule say the same."""
    assert [] == list(lint(ruleset))


def test_the_cases_show_every_side_of_every_limit() -> None:
    """The day before the last, the last, and the day after it, in the law and in the overlays."""
    assert [] == list(lacking(list(coverage(RULES))))


def _always(reached: set[str]) -> set[str]:
    """Tell what the cases of a rule show whatever it is; one that a person judges neither passes nor fails."""
    return {"unknown"} if "manual" in reached else {"pass", "fail", "unknown"}


def _at_the_end(outcome: Outcome, measures: Measures) -> bool:
    """Tell whether it is only that the process has ended, which holds for all rules alike and some cases show."""
    asked = (measures[prop.partition(".")[0]] for prop in outcome.when.props())
    return outcome.verdict == "not_applicable" and any(isinstance(one, Over) for one in asked)


def _can_hold(when: Plain, measures: Measures) -> bool:
    """Tell whether a condition has a branch in which no two tests contradict each other."""
    return any(
        not any(exclude(*pair) or _there_and_gone(*pair, measures) for pair in permutations(branch, 2))
        for branch in branches_of(when)
    )


def _there_and_gone(one: Test, other: Test, measures: Measures) -> bool:
    """Tell whether by *one* a record of a kind is there, by *other* none of that kind and of others."""
    some, none = (measures.get(test.prop.partition(".")[0]) for test in (one, other))
    if not isinstance(some, Present) or not isinstance(none, Present):
        return False
    return {*some.kinds} <= {*none.kinds} and one.op == ">=" and other.op == "<="
