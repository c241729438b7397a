"""Two engines as one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from devrules.engine.api import Fact, Outcome
from devrules.engine.crosscheck import CrossChecked
from devrules.engine.reference import Reference
from devrules.errors import EngineDisagreement
from devrules.program.conditions import Test

PASS, FAIL = Outcome("talk", "pass", Test("x", ">", 5)), Outcome("talk", "fail", Test("x", "<=", 5))
OTHER = Outcome("notice", "pass", Test("x", ">", 0))


def checked(first: Sequence[Outcome], second: Sequence[Outcome]) -> CrossChecked:
    """An engine that judges by the first and compares with the second."""
    return CrossChecked(Reference(first), Reference(second))


@pytest.mark.parametrize("fact", [{"x": 6}, {"x": 5}, {}])
def test_engines_that_agree_are_one_engine(fact: Fact) -> None:
    """The verdicts are those of either."""
    outcomes = [PASS, FAIL, OTHER]

    assert Reference(outcomes).judge(fact) == checked(outcomes, outcomes).judge(fact)


@pytest.mark.parametrize(
    ("first", "second", "verdicts"),
    [
        ([OTHER, PASS], [OTHER, Outcome("talk", "fail", Test("x", ">", 5))], ("pass", "fail")),
        ([OTHER, PASS], [OTHER, FAIL], ("pass", "unknown")),
        ([OTHER, FAIL], [OTHER, PASS], ("unknown", "pass")),
    ],
)
def test_a_difference_is_an_error(first: list[Outcome], second: list[Outcome], verdicts: tuple[str, str]) -> None:
    """It names the rule and what each engine said, that of the judging engine first."""
    with pytest.raises(EngineDisagreement) as caught:
        checked(first, second).judge({"x": 6})

    assert ("talk", verdicts) == (caught.value.rule, caught.value.verdicts)


def test_its_name_is_that_of_the_judging_engine() -> None:
    """The comparison is no engine of its own."""
    assert "reference" == checked([], []).name
