"""What every engine demands of its rules and facts."""

from __future__ import annotations

import enum
from typing import Any

import pytest

from devrules.engine.api import Outcome
from devrules.engine.checks import HIGHEST, LOWEST, check_fact, check_outcomes, verdicts_of
from devrules.errors import EngineDisagreement, InvalidInput, InvalidRuleset
from devrules.program.conditions import AllOf, AnyOf, Test

ALWAYS = AllOf(())


class Day(enum.IntEnum):
    """A number that prints its name."""

    FIRST = 1


NOT_NUMBERS: list[Any] = [True, False, None, 1.0, float("nan"), "1", [], HIGHEST + 1, LOWEST - 1, Day.FIRST]


@pytest.mark.parametrize("fact", [{}, {"a": 0}, {"a": LOWEST, "b": HIGHEST}])
def test_whole_numbers_of_64_bits_are_facts(fact: dict[str, int]) -> None:
    """Both ends of the range belong to it, and an empty fact is one."""
    check_fact(fact)


@pytest.mark.parametrize("value", NOT_NUMBERS, ids=repr)
def test_another_value_is_refused_by_the_name_of_its_property(value: Any) -> None:
    """The problem names the property and shows the value."""
    with pytest.raises(InvalidInput) as caught:
        check_fact({"good": 1, "slack.low": value})

    assert ["slack.low"] == [problem.where for problem in caught.value.problems]
    assert repr(value) in str(caught.value)


def test_every_wrong_value_is_reported() -> None:
    """A fact with two wrong values gives two problems."""
    wrong: Any = {"a": None, "b": 1, "c": "x"}

    with pytest.raises(InvalidInput) as caught:
        check_fact(wrong)

    assert ["a", "c"] == [problem.where for problem in caught.value.problems]


@pytest.mark.parametrize("value", NOT_NUMBERS, ids=repr)
def test_a_constant_must_be_a_whole_number_too(value: Any) -> None:
    """The problem names the rule and the property, however deep the test lies."""
    when = AllOf((AnyOf((Test("a", "<", 1), Test("slack.low", ">=", value))),))

    with pytest.raises(InvalidRuleset, match=r"rule talk: slack\.low: .* is not a whole number of 64 bits"):
        check_outcomes([Outcome("talk", "pass", when)])


def test_outcomes_become_verdicts() -> None:
    """One outcome of each rule gives each rule its verdict."""
    fired = [Outcome("a", "pass", ALWAYS), Outcome("b", "fail", ALWAYS)]

    assert {"a": "pass", "b": "fail"} == verdicts_of(fired)


def test_two_outcomes_of_one_rule_disagree() -> None:
    """Even where both say the same: one of them should not have held."""
    fired = [Outcome("a", "pass", ALWAYS), Outcome("b", "fail", ALWAYS), Outcome("b", "fail", ALWAYS)]

    with pytest.raises(EngineDisagreement) as caught:
        verdicts_of(fired)

    assert ("b", ("fail", "fail")) == (caught.value.rule, caught.value.verdicts)
