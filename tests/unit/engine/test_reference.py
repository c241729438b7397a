"""The engine in plain Python."""

from __future__ import annotations

import pytest

from devrules.engine.api import Outcome
from devrules.engine.checks import HIGHEST, LOWEST
from devrules.engine.reference import Reference
from devrules.errors import EngineDisagreement, InvalidInput, InvalidRuleset
from devrules.program.conditions import OPERATORS, AllOf, AnyOf, Op, Plain, Test


def holds(when: Plain, **fact: int) -> bool:
    """Whether the only outcome of the only rule is reached."""
    return bool(Reference([Outcome("r", "pass", when)]).judge(fact))


@pytest.mark.parametrize("op", OPERATORS)
@pytest.mark.parametrize("value", [4, 5, 6])
def test_it_compares(op: Op, value: int) -> None:
    """Below, at and above the constant."""
    assert OPERATORS[op](value, 5) == holds(Test("x", op, 5), x=value)


@pytest.mark.parametrize("op", OPERATORS)
@pytest.mark.parametrize("constant", [LOWEST, 0, HIGHEST])
def test_an_absent_property_satisfies_no_test(op: Op, constant: int) -> None:
    """Not even the widest one."""
    assert not holds(Test("x", op, constant), y=0)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (AllOf(()), True),
        (AnyOf(()), False),
        (AllOf((Test("x", ">", 0), Test("y", ">", 5))), False),
        (AnyOf((Test("x", ">", 0), Test("y", ">", 5))), True),
        (AllOf((AnyOf((Test("z", ">", 0), Test("x", "==", 1))), Test("y", "<", 5))), True),
    ],
)
def test_it_joins(when: Plain, expected: bool) -> None:
    """All-of and any-of, nested and empty."""
    assert expected == holds(when, x=1, y=2)


def test_the_verdicts_come_in_the_order_of_the_outcomes() -> None:
    """Whatever order the fact is in."""
    engine = Reference([Outcome("b", "pass", Test("x", "==", 1)), Outcome("a", "fail", Test("y", "==", 1))])

    assert [("b", "pass"), ("a", "fail")] == list(engine.judge({"y": 1, "x": 1}).items())


def test_a_rule_without_a_verdict_is_left_out() -> None:
    """It is unknown."""
    engine = Reference([Outcome("a", "pass", Test("x", "==", 1)), Outcome("b", "pass", Test("x", "==", 2))])

    assert {"a": "pass"} == engine.judge({"x": 1})


def test_two_outcomes_at_once_disagree() -> None:
    """The error names the rule and the verdicts."""
    engine = Reference([Outcome("a", "pass", Test("x", ">", 0)), Outcome("a", "fail", Test("x", ">", 1))])

    assert {"a": "pass"} == engine.judge({"x": 1})
    with pytest.raises(EngineDisagreement, match="rule a: the verdicts differ: pass, fail"):
        engine.judge({"x": 2})


@pytest.mark.parametrize("name", ["谈话.low", "a'b\"c\\", "x\ny", "__import__('os')", "{0}", ""])
def test_a_property_may_have_any_name(name: str) -> None:
    """Names are data; none is run."""
    engine = Reference([Outcome("a", "pass", Test(name, "==", -1))])

    assert {"a": "pass"} == engine.judge({name: -1})


def test_it_refuses_what_the_other_engines_refuse() -> None:
    """So that no report depends on which engine could be imported."""
    with pytest.raises(InvalidInput, match=r"x: True is not a whole number"):
        holds(Test("x", "==", 1), x=True)
    with pytest.raises(InvalidRuleset, match=r"rule r: x: True is not a whole number"):
        holds(Test("x", "==", True), x=1)


def test_its_name() -> None:
    """As reports print it."""
    assert "reference" == Reference([]).name


def test_no_outcomes_give_no_verdicts() -> None:
    """An empty program judges everything, to nothing."""
    assert {} == Reference([]).judge({"x": 1})
